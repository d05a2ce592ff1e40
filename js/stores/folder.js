/**
 * Work directories that are folders.
 *
 * @module
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { workdirRemoved } from '../errors.js';
import { checkName, missing } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * @param {string} workdir  an absolute path
 * @returns {Promise<Store>}
 */
export async function openStore(workdir) {
  let isRemoved = false;
  const hrefOf = (/** @type {string} */ name) => join(workdir, checkName(name));
  return {
    workdir,
    hrefOf,
    async read(name) {
      try {
        return new Uint8Array(await readFile(hrefOf(name)));
      } catch (error) {
        throw isAbsent(error) ? missing(name) : error;
      }
    },
    async write(name, data) {
      const path = hrefOf(name);
      if (isRemoved) throw workdirRemoved();
      try {
        await makeFolders(workdir, name);
        await writeFile(path, writable(data));
      } catch (error) {
        throw isAbsent(error) && !existsSync(workdir) ? workdirRemoved() : error;
      }
      return path;
    },
    async list() {
      const entries = await readdir(workdir, { recursive: true, withFileTypes: true }).catch((error) => {
        if (isAbsent(error)) return [];
        throw error;
      });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) =>
          relative(workdir, join(entry.parentPath ?? entry.path, entry.name))
            .split(sep)
            .join('/'),
        )
        .sort();
    },
    remove: (name) => rm(hrefOf(name), { force: true }),
    clear() {
      isRemoved = true;
      // What is being written meanwhile may put a file into a folder that was just found empty.
      return rm(workdir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** @param {any} error */
const isAbsent = (error) => error.code === 'ENOENT';

/**
 * The folders of a name, but not the work directory itself: what is written late should not bring it back.
 * @param {string} workdir
 * @param {string} name
 */
async function makeFolders(workdir, name) {
  let folder = workdir;
  for (const part of name.split('/').slice(0, -1)) {
    folder = join(folder, part);
    await mkdir(folder).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * What Node writes: large files go through in pieces.
 * @param {import('./store.js').FileData} data
 * @returns {any}
 */
function writable(data) {
  if (data instanceof Response) return data.body ?? '';
  if (data instanceof Blob) return data.stream();
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
