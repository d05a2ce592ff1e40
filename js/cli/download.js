/**
 * `stac-task download`.
 *
 * @module
 */

import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import {
  DownloadError,
  downloadCollection,
  downloadItem,
  downloadItemCollection,
  LayoutTemplate,
} from '#package';
import { defaultMaxBytes } from '../options.js';
import { interruptible } from './interrupt.js';
import { Progress } from './progress.js';
import { isFileUrl, isUrl, readInput } from './read.js';
import { displayName, formatJson, plural, printable } from './terminal.js';
import { choiceOf, numberOf, parse, UsageError } from './usage.js';
import { placeFile } from './write.js';

export const summary = 'download the assets of an item, a collection or an item collection';

const clients = /** @type {const} */ (['filesystem', 's3', 'planetary-computer', 'earthdata', 'http']);

export const help = `Usage: stac-task download [OPTIONS] [HREF] [DIR]

Download assets to DIR, by default the current folder. HREF is a file, an http(s) URL, or - for standard input, which
is the default. The item, collection or item collection with its new addresses goes to stdout, progress and failures
to stderr.

Options:
  -i, --include KEY           only these assets; may be repeated, as all that takes a KEY
  -x, --exclude KEY           all but these
  -a, --alternate-assets KEY  the alternates to prefer, the first that an asset has
  -p, --path-template TEXT    the folder below DIR for each item; of an item collection by default \${id}
  -f, --file-name NAME        save the result under this name in DIR instead of printing it
  -c, --client NAME           read all addresses by this client: ${clients.join(', ')}
  -k, --keep                  keep assets in the result that could not be downloaded
  --fail-fast                 end at the first failure
  --overwrite                 replace files that are there
  --resume                    keep what arrived of a file that fails, and go on from there the next time
  --max-concurrent-downloads N, --concurrency N
                              files at once (default 64)
  --http-header KEY=VALUE     for the server of the assets; may be repeated
  --http-timeout N            seconds in which nothing arrives (default 300)
  --http-max-attempts N       (default 10)
  --s3-region NAME, --s3-endpoint-url URL, --s3-requester-pays, --s3-max-attempts N
  --max-bytes N               refuse larger inputs (default ${defaultMaxBytes})
  -q, --quiet                 print nothing but failures
  --json                      print one JSON document: {"result", "failures": [{"name", "code", "message"}]}
  -h, --help

Exit code: 0 all is there, 1 something could not be downloaded or read, 2 the command line is wrong.
`;

const options = /** @type {const} */ ({
  include: { type: 'string', short: 'i', multiple: true },
  exclude: { type: 'string', short: 'x', multiple: true },
  'alternate-assets': { type: 'string', short: 'a', multiple: true },
  'path-template': { type: 'string', short: 'p' },
  'file-name': { type: 'string', short: 'f' },
  client: { type: 'string', short: 'c' },
  keep: { type: 'boolean', short: 'k', default: false },
  'fail-fast': { type: 'boolean', default: false },
  overwrite: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  'max-concurrent-downloads': { type: 'string' },
  concurrency: { type: 'string' },
  'http-header': { type: 'string', multiple: true },
  'http-timeout': { type: 'string' },
  'http-max-attempts': { type: 'string' },
  's3-region': { type: 'string' },
  's3-endpoint-url': { type: 'string' },
  's3-requester-pays': { type: 'boolean', default: false },
  's3-max-attempts': { type: 'string' },
  'max-bytes': { type: 'string' },
  quiet: { type: 'boolean', short: 'q', default: false },
  json: { type: 'boolean', default: false },
});

/** @typedef {ReturnType<typeof parse<{ args: string[], options: typeof options, allowPositionals: true }>>['values']} Values */
/** @typedef {import('#package').DownloadOptions} DownloadOptions */
/** @typedef {{ result: any, failures: Error[] }} Outcome */

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { values, positionals } = parse({ args, options, allowPositionals: true });
  const [href = '-', folder = '.', ...others] = positionals;
  if (others.length > 0) throw new UsageError('download takes an HREF and a DIR');
  const settings = settingsOf(values);
  const object = await readObject(href, numberOf('max-bytes', values['max-bytes'], defaultMaxBytes));
  const download = downloadOf(object);
  if (!download) {
    process.stderr.write(`ERROR: unsupported 'type' field: ${printable(String(object['type']))}\n`);
    return 2;
  }
  const progress = new Progress(process.stderr, values.quiet || values.json);
  const { result, failures } = await interruptible((signal) =>
    outcomeOf(download(folder, { ...settings, signal, onMessage: (message) => progress.tell(message) })),
  ).finally(() => progress.end());
  for (const failure of failures) {
    process.stderr.write(`stac-task: ${printable(`${failure.name}: ${failure.message}`)}\n`);
  }
  await print(result, failures, folder, values);
  return failures.length > 0 ? 1 : 0;
}

