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
      const { file, size } = await opened(path);
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
      const { file, size, mtime } = await opened(path);
      await file.close();
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
    const found = await file.stat();
    if (found.isFile()) return { file, size: found.size, mtime: found.mtime };
  } catch (cause) {
    await file?.close();
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
    const type = code === 'ENOENT' ? 'FileNotFoundError' : 'OSError';
    throw new StacTaskError('ERR_READ_FAILED', message, { cause, python: { type, message } });
  }
  await file.close();
  const message = `${path} is no file`;
  throw new StacTaskError('ERR_READ_FAILED', message, { python: { type: 'IsADirectoryError', message } });
}

/**
 * No generator: one that nobody has begun to read closes nothing when it is given up.
 * @param {import('node:fs/promises').FileHandle} file  is closed in the end
 * @param {number} start
 * @param {AbortSignal} signal
 * @returns {AsyncIterableIterator<Uint8Array>}
 */
function bytesOf(file, start, signal) {
  const buffer = new Uint8Array(chunkSize);
  let at = start;
  let isOver = false;
  const end = async () => {
    isOver = true;
    await file.close();
    return { done: /** @type {const} */ (true), value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (isOver) return end();
      try {
        signal.throwIfAborted();
        const { bytesRead } = await file.read(buffer, 0, chunkSize, at);
        if (bytesRead === 0) return end();
        at += bytesRead;
        return { done: false, value: buffer.subarray(0, bytesRead) };
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
  };
}
