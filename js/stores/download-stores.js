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
  if (store.kind === 'directory') return directoryStore(store);
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
    open: async (path) => memoryPart((bytes) => store.write(nameOf(path), bytes)),
  };
}

/**
 * A folder of a browser: private files of the origin, or one that the user has picked. What is written to is a copy,
 * which takes the file's place when it is closed.
 * @param {FileSystemDirectoryHandle} root
 * @returns {DownloadStore}
 */
function directoryStore(root) {
  /**
   * @param {string} path
   * @param {boolean} create
   */
  const folderOf = async (path, create) => {
    const names = path.split('/').filter((name) => name !== '');
    const last = /** @type {string} */ (names.pop());
    let folder = root;
    for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
    return { folder, last };
  };
  return {
    async sizeOf(path) {
      try {
        const { folder, last } = await folderOf(path, false);
        return (await (await folder.getFileHandle(last)).getFile()).size;
      } catch (error) {
        if (/** @type {Error} */ (error).name === 'NotFoundError') return null;
        throw error;
      }
    },
    async open(path, { makeDirectory }) {
      const { folder, last } = await folderOf(path, makeDirectory);
      /** @type {FileSystemWritableFileStream | undefined} */
      let file;
      // A file that is not there yet is made empty when it is opened, so that waits for its bytes.
      const opened = async () => {
        file ??= await (await folder.getFileHandle(last, { create: true })).createWritable();
        return file;
      };
      const isNew = (await this.sizeOf(path)) === null;
      return {
        kept: null,
        write: async (bytes) => (await opened()).write(/** @type {FileSystemWriteChunkType} */ (bytes)),
        async restart() {
          await file?.seek(0);
          await file?.truncate(0);
        },
        finish: async () => (await opened()).close(),
        async discard() {
          if (!file) return;
          await file.abort().catch(() => {});
          if (isNew) await folder.removeEntry(last).catch(() => {});
        },
      };
    },
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
