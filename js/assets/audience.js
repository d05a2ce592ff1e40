/**
 * Who may be sent what. A header that may be a secret is sent to an origin that it is meant for, and to no other: Python
 * sends all of them to whatever an item names.
 *
 * @module
 */

import { ConfigError, invalidArgument } from '../errors.js';
import { parsedUrl } from '../runtime/parsed-url.js';
import { withoutSecrets } from '../task/href.js';

/** Headers that tell nobody anything. */
export const harmless = new Set([
  'accept',
  'accept-language',
  'cache-control',
  'from',
  'pragma',
  'referer',
  'user-agent',
]);

/**
 * @typedef {object} Audience  names of headers are in lower case
 * @property {Record<string, string>} everywhere  headers for everybody
 * @property {Map<string, Record<string, string>>} byOrigin  headers for one origin
 * @property {string[]} oauth2  origins that the token of OAuth2 is for; empty without a grant
 */

/**
 * @param {Pick<import('./options.js').Settings, 'httpHeaders' | 'oauth2Grant' | 'oauth2Origins'>} settings
 * @param {{ href: string }[]} sources  all that the call is going to fetch
 * @returns {Audience}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT; ConfigError where a secret is for nobody in
 *   particular
 */
export function audienceOf({ httpHeaders, oauth2Grant, oauth2Origins }, sources) {
  /** @type {Record<string, string>} */
  const everywhere = {};
  /** @type {Record<string, string>} */
  const secrets = {};
  /** @type {Audience['byOrigin']} */
  const byOrigin = new Map();
  for (const [name, value] of Object.entries(httpHeaders)) {
    if (/^https?:/i.test(name)) {
      const origin = givenOrigin(name);
      byOrigin.set(origin, { ...byOrigin.get(origin), ...lowered(name, value) });
    } else
      Object.assign(
        harmless.has(name.toLowerCase()) ? everywhere : secrets,
        lowered(name, { [name]: value }),
      );
  }
  if (Object.keys(secrets).length > 0) {
    const origin = onlyOrigin(sources, `httpHeaders: ${Object.keys(secrets).join(', ')}`, originsHint);
    if (origin) byOrigin.set(origin, { ...secrets, ...byOrigin.get(origin) });
  }
  return { everywhere, byOrigin, oauth2: oauth2Grant ? originsOf(oauth2Origins, sources) : [] };
}

/**
 * @param {string[] | undefined} given
 * @param {{ href: string }[]} sources
 */
function originsOf(given, sources) {
  if (given) return given.map(givenOrigin);
  const origin = onlyOrigin(sources, 'oauth2Grant: the token', tokenHint);
  return origin ? [origin] : [];
}

const tokenHint = "Say whom it is for: { oauth2Origins: ['https://data.example'] }.";

const originsHint =
  "Say whose they are: { httpHeaders: { 'https://data.example': { authorization: … } } }, with as many origins as there are.";

/**
 * @param {{ href: string }[]} sources
 * @param {string} what  is for one origin; no value of it
 * @param {string} hint
 * @returns {string | undefined} that of all addresses which are fetched over HTTP; undefined where there is none
 * @throws {ConfigError} where there are several
 */
function onlyOrigin(sources, what, hint) {
  const origins = new Set(
    sources.flatMap(({ href }) => (/^https?:/i.test(href) ? (parsedUrl(href)?.origin ?? []) : [])),
  );
  if (origins.size <= 1) return [...origins][0];
  throw new ConfigError('ERR_CONFIG', `${what}: for which of ${[...origins].join(', ')}?`, { hint });
}

/**
 * What has a path would be for all of the origin, which whoever wrote it may not know.
 * @param {string} text  of the options
 */
function givenOrigin(text) {
  const url = parsedUrl(text);
  if (url && /^https?:$/.test(url.protocol)) {
    const { pathname, search, hash, username, password } = url;
    // Workers with old dates leave out the slash.
    if (pathname.replace(/^\/$/, '') + search + hash + username + password === '') return url.origin;
  }
  throw invalidArgument(`'${withoutSecrets(String(text))}' is no origin`, 'Such as https://data.example.');
}

/**
 * @param {string} place
 * @param {unknown} headers
 * @returns {Record<string, string>}
 */
function lowered(place, headers) {
  const isObject = typeof headers === 'object' && headers !== null;
  if (!isObject || Object.values(headers).some((value) => typeof value !== 'string')) {
    throw invalidArgument(`httpHeaders: '${place}' is neither a header nor an origin with headers`);
  }
  try {
    new Headers(/** @type {Record<string, string>} */ (headers));
  } catch {
    throw invalidArgument(`httpHeaders: '${place}' has what cannot stand in a header`);
  }
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
