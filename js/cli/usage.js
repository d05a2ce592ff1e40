/** What is wrong with a command line. @module */

import { parseArgs } from 'node:util';
import { itemChecks, profiles } from '../options.js';

/** Ends the program with exit code 2. */
export class UsageError extends Error {}

/**
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 * @throws {UsageError}
 */
export function parse(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} option
 * @param {string | undefined} text
 * @param {number} fallback
 * @param {number} [least]
 */
export function numberOf(option, text, fallback, least = 0) {
  if (text === undefined) return fallback;
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  const what = least > 0 ? `a number of ${least} or more` : 'a number';
  throw new UsageError(`--${option} takes ${what}, not '${text}'`);
}

/**
 * @template {string} T
 * @param {string} option
 * @param {string | undefined} text
 * @param {readonly [T, ...T[]]} allowed  the first is the default
 * @returns {T}
 */
export function choiceOf(option, text, allowed) {
  const found = text === undefined ? allowed[0] : allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${option} takes ${allowed.join(', ')}, not '${text}'`);
}

/**
 * @param {string} command
 * @param {string[]} inputs
 */
export function checkInputs(command, inputs) {
  if (inputs.length === 0) throw new UsageError(`${command} needs an INPUT`);
  if (inputs.filter((name) => name === '-').length > 1) {
    throw new UsageError('standard input can be read once only');
  }
}

/** The options that say what is checked. */
export const checkOptions = /** @type {const} */ ({
  profile: { type: 'string' },
  items: { type: 'string' },
  'no-lint': { type: 'boolean', default: false },
});

export const checkHelp = `  --profile NAME   ${profiles.join(' or ')}: whose rules hold (default ${profiles[0]})
  --items HOW      ${itemChecks.join(' or ')}: how far the STAC items are checked (default ${itemChecks[0]})
  --no-lint        only what Python's stac-task raises and warns about`;

/**
 * @param {{ profile?: string | undefined, items?: string | undefined, 'no-lint'?: boolean }} values
 */
export const checkOptionsOf = (values) => ({
  profile: choiceOf('profile', values.profile, profiles),
  items: choiceOf('items', values.items, itemChecks),
  lint: !values['no-lint'],
});
