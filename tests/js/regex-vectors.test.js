/*
 * The recorded cases of Python's re and of jsonpath-ng's parser, through the wasm, as far as expressions show them:
 * whether a pattern is found in a text, what is put in its place, and the errors. Groups and trees are compared
 * natively (tests/native).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { JsonPathError, jsonpathFindSync, RegexError, ready } from 'stac-task';

import { forEachCase } from './support.js';

before(() => ready());

const vectors = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));

/** A string of the dialect. @param {string} text */
const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** @param {{ pattern: string, text: string }} recorded */
const find = ({ pattern, text }) => jsonpathFindSync([text], `$[?(@ =~ ${quoted(pattern)})]`).length > 0;

/**
 * What a search says, or how Python names the error.
 * @param {{ pattern: string, text: string }} recorded
 */
function outcomeOf(recorded) {
  try {
    return find(recorded);
  } catch (error) {
    assert.ok(error instanceof RegexError || error instanceof JsonPathError, String(error));
    return `${error.python?.type.replace('re.', '')}: ${error.python?.message}`;
  }
}

describe("Python's re", () => {
  const { cases } = vectors('regexes.json');

  test('what is found, and what is refused', () =>
    forEachCase(cases, 1600, (/** @type {any} */ each) => {
      const { groups, error } = each;
      assert.equal(outcomeOf(each), error ? `${error.type}: ${error.message}` : groups !== null);
    }));

  test('patterns that JavaScript reads otherwise', () =>
    forEachCase(vectors('python-regex.json'), 90, (/** @type {any} */ each) => {
      const { pattern, value, python_search: said } = each;
      // Names of characters are left out (docs/differences.md).
      const named = "error: unsupported character name 'LATIN SMALL LETTER A' at position 0";
      const expected = pattern.startsWith('\\N{')
        ? named
        : typeof said === 'string'
          ? said.replace('re.', '')
          : said;
      assert.equal(outcomeOf({ pattern, text: value }), expected);
    }));
});

describe("jsonpath-ng's parser", () => {
  test('what it refuses, and what it takes', () =>
    forEachCase(vectors('jsonpath-parse.json'), 900, (/** @type {any} */ { expr, error }) => {
      let outcome = 'an expression';
      try {
        jsonpathFindSync(null, expr);
      } catch (raised) {
        assert.ok(raised instanceof JsonPathError || raised instanceof RegexError, String(raised));
        const isSyntax = raised.code === 'ERR_JSONPATH_SYNTAX';
        if (isSyntax) outcome = `${raised.python?.type}: ${raised.python?.message}`;
      }
      assert.equal(outcome, error ?? 'an expression');
    }));
});
