/*
 * fix(): the edits that findings bring with them, made, as often as it takes.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fix, Payload, ready, validate, validateSync } from 'stac-task';

import { applyEdits, compatible } from '../../js/edits.js';
import { mend } from '../../js/mend.js';
import { bytesOf, cleanText, errorOf, forEachCase, payloadText, readVectors, skipped } from './support.js';

/** @param {string | Uint8Array} input @param {import('stac-task').FixOptions} [options] */
async function fixed(input, options) {
  const { text, applied, remaining } = await fix(input, options);
  return { text, applied: applied.map(codeOf), remaining: remaining.map(codeOf) };
}
const codeOf = (/** @type {{ code: string }} */ { code }) => code;

before(() => ready());

describe('each safe fix', () => {
  /** @type {Record<string, [input: string | Uint8Array, text: string, applied: string[], remaining?: string[]]>} */
  const cases = {
    'process is put into a list': [
      payloadText('"process": {"a": 1} '),
      payloadText('"process": [{"a": 1}] '),
      ['process-dict'],
    ],
    'of a key that stands twice, the first goes': [
      payloadText('"a": 1, "b": 2, "a": 3'),
      payloadText('"b": 2, "a": 3'),
      ['duplicate-key'],
    ],
    'of one that stands three times, two go': [
      payloadText('"a": 1, "a": 2, "a": 3'),
      payloadText('"a": 3'),
      ['duplicate-key', 'duplicate-key'],
    ],
    'a lone surrogate becomes an escape': [
      payloadText('"a": "\udc00"'),
      payloadText('"a": "\\udc00"'),
      ['lone-surrogate'],
      ['lone-surrogate'],
    ],
    'a lone surrogate in bytes, too': [
      bytesOf(payloadText('"é\ud800😀": 1')),
      payloadText('"é\\ud800😀": 1'),
      ['lone-surrogate'],
      ['lone-surrogate'],
    ],
    'the byte order mark of a string goes': [`\ufeff${cleanText}`, cleanText, ['json-byte-order-mark']],
    'what a byte order mark hid is mended after it': [
      `\ufeff${payloadText('"process": {}')}`,
      payloadText('"process": [{}]'),
      ['json-byte-order-mark', 'process-dict'],
    ],
    'fixes inside one another are made together': [
      payloadText('"process": {"tasks": {"a": {}, "a": {}}}'),
      payloadText('"process": [{"tasks": {"a": {}}}]'),
      ['process-dict', 'duplicate-key'],
    ],
    'what is removed needs no mending': [
      payloadText('"process": {"a": {"b": 1, "b": 2}, "a": 3}'),
      payloadText('"process": [{"a": 3}]'),
      ['process-dict', 'duplicate-key'],
    ],
    'line ends and everything else stay': [
      '{\r\n\t"process": {},\r\n\t"type": "FeatureCollection"\r\n}\r\n',
      '{\r\n\t"process": [{}],\r\n\t"type": "FeatureCollection"\r\n}\r\n',
      ['process-dict'],
    ],
  };
  for (const [name, [input, text, applied, remaining = []]] of Object.entries(cases)) {
    test(name, async () => {
      assert.deepEqual(await fixed(input), { text, applied, remaining });
    });
  }
});

describe('what is not mended', () => {
  test('stays as it is', async () => {
    for (const text of ['{}', '{"process": 5}', '{"process": [', '', '{"a": NaN}']) {
      const result = await fix(text);
      assert.equal(result.text, text);
      assert.deepEqual(result.applied, []);
      assert.deepEqual(result.remaining, (await validate(text)).issues);
    }
  });

  test('bytes that are no UTF-8: the finding remains', async () => {
    const result = { text: '"\ufffd"', applied: [], remaining: ['json-invalid-utf8'] };
    assert.deepEqual(await fixed(Uint8Array.from([0x22, 0xff, 0x22])), result);
  });

  test('the byte order mark of bytes, which is no part of the text', async () => {
    assert.deepEqual(await fixed(bytesOf(`\ufeff${payloadText('"process": {}')}`)), {
      text: payloadText('"process": [{}]'),
      applied: ['process-dict'],
      remaining: ['byte-order-mark'],
    });
  });

  test('what is too large', async () => {
    const text = payloadText('"process": {}');
    assert.deepEqual(await fixed(text, { maxBytes: text.length - 1 }), {
      text,
      applied: [],
      remaining: ['input-too-large'],
    });
    assert.equal((await fix(text, { maxBytes: text.length })).text, payloadText('"process": [{}]'));
  });

  test('with lint: false, what Python accepts in silence', async () => {
    const text = payloadText('"a": 1, "a": 2, "process": {}');
    assert.equal((await fix(text, { lint: false })).text, payloadText('"a": 1, "a": 2, "process": [{}]'));
  });
});

describe('the result', () => {
  test('tells what was mended as it was found, and where', async () => {
    const text = payloadText('"process": {}');
    const { applied } = await fix(text);
    assert.deepEqual(applied, (await validate(text)).issues);
  });

  test('tells of the text what validate() does', async () => {
    const { text, remaining } = await fix(payloadText('"process": {"tasks": 5, "tasks": {"a": 5}}'));
    assert.deepEqual(remaining, (await validate(text)).issues);
    assert.deepEqual(remaining.map(codeOf), ['task-options-type']);
  });
});

