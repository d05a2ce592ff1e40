/*
 * What the tests of the JavaScript side share: the recorded vectors, an independent reading of Python's JSON, and
 * copies of the package that have not loaded anything yet.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ type: string, message: string }} PythonError
 * @typedef {import('stac-task').Report} Report
 * @typedef {import('stac-task').Issue} Issue
 */

/** The repository's folder: where `stac-task` names the built package itself. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} name a file in tests/vectors
 * @returns {any[]} its cases
 */
export const readVectors = (name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8')).cases;

/**
 * The text of a payload about which there is nothing to say but what these members bring: they come first, and their
 * places are those that they have in `{…}`.
 *
 * @param {string} members  as they stand between the braces; a process definition is added where none is named
 */
export const payloadText = (members) =>
  `{${members}${/"process"\s*:/.test(members) ? '' : ', "process": [{}]'}, "type": "FeatureCollection"}`;

/**
 * The same as an object; a getter among the members stays one.
 *
 * @template {object} T
 * @param {T} members
 */
export const payloadWith = (members) =>
  Object.defineProperties(
    { type: 'FeatureCollection', process: /** @type {unknown} */ ([{}]) },
    Object.getOwnPropertyDescriptors(members),
  );

/** A payload about which there is nothing to say. */
export const cleanText = '{"type": "FeatureCollection", "process": [{}]}';

/** What a check returns for a case that it has nothing to compare in. */
export const skipped = Symbol('skipped');

/**
 * Runs a check over many cases as one test: prints the first that fail, each with its payload, and fails as well when
 * fewer were compared than there must be.
 *
 * @template {{ name: string, text?: string, hex?: string }} T
 * @param {T[]} cases
 * @param {number} atLeast
 * @param {(each: T) => unknown} check throws where a case fails
 */
export async function forEachCase(cases, atLeast, check) {
  const failures = [];
  let compared = 0;
  for (const each of cases) {
    try {
      const outcome = check(each);
      // Thousands of needless turns of the event loop would take their time.
      if ((outcome instanceof Promise ? await outcome : outcome) !== skipped) ++compared;
    } catch (error) {
      const what = error instanceof assert.AssertionError ? error.message : (error?.stack ?? error);
      failures.push(`${each.name}\n${shorten(each.text ?? `hex ${each.hex}`)}\n${what}`);
    }
  }
  if (failures.length > 0) {
    const shown = failures.slice(0, 5).join('\n\n');
    assert.fail(`${failures.length} of ${cases.length} cases fail, such as\n\n${shown}\n`);
  }
  assert.ok(compared >= atLeast, `only ${compared} cases were compared, and there should be ${atLeast}`);
}

/** @param {string} text */
const shorten = (text) => (text.length > 2000 ? `${text.slice(0, 2000)} … (${text.length} units)` : text);

const token = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?\d[\d.eE+-]*|true|false|null|[[\]{}:,]/gs;

/** @param {string} text */
const tokensOf = (text) =>
  (text.match(token) ?? []).map((each) => (each[0] === '"' ? JSON.stringify(JSON.parse(each)) : each));

/**
 * The members of each object in a list, as they are written: in text, 10.0 is not 10.
 *
 * @param {string} text JSON, a list of objects
 * @returns {Record<string, string>[]}
 */
export function membersAsWritten(text) {
  /** @type {Record<string, string>[]} */
  const objects = [];
  let depth = 0;
  let key = '';
  let start = 0;
  for (const { 0: each, index } of text.matchAll(token)) {
    const isKey = depth === 2 && key === '' && each[0] === '"';
    const endsMember = depth === 2 && (each === ',' || each === '}');
    if (endsMember && key !== '') {
      /** @type {Record<string, string>} */ (objects.at(-1))[key] = text.slice(start, index).trim();
      key = '';
    }
    if (each === '{' && depth === 1) objects.push({});
    if (each === '{' || each === '[') ++depth;
    if (each === '}' || each === ']') --depth;
    if (isKey) key = JSON.parse(each);
    if (each === ':' && depth === 2) start = index + 1;
  }
  return objects;
}

/**
 * Whether JSON.parse keeps all that a text says: neither a number's spelling, nor the order of keys, nor a repeated key
 * is lost, and there is no NaN.
 *
 * @param {string} text JSON
 */
export function isLossless(text) {
  try {
    return tokensOf(JSON.stringify(JSON.parse(text))).join() === tokensOf(text).join();
  } catch {
    return false;
  }
}

/**
 * JSON as Python's json module reads it: with NaN and Infinity. There is no -0, which is an integer to Python.
 *
 * @param {string} text
 */
export function parsePython(text) {
  const strict = text.replace(token, (each) =>
    each === 'NaN' ? '"\\u0000NaN"' : each.replace(/^(-?)Infinity$/, '$11e999'),
  );
  return JSON.parse(strict, (_key, value) => {
    if (value === '\0NaN') return Number.NaN;
    return value === 0 ? 0 : value;
  });
}

/**
 * A copy without -0, to compare with what Python wrote.
 *
 * @param {any} value
 * @returns {any}
 */
export function withoutNegativeZero(value) {
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNegativeZero(each)]));
}

/**
 * @param {any} value
 * @param {string} pointer JSON Pointer
 */
export function valueAt(value, pointer) {
  assert.match(pointer, /^(\/([^~]|~[01])*)?$/s);
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    assert.ok(Object.hasOwn(found, key), `there is no ${pointer}`);
    found = found[key];
  }
  return found;
}

/**
 * A position counted without the core.
 *
 * @param {string} text
 * @param {number} offset
 */
export function positionAt(text, offset) {
  // Between CR and LF the line has not ended yet.
  const isInBreak = text[offset - 1] === '\r' && text[offset] === '\n';
  const lines = text.slice(0, offset).split(isInBreak ? /\r\n|\n|\r(?!$)/ : /\r\n|\n|\r/);
  return { offset, line: lines.length, column: Number(lines.at(-1)?.length) + 1 };
}

const encoder = new TextEncoder();

/**
 * A text's bytes: UTF-8, and a lone surrogate as its three bytes.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const bytes = encoder.encode(text);
  // The encoder writes U+FFFD where it finds a lone surrogate.
  if (!/\p{Surrogate}/u.test(text)) return bytes;
  const parts = Array.from(text, (character) => {
    const code = Number(character.codePointAt(0));
    if (code < 0xd800 || code > 0xdfff) return encoder.encode(character);
    return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/**
 * What an issue says in short, to compare reports by.
 *
 * @param {Report} report
 */
export const brief = ({ issues }) =>
  issues.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);

/**
 * What a report says of a payload, whatever it came as: without places in a text, and in an order that does not tell of
 * them.
 *
 * @param {Report} report
 */
export const withoutPlaces = ({ valid, issues, counts }) => ({
  valid,
  counts,
  issues: issues
    .map(({ range: _range, fix: _fix, ...issue }) => issue)
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
});

/**
 * The error that a call throws or a promise rejects with; fails when there is none.
 *
 * @param {(() => unknown) | PromiseLike<unknown>} subject
 * @returns {Promise<any>}
 */
export async function errorOf(subject) {
  let value;
  try {
    value = await (typeof subject === 'function' ? subject() : subject);
  } catch (error) {
    return error;
  }
  assert.fail(`no error, but ${JSON.stringify(value)}`);
}

let copies = 0;

/**
 * The package as a program finds it that has just started: a copy of the module with a state of its own.
 *
 * @returns {Promise<typeof import('stac-task')>}
 */
export const freshCopy = () => import(`${import.meta.resolve('stac-task')}?copy=${++copies}`);
