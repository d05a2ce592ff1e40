/**
 * `stac-task validate`.
 *
 * @module
 */

import process from 'node:process';
import { validate } from '#package';
import { defaultMaxBytes, defaultMaxIssues } from '../options.js';
import { githubFormat } from './formats/github.js';
import { jsonFormat } from './formats/json.js';
import { sarifFormat } from './formats/sarif.js';
import { textFormat } from './formats/text.js';
import { readInput, shownName } from './read.js';
import { colorHelp, colorOptions, displayName, wantsColors } from './terminal.js';
import {
  checkHelp,
  checkInputs,
  checkOptions,
  checkOptionsOf,
  choiceOf,
  numberOf,
  parse,
  UsageError,
} from './usage.js';

export const summary = 'check payloads: every problem at once, and where it is';

const formats = /** @type {const} */ (['text', 'json', 'github', 'sarif']);

export const help = `Usage: stac-task validate [OPTIONS] INPUT…

Check payloads. INPUT is a file, an http(s) URL, or - for standard input.

Options:
${checkHelp}
  --max-issues N   list at most so many issues of each payload (default ${defaultMaxIssues}); all are counted
  --max-bytes N    refuse larger inputs (default ${defaultMaxBytes})
  --format NAME    text: for people (default)
                   json: {"valid", "files": [{"file", "valid", "issues", "counts"}]}
                   github: annotations, in a workflow of GitHub Actions
                   sarif: a SARIF 2.1.0 log, for code scanning and editors
  --json           the same as --format json
${colorHelp}
  -h, --help

Exit code: 0 all are valid, 1 some are not or cannot be read, 2 the command line is wrong.
`;

const options = /** @type {const} */ ({
  ...checkOptions,
  ...colorOptions,
  'max-issues': { type: 'string' },
  'max-bytes': { type: 'string' },
  format: { type: 'string' },
  json: { type: 'boolean', default: false },
});

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  checkInputs('validate', positionals);
  const settings = {
    ...checkOptionsOf(values),
    maxIssues: numberOf('max-issues', values['max-issues'], defaultMaxIssues),
    maxBytes: numberOf('max-bytes', values['max-bytes'], defaultMaxBytes),
  };
  const format = formatOf(values);

  const results = [];
  for (const input of positionals) {
    const result = await check(input, settings);
    if (format.each) print(format.each(result));
    // The bytes may be many, and only the format has a use for them.
    results.push('failure' in result ? result : { file: result.file, report: result.report });
  }
  print(format.end(results));
  return results.every((result) => 'report' in result && result.report.valid) ? 0 : 1;
}

/**
 * @param {{ format?: string | undefined, json?: boolean, color?: boolean, 'no-color'?: boolean }} values
 * @returns {import('./formats/format.js').Format}
 */
function formatOf(values) {
  const name = choiceOf('format', values.format ?? (values.json ? 'json' : undefined), formats);
  if (values.json && name !== 'json') throw new UsageError(`--json and --format ${name} exclude each other`);
  const makers = {
    text: () => textFormat(wantsColors(values, process.stdout)),
    json: () => jsonFormat,
    github: () => githubFormat,
    sarif: () => sarifFormat,
  };
  return makers[name]();
}

/**
 * @param {string} input
 * @param {import('#package').ValidateOptions & { maxBytes: number }} settings
 * @returns {Promise<import('./formats/format.js').Result>}
 */
async function check(input, settings) {
  const file = shownName(input);
  try {
    const bytes = await readInput(input, settings.maxBytes);
    return { file, bytes, report: await validate(bytes, { ...settings, file: displayName(file) }) };
  } catch (error) {
    return { file, failure: /** @type {Error} */ (error).message };
  }
}

/** @param {import('./formats/format.js').Output} output */
function print({ stdout, stderr }) {
  if (stdout) process.stdout.write(stdout);
  if (stderr) process.stderr.write(stderr);
}
