/**
 * `stac-task info`.
 *
 * @module
 */

import process from 'node:process';
import { assetInfos } from '#package';
import { defaultMaxBytes } from '../options.js';
import { clientHelp, clientOptions, clientSettings } from './client-options.js';
import { infoTable } from './info-table.js';
import { interruptible } from './interrupt.js';
import { readObject } from './stac-input.js';
import {
  colorHelp,
  colorOptions,
  formatJson,
  painter,
  printable,
  visitLine,
  wantsColors,
} from './terminal.js';
import { numberOf, parse, UsageError } from './usage.js';

export const summary = 'say of assets whether they are there, and what their servers say of them';

export const help = `Usage: stac-task info [OPTIONS] [HREF]

Say of each asset which client would read it, whether it is there, its media type, and what else there is to know.
HREF is a file, an http(s) or s3 URL, or - for standard input, which is the default. Of an item collection, assets with
the same key are one line. Nothing is downloaded.

Options:
  -i, --include KEY           only these assets; may be repeated, as all that takes a KEY
  -x, --exclude KEY           all but these
${clientHelp}
  --max-bytes N               refuse larger inputs (default ${defaultMaxBytes})
  --json                      print a list: each asset of each item with its address, size, ETag, alternates …
${colorHelp}
  -h, --help

Exit code: 0 all are there, 1 some are not or the input cannot be read, 2 the command line is wrong,
129, 130 or 143 it was interrupted.
`;

const options = /** @type {const} */ ({
  ...clientOptions,
  ...colorOptions,
  include: { type: 'string', short: 'i', multiple: true },
  exclude: { type: 'string', short: 'x', multiple: true },
  'max-bytes': { type: 'string' },
  json: { type: 'boolean', default: false },
});

const types = ['Feature', 'FeatureCollection', 'Collection'];

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  const [href = '-', ...others] = positionals;
  if (others.length > 0) throw new UsageError('info takes one HREF');
  const settings = {
    ...clientSettings(values),
    ...(values.include ? { include: values.include } : {}),
    ...(values.exclude ? { exclude: values.exclude } : {}),
  };
  const maxBytes = numberOf('max-bytes', values['max-bytes'], defaultMaxBytes);
  const { object, audience } = await readObject(href, maxBytes, clientSettings(values));
  const type = object['type'];
  if (!types.includes(type)) {
    process.stderr.write(`ERROR: invalid 'type' field: ${printable(String(type))}\n`);
    return 1;
  }
  const infos = await interruptible((signal) =>
    assetInfos(object, { ...settings, ...audience, signal, onMessage }),
  );
  const paint = painter(wantsColors(values, process.stdout));
  process.stdout.write(values.json ? formatJson(infos) : infoTable(infos, paint));
  return infos.every(({ exists }) => exists) ? 0 : 1;
}

/** @param {import('#package').DownloadMessage} message */
function onMessage(message) {
  if (message.kind === 'authenticate') process.stderr.write(visitLine(message));
}
