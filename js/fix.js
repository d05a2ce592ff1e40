/**
 * Mending payloads: the edits that findings bring with them, made.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { mend } from './mend.js';
import { checkedOptions, defaultMaxBytes, itemChecks, profiles } from './options.js';
import { loadSync } from './runtime/input.js';
import { loadCore } from './runtime/loader.js';
import { decodeText, encodeText, hasMark } from './runtime/wtf8.js';
import { check, flagsOf } from './validate.js';

/**
 * @typedef {object} FixOptions
 * @property {boolean} [unsafe]  default false: make only fixes that leave Python's reading of the payload as
 *   it is, or mend what it fails on. `true` makes the others as well: look at what they did
 * @property {import('./validate.js').Profile} [profile]   as for `validate`
 * @property {import('./validate.js').ItemChecks} [items]  as for `validate`
 * @property {boolean} [lint]     as for `validate`; `false` mends only what Python complains about
 * @property {number} [maxBytes]  default 256 MiB: a larger input is a finding, and stays as it is
 * @property {string} [file]      a name for messages
 */

/**
 * @typedef {object} FixResult
 * @property {string} text  the payload after the fixes; the very same text where there was nothing to do
 * @property {import('./report.js').Issue[]} applied  what was mended, as it was found. Fixes are made in
 *   rounds, and each issue has its place in the text of its round
 * @property {import('./report.js').Issue[]} remaining  what `validate` finds in `text`, 10,000 issues at most
 */

const optionTypes = /** @type {const} */ ({
  unsafe: 'boolean',
  profile: profiles,
  items: itemChecks,
  lint: 'boolean',
  maxBytes: 'number',
  file: 'string',
});

/** As many as the core keeps (src/payload/findings.hpp). */
const maxIssues = 10_000;

/**
 * Mend a payload: make the edits of all issues that have a safe `fix`, check again, and so on until there
 * is nothing left to do. Edits are minimal; all else stays as it was written. A fix that would break the
 * JSON or add errors is not made.
 *
 * @param {string | ArrayBuffer | ArrayBufferView} input  JSON text, or its bytes (UTF-8). A byte order mark at
 *   the beginning of bytes is no part of `text`. Bytes that are no UTF-8 are not mended: the finding
 *   remains, and in `text` U+FFFD stands for them
 * @param {FixOptions} [options]
 * @returns {Promise<FixResult>}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT, ERR_LOAD_FAILED,
 *   ERR_DYNAMIC_IMPORT, ERR_OUT_OF_MEMORY
 * @example
 * const { text, applied, remaining } = await fix('{"process": {}}');
 * // text is '{"process": [{}]}'
 */
export async function fix(input, options) {
  const settings = checkedOptions('fix()', options, optionTypes);
  const { unsafe = false, maxBytes = defaultMaxBytes, file } = settings;
  const loaded = loadSync(input, maxBytes);
  if (!loaded || 'object' in loaded) {
    throw invalidArgument('fix() takes text or bytes', 'An object has no text to edit.');
  }
  const core = await loadCore();
  const how = { flags: flagsOf(settings), maxIssues, maxBytes, file };
  const report = check(core, loaded, how);
  const source = typeof input === 'string' ? input : bytesOf(input);
  const text = typeof source === 'string' ? source : decodeText(source);
  const isMarked = typeof source !== 'string' && hasMark(source);
  const checkText = (/** @type {string} */ text) =>
    check(core, isMarked ? { bytes: encodeText(`\ufeff${text}`) } : { text }, how);
  return mend({ text, report, unsafe, checkText });
}

/** @param {ArrayBuffer | ArrayBufferView} input */
const bytesOf = (input) =>
  ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input);
