/*
 * Where findings are: lines end at LF, CRLF and lone CR, columns and offsets count UTF-16 units, and a range is the
 * source of what its pointer names.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ready, validate, validateSync } from 'stac-task';

import {
  bytesOf,
  forEachCase,
  parsePython,
  payloadText,
  positionAt,
  readVectors,
  valueAt,
} from './support.js';

const payloads = readVectors('payloads.json');
const texts = readVectors('json-text.json').filter(({ text }) => text !== undefined);

/** Findings about the key of the member that their pointer names. */
const aboutAKey = /^(duplicate-key|unknown-key|header-name|legacy-key-order)$/;

/** Findings about a part of the template that their pointer names. */
const inAText = /^(template-(syntax|variable|not-replaced|unpadded)|pattern-.*)$/;

/**
 * Findings about another part of what their pointer names: a character, a place in what is no JSON, or a number that may
 * stand in the first of two members of one name.
 */
const aboutAPart = /^(lone-surrogate|non-finite-number|byte-order-mark|json-.*)$/;

before(() => ready());

/** @param {string} text @param {import('stac-task').Issue} issue */
const sourceOf = (text, { range }) => text.slice(range?.start.offset, range?.end.offset);

/** @param {string} pointer */
const lastTokenOf = (pointer) => pointer.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~');

describe('the position of an error', () => {
  /** What stands before the error; its line and column. @type {Record<string, [before: string, line: number, column: number]>} */
  const cases = {
    'at the start': ['', 1, 1],
    'after spaces': ['  ', 1, 3],
    'after a tab: one column': ['\t', 1, 2],
    'after LF': ['[\n', 2, 1],
    'after CRLF: one line': ['[\r\n', 2, 1],
    'after a lone CR': ['[\r', 2, 1],
    'after LF and CR: two lines': ['[\n\r', 3, 1],
    'after all three': ['[1,\r\n2,\r3,\n ', 4, 2],
    'after a character of two bytes': ['["é", ', 1, 7],
    'after one of three bytes': ['["€", ', 1, 7],
    'after an astral character: two units': ['["😀", ', 1, 8],
    'after U+2028, which ends no line': ['["\u2028", ', 1, 7],
    'after U+0085, which ends no line': ['["\u0085", ', 1, 7],
    'after a lone surrogate': ['["\ud800", ', 1, 7],
    'after an escaped astral character': ['["\\ud83d\\ude00", ', 1, 18],
    'after a line longer than a vector': [`["${'a'.repeat(40)}",\n"${'é'.repeat(20)}", `, 2, 25],
    'after a CRLF over the end of a vector': [`["${'a'.repeat(11)}",\r\n`, 2, 1],
  };
  for (let spaces = 12; spaces < 20; ++spaces) {
    cases[`after ${spaces} spaces and CRLF`] = [`${' '.repeat(spaces)}\r\n`, 2, 1];
    cases[`after ${spaces} spaces and CR`] = [`${' '.repeat(spaces)}\r`, 2, 1];
    cases[`after ${spaces} units and an emoji`] = [`["${'a'.repeat(spaces)}😀", `, 1, spaces + 8];
  }
  for (const [name, [lead, line, column]] of Object.entries(cases)) {
    test(name, async () => {
      const start = { offset: lead.length, line, column };
      const end = { offset: lead.length + 1, line, column: column + 1 };
      for (const input of [`${lead}x`, bytesOf(`${lead}x`)]) {
        assert.deepEqual((await validate(input)).issues[0].range, { start, end }, JSON.stringify(lead));
      }
    });
  }
});

