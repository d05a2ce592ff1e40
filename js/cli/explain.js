/**
 * `stac-task explain`.
 *
 * @module
 */

import process from 'node:process';
import { explain } from '#package';
import { defaultMaxBytes } from '../options.js';
import { isBroken, linesOfChain } from './chain.js';
import { readInput } from './read.js';
import {
  colorHelp,
  colorOptions,
  displayName,
  formatJson,
  painter,
  plural,
  printable,
  wantsColors,
} from './terminal.js';
import { checkInputs, numberOf, parse, UsageError } from './usage.js';

export const summary = 'say why each item gets its collection, and where it would be uploaded';

const defaultMaxItems = 1000;

export const help = `Usage: stac-task explain [OPTIONS] INPUT

Explain what the first process definition makes of each item: the matchers that are tried, the collection, the
upload options, and the destinations of the item and its assets. INPUT is a file, an http(s) URL, or - for
standard input.

Options:
  --item ID       only items of this id
  --chain         also what Cirrus queues next: the workflows, their items and ids, the sizes, and what goes wrong
  --max-items N   explain at most so many items (default ${defaultMaxItems})
  --max-bytes N   refuse larger inputs (default ${defaultMaxBytes})
  --json          the explanation as JSON
${colorHelp}
  -h, --help

Exit code: 0 every item was explained, 1 the payload is bad, Python would fail on an item, there is no such item, or
with --chain Cirrus would refuse or drop a payload, 2 the command line is wrong.
`;

const options = /** @type {const} */ ({
  ...colorOptions,
  item: { type: 'string' },
  chain: { type: 'boolean', default: false },
  'max-items': { type: 'string' },
  'max-bytes': { type: 'string' },
  json: { type: 'boolean', default: false },
});

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  checkInputs('explain', positionals);
  const [file = '-', ...others] = positionals;
  if (others.length > 0) throw new UsageError('explain takes one INPUT');
  const maxItems = numberOf('max-items', values['max-items'], defaultMaxItems);
  const maxBytes = numberOf('max-bytes', values['max-bytes'], defaultMaxBytes);
  const { chain: withChain = false } = values;
  const settings = {
    chain: withChain,
    maxItems,
    maxBytes,
    ...(values.item === undefined ? {} : { item: values.item }),
  };

  const explanation = await explain(await readInput(file, maxBytes), settings);
  const { items, omitted = 0, chain } = explanation;
  if (values.json) {
    process.stdout.write(formatJson(explanation));
  } else {
    const paint = painter(wantsColors(values, process.stdout));
    for (const item of items) process.stdout.write(`${linesOf(item, paint).join('\n')}\n\n`);
    if (chain) process.stdout.write(`${linesOfChain(chain, paint).join('\n')}\n`);
    const rest = omitted > 0 ? `, ${omitted} more not explained` : '';
    process.stderr.write(`${displayName(file)}: ${plural(items.length, 'item')} explained${rest}\n`);
  }
  if (items.length === 0 && values.item !== undefined) {
    throw new Error(`${displayName(file)} has no item '${printable(values.item)}'`);
  }
  return items.some(({ error }) => error) || (chain && isBroken(chain)) ? 1 : 0;
}

/**
 * @typedef {import('./terminal.js').Paint} Paint
 * @typedef {import('#package').ItemExplanation} ItemExplanation
 * @typedef {import('#package').MatcherExplanation} MatcherExplanation
 */

/** Columns of what a line is about. */
const labelWidth = 12;

/** @param {string} label @param {string} text */
const row = (label, text) => `  ${label.padEnd(labelWidth)}${text}`;

/**
 * @param {ItemExplanation} item
 * @param {Paint} paint
 */
function linesOf({ id, pointer, matchers, collection, from, upload, error }, paint) {
  const named = { matcher: '', item: 'it had that before', none: '' };
  const lines = [`${paint('bold', printable(id ?? '(no id)'))} ${paint('dim', pointer)}`];
  for (const [index, matcher] of matchers.entries()) lines.push(...linesOfMatcher(matcher, index, paint));
  if (error) {
    const place = error.pointer ? ` ${paint('dim', error.pointer)}` : '';
    return [
      ...lines,
      row('error', `${paint('error', `${error.type}: ${printable(error.message)}`)}${place}`),
    ];
  }
  const name = collection === null ? paint('warning', 'none') : paint('bold', printable(collection));
  lines.push(row('collection', named[from] ? `${name} ${paint('dim', `(${named[from]})`)}` : name));
  if (!upload) return lines;
  lines.push(
    row(
      'upload',
      `${printable(upload.reason)}${upload.options ? ` ${paint('dim', printable(upload.options))}` : ''}`,
    ),
  );
  if (upload.options === null) return lines;
  lines.push(row('item', destination(upload.item, paint)));
  const keys = Object.keys(upload.assets);
  const width = Math.min(
    24,
    keys.reduce((most, key) => Math.max(most, key.length), 0),
  );
  for (const [index, key] of keys.entries()) {
    const to = destination(/** @type {import('#package').Destination} */ (upload.assets[key]), paint);
    lines.push(row(index === 0 ? 'assets' : '', `${printable(key).padEnd(width)}  ${to}`));
  }
  return lines;
}

/**
 * @param {MatcherExplanation} matcher
 * @param {number} index
 * @param {Paint} paint
 */
function linesOfMatcher({ collection, pattern, matched, reason, tests }, index, paint) {
  const sign = matched ? paint('ok', '✓') : paint('error', '✗');
  const what = pattern === undefined ? 'catch_all' : printable(pattern);
  const lines = [
    row(
      index === 0 ? 'matchers' : '',
      `${sign} ${printable(collection ?? 'no collection')}  ${paint('dim', what)}`,
    ),
  ];
  const reasons =
    tests.length > 1 ? tests.map((test) => `${test.passed ? '✓' : '✗'} ${test.reason}`) : [reason];
  for (const each of reasons) lines.push(row('', `    ${printable(each)}`));
  return lines;
}

/**
 * @param {import('#package').Destination} to
 * @param {Paint} paint
 */
const destination = ({ url, error }, paint) =>
  error ? paint('error', `${error.type}: ${printable(error.message)}`) : printable(url);
