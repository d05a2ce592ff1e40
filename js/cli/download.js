/**
 * `stac-task download`.
 *
 * @module
 */

import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  DownloadError,
  downloadCollection,
  downloadItem,
  downloadItemCollection,
  LayoutTemplate,
  TemplateError,
} from '#package';
import { defaultMaxBytes } from '../options.js';
import { given } from '../runtime/given.js';
import { clientHelp, clientOptions, clientSettings } from './client-options.js';
import { interruptible } from './interrupt.js';
import { Progress } from './progress.js';
import { isFileUrl } from './read.js';
import { readObject } from './stac-input.js';
import { formatJson, plural, printable } from './terminal.js';
import { choiceOf, numberOf, parse, UsageError } from './usage.js';

export const summary = 'download the assets of an item, a collection or an item collection';

const checksums = /** @type {const} */ (['arriving', 'ignore', 'verify', 'require', 'add']);

export const help = `Usage: stac-task download [OPTIONS] [HREF] [DIR]

Download assets to DIR, by default the current folder. HREF is a file, an http(s) or s3 URL, or - for standard input,
which is the default. The item, collection or item collection with its new addresses goes to stdout, progress and
failures to stderr.

Options:
  -i, --include KEY           only these assets; may be repeated, as all that takes a KEY
  -x, --exclude KEY           all but these
  -p, --path-template TEXT    the folder below DIR for each item; of an item collection by default \${id}
  -f, --file-name NAME        save the result under this name in DIR, or in the folder of an item, instead of printing it
  -k, --keep                  keep assets in the result that could not be downloaded
  --fail-fast                 end at the first failure
  --overwrite                 replace files that are there
  --resume                    keep what arrived of a file that fails, and go on from there the next time
  --checksum HOW              arriving: verify what arrives by file:checksum, where there is one (default)
                              verify: files that are there, too; what is wrong is downloaded again
                              require: and fail where there is none
                              add: and put file:checksum and file:size into the result where there are none
                              ignore: verify nothing
${clientHelp}
  --max-bytes N               refuse larger inputs (default ${defaultMaxBytes})
  -q, --quiet                 print nothing but failures
  --json                      print one JSON document: {"result", "failures": [{"name", "code", "message"}]}; the result
                              is null where something ends it all. Of a wrong command line there is none
  -h, --help

Exit code: 0 all is there, 1 something could not be downloaded or read, 2 the command line is wrong,
129, 130 or 143 it was interrupted.
`;

