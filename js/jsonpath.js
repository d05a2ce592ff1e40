/**
 * JSONPath in the dialect of stac-task's patterns: that of jsonpath-ng's `ext` parser.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { parseText } from './runtime/parse.js';
import { Question, questionOf } from './runtime/question.js';
import { ask, subjectNow, subjectOf } from './runtime/subject.js';
import { valueAt } from './runtime/value-at.js';

/**
 * Whether an item matches an expression, as stac-task's matchers do: the expression, held against a list with
 * the item alone, gives exactly one result. So `$[?(@.id =~ 'S2.*')]` asks, and `$.id` never matches.
 *
 * Follows `stactask/utils.py: stac_jsonpath_match`, with jsonpath-ng 1.8.0; what differs is in
 * docs/differences.md. An expression is compiled once and remembered.
 *
 * @param {unknown} item  JSON text, its bytes (UTF-8), a `Response`, a `Blob`, a stream of bytes, or an object,
 *   of which only what the expression looks at is read. Text keeps `10.0` and `10` apart, and all digits
 * @param {string} expression
 * @returns {Promise<boolean>}
 * @throws {import('./errors.js').StacTaskError} JsonPathError, RegexError, RegexBudgetError; InvalidInput when
 *   the item is no JSON; ERR_INVALID_ARGUMENT; what `validate()` throws while loading and reading
 * @example
 * await jsonpathMatch({ id: 'S2A_33UVP' }, "$[?(@.id =~ '^S2[AB]_')]"); // true
 */
export async function jsonpathMatch(item, expression) {
  return match('jsonpathMatch()', expression, await subjectOf(item));
}

/**
 * The same at once, for what needs no waiting. Needs `await ready()` before.
 *
 * @param {unknown} item
 * @param {string} expression
 * @returns {boolean}
 * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, and as `jsonpathMatch`
 */
export function jsonpathMatchSync(item, expression) {
  return match('jsonpathMatchSync()', expression, subjectNow('jsonpathMatchSync()', item));
}

/**
 * The values that an expression finds, in jsonpath-ng's order: of an object the very ones inside it, and new
 * ones where the expression computes.
 *
 * @param {unknown} value  JSON text, its bytes (UTF-8), a `Response`, a `Blob`, a stream of bytes, or any JSON
 *   value that is no string
 * @param {string} expression
 * @returns {Promise<unknown[]>}
 * @throws {import('./errors.js').StacTaskError} as `jsonpathMatch`
 * @example
 * await jsonpathFind(item, "$.assets.*.href");
 */
export async function jsonpathFind(value, expression) {
  return find('jsonpathFind()', expression, await subjectOf(value));
}

/**
 * The same at once, for what needs no waiting. Needs `await ready()` before.
 *
 * @param {unknown} value
 * @param {string} expression
 * @returns {unknown[]}
 * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, and as `jsonpathMatch`
 */
export function jsonpathFindSync(value, expression) {
  return find('jsonpathFindSync()', expression, subjectNow('jsonpathFindSync()', value));
}

/** @typedef {import('./runtime/subject.js').Subject} Subject */

/**
 * @param {string} caller
 * @param {string} expression
 * @param {Subject} subject
 * @returns {boolean}
 */
function match(caller, expression, subject) {
  return ask(subject, 'jsonpathMatch', questionOf('expression', jsonOf(caller, expression)));
}

/**
 * @param {string} caller
 * @param {string} expression
 * @param {Subject} subject
 * @returns {unknown[]}
 */
function find(caller, expression, subject) {
  const { core, loaded } = subject;
  /** @type {Found} */
  const found = ask(subject, 'jsonpathFind', new Question(undefined, jsonOf(caller, expression)));
  if (found.pointers.length === 0) return [];
  const isObject = 'object' in loaded;
  const source = 'text' in loaded ? loaded.text : 'bytes' in loaded ? loaded.bytes : '';
  const root = isObject ? loaded.object : parseText(core, source).value;
  return valuesFound(core, found, root);
}

/**
 * What the core has found (src/task/calls.hpp: jsonpath_find).
 * @typedef {{ pointers: (string | null)[], computed: string }} Found
 */

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {Found} found
 * @param {unknown} root  in which the pointers point
 * @returns {unknown[]}
 */
export function valuesFound(core, { pointers, computed }, root) {
  const values = /** @type {unknown[]} */ (parseText(core, computed).value).values();
  return pointers.map((pointer) => (pointer === null ? values.next().value : valueAt(root, pointer)));
}

/**
 * @param {string} caller
 * @param {unknown} expression
 */
function jsonOf(caller, expression) {
  if (typeof expression === 'string') return JSON.stringify(expression);
  throw invalidArgument(`${caller} takes its expression as a string, not ${String(expression)}`);
}
