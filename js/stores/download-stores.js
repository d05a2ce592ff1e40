/**
 * The stores of downloads that need no file system.
 *
 * @module
 */

import { invalidArgument } from '../errors.js';
import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';

/**
 * @typedef {import('./download-store.js').DownloadStore} DownloadStore
 * @typedef {import('./download-store.js').Part} Part
 */

/**
 * @param {any} store  what was given
 * @returns {Promise<DownloadStore>}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export async function storeOf(store) {
  if (typeof store.open === 'function' && typeof store.sizeOf === 'function') return store;
  if (store.kind === 'directory') {
    const { directoryStore } = await dynamicImport(() => import('#assets.directory'), bundleHint);
    return directoryStore(store);
  }
  if (typeof store.write === 'function' && typeof store.workdir === 'string') return workdirStore(store);
  if (typeof store.head === 'function' && typeof store.createMultipartUpload === 'function') {
    const { bucketStore } = await dynamicImport(() => import('#assets.r2'), bundleHint);
    return bucketStore(store);
  }
  if (typeof store.set === 'function' && typeof store.get === 'function') return mapStore(store);
  throw invalidArgument(
    'the option `store` is nothing that downloads are written to',
    'Pass a Map, an R2Bucket, a FileSystemDirectoryHandle, what openWorkdir() gives, or an object with sizeOf() and open().',
  );
}

/** Bytes in memory, which become one array in the end. */
function chunksInMemory() {
  /** @type {Uint8Array[]} */
  let chunks = [];
  return {
    // A stream may use its buffer again.
    write: (/** @type {Uint8Array} */ bytes) => void chunks.push(bytes.slice()),
    restart: async () => {
      chunks = [];
    },
    read: async function* () {
      yield* chunks;
    },
    taken() {
      const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let end = 0;
      for (const chunk of chunks) {
        all.set(chunk, end);
        end += chunk.length;
      }
      chunks = [];
      return all;
    },
  };
}

/**
 * @param {(bytes: Uint8Array) => unknown} receive  gets all, when all is there
 * @returns {Part}
 */
export function memoryPart(receive) {
  const { taken, ...memory } = chunksInMemory();
  return {
    ...memory,
    kept: null,
    finish: async () => void (await receive(taken())),
    discard: () => memory.restart(),
  };
}

/**
 * @param {Map<string, Uint8Array>} files
 * @returns {DownloadStore}
 */
const mapStore = (files) => ({
  sizeOf: async (path) => files.get(path)?.length ?? null,
  async *read(path) {
    yield files.get(path) ?? new Uint8Array();
  },
  open: async (path) => memoryPart((bytes) => files.set(path, bytes)),
});

/**
 * The names in a work directory are those below it, as its `hrefOf` makes addresses of them.
 * @param {import('./store.js').Store} store
 * @returns {DownloadStore}
 */
function workdirStore(store) {
  const nameOf = (/** @type {string} */ path) => {
    const base = store.workdir.replaceAll('\\', '/');
    if (path.startsWith(`${base}/`)) return path.slice(base.length + 1);
    throw invalidArgument(`the destination is not in the work directory ${store.workdir}`);
  };
  return {
    async sizeOf(path) {
      const name = nameOf(path);
      return (await store.list()).includes(name) ? (await store.read(name)).length : null;
    },
    async *read(path) {
      yield await store.read(nameOf(path));
    },
    open: async (path) => memoryPart((bytes) => store.write(nameOf(path), bytes)),
  };
}

/**
 * A stream of the caller's. What it was given cannot be taken back.
 * @param {WritableStream<Uint8Array>} stream
 * @param {(error: unknown) => void} lost  is told when nobody takes the bytes any more, which may be long before the next
 * @returns {Part}
 */
export function streamPart(stream, lost) {
  const writer = stream.getWriter();
  writer.closed.catch(lost);
  return {
    kept: null,
    async write(bytes) {
      await writer.ready;
      await writer.write(bytes);
    },
    finish: () => writer.close(),
    discard: (error) => writer.abort(error).catch(() => {}),
  };
}
