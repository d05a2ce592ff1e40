/**
 * Checking payloads: the whole corridor from an input to a report.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { checkedOptions, defaultMaxBytes } from './options.js';
import { cleanReport } from './report.js';
import { describe, describeTooLarge } from './runtime/describe.js';
import { encodePayload, NotJson } from './runtime/encode.js';
import { load, loadSync } from './runtime/input.js';
import { loadCore, loadedCore } from './runtime/loader.js';

/**
 * @typedef {object} ValidateOptions
 * @property {boolean} [lint]     default true: report what Python accepts in silence, too. Without it the
 *   verdict, the first error and the warnings are exactly those of Python's `Payload(…).validate()`
 * @property {number} [maxBytes]  default 256 MiB: a larger input is a finding and is not read
 * @property {string} [file]      a name for messages
 */

const optionTypes = /** @type {const} */ ({ lint: 'boolean', maxBytes: 'number', file: 'string' });

/**
 * Check a payload. Whatever is wrong with it is in the report; the promise rejects only for misuse,
 * when the core does not load, or when the input cannot be read.
 *
 * Follows `stactask/payload.py: Payload.validate`, and goes on where Python stops at the first error.
 *
 * @param {import('./runtime/input.js').PayloadInput} input  JSON text, its bytes (UTF-8), a `Response`, a
 *   `Blob`, a stream of bytes, or an object. Of an object only what is looked at crosses into the core
 * @param {ValidateOptions} [options]
 * @returns {Promise<import('./report.js').Report>}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT, ERR_LOAD_FAILED,
 *   ERR_DYNAMIC_IMPORT, ERR_HTTP_STATUS, ERR_READ_FAILED, ERR_OUT_OF_MEMORY
 * @example
 * const { valid, issues } = await validate(await fetch('payload.json'));
 * for (const { severity, message, range } of issues) console.log(severity, range?.start.line, message);
 */
export async function validate(input, options) {
  const settings = settingsOf('validate()', options);
  const [core, loaded] = await Promise.all([loadCore(), load(input, settings.maxBytes)]);
  return check(core, loaded, settings);
}

/**
 * The same at once, for what needs no waiting. Needs `await ready()` before.
 *
 * @param {import('./runtime/input.js').SyncPayloadInput} input  JSON text, its bytes (UTF-8) or an object
 * @param {ValidateOptions} [options]
 * @returns {import('./report.js').Report}
 * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, ERR_INVALID_ARGUMENT, ERR_OUT_OF_MEMORY
 */
export function validateSync(input, options) {
  const settings = settingsOf('validateSync()', options);
  const core = loadedCore('validateSync()');
  const loaded = loadSync(input, settings.maxBytes);
  if (!loaded) throw invalidArgument('validateSync() takes text, bytes or an object', 'Use validate().');
  return check(core, loaded, settings);
}

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {import('./runtime/input.js').Loaded} loaded
 * @param {{ lint: boolean, maxBytes: number, file?: string | undefined }} settings
 * @returns {import('./report.js').Report}
 */
function check(core, loaded, { lint, maxBytes, file }) {
  if ('tooLarge' in loaded) return describeTooLarge(core, loaded.tooLarge, maxBytes, file);
  if ('object' in loaded) {
    try {
      return core.call('check', encodePayload(loaded.object), lint, false, false) ?? cleanReport();
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      return describe(core, error);
    }
  }
  const isBytes = 'bytes' in loaded;
  return core.call('check', isBytes ? loaded.bytes : loaded.text, lint, isBytes, true) ?? cleanReport();
}

/**
 * @param {string} caller
 * @param {ValidateOptions | undefined} options
 */
function settingsOf(caller, options) {
  const { lint = true, maxBytes = defaultMaxBytes, file } = checkedOptions(caller, options, optionTypes);
  return { lint, maxBytes, file };
}
