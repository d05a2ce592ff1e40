/**
 * stac-task: payloads and tasks for STAC, in a page, an edge function, Lambda or Node.
 *
 * Importing this module loads nothing: the first call that needs the core chunk fetches it.
 *
 * @module stac-task
 */

export {
  FailedValidation,
  InvalidInput,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  StacTaskError,
} from './errors.js';
export { fix } from './fix.js';
export { Payload } from './payload.js';
export { ready } from './runtime/loader.js';
export { payloadSchema } from './schema.js';
export { validate, validateSync } from './validate.js';
export { version } from './version.js';

/**
 * @typedef {import('./runtime/loader.js').WasmSource} WasmSource
 * @typedef {import('./runtime/input.js').PayloadInput} PayloadInput
 * @typedef {import('./runtime/input.js').SyncPayloadInput} SyncPayloadInput
 * @typedef {import('./validate.js').ValidateOptions} ValidateOptions
 * @typedef {import('./validate.js').Profile} Profile
 * @typedef {import('./validate.js').ItemChecks} ItemChecks
 * @typedef {import('./fix.js').FixOptions} FixOptions
 * @typedef {import('./fix.js').FixResult} FixResult
 * @typedef {import('./report.js').Report} Report
 * @typedef {import('./report.js').Issue} Issue
 * @typedef {import('./report.js').Severity} Severity
 * @typedef {import('./report.js').Position} Position
 * @typedef {import('./report.js').Range} Range
 * @typedef {import('./report.js').Fix} Fix
 * @typedef {import('./report.js').PythonError} PythonError
 */
