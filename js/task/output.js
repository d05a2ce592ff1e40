/**
 * Where the command line of a task writes its result.
 *
 * @module
 */

import { isAbsolute } from 'node:path';
import process from 'node:process';
import { isFileUrl, isUrl } from '../cli/read.js';
import { escapeJson, print, printable } from '../cli/terminal.js';
import { checkPlace, placeFile } from '../cli/write.js';
import { StacTaskError } from '../errors.js';
import { encode, NotJson } from '../runtime/encode.js';
import { nameOf } from './href.js';

/**
 * Writes a result to an address that is neither a file nor http(s), such as `s3://bucket/key.json`.
 * @typedef {(result: import('../payload.js').JsonObject, options: { href: string, signal: AbortSignal }) => unknown} CommandSink
 */

/** @typedef {(result: import('../payload.js').JsonObject, signal: AbortSignal) => unknown} Write */

/** Whether a name is an address of neither kind that is known here. @param {string} name */
export const isElsewhere = (name) =>
  /^[a-z][a-z0-9+.-]+:\/\//i.test(name) && !isUrl(name) && !isFileUrl(name) && !isAbsolute(name);

/**
 * How a result is written to another place than standard output. Of a file it is known then that it can be written.
 *
 * @param {string} output  a file, an http(s) URL that takes a PUT, what `sink` writes
 * @param {CommandSink | undefined} sink
 * @returns {Promise<Write>}
 * @throws {StacTaskError} ERR_USAGE for what nothing writes; ERR_WRITE_FAILED
 */
export async function outputTo(output, sink) {
  if (isUrl(output)) return (result, signal) => put(output, jsonOf(result), signal);
  if (!isElsewhere(output)) {
    await checkPlace(output).catch((cause) => {
      throw unwritable(cause);
    });
    return (result, signal) =>
      placeFile(output, jsonOf(result), signal).catch((cause) => {
        throw signal.aborted ? signal.reason : unwritable(cause);
      });
  }
  if (sink) return (result, signal) => sink(result, { href: output, signal });
  throw new StacTaskError(
    'ERR_USAGE',
    `--output takes a file or an http(s) URL, not ${printable(nameOf(output))}`,
    { hint: 'Pass `sink` to cli(), which writes it.' },
  );
}

/** @param {Error} cause  which names the file */
const unwritable = (cause) =>
  new StacTaskError('ERR_WRITE_FAILED', printable(`--output ${cause.message}`), {
    cause,
    hint: 'Name a file in a folder that can be written to, or - for standard output.',
  });

/**
 * @param {object} result
 * @returns {Promise<number>} the exit code
 */
export async function printResult(result) {
  const json = jsonOf(result);
  const text = process.stdout.isTTY ? escapeJson(new TextDecoder().decode(json)) : json;
  return (await print(text)) || print('\n');
}

/**
 * @param {string} url  it may be presigned: no message has its query
 * @param {Uint8Array} bytes
 * @param {AbortSignal} signal
 */
async function put(url, bytes, signal) {
  const name = printable(nameOf(url));
  const body = /** @type {Uint8Array<ArrayBuffer>} */ (bytes);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'PUT', headers, body, signal }).catch((cause) => {
    throw signal.aborted
      ? signal.reason
      : new StacTaskError('ERR_WRITE_FAILED', `${name} cannot be written`, { cause });
  });
  await response.body?.cancel();
  if (response.ok) return;
  throw new StacTaskError('ERR_HTTP_STATUS', `${name} answered with status ${response.status}`);
}

/**
 * @param {unknown} result
 * @returns {Uint8Array}
 * @throws {StacTaskError} ERR_NOT_JSON
 */
function jsonOf(result) {
  try {
    return encode(result);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { message, pointer } = error;
    throw new StacTaskError(
      'ERR_NOT_JSON',
      `the result cannot be written as JSON: ${message}, at '${pointer}'`,
    );
  }
}
