/**
 * `stac-task fix`.
 *
 * @module
 */

import process from 'node:process';
import { fix, validate } from '#package';
import { defaultMaxBytes } from '../options.js';
import { decodeText, encodeText, hasMark } from '../runtime/wtf8.js';
import { formatFixed, paintDiff } from './formats/fixed.js';
import { isUrl, readInput, shownName } from './read.js';
import {
  colorHelp,
  colorOptions,
  displayName,
  escapeJson,
  formatJson,
  printable,
  wantsColors,
} from './terminal.js';
import {
  checkHelp,
  checkInputs,
  checkOptions,
  checkOptionsOf,
  numberOf,
  parse,
  UsageError,
} from './usage.js';
import { replaceFile } from './write.js';

export const summary = 'mend what can be mended without a decision';

export const help = `Usage: stac-task fix [OPTIONS] INPUT…

Mend payloads: make the edits that \`stac-task validate\` knows for what it finds. All else stays as it was
written. INPUT is a file, an http(s) URL, or - for standard input. The mended text of one INPUT goes to
stdout, what was done and what is left to stderr.

Options:
  --write          replace the files instead; those with nothing to mend are not touched
  --diff           print a unified diff instead
  --unsafe         make the fixes, too, that change what Python reads: look at what they did
${checkHelp}
  --max-bytes N    refuse larger inputs (default ${defaultMaxBytes})
  --json           print one JSON document:
                   {"files": [{"file", "changed", "valid", "applied", "remaining", "text"}]};
                   with --write there is no text
${colorHelp}
  -h, --help

Exit code: 0 all are valid now, 1 some are not or cannot be read or written, 2 the command line is wrong.
`;

const options = /** @type {const} */ ({
  ...checkOptions,
  ...colorOptions,
  write: { type: 'boolean', default: false },
  diff: { type: 'boolean', default: false },
  unsafe: { type: 'boolean', default: false },
  'max-bytes': { type: 'string' },
  json: { type: 'boolean', default: false },
});

/** @typedef {ReturnType<typeof parse<{ args: string[], options: typeof options, allowPositionals: true }>>['values']} Values */

/**
 * @typedef {object} Fixed
 * @property {string} file
 * @property {Uint8Array} before
 * @property {Uint8Array} after  the very same where nothing was mended
 * @property {boolean} valid     after it
 * @property {import('#package').FixResult} result
 */

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  checkInputs('fix', positionals);
  checkCombination(values, positionals);
  const settings = {
    ...checkOptionsOf(values),
    unsafe: values.unsafe,
    maxBytes: numberOf('max-bytes', values['max-bytes'], defaultMaxBytes),
  };
  const documents = [];
  let isGood = true;
  for (const file of positionals) {
    try {
      const fixed = await fixInput(file, settings);
      if (values.write && fixed.after !== fixed.before) await replaceFile(file, fixed.after);
      if (values.json) documents.push(documentOf(fixed, values));
      else await print(fixed, values);
      isGood &&= fixed.valid;
    } catch (error) {
      const failure = /** @type {Error} */ (error).message;
      if (values.json) documents.push({ file: shownName(file), changed: false, failure });
      else process.stderr.write(`stac-task: ${printable(failure)}\n`);
      isGood = false;
    }
  }
  if (values.json) process.stdout.write(formatJson({ files: documents }));
  return isGood ? 0 : 1;
}

/**
 * @param {Values} values
 * @param {string[]} files
 */
function checkCombination({ write, diff, json }, files) {
  if (write && diff) throw new UsageError('--write and --diff exclude each other');
  if (diff && json) throw new UsageError('--diff and --json exclude each other');
  if (files.length > 1 && !write && !diff && !json) {
    throw new UsageError('of several INPUTs the texts cannot go to stdout: use --write, --diff or --json');
  }
  const unwritable = files.find((file) => file === '-' || isUrl(file));
  if (write && unwritable) throw new UsageError(`${displayName(unwritable)} can be read, not written`);
}

/**
 * @param {string} file
 * @param {import('#package').FixOptions & { maxBytes: number }} settings
 * @returns {Promise<Fixed>}
 */
async function fixInput(file, settings) {
  const before = await readInput(file, settings.maxBytes);
  if (before.length > settings.maxBytes) {
    throw new Error(`${displayName(file)} has more than ${settings.maxBytes} bytes (--max-bytes)`);
  }
  const { unsafe: _, ...checks } = settings;
  const result = await fix(before, { ...settings, file: displayName(file) });
  const after = result.applied.length === 0 ? before : encodeLike(before, result.text);
  // The result lists a part of the issues where there are very many.
  const { valid } = await validate(after, { ...checks, maxBytes: Number.POSITIVE_INFINITY, maxIssues: 0 });
  return { file: shownName(file), before, after, valid, result };
}

/**
 * The bytes of a text, with a byte order mark if there was one.
 * @param {Uint8Array} before
 * @param {string} text
 */
const encodeLike = (before, text) => encodeText(markOf(before) + text);

/** The byte order mark of bytes, if they begin with one. @param {Uint8Array} bytes */
const markOf = (bytes) => (hasMark(bytes) ? '\ufeff' : '');

/**
 * @param {Fixed} fixed
 * @param {Values} values
 */
function documentOf({ file, before, after, valid, result }, { write }) {
  const { text, applied, remaining } = result;
  return { file, changed: after !== before, valid, applied, remaining, ...(write ? {} : { text }) };
}

/**
 * @param {Fixed} fixed
 * @param {Values} values
 */
async function print(fixed, values) {
  const { stdout, stderr } = process;
  stderr.write(formatFixed(fixed, wantsColors(values, stderr)));
  if (values.diff) stdout.write(await diffOf(fixed, wantsColors(values, stdout)));
  // A terminal gets JSON that means the same and does nothing to it; a file or a pipe gets every byte.
  else if (!values.write) stdout.write(stdout.isTTY ? escapeJson(decodeText(fixed.after)) : fixed.after);
}

/**
 * @param {Fixed} fixed
 * @param {boolean} colors
 */
async function diffOf({ file, before, after }, colors) {
  const { unifiedDiff } = await import('#cli.diff');
  const name = displayName(file);
  const isRelative = !/^([a-z]+:|[\\/<])/i.test(name);
  const [oldName, newName] = isRelative ? [`a/${name}`, `b/${name}`] : [name, name];
  const [oldText, newText] = [before, after].map((bytes) => markOf(bytes) + decodeText(bytes));
  const diff = unifiedDiff(oldName, newName, oldText ?? '', newText ?? '');
  return encodeText(paintDiff(diff, { colors, isTerminal: process.stdout.isTTY === true }));
}
