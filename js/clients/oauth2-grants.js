/**
 * The grants in which a person takes part.
 *
 * @module
 */

import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  deviceAuthorizationRequest,
  generateRandomCodeVerifier,
  generateRandomState,
  nopkce,
  processDeviceAuthorizationResponse,
  processGenericTokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import { ConfigError, StacTaskError } from '../errors.js';
import { failureOf, urlOf } from './oauth2-server.js';

/**
 * @typedef {import('./client.js').ClientContext} ClientContext
 * @typedef {import('./oauth2-server.js').Server} Server
 */

/** Seconds between questions where the server says nothing (RFC 8628, 3.2). */
const usualInterval = 5;

/** Seconds more where it is too often. */
const slower = 5;

/** Its name among the grants of a token's request. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * RFC 8628: somebody visits an address elsewhere, and it is asked whether he has.
 * @param {Server} server
 * @param {ClientContext} context
 */
export async function authorizeByDevice(server, { settings, signal, authenticate }) {
  const { oauth2Extra, oauth2Pkce } = settings;
  const { verifier, challenge } = await pkceOf(oauth2Pkce);
  const { metadata, client, authentication } = server;
  const options = server.optionsFor(metadata.device_authorization_endpoint ?? '');
  const parameters = { ...challenge, ...oauth2Extra };
  const device = await server.asked(async () =>
    processDeviceAuthorizationResponse(
      metadata,
      client,
      await deviceAuthorizationRequest(metadata, client, authentication, parameters, options),
    ),
  );
  const { verification_uri: uri, verification_uri_complete: complete, user_code: code } = device;
  for (const each of [uri, complete ?? uri]) {
    // Somebody is going to open it.
    if (!/^https?:/i.test(each))
      throw failureOf('the authorization server names a page that is none of the web');
  }
  authenticate({ url: complete ?? uri, code, isComplete: complete !== undefined });
  const end = Date.now() + device.expires_in * 1000;
  for (let interval = device.interval ?? usualInterval; ; ) {
    await pause(interval, signal);
    if (Date.now() > end) throw failureOf('The device code has expired.');
    try {
      const asked = { device_code: device.device_code, ...verifier, ...oauth2Extra };
      return await server.token(deviceGrant, asked);
    } catch (/** @type {any} */ error) {
      if (error?.reason === 'authorization_pending') continue;
      // RFC 8628, 3.5. A server that cannot be reached may be so later.
      if (error?.reason !== 'slow_down' && error instanceof StacTaskError) throw error;
      interval += slower;
    }
  }
}

/**
 * RFC 6749, 4.1: somebody logs in, and his browser brings a code.
 * @param {Server} server
 * @param {ClientContext} context
 */
export async function authorizeByCode(server, { settings, signal, authenticate, localFiles }) {
  const { oauth2AuthorizationUrl, oauth2Authorize, oauth2RedirectUri, oauth2Extra, oauth2Pkce } = settings;
  const state = generateRandomState();
  const { verifier, challenge } = await pkceOf(oauth2Pkce);
  const listener = oauth2Authorize
    ? undefined
    : await (await localFiles?.listener())?.listen(oauth2RedirectUri, state);
  const redirectUri = listener?.redirectUri ?? oauth2RedirectUri;
  if (!redirectUri || !(oauth2Authorize || listener)) {
    throw new ConfigError(
      'ERR_CONFIG',
      'the grant authorization_code needs oauth2Authorize and oauth2RedirectUri here',
    );
  }
  try {
    const url = urlOf('oauth2AuthorizationUrl', oauth2AuthorizationUrl);
    const asked = {
      response_type: 'code',
      client_id: server.client.client_id,
      redirect_uri: redirectUri,
      state,
    };
    for (const [name, value] of Object.entries({ ...asked, ...challenge, ...oauth2Extra })) {
      url.searchParams.set(name, value);
    }
    if (listener) authenticate({ url: url.href, code: null, isComplete: true });
    const arrived = listener ? listener.callback(signal) : oauth2Authorize?.(url.href);
    const callback = new URL(String(await arrived));
    // There is one server, whose name nobody was told.
    callback.searchParams.delete('iss');
    return await server.asked(async () => {
      const { metadata, client, authentication } = server;
      const parameters = validateAuthResponse(metadata, client, callback, state);
      const response = await authorizationCodeGrantRequest(
        metadata,
        client,
        authentication,
        parameters,
        redirectUri,
        verifier.code_verifier ?? nopkce,
        server.optionsFor(metadata.token_endpoint),
      );
      return processGenericTokenEndpointResponse(metadata, client, response);
    });
  } finally {
    listener?.close();
  }
}

/**
 * @param {boolean | undefined} isWanted
 * @returns {Promise<{ verifier: { code_verifier?: string }, challenge: Record<string, string> }>}
 */
async function pkceOf(isWanted = true) {
  if (!isWanted) return { verifier: {}, challenge: {} };
  const verifier = generateRandomCodeVerifier();
  const challenge = await calculatePKCECodeChallenge(verifier);
  return {
    verifier: { code_verifier: verifier },
    challenge: { code_challenge: challenge, code_challenge_method: 'S256' },
  };
}

/**
 * @param {number} seconds
 * @param {AbortSignal} signal
 */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(undefined);
    }, seconds * 1000);
    signal.addEventListener('abort', stop);
  });
}
