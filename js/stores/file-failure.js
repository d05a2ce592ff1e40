/**
 * What the system says of files, as errors of this package.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';

/**
 * @template {unknown[]} Args
 * @template Result
 * @param {string} path  of the file as its caller knows it; the system's texts may have the name of a part
 * @param {(...args: Args) => Promise<Result>} work
 * @returns {(...args: Args) => Promise<Result>}  throws ERR_WRITE_FAILED where the system refuses
 */
export const writing =
  (path, work) =>
  async (...args) => {
    try {
      return await work(...args);
    } catch (error) {
      throw fileFailure('ERR_WRITE_FAILED', `${path} cannot be written`, error);
    }
  };

/**
 * @param {string} code
 * @param {string} text
 * @param {any} cause
 * @returns {unknown} the cause itself where it is not the system's; Deno says itself which permission is missing
 */
export function fileFailure(code, text, cause) {
  if (typeof cause?.errno !== 'number' || cause.name === 'NotCapable') return cause;
  const message = `${text} (${cause.code})`;
  return new StacTaskError(code, message, { cause, python: { type: 'OSError', message } });
}
