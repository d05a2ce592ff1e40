/**
 * HTTP, after `stac_asset/http_client.py`. Redirects are followed here, so that what is for one origin is sent to no
 * other.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';
import { nameOf } from '../task/href.js';

/** As many as browsers follow. */
const mostRedirects = 20;

const redirects = [301, 302, 303, 307, 308];

/**
 * @typedef {import('./client.js').ClientRequest} ClientRequest
 * @typedef {import('./client.js').ClientContext} ClientContext
 */

/**
 * @param {ClientContext} context
 * @returns {import('./client.js').Client}
 */
export function createClient({ settings, fetch }) {
  const configured = sortedHeaders(settings.httpHeaders);
  return {
    open: (href, request) => send('GET', href, request, configured, fetch),
    head: (href, request) => send('HEAD', href, request, configured, fetch),
  };
}

/** @typedef {{ first: Record<string, string>, byOrigin: Map<string, Record<string, string>> }} Configured */

/**
 * @param {import('../assets/options.js').Settings['httpHeaders']} headers
 * @returns {Configured}
 * @throws {StacTaskError} ERR_INVALID_ARGUMENT
 */
function sortedHeaders(headers) {
  /** @type {Configured} */
  const sorted = { first: {}, byOrigin: new Map() };
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') sorted.first[name.toLowerCase()] = value;
    else if (/^https?:/i.test(name) && typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([each, text]) => [each.toLowerCase(), text]);
      sorted.byOrigin.set(new URL(name).origin, Object.fromEntries(entries));
    } else throw invalidArgument(`httpHeaders: '${name}' is neither a header nor an origin with headers`);
  }
  return sorted;
}

/**
 * @param {'GET' | 'HEAD'} method
 * @param {string} href
 * @param {ClientRequest} request
 * @param {Configured} configured
 * @param {typeof fetch} fetch
 * @returns {Promise<Response>}
 */
async function send(method, href, request, configured, fetch) {
  const start = new URL(href);
  const credentials = takeCredentials(start);
  let url = start;
  for (let count = 0; count <= mostRedirects; ++count) {
    const isFirst = url.origin === start.origin;
    const secret = {
      ...(isFirst ? { ...credentials, ...configured.first } : {}),
      ...configured.byOrigin.get(url.origin),
    };
    const headers = { 'accept-encoding': 'identity', ...request.headers, ...secret };
    const init = { method, headers, signal: request.signal };
    const response = await fetch(url.href, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect') {
      return followed(url, init, Object.keys(secret).length > 0, fetch);
    }
    const location = redirects.includes(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    url = nextOf(location, url);
  }
  throw refused(start, `redirects more than ${mostRedirects} times`);
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
 * @param {URL} url  loses it
 * @returns {Record<string, string>} the header that says the same
 */
function takeCredentials(url) {
  const { username, password } = url;
  if (!username && !password) return {};
  url.username = '';
  url.password = '';
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
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
