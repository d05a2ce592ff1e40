/*
 * What was decided about JSON that parsers disagree on. Each decision holds for text and for bytes; where an object can
 * say the same, for objects too.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Payload, ready, validate } from 'stac-task';

import { brief, bytesOf, errorOf, payloadText } from './support.js';

before(() => ready());

/** @param {...(string | number[])} parts text, or bytes that are no text */
const join = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))));

/**
 * @param {any} input
 * @param {import('stac-task').ValidateOptions} [options]
 */
const briefOf = async (input, options) => brief(await validate(input, options));

/**
 * A test of what is said of a text, also when it comes as bytes.
 *
 * @param {string} name
 * @param {string} text
 * @param {string[]} linted
 * @param {string[]} [compatible] what is said without lint, but for warnings that Python gives
 */
function says(name, text, linted, compatible = linted.filter((each) => !each.startsWith('warning'))) {
  test(name, async () => {
    for (const input of [text, bytesOf(text)]) {
      const kind = typeof input === 'string' ? 'as text' : 'as bytes';
      assert.deepEqual(await briefOf(input), linted, `${kind}: ${text}`);
      const without = (await briefOf(input, { lint: false })).filter((each) => !each.startsWith('warning'));
      assert.deepEqual(without, compatible, `${kind}, without lint: ${text}`);
    }
  });
}

describe('a duplicate key is a warning, and the last one wins', () => {
  says('at the root', payloadText('"process": 5, "process": [{}]'), ['warning duplicate-key /process']);
  says('at the root, the last one being bad', payloadText('"process": [], "process": 5'), [
    'error process-type /process',
    'warning duplicate-key /process',
  ]);
  says('at the root, of a member that nothing looks at', payloadText('"id": 1, "id": 2'), [
    'warning duplicate-key /id',
  ]);
  says('at the root, one spelled with an escape', payloadText('"id": 1, "\\u0069d": 2'), [
    'warning duplicate-key /id',
  ]);
  says('three times: two warnings', payloadText('"id": 1, "id": 2, "id": 3'), [
    'warning duplicate-key /id',
    'warning duplicate-key /id',
  ]);
  says('in process, at any depth', payloadText('"process": [{"tasks": {"a": {"b": [{"c": 1, "c": 2}]}}}]'), [
    'warning duplicate-key /process/0/tasks/a/b/0/c',
  ]);
  says('in process, the last one being bad', payloadText('"process": [{"tasks": {"a": {}, "a": 5}}]'), [
    'error task-options-type /process/0/tasks/a',
    'warning duplicate-key /process/0/tasks/a',
  ]);
  says('atop a feature', payloadText('"features": [{}, {"id": 1, "id": 2}]'), [
    'warning duplicate-key /features/1/id',
  ]);
  says(
    'in a feature, deeper: nothing looks',
    payloadText('"features": [{"properties": {"a": 1, "a": 2}}]'),
    [],
  );
  says('in another member of the root: nothing looks', payloadText('"links": {"a": 1, "a": 2}'), []);
  says('equal keys in two objects are none', payloadText('"features": [{"id": 1}, {"id": 1}], "id": 1'), []);

  test('the range is that of the repeated key, with its quotes', async () => {
    for (const key of ['"id"', '"\\u0069d"']) {
      const text = payloadText(`"id": 1,\n ${key}: 2`);
      const { range } = (await validate(text)).issues[0];
      assert.equal(text.slice(range?.start.offset, range?.end.offset), key);
      assert.deepEqual(range?.start, { offset: 11, line: 2, column: 2 });
    }
  });

  test('Payload keeps the last', async () => {
    const { data } = await Payload.from('{"id": 1, "process": [{"a": 1, "a": 2}], "id": 3}');
    assert.deepEqual(data, { id: 3, process: [{ a: 2 }] });
  });
});

describe('NaN and Infinity are accepted, with a warning of lint', () => {
  says(
    'anywhere',
    payloadText('"id": NaN, "features": [{"bbox": [0, -Infinity]}], "process": [{"a": Infinity}]'),
    [
      'warning non-finite-number /id',
      'warning non-finite-number /features/0/bbox/1',
      'warning non-finite-number /process/0/a',
    ],
  );
  says('Python takes them for floats', payloadText('"process": NaN'), [
    'error process-type /process',
    'warning non-finite-number /process',
  ]);
  says(
    'an overflowing number is infinite to Python, but it is JSON',
    payloadText('"id": 1e400, "process": [{"a": -1e400}]'),
    [],
  );
  for (const word of ['nan', 'NAN', 'infinity', '+Infinity', '-NaN', 'Inf', '- Infinity']) {
    says(`${word} is no number`, `{"id": ${word}}`, ['error json-expected-value ']);
  }

  test('Payload has them as numbers', async () => {
    const { data } = await Payload.from('{"a": [NaN, Infinity, -Infinity, 1e400, "NaN", -1]}');
    assert.deepEqual(data, { a: [Number.NaN, Infinity, -Infinity, Infinity, 'NaN', -1] });
  });
});

