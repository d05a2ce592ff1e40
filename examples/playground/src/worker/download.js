/**
 * Downloads the assets of an item. This is what makes the package load its second chunk.
 *
 * @module
 */

import { DownloadError, downloadItem } from 'stac-task';

import { failureOf } from '../rpc.js';
import { openStore } from './store.js';

/** @typedef {import('./api.js').DownloadProgress} Progress */

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
    const { store, place, list } = await openStore(folder);
    /** @type {Map<string, string>} */
    const keys = new Map();
    /** @type {import('./api.js').Downloaded['failures']} */
    const failures = [];
    const onMessage = (/** @type {import('stac-task').DownloadMessage} */ message) => {
      const key = 'key' in message ? message.key : 'path' in message ? keys.get(message.path) : undefined;
      if (key === undefined) return;
      if (message.kind === 'start') keys.set(message.path, key);
      if (message.kind === 'error') failures.push({ key, failure: failureOf(message.error) });
      const told = progressOf(message, key);
      if (told) progress(told);
    };
    const name = nameOf(item);
    try {
      await downloadItem(item, name, { store, include, signal: running.signal, onMessage, overwrite: true });
    } catch (error) {
      if (running.signal.aborted) throw running.signal.reason;
      if (!(error instanceof DownloadError)) throw error;
    }
    return { files: await list(name), place, failures };
  } finally {
    running = undefined;
  }
}

/**
 * @param {import('stac-task').DownloadMessage} message
 * @param {string} key
 * @returns {Progress | undefined}
 */
function progressOf(message, key) {
  if (message.kind === 'open') return { kind: 'size', key, bytes: message.size };
  if (message.kind === 'chunk') return { kind: 'chunk', key, bytes: message.size };
  if (message.kind === 'error') return { kind: 'error', key, message: message.error.message };
  if (message.kind === 'retry')
    return { kind: 'retry', key, message: `again in ${Math.ceil(message.seconds)} s` };
  if (message.kind === 'start' || message.kind === 'finish' || message.kind === 'skip')
    return { kind: message.kind, key };
  return undefined;
}

/** A folder's name. @param {any} item */
const nameOf = (item) =>
  String(item?.id ?? 'item')
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '_') || 'item';
