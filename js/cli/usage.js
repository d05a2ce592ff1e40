/** What is wrong with a command line. @module */

import { parseArgs } from 'node:util';

/** Ends the program with exit code 2. */
export class UsageError extends Error {}

/**
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 * @throws {UsageError}
 */
export function parse(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}
