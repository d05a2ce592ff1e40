/**
 * Single addresses and assets, after `stac_asset/_functions.py`.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';
import { memoryPart, streamPart } from '../stores/download-stores.js';
import { nameOf } from '../task/href.js';
import { hinted } from './cors.js';
import { placeOf } from './destination.js';
import { errorOf, isFinal } from './failure.js';
import { hrefSettings } from './options.js';
import { inSession } from './session.js';
import { attemptsFor, transfer } from './transfer.js';
import { Watch } from './watch.js';

/**
 * @typedef {import('../assets.js').Tools} Tools
 * @typedef {import('../assets.js').StacObject} StacObject
 * @typedef {import('./options.js').HrefOptions} HrefOptions
 * @typedef {import('./options.js').Destination} Destination
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./transfer.js').Source} Source
 * @typedef {(message: import('./messages.js').Message) => void} Send
 */

const nobody = () => {};

/** The chunk's text where it was not told of which asset. */
const noAddress = 'asset does not have an absolute href';

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
      `asset '${key}' does not have an absolute href: ${asset['href']}`,
    );
    const target = await targetOf(caller, destination, session, tools, source);
    const href = nameOf(source.href);
    const { path } = target;
    session.send({ kind: 'start', key, ownerId: owner['id'] ?? null, href, path });
    try {
      await transfer(session, { source, exists: null, ...target });
    } catch (error) {
      if (error instanceof Error) session.send({ kind: 'error', key, href, path, error });
      throw error;
    }
    session.send({ kind: 'finish', key, href, path });
    return { ...asset, href: path === '' ? source.href : path };
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
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<boolean>}
 */
export async function assetExists(tools, owner, key, options) {
  try {
    await assertAssetExists(tools, owner, key, options);
    return true;
  } catch (error) {
    options?.signal?.throwIfAborted();
    // A mistake of the caller's says nothing of the asset.
    if (error instanceof StacTaskError && error.code === 'ERR_INVALID_ARGUMENT') throw error;
    return false;
  }
}

/**
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {HrefOptions} [options]
 */
export async function assertAssetExists(tools, owner, key, options) {
  const caller = 'assertAssetExists()';
  const settings = hrefSettings(caller, options);
  const asset = assetOf(caller, owner, key);
  await inSession(tools, nobody, settings, async (session) => {
    await mustExist(session, resolved(session, owner, asset));
  });
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
 * @param {string} [text]  what is said where there is no address
 * @returns {Source}
 */
export function resolved(session, { links }, asset, text) {
  const { alternateAssets, clientOverride } = session.settings;
  const self = Array.isArray(links) ? links.find((link) => link?.rel === 'self')?.href : undefined;
  const answer = session.ask('resolve', {
    asset,
    self: self ?? null,
    alternateAssets,
    override: clientOverride,
  });
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
  return { path, open: () => store.open(path, { makeDirectory, size, type }) };
}

/** What refuses to say whether there is something may still give it. */
const noAnswers = [403, 405, 501];

/**
 * Ask without the body, and as long as it is worth to ask again.
 * @param {Session} session
 * @param {Source} source
 * @throws {StacTaskError}
 */
async function mustExist(session, source) {
  const client = await session.clientOf(source.client);
  const watch = new Watch(session);
  const address = source.path ?? source.href;
  const asked = async (
    /** @type {'head' | 'open'} */ method,
    /** @type {Record<string, string>} */ headers,
  ) => {
    const ask = (client[method] ?? client.open).bind(client);
    const response = await watch.over(ask(address, { headers, signal: watch.begin(), source }));
    if (response.body && 'cancel' in response.body) await response.body.cancel();
    return response;
  };
  /** @type {object} */
  let state = { maxAttempts: attemptsFor(source, session.settings), resume: false, client: source.client };
  /** @type {object} */
  let event = { is: 'begin', exists: null, part: null };
  try {
    for (;;) {
      const { state: next, action } = session.next(state, event);
      state = next;
      if (action.do === 'fail') {
        throw errorOf(hinted(action.error, source.href), `, url='${nameOf(source.href)}'`);
      }
      if (action.do === 'wait') {
        await watch.wait(action.seconds);
        event = { is: 'waited' };
      } else if (action.do === 'request') {
        event = await asked('head', {})
          .then((response) =>
            noAnswers.includes(response.status) ? asked('open', { range: 'bytes=0-0' }) : response,
          )
          .then(eventOf, (error) => failedEvent(session, watch, source, error));
      } else return;
    }
  } finally {
    watch.stop();
  }
}

/** @param {import('../clients/client.js').ClientResponse} response */
const eventOf = ({ status, statusText = '' }) => ({
  is: 'response',
  // Part of it is there, so all is.
  status: status === 206 || status === 416 ? 200 : status,
  statusText,
  headers: {},
  now: Date.now(),
  random: Math.random(),
});

/**
 * @param {Session} session
 * @param {Watch} watch
 * @param {Source} source
 * @param {unknown} error
 */
function failedEvent(session, watch, { href }, error) {
  session.signal.throwIfAborted();
  if (isFinal(error)) throw error;
  const message = `${nameOf(href)} cannot be fetched`;
  return {
    is: 'failed',
    why: watch.why ?? 'network',
    received: 0,
    canKeep: false,
    message,
    random: Math.random(),
  };
}
