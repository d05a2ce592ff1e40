/**
 * The options that checking and reading share.
 *
 * @module
 */

import { invalidArgument } from './errors.js';

/** Bytes that a payload may have unless the caller says otherwise. */
export const defaultMaxBytes = 256 * 1024 * 1024;

/** Issues that a report lists unless the caller says otherwise. */
export const defaultMaxIssues = 1000;

/** Whose rules there are; the first is the default. */
export const profiles = /** @type {const} */ (['stac-task', 'cirrus']);

/** How far STAC items can be checked; the first is the default. */
export const itemChecks = /** @type {const} */ (['none', 'core']);

/**
 * Options as they are, once every name and type is known to be right.
 *
 * @template {object} T
 * @param {string} caller  for messages
 * @param {T | undefined} options
 * @param {Record<string, 'boolean' | 'number' | 'string' | 'function' | 'object' | 'signal' | readonly string[]>} types
 *   a list holds the values that are allowed
 * @returns {T}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export function checkedOptions(caller, options, types) {
  if (options === undefined) return /** @type {T} */ ({});
  if (typeof options !== 'object' || options === null) {
    throw invalidArgument(`${caller} takes its options as an object, not ${String(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) {
      throw invalidArgument(`${caller} has no option '${name}'`, `It has ${Object.keys(types).join(', ')}.`);
    }
    if (value === undefined) continue;
    if (typeof type === 'object') {
      if (type.includes(value)) continue;
      const allowed = type.map((each) => `'${each}'`).join(' or ');
      throw invalidArgument(`${caller}: the option '${name}' is ${allowed}, not ${shown(value)}`);
    }
    const isRight =
      type === 'signal'
        ? typeof value?.throwIfAborted === 'function'
        : typeof value === type && value !== null && !Number.isNaN(value);
    if (!isRight) throw invalidArgument(`${caller}: the option '${name}' is a ${type}, not ${String(value)}`);
    if (typeof value === 'number' && value < 0) {
      throw invalidArgument(`${caller}: ${name} must be 0 or more, not ${value}`);
    }
  }
  return options;
}

/** @param {unknown} value */
const shown = (value) => (typeof value === 'string' ? `'${value}'` : String(value));