describe('a wrong argument is ERR_INVALID_ARGUMENT', () => {
  /** @type {[input: any, options: any, message: RegExp][]} */
  const cases = [
    [{}, undefined, /text or bytes/],
    [new Blob(['{}']), undefined, /text or bytes/],
    [5, undefined, /number/],
    ['{}', { unsafe: 'yes' }, /'unsafe' is a boolean/],
    ['{}', { profile: 'circus' }, /'profile' is 'stac-task' or 'cirrus', not 'circus'/],
    ['{}', { maxIssues: 5 }, /no option 'maxIssues'/],
  ];
  for (const [input, options, message] of cases) {
    test(String(message), async () => {
      const error = await errorOf(fix(input, options));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.match(error.message, message);
    });
  }
});

test('ten thousand edits of five megabytes take seconds at most', { timeout: 20_000 }, async () => {
  const value = 'x'.repeat(490);
  const members = Array.from({ length: 12_000 }, () => `"a": "${value}"`).join(',\n');
  const { text, applied, remaining } = await fix(payloadText(`"process": {${members}}`));
  assert.equal(text, payloadText(`"process": [{"a": "${value}"}]`));
  assert.deepEqual([applied.length, remaining], [12_000, []]);
});

describe('of every recorded payload', () => {
  const cases = readVectors('payloads.json');

  test('the result is not mended again', () =>
    forEachCase(cases, 1500, async ({ text }) => {
      const once = await fix(text);
      const twice = await fix(once.text);
      assert.equal(twice.text, once.text);
      assert.deepEqual(twice.applied, []);
      assert.deepEqual(twice.remaining, once.remaining);
      assert.equal(once.text === text, once.applied.length === 0);
    }));

  test('unsafe fixes end, too, and add no error', () =>
    forEachCase(cases, 1500, async ({ text }) => {
      const once = await fix(text, { unsafe: true });
      const twice = await fix(once.text, { unsafe: true });
      assert.equal(twice.text, once.text);
      const [before, after] = [validateSync(text), validateSync(once.text)];
      if (!before.issues.some(({ code }) => code.startsWith('json-'))) {
        assert.ok(after.counts.error <= before.counts.error);
      }
    }));

  test('what was valid is valid, and Python reads it as it did', () =>
    forEachCase(cases, 100, async ({ text, accessors }) => {
      const { text: mended, applied } = await fix(text);
      if (applied.length === 0 || !validateSync(text, { lint: false }).valid) return skipped;
      assert.equal(validateSync(mended, { lint: false }).valid, true);
      const mapping = accessors.collection_mapping.json ?? '{}';
      const order = [...mapping.matchAll(/("(?:[^"\\]|\\.)*"): /g)].map(([, key]) => JSON.parse(key));
      const [after, before] = await Promise.all([Payload.from(mended), Payload.from(text)]);
      assert.deepEqual(membersOf(after, order), membersOf(before, order));
    }));

  test('as bytes it is mended as its text is', () =>
    forEachCase(cases, 1500, async ({ text }) => {
      // In bytes the mark is no error.
      if (text.startsWith('\ufeff')) return skipped;
      assert.deepEqual(await fix(bytesOf(text)), await fix(text));
    }));
});

/**
 * What a payload's members give, or throw, in the form that Python is moving to: collections are found by matchers, and
 * whatever has a member of its own is compared there alone.
 *
 * @param {Payload} payload
 * @param {string[]} order  the collections of the legacy mapping as Python has them; JavaScript puts numbers first
 */
function membersOf(payload, order) {
  const names = Object.getOwnPropertyDescriptors(Payload.prototype);
  const getters = new Set(Object.keys(names).filter((name) => names[name]?.get && name !== 'warnings'));
  assert.ok(getters.size >= 8);
  for (const name of ['processDefinition', 'uploadOptions', 'collectionMapping', 'collectionMatchers']) {
    assert.ok(getters.delete(name), name);
  }
  const outcome = (/** @type {() => unknown} */ call) => {
    try {
      return call();
    } catch (error) {
      return String(error);
    }
  };
  const { tasks, upload_options, collection_matchers, ...definition } = payload.processDefinition;
  const { collections: mapping, ...uploadOptions } = payload.uploadOptions;
  const mapped = Object.entries(payload.collectionMapping)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([collection_name, pattern]) => ({ type: 'jsonpath', pattern, collection_name }));
  const collections = Object.keys(payload.collectionOptions);
  const withoutMapping = (/** @type {any} */ { collections: _, ...rest }) => rest;
  return [
    definition,
    uploadOptions,
    [...payload.collectionMatchers, ...mapped],
    ...[...getters].map((name) => outcome(() => payload[/** @type {keyof Payload} */ (name)])),
    ...collections.map((name) => outcome(() => payload.getCollectionOptions(name))),
    ...collections.map((name) => outcome(() => withoutMapping(payload.getCollectionUploadOptions(name)))),
  ];
}