const options = /** @type {const} */ ({
  ...clientOptions,
  include: { type: 'string', short: 'i', multiple: true },
  exclude: { type: 'string', short: 'x', multiple: true },
  'path-template': { type: 'string', short: 'p' },
  'file-name': { type: 'string', short: 'f' },
  keep: { type: 'boolean', short: 'k', default: false },
  'fail-fast': { type: 'boolean', default: false },
  overwrite: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  checksum: { type: 'string' },
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
  const [href = '-', to = '.', ...others] = positionals;
  const folder = isFileUrl(to) ? fileURLToPath(to) : to;
  if (others.length > 0) throw new UsageError('download takes an HREF and a DIR');
  const settings = settingsOf(values);
  await checkTemplate(values['path-template']);
  const maxBytes = numberOf('max-bytes', values['max-bytes'], defaultMaxBytes);
  try {
    const { object, audience } = await readObject(href, maxBytes, clientSettings(values));
    return await downloadTo(folder, object, { ...settings, ...audience }, values);
  } catch (error) {
    const isTold = values.json && !(error instanceof UsageError);
    if (isTold) printJson(null, [/** @type {Error} */ (error)]);
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {Record<string, any>} object
 * @param {DownloadOptions} settings
 * @param {Values} values
 * @returns {Promise<number>} the exit code
 */
async function downloadTo(folder, object, settings, values) {
  const download = downloadOf(object);
  if (!download) {
    const message = `unsupported 'type' field: ${printable(String(object['type']))}`;
    process.stderr.write(`ERROR: ${message}\n`);
    if (values.json) printJson(null, [new Error(message)]);
    return 2;
  }
  const progress = new Progress(process.stderr, values.quiet || values.json);
  const { result, failures } = await interruptible((signal) =>
    outcomeOf(download(folder, { ...settings, signal, onMessage: (message) => progress.tell(message) })),
  ).finally(() => progress.end());
  for (const failure of failures) {
    process.stderr.write(`stac-task: ${printable(`${failure.name}: ${failure.message}`)}\n`);
  }
  const { 'file-name': fileName } = values;
  const path = fileName === undefined ? undefined : pathOf(result, fileName, folder);
  // A download that has failed in part saves nothing by itself.
  if (path !== undefined && failures.length > 0) await save(folder, path, result);
  print(result, failures, path, values);
  return failures.length > 0 ? 1 : 0;
}

/**
 * Before anything is read.
 * @param {string | undefined} text
 * @throws {UsageError} where it is no template
 */
async function checkTemplate(text) {
  if (text === undefined) return;
  try {
    await LayoutTemplate.from(text);
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(`--path-template: ${error.message}`);
    throw error;
  }
}

/**
 * @param {Values} values
 * @returns {DownloadOptions}
 * @throws {UsageError}
 */
function settingsOf(values) {
  if (values.include && values.exclude)
    throw new UsageError('download takes --include or --exclude, not both');
  return {
    ...clientSettings(values),
    ...given({
      include: values.include,
      exclude: values.exclude,
      pathTemplate: values['path-template'],
      fileName: values['file-name'] ?? null,
      errorStrategy: values.keep ? /** @type {const} */ ('KEEP') : undefined,
      failFast: values['fail-fast'],
      overwrite: values.overwrite,
      clean: !values.resume,
      checksum: values.checksum === undefined ? undefined : choiceOf('checksum', values.checksum, checksums),
    }),
  };
}

/**
 * @param {Record<string, any>} object
 * @returns {((folder: string, options: DownloadOptions) => Promise<any>) | undefined} undefined for what has no assets
 */
function downloadOf(object) {
  switch (object['type']) {
    case 'Feature':
      return (folder, rest) => downloadItem(object, folder, rest);
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
 * @param {any} result
 * @param {string} fileName
 * @param {string} folder
 * @returns {string} where the result is saved: an item may have a folder of its own
 */
function pathOf({ type, links }, fileName, folder) {
  if (type === 'FeatureCollection') return join(folder, fileName);
  const { href } = links.find((/** @type {any} */ link) => link.rel === 'self');
  return join(folder, relative(resolve(folder), href));
}

/**
 * No symbolic link leads out of the folder, as for what is downloaded.
 * @param {string} folder
 * @param {string} path  in it
 * @param {object} result
 */
async function save(folder, path, result) {
  const { absolutePath, folderStore } = await import('#assets.folder');
  const options = { root: absolutePath(folder), makeDirectory: true, size: null };
  const part = await folderStore().open(absolutePath(path), options);
  try {
    await part.restart?.();
    await part.write(new TextEncoder().encode(JSON.stringify(result)));
    await part.finish();
  } catch (error) {
    await part.discard(error);
    throw error;
  }
}

/**
 * @param {object} result
 * @param {Error[]} failures
 * @param {string | undefined} path  of the file that it was saved in
 * @param {Values} values
 */
function print(result, failures, path, { json, quiet }) {
  if (json) return printJson(result, failures);
  if (path === undefined && !quiet) process.stdout.write(formatJson(result));
  else if (!quiet) process.stdout.write(`Output STAC JSON written to ${path}\n`);
  if (failures.length > 0) {
    process.stderr.write(`stac-task: ${plural(failures.length, 'asset')} could not be downloaded\n`);
  }
}

/**
 * @param {object | null} result  null where there is none
 * @param {Error[]} failures
 */
function printJson(result, failures) {
  const told = failures.map((error) => {
    const { name, message, code = null } = /** @type {Error & { code?: string }} */ (error);
    return { name, code, message };
  });
  process.stdout.write(formatJson({ result, failures: told }));
}
