/**
 * Checking payloads: the whole corridor from an input to a report.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { checkedOptions, defaultMaxBytes, defaultMaxIssues, itemChecks, profiles } from './options.js';
import { cleanReport } from './report.js';
import { checkFlags } from './runtime/core.js';
import { describe, describeTooLarge } from './runtime/describe.js';
import { encodePayload, NotJson } from './runtime/encode.js';
import { load, loadSync } from './runtime/input.js';
import { loadCore, loadedCore } from './runtime/loader.js';

/**
 * The rules of whom a payload is held against.
 * @typedef {(typeof profiles)[number]} Profile
 */

/**
 * How far STAC items are looked into.
 * @typedef {(typeof itemChecks)[number]} ItemChecks
 */

/**
 * @typedef {object} ValidateOptions
 * @property {Profile} [profile]  default `stac-task`: what Python's package asks of a payload. `cirrus`: what
 *   Cirrus asks of it, too
 * @property {ItemChecks} [items] default `none`: as in Python. `core`: the items in `features` are held
 *   against the core of STAC, too
 * @property {boolean} [lint]     default true: report what Python accepts in silence, too. Without it the
 *   verdict, the first error and the warnings are exactly those of Python's `Payload(…).validate()`
 * @property {number} [maxIssues] default 1000: more are counted in `counts` and `omitted`, and not listed
 * @property {number} [maxBytes]  default 256 MiB: a larger input is a finding and is not read
 * @property {string} [file]      a name for messages
 */

const optionTypes = /** @type {const} */ ({
  profile: profiles,
  items: itemChecks,
  lint: 'boolean',
  maxIssues: 'number',
  maxBytes: 'number',
  file: 'string',
});

/** The core counts in 32 bits. */
const mostIssues = 0xffff_ffff;

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
 * How a payload is checked, once the options are known to be right.
 * @typedef {object} Settings
 * @property {number} flags  of {@link checkFlags}
 * @property {number} maxIssues
 * @property {number} maxBytes
 * @property {string | undefined} file
 */

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {import('./runtime/input.js').Loaded} loaded
 * @param {Settings} settings
 * @returns {import('./report.js').Report}
 */
export function check(core, loaded, settings) {
  const { flags, maxIssues, maxBytes, file } = settings;
  if ('tooLarge' in loaded) return describeTooLarge(core, loaded.tooLarge, maxBytes, file);
  if ('object' in loaded) {
    try {
      return checkObject(core, loaded.object, settings);
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      return describe(core, error);
    }
  }
  const isBytes = 'bytes' in loaded;
  const source = isBytes ? loaded.bytes : loaded.text;
  const more = checkFlags.hasSource | (isBytes ? checkFlags.isBytes : 0);
  return core.call('check', source, flags | more, maxIssues) ?? cleanReport();
}

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {object} object
 * @param {Settings} settings
 * @returns {import('./report.js').Report}
 * @throws {NotJson}
 */
function checkObject(core, object, { flags, maxIssues }) {
  const has = (/** @type {number} */ flag) => (flags & flag) !== 0;
  const look = { all: has(checkFlags.cirrus), items: has(checkFlags.items), lint: has(checkFlags.lint) };
  /** @param {number} [mostItems] */
  const checkWith = (mostItems) =>
    core.call('check', encodePayload(object, { ...look, mostItems }), flags, maxIssues) ?? cleanReport();
  // Mostly the first item fills the variables of path templates; if not, another may.
  const report = checkWith(1);
  return report.omitted || report.issues.some(isUnfilled) ? checkWith() : report;
}

/** @param {import('./report.js').Issue} issue */
const isUnfilled = ({ code }) => code === 'template-variable';

/**
 * @param {string} caller
 * @param {ValidateOptions | undefined} options
 * @returns {Settings}
 */
function settingsOf(caller, options) {
  const settings = checkedOptions(caller, options, optionTypes);
  const { maxIssues = defaultMaxIssues, maxBytes = defaultMaxBytes, file } = settings;
  return { flags: flagsOf(settings), maxIssues: Math.min(maxIssues, mostIssues), maxBytes, file };
}

/**
 * @param {Pick<ValidateOptions, 'profile' | 'items' | 'lint'>} options
 * @returns {number} of {@link checkFlags}
 */
export const flagsOf = ({ profile, items, lint = true }) =>
  (lint ? checkFlags.lint : 0) |
  (profile === 'cirrus' ? checkFlags.cirrus : 0) |
  (items === 'core' ? checkFlags.items : 0);
