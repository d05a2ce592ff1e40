/**
 * Jobs of AWS Batch, as Cirrus starts them and reads what became of them.
 *
 * @module
 */

import process from 'node:process';
import { inspect } from 'node:util';
import { printable } from '../cli/terminal.js';
import { StacTaskError } from '../errors.js';
import { nameOf } from './href.js';
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

/** What an input has that is nothing but addresses. */
const addresses = ['url', 'href', 'url_out'];

/**
 * Where an input asks for its result, if it is nothing but addresses: `{"url": …, "url_out": …}`, which is what
 * `cirrus/lambda_functions/pre_batch.py` hands on. With anything else in it, it is a payload, which may be a stranger's.
 *
 * @param {Uint8Array} input
 * @returns {string | undefined}
 * @throws {StacTaskError} ERR_HREF_REFUSED for a file: input should not choose what is overwritten
 */
export function urlOutOf(input) {
  const record = recordOf(input) ?? {};
  const { url_out: address } = record;
  if (typeof address !== 'string' || !Object.keys(record).every((name) => addresses.includes(name)))
    return undefined;
  if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(address)) return address;
  throw new StacTaskError(
    'ERR_HREF_REFUSED',
    `'url_out' is no address to write to: ${printable(nameOf(address))}`,
    {
      hint: 'Files are named with --output.',
    },
  );
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
