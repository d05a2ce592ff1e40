/**
 * Work directories that are folders.
 *
 * @module
 */

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { checkName, missing } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * @param {string} workdir  an absolute path
 * @returns {Promise<Store>}
 */
export async function openStore(workdir) {
  const hrefOf = (/** @type {string} */ name) => join(workdir, checkName(name));
  return {
    workdir,
    hrefOf,
    async read(name) {
      try {
        return new Uint8Array(await readFile(hrefOf(name)));
      } catch (error) {
        throw /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? missing(name) : error;
      }
    },
    async write(name, data) {
      const path = hrefOf(name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, writable(data));
      return path;
    },
    async list() {
      const entries = await readdir(workdir, { recursive: true, withFileTypes: true });
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
    clear: () => rm(workdir, { recursive: true, force: true }),
  };
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
