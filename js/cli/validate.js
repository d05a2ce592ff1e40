/**
 * `stac-task validate`.
 *
 * @module
 */

import process from 'node:process';
import { validate } from '#package';
import { defaultMaxBytes } from '../options.js';
import { formatJson, formatReport, formatSummary, printable } from './format.js';
import { readInput } from './read.js';
import { parse, UsageError } from './usage.js';

export const summary = 'check payloads: every problem at once, and where it is';

export const help = `Usage: stac-task validate [OPTIONS] INPUT…

Check payloads. INPUT is a file, an http(s) URL, or - for standard input.

Options:
  --no-lint        only what Python's stac-task raises and warns about
  --max-bytes N    refuse larger inputs (default ${defaultMaxBytes})
  --json           print one JSON document: {"valid", "files": [{"file", "valid", "issues", "counts"}]}
  --color, --no-color
                   default: colours on a terminal, unless NO_COLOR is set
  -h, --help

Exit code: 0 all are valid, 1 some are not or cannot be read, 2 the command line is wrong.
`;

const options = /** @type {const} */ ({
  'no-lint': { type: 'boolean', default: false },
  'max-bytes': { type: 'string' },
  json: { type: 'boolean', default: false },
  color: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
});

/**
 * @typedef {{ file: string, bytes: Uint8Array, report: import('../report.js').Report }} Checked
 * @typedef {{ file: string, failure: string }} Unread
 */

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new UsageError('validate needs an INPUT');
  if (positionals.filter((name) => name === '-').length > 1) {
    throw new UsageError('standard input can be read once only');
  }
  const maxBytes = maxBytesOf(values['max-bytes']);
  const colors = wantsColors(values);

  const results = [];
  for (const file of positionals) {
    const result = await check(file, { lint: !values['no-lint'], maxBytes });
    results.push(result);
    if (!values.json) print(result, colors);
  }
  if (values.json) process.stdout.write(`${formatJson(toJson(results))}\n`);
  else process.stdout.write(`${formatSummary(results, colors)}\n`);
  return results.every((result) => 'report' in result && result.report.valid) ? 0 : 1;
}

/** @param {{ color?: boolean, 'no-color'?: boolean }} values */
function wantsColors(values) {
  if (values.color || values['no-color']) return !values['no-color'];
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/** @param {string | undefined} text */
function maxBytesOf(text) {
  if (text === undefined) return defaultMaxBytes;
  if (!/^\d+$/.test(text)) throw new UsageError(`--max-bytes takes a number of bytes, not '${text}'`);
  return Number(text);
}

/**
 * @param {string} file
 * @param {{ lint: boolean, maxBytes: number }} settings
 * @returns {Promise<Checked | Unread>}
 */
async function check(file, { lint, maxBytes }) {
  try {
    const bytes = await readInput(file, maxBytes);
    const report = await validate(bytes, { lint, maxBytes, file: file === '-' ? 'standard input' : file });
    return { file, bytes, report };
  } catch (error) {
    return { file, failure: /** @type {Error} */ (error).message };
  }
}

/**
 * @param {Checked | Unread} result
 * @param {boolean} colors
 */
function print(result, colors) {
  if ('failure' in result) process.stderr.write(`stac-task: ${printable(result.failure)}\n`);
  else process.stdout.write(formatReport(result, colors));
}

/** @param {(Checked | Unread)[]} results */
const toJson = (results) => ({
  valid: results.every((result) => 'report' in result && result.report.valid),
  files: results.map((result) =>
    'failure' in result
      ? { file: result.file, valid: false, failure: result.failure }
      : { file: result.file, ...result.report },
  ),
});
