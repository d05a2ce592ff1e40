/**
 * Jobs of AWS Batch, as Cirrus starts them and reads what became of them.
 *
 * @module
 */

import process from 'node:process';
import { inspect } from 'node:util';
import { printable } from '../cli/terminal.js';
import { StacTaskError } from '../errors.js';
import { pythonNameOf } from './python-name.js';

/** Characters: Docker cuts lines at 16 KiB, and Cirrus would read the last piece. */
const longestMessage = 4000;

/** Bytes: more than addresses is a payload. */
const longestRecord = 1 << 14;

/** Batch sets this in each container. */
const isJob = () => process.env.AWS_BATCH_JOB_ID !== undefined;

/**
 * Name the error that ends a job in the last line of its log, where Cirrus looks for it
 * (`cirrus/lambda_functions/post_batch.py`). Elsewhere nothing is written.
 * @param {any} error
 */
export function nameFailure(error) {
  if (!isJob()) return;
  const message = printable(String(error?.message ?? error).replace(/\s+/g, ' ')).slice(0, longestMessage);
  process.stderr.write(`${pythonNameOf(error)}: ${message}\n`);
}

/** The same for errors that nobody catches: Node would end the log with its version. */
export function nameUncaught() {
  if (!isJob()) return;
  process.once('uncaughtException', (error) => {
    process.stderr.write(`${inspect(error)}\n`);
    nameFailure(error);
    process.exit(1);
  });
}

/**
 * Where an input asks for its result, if it is nothing but addresses: `{"url": …, "url_out": …}`, which is what
 * `cirrus/lambda_functions/pre_batch.py` hands on.
 *
 * @param {Uint8Array} input
 * @returns {string | undefined}
 * @throws {StacTaskError} ERR_HREF_REFUSED for a file: input should not choose what is overwritten
 */
export function urlOutOf(input) {
  const { process: definitions, url_out: address } = recordOf(input) ?? {};
  if (typeof address !== 'string' || definitions !== undefined) return undefined;
  if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(address)) return address;
  throw new StacTaskError('ERR_HREF_REFUSED', `'url_out' is no address to write to: ${printable(address)}`, {
    hint: 'Files are named with --output.',
  });
}

/**
 * @param {Uint8Array} input
 * @returns {any}
 */
function recordOf(input) {
  if (input.length > longestRecord) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(input));
  } catch {
    // What is wrong with it, the task says.
    return undefined;
  }
}
