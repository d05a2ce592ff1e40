/**
 * Downloads to a folder of a browser: private files of the origin, or one that the user has picked.
 *
 * What is written to is the browser's copy, which takes the file's place when it is closed. So a file that is there
 * already is written to as it is. One that is not must be made first, and is empty until then: it gets another name,
 * and its own in the end.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { mustBeWritable } from './directory-handle.js';

/** A file can be renamed in browsers, but not everywhere. @typedef {FileSystemFileHandle & { move?: (name: string) => Promise<void> }} FileHandle */

/** Bytes of a file that are read at once. */
const readSize = 1024 * 1024;

/**
 * @param {FileSystemDirectoryHandle} root
 * @returns {import('./download-store.js').DownloadStore}
 * @throws {StacTaskError} ERR_NO_FILES
 */
export function directoryStore(root) {
  mustBeWritable();
  return {
    async sizeOf(path) {
      try {
        return (await fileAt(root, path)).size;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async *read(path) {
      const file = await fileAt(root, path);
      for (let at = 0; at < file.size; at += readSize) {
        yield new Uint8Array(await file.slice(at, at + readSize).arrayBuffer());
      }
    },
    async open(path, { makeDirectory }) {
      const { folder, last } = await folderOf(root, path, makeDirectory).catch((error) => {
        throw makeDirectory || !isMissing(error) ? error : noDirectory(path);
      });
      const isNew = (await this.sizeOf(path)) === null;
      const handle = isNew ? undefined : await folder.getFileHandle(last);
      const { part, file } = handle
        ? { part: undefined, file: await handle.createWritable() }
        : await newPart(folder, last);
      return {
        kept: null,
        write: (bytes) => file.write(/** @type {FileSystemWriteChunkType} */ (bytes)),
        async restart() {
          await file.seek(0);
          await file.truncate(0);
        },
        async finish() {
          await file.close();
          if (part) await rename(folder, part, last);
        },
        async discard() {
          await file.abort().catch(() => {});
          if (part) await folder.removeEntry(part.name).catch(() => {});
        },
      };
    },
  };
}

/**
 * @param {FileSystemDirectoryHandle} root
 * @param {string} path
 * @param {boolean} create
 */
async function folderOf(root, path, create) {
  const names = path.split('/').filter((name) => name !== '');
  const last = /** @type {string} */ (names.pop());
  let folder = root;
  for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
  return { folder, last };
}

/**
 * @param {FileSystemDirectoryHandle} root
 * @param {string} path
 */
async function fileAt(root, path) {
  const { folder, last } = await folderOf(root, path, false);
  return (await folder.getFileHandle(last)).getFile();
}

/** So many may fetch one file at a time. */
const mostParts = 10;

/**
 * A name that nobody else writes to. What a page has left that was closed is taken.
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name  of the file in the end
 * @returns {Promise<{ part: FileHandle, file: FileSystemWritableFileStream }>}
 */
async function newPart(folder, name) {
  for (let count = 1; ; ++count) {
    const part = await folder.getFileHandle(`.${name}.${count}.part`, { create: true });
    try {
      // Not all browsers know this; where they do not, whoever is the last fails.
      const options = /** @type {FileSystemCreateWritableOptions} */ ({ mode: 'exclusive' });
      return { part, file: await part.createWritable(options) };
    } catch (error) {
      const isTaken = /** @type {Error} */ (error).name === 'NoModificationAllowedError';
      if (!isTaken || count === mostParts) throw error;
    }
  }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {FileHandle} part
 * @param {string} name
 */
async function rename(folder, part, name) {
  try {
    if (part.move) return await part.move(name);
  } catch {
    // Not in every folder, nor where the name was taken meanwhile: then it is copied.
  }
  const file = await folder.getFileHandle(name, { create: true });
  try {
    await (await part.getFile()).stream().pipeTo(await file.createWritable());
  } catch (error) {
    if ((await file.getFile()).size === 0) await folder.removeEntry(name);
    throw error;
  }
  await folder.removeEntry(part.name);
}

/** @param {unknown} error */
const isMissing = (error) => /** @type {Error} */ (error).name === 'NotFoundError';

/** @param {string} path */
function noDirectory(path) {
  const message = `output directory does not exist: ${path.replace(/\/[^/]*$/, '')}`;
  return new StacTaskError('ERR_NO_DIRECTORY', message, {
    python: { type: 'FileNotFoundError', message },
  });
}
