/**
 * Files of this machine, after `stac_asset/filesystem_client.py`.
 *
 * @module
 */

import { open } from 'node:fs/promises';
import { StacTaskError } from '../errors.js';

/** As much is read at once. */
const chunkSize = 256 * 1024;

/** @returns {import('./client.js').Client} */
export function createClient() {
  return {
    async open(path, { headers, signal }) {
      const file = await opened(path);
      const { size } = await file.stat();
      const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0);
      return {
        status: start > 0 ? 206 : 200,
        headers: [
          ['content-length', String(size - start)],
          ['content-range', `bytes ${start}-${size - 1}/${size}`],
        ],
        body: bytesOf(file, start, signal),
      };
    },
    async head(path) {
      const file = await opened(path);
      const { size, mtime } = await file.stat().finally(() => file.close());
      return {
        status: 200,
        headers: [
          ['content-length', String(size)],
          ['last-modified', mtime.toUTCString()],
        ],
        body: null,
      };
    },
  };
}

/** @param {string} path */
async function opened(path) {
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  let file;
  try {
    file = await open(path);
    if ((await file.stat()).isFile()) return file;
  } catch (cause) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
    const type = code === 'ENOENT' ? 'FileNotFoundError' : 'OSError';
    throw new StacTaskError('ERR_READ_FAILED', message, { cause, python: { type, message } });
  }
  await file.close();
  const message = `${path} is no file`;
  throw new StacTaskError('ERR_READ_FAILED', message, { python: { type: 'IsADirectoryError', message } });
}

/**
 * @param {import('node:fs/promises').FileHandle} file  is closed in the end
 * @param {number} start
 * @param {AbortSignal} signal
 */
async function* bytesOf(file, start, signal) {
  try {
    const buffer = new Uint8Array(chunkSize);
    for (let at = start; ; ) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, chunkSize, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
