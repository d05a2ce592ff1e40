/**
 * Findings that are made on this side of the core. Their texts stand in its table, as all do.
 *
 * @module
 */

import { payloadError } from '../errors.js';
import { NotJson } from './encode.js';

/**
 * @param {import('./core.js').Core} core
 * @param {{ code: string, pointer: string, argument: string }} finding
 * @returns {import('../report.js').Report} a report of this one
 */
export const describe = (core, { code, pointer, argument }) =>
  core.call('describe', JSON.stringify({ code, pointer, argument }));

/**
 * @param {import('./core.js').Core} core
 * @param {number} size
 * @param {number} maxBytes
 * @param {string} [file]
 */
export const describeTooLarge = (core, size, maxBytes, file = 'the input') =>
  describe(core, {
    code: 'input-too-large',
    pointer: '',
    argument: `${file} has ${size} bytes or more; maxBytes is ${maxBytes}`,
  });

/**
 * @param {import('./core.js').Core} core
 * @template {string | Uint8Array} T
 * @param {() => T} encode
 * @returns {T}
 * @throws {import('../errors.js').InvalidInput} where something cannot be written as JSON
 */
export function encoded(core, encode) {
  try {
    return encode();
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const [issue] = describe(core, error).issues;
    throw payloadError(/** @type {import('../report.js').Issue} */ (issue));
  }
}