describe('edits', () => {
  const place = (/** @type {number} */ offset) => ({ offset, line: 1, column: offset + 1 });
  /** @param {...[start: number, end: number, text: string]} edits */
  const issue = (...edits) => ({
    code: edits.map(([, , text]) => text).join(),
    severity: /** @type {const} */ ('warning'),
    message: '',
    pointer: '',
    range: { start: place(0), end: place(0) },
    fix: {
      title: '',
      safe: true,
      edits: edits.map(([start, end, text]) => ({ range: { start: place(start), end: place(end) }, text })),
    },
  });

  /** @type {Record<string, [issues: ReturnType<typeof issue>[], text: string]>} */
  const cases = {
    none: [[], 'abcdef'],
    'one in the middle': [[issue([2, 4, 'X'])], 'abXef'],
    'at both ends': [[issue([0, 0, '<'], [6, 6, '>'])], '<abcdef>'],
    'in any order': [[issue([4, 5, 'Y'], [1, 2, 'X']), issue([3, 3, '-'])], 'aXc-dYf'],
    'side by side': [[issue([0, 2, 'X']), issue([2, 4, 'Y'])], 'XYef'],
    'one that inserts where another ends': [[issue([0, 2, 'X']), issue([2, 2, '+'])], 'X+cdef'],
    'inside one another': [[issue([0, 0, '('], [6, 6, ')']), issue([2, 3, 'X'])], '(abXdef)'],
    'of two that overlap, the earlier': [[issue([2, 4, 'Y']), issue([1, 3, 'X'])], 'aXdef'],
    'of two at one place, the one that is listed first': [
      [issue([2, 2, 'X']), issue([2, 2, 'Y'])],
      'abXcdef',
    ],
    'all edits of an issue or none': [[issue([0, 1, 'X']), issue([0, 0, 'Y'], [5, 6, 'Y'])], 'Xbcdef'],
    'an issue that waits does not hold up others': [
      [issue([0, 2, 'X']), issue([1, 2, 'Y'], [4, 5, 'Y']), issue([4, 6, 'Z'])],
      'XcdZ',
    ],
    'one whose own edits overlap is not made': [
      [issue([0, 3, 'X'], [1, 2, 'X']), issue([5, 6, 'Y'])],
      'abcdeY',
    ],
  };
  for (const [name, [issues, text]] of Object.entries(cases)) {
    test(name, () => {
      const edits = compatible(issues).flatMap(({ fix }) => fix.edits);
      assert.equal(applyEdits('abcdef', edits), text);
    });
  }

  const counts = { error: 0, warning: 0, info: 0 };
  /** A check of texts: each has the report that is given for it. @param {Record<string, any[]>} issues */
  const checking = (issues) => (/** @type {string} */ text) => {
    const error = issues[text]?.filter(({ severity }) => severity === 'error').length ?? 0;
    return { valid: error === 0, issues: issues[text] ?? [], counts: { ...counts, error } };
  };
  /** @param {string} text @param {Record<string, any[]>} issues */
  const mended = (text, issues, unsafe = false) => {
    const checkText = checking(issues);
    return mend({ text, report: checkText(text), unsafe, checkText });
  };

  test('that overlap are made in the next round', () => {
    const result = mended('abc', { abc: [issue([0, 2, 'X']), issue([1, 3, 'Y'])], Xc: [issue([1, 2, 'Y'])] });
    assert.equal(result.text, 'XY');
    assert.deepEqual(result.applied.map(codeOf), ['X', 'Y']);
  });

  test('that are not safe are made when that is asked for', () => {
    const unsafe = issue([0, 1, 'X']);
    unsafe.fix.safe = false;
    assert.equal(mended('abc', { abc: [unsafe] }).text, 'abc');
    assert.equal(mended('abc', { abc: [unsafe] }, true).text, 'Xbc');
  });

  test('that add an error are not made, and those beside them are', () => {
    const [bad, good, other] = [issue([0, 1, 'X']), issue([1, 2, 'Y']), issue([2, 3, 'Z'])];
    const error = { ...issue(), severity: 'error', fix: undefined };
    const harmed = { Xbc: [error], XYc: [error], XbZ: [error], XYZ: [error] };
    const left = { aYZ: [bad], aYc: [bad, other], abZ: [bad, good] };
    assert.equal(mended('abc', { abc: [bad, good, other], ...left, ...harmed }).text, 'aYZ');
  });

  test('that break the JSON are not made', () => {
    const malformed = { ...issue(), code: 'json-expected-value', severity: 'error', fix: undefined };
    const error = { ...issue([0, 1, 'X']), severity: 'error' };
    assert.equal(mended('abc', { abc: [error], Xbc: [malformed] }).text, 'abc');
  });

  test('that undo one another end', () => {
    const result = mended('a', { a: [issue([0, 1, 'b'])], b: [issue([0, 1, 'a'])] });
    assert.match(result.text, /^[ab]$/);
  });

  test('that change nothing end, and are not called made', () => {
    assert.deepEqual(mended('a', { a: [issue([0, 1, 'a'])] }).applied, []);
  });
});
