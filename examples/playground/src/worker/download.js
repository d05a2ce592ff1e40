/**
 * Downloads the assets of an item. This is what makes the package load its second chunk.
 *
 * @module
 */

import { DownloadError, downloadItem } from 'stac-task';

import { failureOf } from '../rpc.js';
import { alone, openStore } from './store.js';

/**
 * @typedef {import('./api.js').DownloadProgress} Progress
 * @typedef {import('stac-task').DownloadMessage} Message
 */

/** Somebody is waiting: a server that does not answer three times is told of. */
const httpMaxAttempts = 3;

/** Between sums of bytes, in milliseconds. */
const pause = 100;

/** @type {AbortController | undefined} */
let running;

export const cancelDownload = () =>
  running?.abort(new DOMException('The download was cancelled', 'AbortError'));

/**
 * @param {any} item
 * @param {import('./api.js').DownloadRequest} request
 * @param {(message: Progress) => void} progress
 * @returns {Promise<import('./api.js').Downloaded>}
 */
export async function download(item, request, progress) {
  if (running) throw new Error('another download is running');
  running = new AbortController();
  const { signal } = running;
  const name = nameOf(item);
  const work = () => downloadInto(name, item, request, signal, progress);
  try {
    // A folder of the user's may be any: that it is the same in two tabs, nobody can tell.
    return await (request.folder ? work() : alone(name, work));
  } finally {
    running = undefined;
  }
}

/**
 * @param {string} name
 * @param {any} item
 * @param {import('./api.js').DownloadRequest} request
 * @param {AbortSignal} signal
 * @param {(message: Progress) => void} progress
 * @returns {Promise<import('./api.js').Downloaded>}
 */
async function downloadInto(name, item, { include, folder }, signal, progress) {
  const { store, place, list } = await openStore(folder, name);
  const assets = wanted(item, include);
  const { told, failures, failed } = listener(Object.keys(assets), progress);
  try {
    await downloadItem({ ...item, assets }, name, {
      store,
      signal,
      onMessage: told,
      overwrite: true,
      httpMaxAttempts,
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof DownloadError)) throw withoutChunk(error) ?? error;
    failed(error);
  }
  return { files: await list(), place, failures };
}

/**
 * Each browser has words of its own for a module that did not arrive.
 * @param {unknown} error
 */
const withoutChunk = (error) =>
  error instanceof TypeError && /dynamically imported module|Importing a module/.test(error.message)
    ? new Error('The part of the package that downloads could not be loaded: is there a network?')
    : undefined;

/**
 * The assets that are downloaded, in the item's order. One whose address leads nowhere would fail all others.
 * @param {any} item
 * @param {string[]} include
 */
const wanted = (item, include) =>
  Object.fromEntries(
    Object.entries(item.assets ?? {}).filter(
      ([key, asset]) => include.includes(key) && !leadsNowhere(item, asset?.href),
    ),
  );

/**
 * A relative address, of an item that does not say where it is from.
 * @param {any} item
 * @param {unknown} href
 */
export function leadsNowhere(item, href) {
  const self = Array.isArray(item?.links)
    ? item.links.find((/** @type {any} */ link) => link?.rel === 'self')
    : null;
  return isRelative(href) && isRelative(self?.href);
}

/** @param {unknown} href */
const isRelative = (href) => typeof href !== 'string' || !/^([a-z][\w+.-]*:|\/)/i.test(href);

/**
 * Tells of the progress, and collects what fails.
 * @param {string[]} keys  of the assets, in the item's order
 * @param {(message: Progress) => void} progress
 */
function listener(keys, progress) {
  /** @type {import('./api.js').Downloaded['failures']} */
  const failures = [];
  /** @type {Set<unknown>} */
  const known = new Set();
  const silent = new Set(keys);
  const tell = teller(progress);

  /** @param {string} key @param {Error} error */
  function fail(key, error) {
    const failure = failureOf(error);
    failures.push({ key, failure });
    known.add(error);
    silent.delete(key);
    progress({ kind: 'error', key, message: failure.message, code: failure.code });
  }

  return {
    failures,
    /** @param {Message} message */
    told(message) {
      tell(message); // and first of the bytes that had come
      if (message.kind === 'error') fail(message.key, message.error);
      else if (message.kind === 'finish' || message.kind === 'skip') silent.delete(message.key);
    },
    /** What fails before it starts has no message, but its error in the assets' order. @param {DownloadError} error */
    failed({ errors }) {
      const untold = errors.filter((error) => !known.has(error));
      for (const [at, key] of [...silent].entries()) {
        const error = untold[at];
        if (error) fail(key, error);
      }
    },
  };
}

/**
 * Messages by the asset's key; of chunks, which are many, their sum now and then.
 * @param {(message: Progress) => void} progress
 * @returns {(message: Message) => void}
 */
function teller(progress) {
  /** Keys by path: not every message has both. @type {Map<string, string>} */
  const keys = new Map();
  /** @type {Map<string, number>} */
  const sums = new Map();
  let toldAt = 0;

  function tellSums() {
    for (const [key, bytes] of sums) progress({ kind: 'chunk', key, bytes });
    sums.clear();
    toldAt = performance.now();
  }

  return (message) => {
    if (message.kind === 'start') keys.set(message.path, message.key);
    const key = 'path' in message ? keys.get(message.path) : undefined;
    if (key === undefined) return;
    if (message.kind === 'chunk') {
      sums.set(key, (sums.get(key) ?? 0) + message.size);
      if (performance.now() - toldAt > pause) tellSums();
      return;
    }
    tellSums();
    const told = progressOf(message, key);
    if (told) progress(told);
  };
}

/**
 * @param {Message} message
 * @param {string} key
 * @returns {Progress | undefined}
 */
function progressOf(message, key) {
  switch (message.kind) {
    case 'open':
      return { kind: 'size', key, bytes: message.size };
    case 'retry':
      return { kind: 'retry', key, message: `again in ${Math.ceil(message.seconds)} s` };
    case 'start':
    case 'finish':
    case 'skip':
      return { kind: message.kind, key };
    default:
      return undefined;
  }
}

/** A folder's name. @param {any} item */
const nameOf = (item) =>
  String(item?.id ?? 'item')
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '_') || 'item';
