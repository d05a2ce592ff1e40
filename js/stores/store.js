/**
 * What all work directories can do, whether they are folders or not.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array> | Response} FileData */

/**
 * Files by names such as `scene/B04.tif`: relative, with slashes, without `..`.
 *
 * @typedef {object} Store
 * @property {string} workdir
 * @property {(name: string) => string} hrefOf              where a file is or would be, as an item's asset says it
 * @property {(name: string) => Promise<Uint8Array>} read   ERR_NO_SUCH_FILE
 * @property {(name: string, data: FileData) => Promise<string>} write  makes folders, replaces a file; gives `hrefOf`;
 *   ERR_WORKDIR_REMOVED after `clear`
 * @property {() => Promise<string[]>} list                 the names, sorted
 * @property {(name: string) => Promise<void>} remove       nothing happens where there is no such file
 * @property {() => Promise<void>} clear                    remove everything, for good
 */

/**
 * @param {string} name
 * @returns {string} the same
 * @throws {StacTaskError} ERR_INVALID_ARGUMENT for one that would lead elsewhere
 */
export function checkName(name) {
  const isGood =
    typeof name === 'string' &&
    !/[\\\0]/.test(name) &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (isGood && !/^[a-z]:/i.test(name)) return name;
  throw new StacTaskError('ERR_INVALID_ARGUMENT', `'${name}' is no name of a file in a work directory`, {
    hint: "Write a relative path with slashes and without '..'.",
  });
}

/** @param {string} name */
export const missing = (name) =>
  new StacTaskError('ERR_NO_SUCH_FILE', `there is no file '${name}' in the work directory`);
