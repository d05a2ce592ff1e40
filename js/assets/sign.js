/**
 * Addresses by which somebody else can fetch what an asset or an address names: signed, or with the headers that it takes.
 *
 * @module
 */

import { assetOf, resolved, sourceOf } from './href.js';
import { signSettings } from './options.js';
import { inSession } from './session.js';

/**
 * @typedef {import('../assets.js').Tools} Tools
 * @typedef {import('../assets.js').StacObject} StacObject
 * @typedef {import('../clients/client.js').SignedHref} SignedHref
 * @typedef {import('./options.js').SignOptions} SignOptions
 */

const nobody = () => {};

/**
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {SignOptions} [options]
 * @returns {Promise<SignedHref & { client: string }>}
 */
export async function resolveAssetHref(tools, owner, key, options) {
  const caller = 'resolveAssetHref()';
  const settings = signSettings(caller, options);
  const asset = assetOf(caller, owner, key);
  // Nothing is downloaded that could be compared.
  return inSession(tools, nobody, { ...settings, checksum: 'ignore' }, async (session) => {
    const source = resolved(session, owner, asset);
    return { client: source.client, ...(await signed(session, source, settings)) };
  });
}

/**
 * @param {Tools} tools
 * @param {string | URL} href
 * @param {SignOptions} [options]
 * @returns {Promise<SignedHref>}
 */
export async function signHref(tools, href, options) {
  const settings = signSettings('signHref()', options);
  return inSession(tools, nobody, settings, (session) => signed(session, sourceOf(session, href), settings));
}

/**
 * @param {import('./session.js').Session} session
 * @param {import('./transfer.js').Source} source
 * @param {import('./options.js').Settings & { expiresIn: number }} settings
 * @returns {Promise<SignedHref>}
 */
async function signed(session, source, settings) {
  const { href } = source;
  if (needsNothing(source, settings)) return { href };
  const client = await session.clientOf(source.client);
  if (!client.sign) return { href };
  const {
    href: address,
    headers = {},
    expires,
  } = await client.sign(href, { source, expiresIn: settings.expiresIn });
  return {
    href: address,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(expires ? { expires } : {}),
  };
}

/**
 * For most addresses no client has to be loaded.
 * @param {import('./transfer.js').Source} source
 * @param {import('./options.js').Settings} settings
 */
const needsNothing = ({ client, href }, { clients, httpHeaders, oauth2Grant }) =>
  !(clients && Object.hasOwn(clients, client)) &&
  (client === 'filesystem' ||
    (client === 'http' && !oauth2Grant && Object.keys(httpHeaders).length === 0 && !href.includes('@')));