describe('the range of a finding', () => {
  /** A text; the pointer of the finding and its source. @type {Record<string, [text: string, pointer: string, source: string]>} */
  const cases = {
    'is that of a number': ['{"process": 5.25e1 }', '/process', '5.25e1'],
    'is that of a string with its quotes': ['{"features" : "a\\"b"}', '/features', '"a\\"b"'],
    'is that of a word': ['{"process":null}', '/process', 'null'],
    'is that of a list over several lines': ['{"process": [\n[\r\n1 ]\n] }', '/process/0', '[\r\n1 ]'],
    'is that of the last of duplicates': ['{"process": 1, "process": 22}', '/process', '22'],
    'is inside the last of duplicates': [
      '{"process": [{"tasks": 1}], "process": [{"tasks": 22}]}',
      '/process/0/tasks',
      '22',
    ],
    'is that of a member whose key has an escape': ['{"pr\\u006fcess": 33}', '/process', '33'],
    'is that of a key with a slash and a tilde': [
      '{"process": [{"tasks": {"a/b~c": 44, "a": {"b~c": 1}}}]}',
      '/process/0/tasks/a~1b~0c',
      '44',
    ],
    'is that of an empty key': ['{"process": [{"tasks": {"": 55}}]}', '/process/0/tasks/', '55'],
    'is the task that has no name': [
      '{"process": [{"tasks": [{"a": 1}]}]}',
      '/process/0/tasks/0',
      '{"a": 1}',
    ],
    'is that of an element after others': [
      '{"process": [{"collection_matchers": [{}, {"a": [1, 2]}, 66]}]}',
      '/process/0/collection_matchers/2',
      '66',
    ],
    'is that of the whole text': ['  "a" ', '', '"a"'],
  };
  for (const [name, [text, pointer, source]] of Object.entries(cases)) {
    test(name, async () => {
      for (const input of [text, bytesOf(text)]) {
        const issue = (await validate(input)).issues.find(({ severity }) => severity === 'error');
        assert.ok(issue, text);
        assert.deepEqual([issue.pointer, sourceOf(text, issue)], [pointer, source], text);
      }
    });
  }

  /** @type {Record<string, [text: string, code: string, source: string]>} */
  const parts = {
    'of what follows a word begins there': ['{"id": nulll}', 'json-expected-comma', 'l'],
    'of an unknown word is all of it': ['{"id": undefined}', 'json-expected-value', 'undefined'],
    'of a missing value is the character in its place': ['{"id": }', 'json-expected-value', '}'],
    'of an astral character is both its units': ['{"id": 😀}', 'json-expected-value', '😀'],
    'of a line break in a string is the line break': ['{"id": "ab\n', 'json-control-character', '\n'],
    'of a string never closed is the rest of the text': ['{"id": "abc', 'json-unterminated-string', '"abc'],
    'of a bad escape is backslash and letter': ['{"id": "a\\xb"}', 'json-bad-escape', '\\x'],
    'of a short escape is six characters': ['{"id": "\\u12xyzt"}', 'json-bad-unicode-escape', '\\u12xy'],
    'of a lone surrogate is its escape': [payloadText('"id": "a\\ud800b"'), 'lone-surrogate', '\\ud800'],
    'of a raw lone surrogate is one unit': [payloadText('"id": "a\ud800b"'), 'lone-surrogate', '\ud800'],
    'of NaN is the word': [payloadText('"id": [-Infinity]'), 'non-finite-number', '-Infinity'],
    'of the end of the text is empty': ['{"id": ', 'json-expected-value', ''],
    'of a bracket too deep is the bracket': [`${'['.repeat(1001)}1`, 'json-too-deep', '['],
  };
  for (const [name, [text, code, source]] of Object.entries(parts)) {
    test(name, async () => {
      for (const input of [text, bytesOf(text)]) {
        const [issue] = (await validate(input)).issues;
        assert.deepEqual([issue.code, sourceOf(text, issue)], [code, source], text);
      }
    });
  }

  for (const [name, bad] of [
    ['a byte that begins nothing', [0xff]],
    ['a continuation byte', [0x80]],
    ['a cut character', [0xe2, 0x82]],
    ['an overlong start', [0xc0]],
  ]) {
    test(`of ${name} is what a decoder puts in its place`, async () => {
      const bytes = Uint8Array.from([...bytesOf('["é",\n"'), ...bad, ...bytesOf('"]')]);
      const [issue] = (await validate(bytes)).issues;
      assert.deepEqual(issue.range?.start, { offset: 7, line: 2, column: 2 });
      assert.equal(sourceOf(new TextDecoder().decode(bytes), issue), '\ufffd');
    });
  }

  test('is absent when the input was an object', async () => {
    const { issues } = await validate({ process: { tasks: 5, workflow_options: NaN }, features: 5 });
    assert.ok(issues.length >= 4);
    for (const issue of issues) assert.equal('range' in issue, false, issue.code);
  });

  test('does not count a byte order mark', async () => {
    const text = payloadText('"process":\n 5');
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(text)]);
    const [issue, mark] = (await validate(marked)).issues;
    assert.deepEqual([issue], (await validate(text)).issues);
    assert.equal(mark.code, 'byte-order-mark');
    assert.equal(mark.range?.start.offset, 0);
  });
});

