/**
 * Work directories where there is no file system: in memory, or in the private files of a browser's origin.
 *
 * @module
 */

import { StacTaskError, workdirRemoved } from '../errors.js';
import { mustBeWritable } from './directory-handle.js';
import { checkName, missing } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * @param {string} workdir  `memory:NAME` or `opfs:NAME`
 * @returns {Promise<Store>}
 */
export async function openStore(workdir) {
  if (!workdir.startsWith('opfs:')) return new MemoryStore(workdir);
  const root = await privateFiles();
  const name = workdir.slice('opfs:'.length);
  return new OriginStore(workdir, root, name, await root.getDirectoryHandle(name, { create: true }));
}

/**
 * @returns {Promise<FileSystemDirectoryHandle>}
 * @throws {StacTaskError} ERR_NO_FILES  where the browser has none, or none now, as in a private window
 */
async function privateFiles() {
  mustBeWritable();
  try {
    return await navigator.storage.getDirectory();
  } catch (cause) {
    throw new StacTaskError('ERR_NO_FILES', `there are no private files of an origin here: ${cause}`, {
      cause,
      hint: 'Leave `workdir` out, or name it `memory:NAME`.',
    });
  }
}

/** @param {import('./store.js').FileData} data */
const bytesOf = async (data) =>
  new Uint8Array(
    await (data instanceof Response ? data : new Response(/** @type {BodyInit} */ (data))).arrayBuffer(),
  );

/** @implements {Store} */
class MemoryStore {
  /** @type {Map<string, Uint8Array>} */
  #files = new Map();
  #isRemoved = false;

  /** @param {string} workdir */
  constructor(workdir) {
    this.workdir = workdir;
  }

  /** @param {string} name */
  hrefOf(name) {
    return `${this.workdir}/${checkName(name)}`;
  }

  /** @param {string} name */
  async read(name) {
    const bytes = this.#files.get(checkName(name));
    if (!bytes) throw missing(name);
    return bytes.slice();
  }

  /** @param {string} name @param {import('./store.js').FileData} data */
  async write(name, data) {
    const href = this.hrefOf(name);
    const bytes = this.#isRemoved ? undefined : await bytesOf(data);
    if (!bytes || this.#isRemoved) throw workdirRemoved();
    this.#files.set(name, bytes);
    return href;
  }

  async list() {
    return [...this.#files.keys()].sort();
  }

  /** @param {string} name */
  async remove(name) {
    this.#files.delete(checkName(name));
  }

  async clear() {
    this.#isRemoved = true;
    this.#files.clear();
  }
}

/** @implements {Store} */
class OriginStore {
  #root;
  #name;
  #folder;
  #isRemoved = false;

  /**
   * @param {string} workdir
   * @param {FileSystemDirectoryHandle} root
   * @param {string} name  of the folder in it
   * @param {FileSystemDirectoryHandle} folder
   */
  constructor(workdir, root, name, folder) {
    this.workdir = workdir;
    this.#root = root;
    this.#name = name;
    this.#folder = folder;
  }

  /** @param {string} name */
  hrefOf(name) {
    return `${this.workdir}/${checkName(name)}`;
  }

  /** @param {string} name */
  async read(name) {
    const { folder, last } = await this.#find(name, false);
    const handle = await folder.getFileHandle(last).catch(() => undefined);
    if (!handle) throw missing(name);
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  }

  /** @param {string} name @param {import('./store.js').FileData} data */
  async write(name, data) {
    const href = this.hrefOf(name);
    if (this.#isRemoved) throw workdirRemoved();
    try {
      await this.#write(name, data);
    } catch (error) {
      throw this.#isRemoved ? workdirRemoved() : error;
    }
    return href;
  }

  /** @param {string} name @param {import('./store.js').FileData} data */
  async #write(name, data) {
    const { folder, last } = await this.#find(name, true);
    const file = await (await folder.getFileHandle(last, { create: true })).createWritable();
    try {
      await file.write(/** @type {FileSystemWriteChunkType} */ (await bytesOf(data)));
      await file.close();
    } catch (error) {
      await file.abort().catch(() => {});
      throw error;
    }
  }

  async list() {
    if (this.#isRemoved) return [];
    /** @type {string[]} */
    const names = [];
    /** @type {[string, any][]} */
    const open = [['', this.#folder]];
    for (const [path, folder] of open) {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') open.push([`${path}${name}/`, handle]);
        else names.push(path + name);
      }
    }
    return names.sort();
  }

  /** @param {string} name */
  async remove(name) {
    const { folder, last } = await this.#find(name, false).catch(() => ({ folder: undefined, last: '' }));
    await folder?.removeEntry(last).catch(() => {});
  }

  async clear() {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    await this.#root.removeEntry(this.#name, { recursive: true });
  }

  /**
   * @param {string} name
   * @param {boolean} create
   */
  async #find(name, create) {
    const parts = checkName(name).split('/');
    const last = /** @type {string} */ (parts.pop());
    let folder = this.#folder;
    for (const part of parts) {
      folder = await folder.getDirectoryHandle(part, { create }).catch((error) => {
        throw create ? error : missing(name);
      });
    }
    return { folder, last };
  }
}
