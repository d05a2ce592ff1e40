/**
 * The value that a JSON Pointer names.
 *
 * @module
 */

import { toJson } from './encode.js';

/**
 * @param {any} value
 * @param {string} pointer  which the core has written, so that it names something
 * @returns {any}
 */
export function valueAt(value, pointer) {
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value = /** @type {any} */ (toJson(value, ''))[key];
  }
  return value;
}
