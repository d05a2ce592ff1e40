/**
 * Microsoft's Planetary Computer, after `stac_asset/planetary_computer_client.py`: blobs of Azure by a token for each
 * container, which stands in the query of its addresses.
 *
 * @module
 */

import { httpClient, NoToken, send } from '#assets.http';
import { invalidArgument, StacTaskError } from '../errors.js';
import { textOf } from './body.js';
import { isBelow, isLoopback } from './hosts.js';

/**
 * @typedef {import('./client.js').ClientContext} ClientContext
 * @typedef {{ text: string, expires: Date }} Token
 */

/** What is as good as expired, in milliseconds before it is. */
const margin = 60_000;

/** Bytes that a token's JSON may have. */
const mostOfToken = 65_536;

/** An account that anybody may read. */
const publicHost = 'ai4edatasetspublicassets.blob.core.windows.net';

/** Parameters of an address that is signed. */
const signatureNames = ['st', 'se', 'sp', 'sig'];

/**
 * @param {ClientContext} context
 * @returns {import('./client.js').Client}
 */
export function createClient(context) {
  const { pcHosts } = context.settings;
  const tokens = new Tokens(context);
  return httpClient(context, async (url) => {
    const container = containerOf(url, pcHosts);
    const token = container && (await tokens.of(container));
    return token ? { url: withToken(url, token), expires: token.expires } : {};
  });
}

/**
 * @param {URL} url
 * @param {string[]} hosts  that are taken for Azure's
 * @returns {string | undefined} `account/container`; undefined for what needs no token
 */
function containerOf(url, hosts) {
  const isAzure = url.protocol === 'https:' && /^[^.]+\.blob\.core\.windows\.net$/.test(url.host);
  const isEmulator = isBelow(url, hosts) && (url.protocol === 'https:' || isLoopback(url));
  if (!(isAzure || isEmulator) || url.host === publicHost) return undefined;
  if (signatureNames.some((name) => url.searchParams.has(name))) return undefined;
  const [, first, second, third] = url.pathname.split('/');
  // Emulators have no hosts for accounts.
  const [account, container, blob] = isLoopback(url)
    ? [first, second, third]
    : [url.hostname.split('.')[0], first, second];
  return account && container && blob !== undefined ? `${account}/${container}` : undefined;
}

/**
 * @param {URL} url
 * @param {Token} token
 */
function withToken(url, { text }) {
  const signed = new URL(url);
  signed.search = [url.search.slice(1), text].filter(Boolean).join('&');
  return signed;
}

/** One for each container, of which one is asked for at a time. */
class Tokens {
  #context;
  /** @type {Map<string, Promise<Token | undefined>>} */
  #found = new Map();
  /** When they are asked for again. @type {Map<string, number>} */
  #ends = new Map();

  /** @param {ClientContext} context */
  constructor(context) {
    this.#context = context;
  }

  /**
   * @param {string} container
   * @returns {Promise<Token | undefined>} undefined where the endpoint knows no such container
   * @throws {NoToken}
   */
  of(container) {
    const isOver = Date.now() > (this.#ends.get(container) ?? Number.POSITIVE_INFINITY) - margin;
    let found = isOver ? undefined : this.#found.get(container);
    if (!found) {
      found = this.#ask(container);
      this.#ends.delete(container);
      this.#found.set(container, found);
      found.then(
        (token) => token && this.#ends.set(container, token.expires.getTime()),
        () => this.#found.delete(container),
      );
    }
    return found;
  }

  /** @param {string} container */
  async #ask(container) {
    const { settings, fetch, signal } = this.#context;
    const { pcSasTokenEndpoint, pcSubscriptionKey } = settings;
    const url = endpointFor(pcSasTokenEndpoint, container);
    /** @type {Record<string, string>} */
    const key = pcSubscriptionKey ? { 'ocp-apim-subscription-key': pcSubscriptionKey } : {};
    const response = await send('GET', url, {
      secretsFor: ({ origin }) => (origin === url.origin ? { headers: key } : {}),
      signal,
      fetch,
    });
    if (response.ok) return tokenOf(await textOf(response, mostOfToken));
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new NoToken(response);
  }
}

/**
 * @param {string} endpoint
 * @param {string} container
 */
function endpointFor(endpoint, container) {
  try {
    return new URL(`${endpoint.replace(/\/$/, '')}/${container}`);
  } catch {
    throw invalidArgument("the option 'pcSasTokenEndpoint' is a URL");
  }
}

/**
 * @param {string} text  JSON
 * @returns {Token}
 * @throws {StacTaskError} Python's error, without the values
 */
function tokenOf(text) {
  const data = parsed(text);
  for (const key of ['msft:expiry', 'token']) {
    if (typeof data[key] === 'string') continue;
    const keys = Object.keys(data)
      .slice(0, 10)
      .map((each) => `'${each}': …`);
    throw failure('ValueError', `missing '${key}' key in dict: {${keys.join(', ')}}`);
  }
  const expires = new Date(data['msft:expiry']);
  if (Number.isNaN(expires.getTime())) throw failure('ValueError', `'msft:expiry' is no time`);
  return { text: data['token'].replace(/^\?/, ''), expires };
}

/** @param {string} text */
function parsed(text) {
  try {
    const data = JSON.parse(text);
    if (typeof data === 'object' && data !== null) return data;
  } catch {
    // It is told below, without the text.
  }
  throw failure('ValueError', 'the endpoint of tokens answers with what is no object of JSON');
}

/**
 * @param {string} type
 * @param {string} message
 */
const failure = (type, message) => new StacTaskError('ERR_TOKEN', message, { python: { type, message } });