/**
 * @param {Values} values
 * @returns {DownloadOptions}
 */
function settingsOf(values) {
  const given = (/** @type {keyof Values & string} */ option) => {
    const text = /** @type {string | undefined} */ (values[option]);
    return text === undefined ? undefined : numberOf(option, text, 0);
  };
  const client = values.client && choiceOf('client', values.client, clients);
  const settings = {
    include: values.include,
    exclude: values.exclude,
    alternateAssets: values['alternate-assets'],
    pathTemplate: values['path-template'],
    fileName: values['file-name'] ?? null,
    clientOverride: client,
    errorStrategy: values.keep ? /** @type {const} */ ('KEEP') : undefined,
    failFast: values['fail-fast'],
    overwrite: values.overwrite,
    clean: !values.resume,
    maxConcurrentDownloads: given('concurrency') ?? given('max-concurrent-downloads'),
    httpHeaders: values['http-header'] && headersOf(values['http-header']),
    httpClientTimeout: given('http-timeout'),
    httpMaxAttempts: given('http-max-attempts'),
    s3RegionName: values['s3-region'],
    s3EndpointUrl: values['s3-endpoint-url'],
    s3RequesterPays: values['s3-requester-pays'] || undefined,
    s3MaxAttempts: given('s3-max-attempts'),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** @param {string[]} pairs */
function headersOf(pairs) {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined) throw new UsageError('--http-header takes KEY=VALUE');
      return [name, value ?? ''];
    }),
  );
}

/**
 * @param {string} href
 * @param {number} maxBytes
 * @returns {Promise<Record<string, any>>} whose self link says where it was read, so that relative addresses are found
 */
async function readObject(href, maxBytes) {
  const bytes = await readInput(href, maxBytes);
  if (bytes.length > maxBytes) throw new Error(`${displayName(href)} has more than ${maxBytes} bytes`);
  let object;
  try {
    object = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`${displayName(href)} is no JSON: ${/** @type {Error} */ (error).message}`);
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new Error(`${displayName(href)} is no JSON object`);
  }
  if (object.type === undefined) throw new Error("missing 'type' field on input dictionary");
  if (href === '-') return object;
  const self = isUrl(href) || isFileUrl(href) ? href : pathToFileURL(resolve(href)).href;
  const links = Array.isArray(object.links) ? object.links : [];
  const isOther = (/** @type {any} */ link) => link?.rel !== 'self';
  return { ...object, links: [{ rel: 'self', href: self }, ...links.filter(isOther)] };
}

/**
 * @param {Record<string, any>} object
 * @returns {((folder: string, options: DownloadOptions) => Promise<any>) | undefined} undefined for what has no assets
 */
function downloadOf(object) {
  switch (object['type']) {
    case 'Feature':
      return async (folder, { pathTemplate, ...rest }) => {
        if (pathTemplate === undefined) return downloadItem(object, folder, rest);
        const template = await LayoutTemplate.from(pathTemplate);
        return downloadItem(object, join(folder, template.substitute(object)), rest);
      };
    case 'FeatureCollection':
      return (folder, rest) => downloadItemCollection(object, folder, rest);
    case 'Collection':
      return (folder, { pathTemplate, ...rest }) => {
        if (pathTemplate !== undefined) throw new UsageError('--path-template is for items');
        return downloadCollection(object, folder, rest);
      };
    default:
      return undefined;
  }
}

/**
 * What could not be downloaded does not take the rest with it.
 * @param {Promise<any>} download
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(download) {
  try {
    return { result: await download, failures: [] };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return { result: error.result, failures: error.errors };
  }
}

/**
 * @param {object} result
 * @param {Error[]} failures
 * @param {string} folder
 * @param {Values} values
 */
async function print(result, failures, folder, { json, quiet, 'file-name': fileName }) {
  if (json) {
    const told = failures.map((error) => ({
      name: error.name,
      code: /** @type {any} */ (error).code,
      message: error.message,
    }));
    process.stdout.write(formatJson({ result, failures: told }));
    return;
  }
  if (fileName !== undefined) {
    const path = join(folder, fileName);
    // A download that has failed in part saves nothing by itself.
    if (failures.length > 0) await placeFile(path, new TextEncoder().encode(JSON.stringify(result)));
    if (!quiet) process.stdout.write(`Output STAC JSON written to ${path}\n`);
  } else if (!quiet) {
    process.stdout.write(formatJson(result));
  }
  if (failures.length > 0) {
    process.stderr.write(`stac-task: ${plural(failures.length, 'asset')} could not be downloaded\n`);
  }
}
