/**
 * Reads the address of an item as those of its assets are read: by the same clients, with the same options.
 *
 * @module
 */

import process from 'node:process';
import { openHref, signHref } from '#package';
import { harmless } from '../assets/audience.js';
import { collect } from './read.js';

/** @typedef {import('#package').InfoOptions} InfoOptions */

/** Whether it is one that is read over the network. @param {string} href */
export const isAddress = (href) => /^(https?|s3):\/\//i.test(href);

/** @param {string} href */
const isOfS3 = (href) => /^s3:/i.test(href);

/** Somebody waits for the first word. */
const mostAttempts = 3;

/**
 * Headers that may be secret, and the token of OAuth2, may be for the server of the assets alone. They are sent here only
 * where this server refuses without them; then they are its own, and for no other.
 *
 * @param {string} href
 * @param {number} maxBytes
 * @param {InfoOptions} settings
 * @returns {Promise<{ bytes: Uint8Array, audience: InfoOptions }>} more than `maxBytes` where there are more; and, over the
 *   settings, what is sent to whom
 * @throws {import('#package').StacTaskError} as `openHref`
 */
export async function readAddress(href, maxBytes, settings) {
  const { maxConcurrentDownloads: _unused, httpHeaders = {}, clientOverride = null, ...others } = settings;
  const options = {
    httpMaxAttempts: mostAttempts,
    s3MaxAttempts: mostAttempts,
    ...others,
    ...(clientOverride !== null && isFor(clientOverride, href) && { clientOverride }),
  };
  const read = async (/** @type {InfoOptions} */ more) =>
    collect(await openHref(href, { ...options, ...more }), maxBytes);
  if (isOfS3(href)) return { bytes: await read({}), audience: {} };

  const isHarmless = (/** @type {string} */ name) => harmless.has(name.toLowerCase());
  const names = Object.keys(httpHeaders);
  const open = Object.fromEntries(Object.entries(httpHeaders).filter(([name]) => isHarmless(name)));
  const hasGrant = Boolean(process.env['OAUTH2_GRANT']);
  const hasSecrets = hasGrant || !names.every(isHarmless);
  const bytes = await read({ httpHeaders: open, oauth2Origins: [] }).catch((error) => {
    if (hasSecrets && [401, 403].includes(error.status)) return undefined;
    throw error;
  });
  const { origin } = new URL(href);
  const user = await userOf(href);
  if (bytes) return { bytes, audience: { httpHeaders: { ...httpHeaders, [origin]: user } } };
  const own = /** @type {Record<string, string>} */ (httpHeaders);
  const audience = {
    httpHeaders: { ...open, [origin]: { ...user, ...own } },
    ...(hasGrant && { oauth2Origins: [origin] }),
  };
  return { bytes: await read(audience), audience };
}

/**
 * Whether a client that was chosen for all addresses can read this one: an item on a server may name files.
 * @param {string} client
 * @param {string} href
 */
const isFor = (client, href) => (isOfS3(href) ? client === 's3' : client !== 's3' && client !== 'filesystem');

/**
 * @param {string} href
 * @returns {Promise<Record<string, string>>} the header that says the same as the user in it
 */
async function userOf(href) {
  const { headers = {} } = await signHref(href, {
    clientOverride: 'http',
    httpHeaders: {},
    oauth2Origins: [],
  });
  return headers;
}
