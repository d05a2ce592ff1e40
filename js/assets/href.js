/**
 * Single addresses and assets, after `stac_asset/_functions.py`.
 *
 * @module
 */

import { invalidArgument } from '../errors.js';
import { memoryPart, streamPart } from '../stores/download-stores.js';
import { nameOf } from '../task/href.js';
import { placeOf } from './destination.js';
import { errorOf, noAddress } from './failure.js';
import { mustHaveChecksum, withInfo } from './file-info.js';
import { hrefSettings } from './options.js';
import { lookedAsset, lookedOwner } from './result.js';
import { inSession } from './session.js';
import { transfer } from './transfer.js';

/**
 * @typedef {import('../assets.js').Tools} Tools
 * @typedef {import('../assets.js').StacObject} StacObject
 * @typedef {import('./options.js').HrefOptions} HrefOptions
 * @typedef {import('./options.js').Destination} Destination
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./transfer.js').Source} Source
 * @typedef {import('./session.js').Send} Send
 */

const nobody = () => {};

/**
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject} owner
 * @param {string} key
 * @param {Destination} destination
 * @param {HrefOptions} [options]
 */
export async function downloadAsset(tools, send, owner, key, destination, options) {
  const caller = 'downloadAsset()';
  const settings = hrefSettings(caller, options);
  const asset = assetOf(caller, owner, key);
  return inSession(tools, send, settings, async (session) => {
    const source = resolved(
      session,
      owner,
      asset,
      `asset '${key}' does not have an absolute href: ${asset?.['href']}`,
    );
    mustHaveChecksum(settings, key, source);
    const target = await targetOf(caller, destination, session, tools, source);
    const href = nameOf(source.href);
    const { path } = target;
    session.send({ kind: 'start', key, ownerId: owner['id'] ?? null, href, path });
    let info;
    try {
      ({ info } = await transfer(session, { source, exists: null, ...target }));
    } catch (error) {
      if (error instanceof Error) session.send({ kind: 'error', key, href, path, error });
      throw error;
    }
    session.send({ kind: 'finish', key, href, path });
    return withInfo({ ...asset, href: path === '' ? source.href : path }, info);
  });
}

/**
 * @param {Tools} tools
 * @param {Send} send
 * @param {string | URL} href
 * @param {Destination} destination
 * @param {HrefOptions} [options]
 */
export async function downloadFile(tools, send, href, destination, options) {
  const caller = 'downloadFile()';
  const settings = hrefSettings(caller, options);
  await inSession(tools, send, settings, async (session) => {
    const source = sourceOf(session, href);
    const target = await targetOf(caller, destination, session, tools, source);
    await transfer(session, { source, exists: null, ...target });
  });
}

/**
 * @param {Tools} tools
 * @param {string | URL} href
 * @param {HrefOptions} [options]
 * @returns {Promise<ReadableStream<Uint8Array>>} once its first bytes are on their way
 */
export async function openHref(tools, href, options) {
  const settings = hrefSettings('openHref()', options);
  const { readable, writable } = new TransformStream();
  return new Promise((resolve, reject) => {
    const tell = (/** @type {import('./messages.js').Message} */ { kind }) => {
      if (kind === 'open') resolve(readable);
    };
    inSession(tools, tell, settings, async (session) => {
      const source = sourceOf(session, href);
      const lost = (/** @type {unknown} */ error) => session.abort(error);
      await transfer(session, {
        source,
        path: '',
        exists: null,
        open: async () => streamPart(writable, lost),
      });
      // An answer without a body was not read.
      resolve(readable);
    }).catch(reject);
  });
}

/**
 * @param {Tools} tools
 * @param {string | URL} href
 * @param {HrefOptions} [options]
 * @returns {Promise<Uint8Array>}
 */
export async function readHref(tools, href, options) {
  const settings = hrefSettings('readHref()', options);
  let all = /** @type {Uint8Array} */ (new Uint8Array());
  await inSession(tools, nobody, settings, async (session) => {
    const open = async () => memoryPart((bytes) => (all = bytes));
    await transfer(session, { source: sourceOf(session, href), path: '', exists: null, open });
  });
  return all;
}

/**
 * @param {string} caller
 * @param {any} owner
 * @param {string} key
 * @returns {Record<string, any>}
 */
export function assetOf(caller, owner, key) {
  const assets = owner?.assets;
  if (typeof assets !== 'object' || assets === null) {
    throw invalidArgument(`${caller} takes an item or a collection with assets`);
  }
  if (Object.hasOwn(assets, key)) return assets[key];
  throw invalidArgument(
    `${caller}: there is no asset '${key}'`,
    `There are ${Object.keys(assets).join(', ')}.`,
  );
}

/**
 * @param {Session} session
 * @param {StacObject} owner
 * @param {Record<string, any>} asset
 * @param {string[]} [alternateAssets]
 * @returns {Source & { error?: import('./failure.js').Failure }}
 */
export function addressOf(session, owner, asset, alternateAssets = session.settings.alternateAssets) {
  const { clientOverride: override, checksum } = session.settings;
  const links = owner['links'];
  const self = Array.isArray(links) ? links.find((link) => link?.rel === 'self')?.href : undefined;
  return session.ask('resolve', {
    asset: lookedAsset(asset, checksum),
    object: lookedOwner(owner),
    self: self ?? null,
    alternateAssets,
    override,
  });
}

/**
 * @param {Session} session
 * @param {StacObject} owner
 * @param {Record<string, any>} asset
 * @param {string} [text]  what is said where there is no address
 * @returns {Source}
 */
export function resolved(session, owner, asset, text) {
  const answer = addressOf(session, owner, asset);
  const { error } = answer;
  if (error) throw errorOf(text && error.message === noAddress ? { ...error, message: text } : error);
  session.expect([answer]);
  return answer;
}

/**
 * @param {Session} session
 * @param {string | URL} given
 * @returns {Source}
 */
export function sourceOf(session, given) {
  const href = String(given);
  const target = session.answer('client', { href, override: session.settings.clientOverride });
  session.expect([{ href }]);
  return { href, ...target };
}

/**
 * @param {string} caller
 * @param {Destination} destination
 * @param {Session} session
 * @param {Tools} tools
 * @param {Source} source
 * @returns {Promise<{ path: string, open: () => Promise<import('../stores/download-store.js').Part> }>}
 */
async function targetOf(caller, destination, session, tools, source) {
  if (typeof (/** @type {any} */ (destination)?.getWriter) === 'function') {
    const stream = /** @type {WritableStream<Uint8Array>} */ (destination);
    return { path: '', open: async () => streamPart(stream, (error) => session.abort(error)) };
  }
  const { store, path } = await placeOf(caller, destination, session.settings, tools);
  const { makeDirectory } = session.settings;
  const { size = null, type = null } = source;
  const options = { makeDirectory, size, type, source: nameOf(source.href) };
  return { path, open: () => store.open(path, options) };
}