describe('a lone surrogate is accepted, with a warning of lint', () => {
  const name = payloadText('"process": [{"tasks": {"\ud800": 5}}]');
  says('as an escape', payloadText('"id": "a\\ud800b"'), ['warning lone-surrogate /id']);
  says('as an escape, low', payloadText('"features": [{"id": "\\udc00"}]'), [
    'warning lone-surrogate /features/0/id',
  ]);
  says('as itself', payloadText('"id": "a\ud800b"'), ['warning lone-surrogate /id']);
  says('in a key', payloadText('"\\ud800": 1'), ['warning lone-surrogate /\ud800']);
  says('in the name of a task', name, [
    'error task-options-type /process/0/tasks/\ud800',
    'warning lone-surrogate /process/0/tasks/\ud800',
  ]);
  says('a whole pair is none', payloadText('"id": "\\ud83d\\ude00", "process": [{"a": "😀"}]'), []);

  test('it survives in messages', async () => {
    const { issues } = await validate(name);
    assert.equal(issues[0].python?.message, "unable to parse options for task '\ud800': must be type dict");
  });

  for (const [from, input] of [
    ['an escape', '{"x": "a\\ud800b"}'],
    ['a text', '{"x": "a\ud800b"}'],
    ['bytes', bytesOf('{"x": "a\ud800b"}')],
  ]) {
    test(`it survives in Payload, from ${from}`, async () => {
      assert.equal((await Payload.from(input)).data.x, 'a\ud800b');
    });
  }

  test('it survives in Payload before a U+FEFF that is part of the text', async () => {
    assert.equal((await Payload.from(bytesOf('{"x": "\ud800\ufeffb"}'))).data.x, '\ud800\ufeffb');
  });
});

describe('a byte order mark', () => {
  test('before a text is an error, as in Python', async () => {
    const { issues } = await validate('\ufeff{}');
    assert.deepEqual(brief({ issues }), ['error json-byte-order-mark ']);
    assert.deepEqual(issues[0].python, {
      type: 'JSONDecodeError',
      message: 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)',
    });
    assert.equal((await errorOf(Payload.from('\ufeff{}'))).issue.code, 'json-byte-order-mark');
  });

  test('before bytes is a warning of lint', async () => {
    const bytes = join([0xef, 0xbb, 0xbf], payloadText('"process": 5'));
    assert.deepEqual(await briefOf(bytes), ['error process-type /process', 'warning byte-order-mark ']);
    assert.deepEqual(await briefOf(bytes, { lint: false }), ['error process-type /process']);
    assert.deepEqual((await Payload.from(bytes)).data, { process: 5, type: 'FeatureCollection' });
  });

  says('in a string is a character', payloadText('"id": "\ufeff"'), []);
});

describe('integers beyond 2^53 are exact in messages', () => {
  const message = (/** @type {string} */ name) =>
    `unable to parse 'parameters' for task '${name}': must be type dict`;
  for (const digits of ['9007199254740993', '18446744073709551617', '-123456789012345678901234567890']) {
    test(`${digits} from text, bytes and a BigInt`, async () => {
      const text = `{"process": [{"tasks": [{"name": ${digits}, "parameters": 5}]}]}`;
      const object = { process: [{ tasks: [{ name: BigInt(digits), parameters: 5 }] }] };
      for (const input of [text, bytesOf(text), object]) {
        const error = (await validate(input)).issues.find(({ severity }) => severity === 'error');
        assert.equal(error?.python?.message, message(digits));
      }
    });
  }

  says('more than 4300 digits are an error, as in Python', payloadText(`"id": ${'1'.repeat(4301)}`), [
    'error json-integer-too-long ',
  ]);
  says('4300 digits are none', payloadText(`"id": ${'1'.repeat(4300)}`), []);
  says('nor are more where there is a fraction', payloadText(`"id": ${'1'.repeat(4301)}.5`), []);
});

