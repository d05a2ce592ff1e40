/**
 * The authorization server of one configuration, asked by oauth4webapi.
 *
 * @module
 */

import {
  allowInsecureRequests,
  ClientSecretPost,
  customFetch,
  genericTokenEndpointRequest,
  None,
  processGenericTokenEndpointResponse,
} from 'oauth4webapi';
import { NoToken } from '#assets.http';
import { StacTaskError } from '../errors.js';
import { textOf } from './body.js';
import { isLoopback } from './hosts.js';

/** Bytes that an answer may have. */
const mostOfAnswer = 262_144;

export class Server {
  #context;
  /** What the last request said and nobody else should hear. @type {string[]} */
  #sent = [];

  /** As oauth4webapi takes it. */
  metadata;

  /** @param {import('./client.js').ClientContext} context */
  constructor(context) {
    this.#context = context;
    const { oauth2TokenUrl, oauth2DeviceAuthorizationUrl, oauth2ClientId, oauth2ClientSecret } =
      context.settings;
    const token = urlOf('oauth2TokenUrl', oauth2TokenUrl);
    this.metadata = {
      issuer: token.origin,
      token_endpoint: token.href,
      ...(oauth2DeviceAuthorizationUrl
        ? {
            device_authorization_endpoint: urlOf('oauth2DeviceAuthorizationUrl', oauth2DeviceAuthorizationUrl)
              .href,
          }
        : {}),
    };
    this.client = { client_id: oauth2ClientId ?? '' };
    this.authentication = oauth2ClientSecret ? ClientSecretPost(oauth2ClientSecret) : None();
  }

  /**
   * What each request is told.
   * @param {string} address
   */
  optionsFor(address) {
    return {
      signal: this.#context.signal,
      [customFetch]: (/** @type {string} */ url, /** @type {any} */ init) => this.#fetch(url, init),
      // Nobody reads along within one machine.
      [allowInsecureRequests]: isLoopback(new URL(address)),
    };
  }

  /**
   * @param {string} grant
   * @param {Record<string, string>} parameters
   */
  token(grant, parameters) {
    const { token_endpoint: address } = this.metadata;
    return this.asked(async () => {
      const { metadata, client, authentication } = this;
      const options = this.optionsFor(address);
      const response = await genericTokenEndpointRequest(
        metadata,
        client,
        authentication,
        grant,
        parameters,
        options,
      );
      return processGenericTokenEndpointResponse(metadata, client, response);
    });
  }

  /**
   * @template T
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   * @throws {StacTaskError} ERR_OAUTH2, in which there is neither a token nor what was sent
   */
  async asked(ask) {
    try {
      return await ask();
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /**
   * @param {string} url
   * @param {RequestInit} init
   * @returns {Promise<Response>} with no more than is needed. Who somebody is, is not asked here, so it is not verified
   */
  async #fetch(url, init) {
    // A browser's is no method of anything else.
    const { fetch } = this.#context;
    this.#sent = secretsOf(init.body);
    const response = await fetch(url, init);
    const { status } = response;
    if (status >= 500 || status === 429) {
      await response.body?.cancel();
      throw new NoToken(response);
    }
    const text = await textOf(response, mostOfAnswer);
    if (status < 200 || (status >= 300 && status < 400)) {
      throw failureOf('the authorization server redirects');
    }
    return new Response(withoutIdentity(text), { status, headers: { 'content-type': 'application/json' } });
  }

  /** @param {any} error */
  #failure(error) {
    const { error: code, error_description: description } = error ?? {};
    if (typeof code === 'string' && !(error instanceof StacTaskError)) {
      const isTold = this.#sent.some((each) => description?.includes(each));
      const message = description && !isTold ? `${code}: ${description}` : code;
      return Object.assign(failureOf(message), { reason: code });
    }
    // What oauth4webapi throws itself has a code of its own, and may have the answer as its cause.
    if (/^(OAUTH|ERR_INVALID_ARG)_/.test(error?.code)) return failureOf(error.message);
    return error;
  }
}

/** Parameters that anybody may see. */
const publicParameters = ['client_id', 'code_challenge_method', 'grant_type', 'redirect_uri', 'scope'];

/**
 * @param {unknown} body
 * @returns {string[]}
 */
const secretsOf = (body) =>
  [...new URLSearchParams(String(body))]
    .filter(([name, value]) => value !== '' && !publicParameters.includes(name))
    .map(([, value]) => value);

/** @param {string} text */
function withoutIdentity(text) {
  try {
    const { id_token: _, ...rest } = JSON.parse(text);
    return JSON.stringify(rest);
  } catch {
    return text;
  }
}

/** @param {string} message */
export const failureOf = (message) =>
  new StacTaskError('ERR_OAUTH2', message, { python: { type: 'OAuth2Error', message } });

/**
 * @param {string} name
 * @param {string | null | undefined} text
 */
export function urlOf(name, text) {
  try {
    return new URL(text ?? '');
  } catch {
    throw new StacTaskError('ERR_INVALID_ARGUMENT', `the option '${name}' is a URL`);
  }
}
