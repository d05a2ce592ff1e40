/**
 * HTTP, after `stac_asset/http_client.py`. Redirects are followed here, so that what is for one origin is sent to no
 * other.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';
import { locationOf, mostRedirects } from '../runtime/redirects.js';
import { nameOf } from '../task/href.js';

/**
 * @typedef {import('./client.js').ClientRequest} ClientRequest
 * @typedef {import('./client.js').ClientContext} ClientContext
 */

/**
 * What one address is sent, and no other.
 *
 * @typedef {object} Secrets
 * @property {Record<string, string> | undefined} [headers]  with names in lower case
 * @property {URL} [url]  what is fetched in the place of the address: the same, signed
 * @property {Date | undefined} [expires]  when they are worth nothing any more
 */

/** Asked again for each redirect. @typedef {(url: URL) => Secrets | Promise<Secrets>} SecretsFor */

/**
 * @param {ClientContext} context
 * @returns {import('./client.js').Client}
 */
export function createClient(context) {
  const { oauth2 } = context.audience;
  if (oauth2.length === 0) return httpClient(context, () => ({}));
  const load = () => dynamicImport(() => import('#assets.oauth2'), bundleHint);
  /** @type {ReturnType<typeof import('./oauth2.js').tokensOf> | undefined} */
  let tokens;
  return httpClient(context, async ({ origin }) => {
    if (!oauth2.includes(origin)) return {};
    const { tokensOf } = await load();
    tokens ??= tokensOf(context);
    const { text, expires } = await tokens();
    return { headers: { authorization: `Bearer ${text}` }, expires };
  });
}

/**
 * A client that sends what is configured, and secrets of its own.
 *
 * @param {ClientContext} context
 * @param {SecretsFor} secretsFor  what is configured for an origin goes before it
 * @returns {import('./client.js').Client}
 */
export function httpClient({ audience: { everywhere, byOrigin }, fetch }, secretsFor) {
  /** @param {string} href */
  const prepared = (href) => {
    const { url, user } = parsed(href);
    const all = async (/** @type {URL} */ hop) => {
      const secrets = await secretsFor(hop);
      const own = hop.origin === url.origin ? user : {};
      return { ...secrets, headers: { ...own, ...secrets.headers, ...byOrigin.get(hop.origin) } };
    };
    return { url, secretsFor: all };
  };
  const ask =
    (/** @type {'GET' | 'HEAD'} */ method) =>
    async (/** @type {string} */ href, /** @type {ClientRequest} */ { headers, signal }) => {
      const { url, secretsFor: all } = prepared(href);
      const options = { headers: { ...everywhere, ...headers }, secretsFor: all, signal, fetch };
      try {
        return await send(method, url, options);
      } catch (error) {
        // Whoever asks for the file waits as long as the other server says, and asks again.
        if (error instanceof NoToken) return error.response;
        throw error;
      }
    };
  return {
    open: ask('GET'),
    head: ask('HEAD'),
    async sign(href) {
      const { url, secretsFor: all } = prepared(href);
      const {
        headers,
        url: signed = url,
        expires,
      } = await all(url).catch((error) => {
        throw error instanceof NoToken ? error.refusal() : error;
      });
      return { href: signed.href, headers: { ...everywhere, ...headers }, expires };
    },
  };
}

/** What another server answers, which was asked for a token. */
export class NoToken extends Error {
  /** @param {Response} response */
  constructor({ status, statusText, headers }) {
    super();
    this.response = { status, statusText: `${statusText} of the endpoint of tokens`, headers, body: null };
  }

  /** For who does not ask again. */
  refusal() {
    const { status, statusText } = this.response;
    const message = `${status}, message='${statusText}'`;
    const python = { type: 'ClientResponseError', message };
    return new StacTaskError('ERR_HTTP_STATUS', message, { status, python });
  }
}

/**
 * @typedef {object} SendOptions
 * @property {Record<string, string>} [headers]  for everybody
 * @property {SecretsFor} secretsFor
 * @property {AbortSignal} signal
 * @property {typeof fetch} fetch
 */

/**
 * @param {'GET' | 'HEAD'} method
 * @param {URL} start
 * @param {SendOptions} options
 * @returns {Promise<Response>}
 * @throws {StacTaskError} ERR_REDIRECT, ERR_CREDENTIALS, and what `secretsFor` throws
 */
export async function send(method, start, { headers, secretsFor, signal, fetch }) {
  let url = start;
  for (let count = 0; count <= mostRedirects; ++count) {
    const { headers: secrets = {}, url: signed = url } = await secretsFor(url);
    mustBeSendable(secrets);
    const init = { method, headers: { 'accept-encoding': 'identity', ...headers, ...secrets }, signal };
    const response = await fetch(signed.href, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect') {
      return followed(signed, init, Object.keys(secrets).length > 0, fetch);
    }
    const location = locationOf(response);
    if (location === null) return response;
    await response.body?.cancel();
    url = nextOf(location, signed);
  }
  throw refused(start, `redirects more than ${mostRedirects} times`);
}

/**
 * The texts of `fetch` quote what it does not take, and asking again would not help.
 * @param {Record<string, string>} secrets
 */
function mustBeSendable(secrets) {
  for (const [name, value] of Object.entries(secrets)) {
    try {
      new Headers([[name, value]]);
    } catch {
      throw new StacTaskError('ERR_CREDENTIALS', `what is for '${name}' cannot stand in a header`);
    }
  }
}

/**
 * A browser does not say where a redirect leads, and takes along whatever it was given but `Authorization`.
 * @param {URL} url
 * @param {RequestInit} init
 * @param {boolean} hasSecrets
 * @param {typeof fetch} fetch
 */
async function followed(url, init, hasSecrets, fetch) {
  if (hasSecrets) throw refused(url, 'redirects, and this runtime would send its headers along');
  const response = await fetch(url.href, { ...init, redirect: 'follow' });
  if (url.protocol === 'https:' && response.url.startsWith('http:')) {
    await response.body?.cancel();
    throw refused(url, 'redirects from https to http');
  }
  return response;
}

/**
 * `fetch` takes no address with a user in it.
 * @param {string} href
 * @returns {{ url: URL, user: Record<string, string> }} without the user, and the header that says the same
 * @throws {StacTaskError} ERR_HREF_UNSUPPORTED
 */
function parsed(href) {
  try {
    const url = new URL(href);
    const { username, password } = url;
    if (!username && !password) return { url, user: {} };
    url.username = '';
    url.password = '';
    const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return { url, user: { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` } };
  } catch {
    throw new StacTaskError('ERR_HREF_UNSUPPORTED', `${nameOf(href)} is no address of HTTP`);
  }
}

/**
 * @param {string} location
 * @param {URL} from
 */
function nextOf(location, from) {
  /** @type {URL} */
  let next;
  try {
    next = new URL(location, from);
  } catch {
    throw refused(from, 'redirects to what is no address');
  }
  if (next.protocol !== 'http:' && next.protocol !== 'https:') {
    throw refused(from, 'redirects to what is no http address');
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw refused(from, 'redirects from https to http');
  }
  // Nobody asked for what a redirect says of a user.
  next.username = '';
  next.password = '';
  return next;
}

/**
 * @param {URL} url
 * @param {string} why
 */
const refused = (url, why) => new StacTaskError('ERR_REDIRECT', `${nameOf(url.href)} ${why}`);