describe('malformed JSON is one finding', () => {
  says('empty input', '', ['error json-empty ']);
  says('whitespace only', ' \r\n\t', ['error json-empty ']);
  says('text after the payload', '{} x', ['error json-trailing-text ']);
  says('two payloads', '{"process": 5}\n{}', ['error json-trailing-text ']);
  says('a NUL after the payload', '{}\0', ['error json-trailing-text ']);
  says('a comma before the closing brace', '{"id": 1,}', ['error json-expected-key ']);
  says('a comma before the closing bracket', '{"features": [{},]}', ['error json-expected-value ']);
  says('single quotes', "{'id': 1}", ['error json-expected-key ']);
  says('a comment', '{"id": 1 /* one */}', ['error json-expected-comma ']);
  says('a missing colon', '{"id" 1}', ['error json-expected-colon ']);
  says('a line break in a string', '{"id": "a\nb"}', ['error json-control-character ']);
  says('an open string', '{"id": "a}', ['error json-unterminated-string ']);
  says('an unknown escape', '{"id": "\\x41"}', ['error json-bad-escape ']);
  says('a short escape', '{"id": "\\u12"}', ['error json-bad-unicode-escape ']);
  says('an error in a feature', '{"features": [{"id": tru}]}', ['error json-expected-value ']);

  test('bytes that are not UTF-8', async () => {
    const bytes = join('{"process": 5, "id": "caf', [0xe9], '"}');
    assert.deepEqual(await briefOf(bytes), ['error json-invalid-utf8 ']);
    assert.equal((await errorOf(Payload.from(bytes))).issue.code, 'json-invalid-utf8');
  });

  for (const [name, bytes] of [
    ['UTF-16LE', Buffer.from('{"process": 5}', 'utf16le')],
    ['UTF-16LE with a mark', Buffer.from('\ufeff{}', 'utf16le')],
    ['UTF-16BE', Buffer.from('{"process": 5}', 'utf16le').swap16()],
  ]) {
    test(`bytes in ${name}`, async () => assert.deepEqual(await briefOf(bytes), ['error json-encoding ']));
  }
});

describe('a key called __proto__ is a key like others', () => {
  const text = payloadText('"__proto__": {"process": 5}, "process": [{"tasks": {"__proto__": {"a": 1}}}]');

  says('it makes no member', payloadText('"__proto__": {"process": 5, "features": 5}, "process": [{}]'), []);
  says('it is checked', payloadText('"process": [{"tasks": {"__proto__": 5}}]'), [
    'error task-options-type /process/0/tasks/__proto__',
  ]);

  test('of an object, too', async () => {
    assert.deepEqual(await briefOf(JSON.parse(text)), []);
    assert.deepEqual(await briefOf(JSON.parse(payloadText('"process": [{"tasks": {"__proto__": 5}}]'))), [
      'error task-options-type /process/0/tasks/__proto__',
    ]);
  });

  test('Payload keeps it as an own key and pollutes no prototype', async () => {
    for (const input of [text, JSON.parse(text)]) {
      const payload = await Payload.from(input);
      assert.deepEqual(Object.keys(payload.data), ['__proto__', 'process', 'type']);
      assert.equal(Object.getPrototypeOf(payload.data), Object.prototype);
      assert.equal(JSON.stringify(payload), JSON.stringify(JSON.parse(text)));
      assert.deepEqual(Object.entries(payload.taskOptions), [['__proto__', { a: 1 }]]);
      assert.equal(/** @type {any} */ ({}).process, undefined);
    }
  });

  test('an inherited member is none', async () => {
    const inherited = Object.create({ process: 5, features: 5 });
    inherited.type = 'FeatureCollection';
    assert.deepEqual(await briefOf(inherited), ['warning process-missing ']);
  });
});

describe('a root that is no object', () => {
  const pairs = '[["process", []]]';
  says('null', 'null', ['error payload-type ', 'error payload-not-object '], ['error payload-type ']);
  says(
    'a string',
    '"ab"',
    ['error payload-pair-length ', 'error payload-not-object '],
    ['error payload-pair-length '],
  );
  says('a list of pairs is a payload to Python', pairs, ['error payload-not-object '], []);
  says('an empty list, too', '[]', ['error payload-not-object '], []);
  says(
    'a bad list of pairs',
    '[["process", 5]]',
    ['error process-type /0/1', 'error payload-not-object '],
    ['error process-type /0/1'],
  );

  test('an array instead of an object', async () => {
    assert.deepEqual(await briefOf([['process', 5]]), [
      'error process-type /0/1',
      'error payload-not-object ',
    ]);
  });

  for (const text of ['5', 'true', 'null', '1.5']) {
    test(`what is said of ${text} does not call it a string`, async () => {
      for (const { message } of (await validate(text)).issues) assert.doesNotMatch(message, /string|list/);
    });
  }
});
