/**
 * Folders.
 *
 * @module
 */

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Make a folder and those around it. Node's own `recursive` never returns where the file system has no folder to give,
 * as below /proc. Of those around nothing is asked that need not be: in Deno that may not be permitted.
 * @param {string} folder  an absolute path
 */
export async function makeFolder(folder) {
  const missing = [];
  for (let each = folder; !(await isMade(each)); each = dirname(each)) missing.push(each);
  for (const each of missing.reverse()) {
    await mkdir(each).catch((error) => {
      // Somebody else may have made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>} false where the folder around it is missing
 */
async function isMade(folder) {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' && dirname(folder) !== folder) return false;
    if (code === 'EEXIST' || (await statOf(folder))) return true;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {Promise<import('node:fs').Stats | undefined>} undefined where there is nothing
 */
export const statOf = (path) =>
  stat(path).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