describe('over all recorded payloads', () => {
  for (const lint of [true, false]) {
    test(`a range is the source of the value at the pointer, with lint: ${lint}`, async () => {
      let compared = 0;
      const keys = new Set();
      await forEachCase(payloads, 1500, ({ text }) => {
        const value = parsePython(text);
        for (const issue of validateSync(text, { lint }).issues) {
          assert.ok(issue.range, issue.code);
          if (issue.code === 'non-finite-number') assert.match(sourceOf(text, issue), /^(NaN|-?Infinity)$/);
          if (aboutAPart.test(issue.code)) continue;
          if (aboutAKey.test(issue.code)) {
            assert.equal(JSON.parse(sourceOf(text, issue)), lastTokenOf(issue.pointer), issue.code);
            keys.add(issue.code);
            continue;
          }
          if (inAText.test(issue.code)) {
            const template = valueAt(value, issue.pointer);
            if (template === '') continue;
            const part = JSON.parse(`"${sourceOf(text, issue)}"`);
            assert.ok(part !== '' && template.includes(part), `${issue.code}: ${part}`);
            continue;
          }
          assert.deepEqual(parsePython(sourceOf(text, issue)), valueAt(value, issue.pointer), issue.code);
          ++compared;
        }
      });
      assert.ok(compared >= 1000, `only ${compared} ranges`);
      if (lint)
        assert.deepEqual([...keys].sort(), [
          'duplicate-key',
          'header-name',
          'legacy-key-order',
          'unknown-key',
        ]);
    });
  }

  test('the key of a duplicate is the last token of its pointer', async () => {
    let compared = 0;
    await forEachCase(payloads, 1500, ({ text }) => {
      for (const issue of validateSync(text).issues) {
        if (issue.code !== 'duplicate-key') continue;
        assert.equal(JSON.parse(sourceOf(text, issue)), lastTokenOf(issue.pointer));
        ++compared;
      }
    });
    assert.ok(compared >= 20, `only ${compared} keys`);
  });

  for (const [name, cases] of [
    ['payloads', payloads],
    ['texts', texts],
  ]) {
    test(`line and column are those of the offset: ${name}`, () =>
      forEachCase(cases, 1500, ({ text }) => {
        for (const { code, range } of validateSync(text).issues) {
          assert.ok(range, code);
          assert.deepEqual(range.start, positionAt(text, range.start.offset), code);
          assert.deepEqual(range.end, positionAt(text, range.end.offset), code);
        }
      }));

    test(`lines that end otherwise, and bytes, have the same places: ${name}`, () =>
      forEachCase(cases, 1500, ({ text }) => {
        const places = (/** @type {any} */ input) =>
          validateSync(input).issues.map(({ code, range }) => [code, range]);
        if (!text.startsWith('\ufeff') && !text.slice(0, 2).includes('\0')) {
          assert.deepEqual(places(bytesOf(text)), places(text));
        }
        // The characters are as many, so the offsets stay, too. A string may not hold either.
        if (text.includes('\r')) return;
        assert.deepEqual(places(text.replaceAll('\n', '\r')), places(text));
      }));
  }
});
