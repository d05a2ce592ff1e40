/*
 * What Python's json.loads says of each recorded text, tests/vectors/json-text.json, is what the package says: the same
 * texts are accepted with the same values, and the others are refused with Python's error, position included.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { InvalidInput, Payload, ready, validate } from 'stac-task';

import { bytesOf, errorOf, forEachCase, parsePython, readVectors, skipped } from './support.js';

const cases = readVectors('json-text.json');
const texts = cases.filter(({ text }) => text !== undefined);
const byteTexts = cases.filter(({ hex }) => hex !== undefined);

before(() => ready());

test('the vectors are all there', () => {
  assert.ok(cases.length >= 2200, `${cases.length} texts`);
  assert.equal(texts.length + byteTexts.length, cases.length);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'each has a name of its own');
});

describe('refused with what Python raises', () => {
  test('texts', () => forEachCase(texts, 1200, ({ text, error }) => assertRefused(text, error)));

  test('the same texts as bytes', () =>
    forEachCase(texts, 1200, ({ text, error }) => {
      const bytes = bytesOf(text);
      // Python takes a byte order mark off bytes, and zeros there for UTF-16.
      if (text.startsWith('\ufeff') || isUtf16Or32(bytes)) return skipped;
      return assertRefused(bytes, error);
    }));

  test('bytes', () =>
    forEachCase(byteTexts, 190, ({ hex, error }) => {
      const bytes = Buffer.from(hex, 'hex');
      return isUtf16Or32(bytes) ? skipped : assertRefused(bytes, error);
    }));

  test('by Payload.from, which throws the finding', () =>
    forEachCase(cases, 1200, async ({ text, hex, error }) => {
      const input = text ?? Buffer.from(hex, 'hex');
      if (error === null || (hex && isUtf16Or32(input))) return skipped;
      const thrown = await errorOf(Payload.from(input));
      assert.ok(thrown instanceof InvalidInput, String(thrown));
      assert.deepEqual(thrown.python, pythonErrorOf(error));
      assert.deepEqual(thrown.issues, (await validate(input, { lint: false })).issues);
    }));
});

describe('accepted, with the value that Python reads', () => {
  test('texts', () =>
    forEachCase(texts, 480, ({ text, error }) =>
      error === null ? assertAccepted(text, `{"x":${text}}`, parsePython(text)) : skipped,
    ));

  test('the same texts as bytes', () =>
    forEachCase(texts, 480, ({ text, error }) => {
      const bytes = bytesOf(text);
      if (error !== null || isUtf16Or32(bytes)) return skipped;
      return assertAccepted(bytes, around(bytes), parsePython(text));
    }));

  test('bytes', () =>
    forEachCase(byteTexts, 25, ({ hex, error }) => {
      const bytes = Buffer.from(hex, 'hex');
      if (error !== null || isUtf16Or32(bytes)) return skipped;
      return assertAccepted(bytes, around(bytes), parsePython(textOf(bytes)));
    }));
});

// A deliberate difference: Python guesses these encodings.
test('UTF-16 and UTF-32 are a finding', () =>
  forEachCase(byteTexts, 25, async ({ hex }) => {
    const bytes = Buffer.from(hex, 'hex');
    if (!isUtf16Or32(bytes)) return skipped;
    for (const lint of [true, false]) {
      const { valid, issues } = await validate(bytes, { lint });
      assert.deepEqual([valid, issues.map(({ code }) => code)], [false, ['json-encoding']]);
    }
    assert.equal((await errorOf(Payload.from(bytes))).issue.code, 'json-encoding');
  }));

/** @param {import('./support.js').PythonError} error */
const pythonErrorOf = ({ type, message }) => ({ type, message });

/**
 * @param {string | Uint8Array} input
 * @param {import('./support.js').PythonError | null} error
 */
async function assertRefused(input, error) {
  if (error === null) return skipped;
  const { valid, issues, counts } = await validate(input, { lint: false });
  assert.deepEqual(issues[0]?.python, pythonErrorOf(error));
  assert.equal(issues.length, 1, 'nothing else is said of a text that is no JSON');
  assert.deepEqual({ valid, counts }, { valid: false, counts: { error: 1, warning: 0, info: 0 } });
  assert.match(issues[0].code, /^json-/);
  assert.ok(issues[0].range);
}

/**
 * @param {string | Uint8Array} input
 * @param {string | Uint8Array} wrapped  the input as the member x of an object
 * @param {unknown} expected
 */
async function assertAccepted(input, wrapped, expected) {
  const { issues } = await validate(input, { lint: false });
  assert.deepEqual(
    issues.map(({ code }) => code).filter((code) => code.startsWith('json-')),
    [],
  );
  const { x } = (await Payload.from(wrapped)).data;
  // Python has no negative zero among its integers.
  assert.deepEqual(JSON.stringify(x), JSON.stringify(expected));
  assert.deepEqual(nonFiniteOf(x), nonFiniteOf(expected));
}

/** NaN and Infinity, which JSON.stringify writes as null. @param {any} value @returns {unknown} */
function nonFiniteOf(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value).map(nonFiniteOf) : 0;
}

/** @param {Uint8Array} bytes */
function around(bytes) {
  const mark = hasMark(bytes) ? 3 : 0;
  return Buffer.concat([
    bytes.subarray(0, mark),
    Buffer.from('{"x":'),
    bytes.subarray(mark),
    Buffer.from('}'),
  ]);
}

/** @param {Uint8Array} bytes */
const hasMark = ([a, b, c]) => a === 0xef && b === 0xbb && c === 0xbf;

/**
 * The text of bytes, with an escape in the place of each encoded surrogate.
 *
 * @param {Uint8Array} bytes
 */
function textOf(bytes) {
  const escaped = Buffer.from(bytes)
    .toString('latin1')
    .replace(/\xed([\xa0-\xbf])([\x80-\xbf])/g, (_, middle, last) => {
      const unit = 0xd000 | ((middle.charCodeAt(0) & 0x3f) << 6) | (last.charCodeAt(0) & 0x3f);
      return `\\u${unit.toString(16)}`;
    });
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(escaped, 'latin1'));
}

/**
 * As Python's json.detect_encoding tells.
 *
 * @param {Uint8Array} bytes
 */
function isUtf16Or32(bytes) {
  const start = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  if (start === 'fffe' || start === 'feff') return true;
  return (bytes.length >= 4 || bytes.length === 2) && (bytes[0] === 0 || bytes[1] === 0);
}
