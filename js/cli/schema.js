/**
 * `stac-task schema`.
 *
 * @module
 */

import process from 'node:process';
import { payloadSchema } from '#package';
import { formatJson } from './terminal.js';
import { parse } from './usage.js';

export const summary = 'print the JSON Schema of payloads';

export const help = `Usage: stac-task schema

Print the JSON Schema (draft-07) of payloads, for editors and other validators.

Options:
  -h, --help
`;

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  parse({ args, options: {} });
  process.stdout.write(formatJson(await payloadSchema()));
  return 0;
}
