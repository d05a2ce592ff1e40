/**
 * Downloads the assets of an item. This is what makes the package load its second chunk.
 *
 * @module
 */

import { DownloadError, downloadItem } from 'stac-task';

import { failureOf } from '../rpc.js';
import { openStore } from './store.js';

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
export async function download(item, { include, folder }, progress) {
  if (running) throw new Error('another download is running');
  running = new AbortController();
  try {
    const name = nameOf(item);
    const { store, place, list } = await openStore(folder, name);
    /** @type {import('./api.js').Downloaded['failures']} */
    const failures = [];
    const told = teller(progress);
    const onMessage = (/** @type {Message} */ message) => {
      if (message.kind === 'error') failures.push({ key: message.key, failure: failureOf(message.error) });
      told(message);
    };
    try {
      await downloadItem(item, name, {
        store,
        include,
        signal: running.signal,
        onMessage,
        overwrite: true,
        httpMaxAttempts,
      });
    } catch (error) {
      if (running.signal.aborted) throw running.signal.reason;
      if (!(error instanceof DownloadError)) throw error;
    }
    return { files: await list(), place, failures };
  } finally {
    running = undefined;
  }
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
    case 'error':
      return { kind: 'error', key, message: message.error.message, code: failureOf(message.error).code };
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
