/*
 * The errors that the package throws: stable names and codes, what Python says, and what to do.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import {
  FailedValidation,
  InvalidInput,
  Payload,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  ready,
  StacTaskError,
  validate,
} from 'stac-task';

import { bytesOf, errorOf, freshCopy, root } from './support.js';

const classes = {
  StacTaskError,
  PayloadTypeError,
  PayloadValueError,
  PayloadKeyError,
  FailedValidation,
  InvalidInput,
};

/** The names of the classes that an error belongs to. @param {unknown} error */
const classesOf = (error) =>
  Object.entries(classes)
    .filter(([, Class]) => error instanceof Class)
    .map(([name]) => name);

/**
 * How each comes about; its code, the finding behind it and what Python raises.
 *
 * @type {Record<string, [make: (from: { Payload: typeof Payload, validate: typeof validate }) => unknown, code: string, issue?: string, python?: [type: string, message: string]]>}
 */
const cases = {
  PayloadTypeError: [
    async ({ Payload }) => (await Payload.from('{"process": 5}')).validate(),
    'ERR_PAYLOAD_TYPE',
    'process-type /process',
    ['TypeError', "unable to parse 'process': must be type list"],
  ],
  PayloadValueError: [
    async ({ Payload }) =>
      (
        await Payload.from(
          '{"process": [{"collection_matchers": [{}], "upload_options": {"collections": {"a": "b"}}}]}',
        )
      ).validate(),
    'ERR_PAYLOAD_VALUE',
    'matchers-and-collections /process/0/upload_options/collections',
    [
      'ValueError',
      "A payload must not contain both 'collection_matchers' and the legacy 'upload_options.collections'",
    ],
  ],
  PayloadKeyError: [
    async ({ Payload }) => (await Payload.from('{"process": [{"tasks": [{}]}]}')).taskOptions,
    'ERR_PAYLOAD_KEY',
    'task-name-missing /process/0/tasks/0',
    ['KeyError', "'name'"],
  ],
  InvalidInput: [
    ({ Payload }) => Payload.from('{"process": [}'),
    'ERR_INVALID_INPUT',
    'json-expected-value ',
    ['JSONDecodeError', 'Expecting value: line 1 column 14 (char 13)'],
  ],
  StacTaskError: [({ validate }) => validate(/** @type {any} */ (5)), 'ERR_INVALID_ARGUMENT'],
};

before(() => ready());

for (const [name, [make, code, issue, python]] of Object.entries(cases)) {
  describe(name, () => {
    test('has name, code, hint, issue and python', async () => {
      const error = await errorOf(make({ Payload, validate }));
      assert.ok(error instanceof classes[name]);
      assert.deepEqual([error.name, error.code], [name, code]);
      assert.equal(typeof error.hint, 'string');
      assert.equal(error.issue && `${error.issue.code} ${error.issue.pointer}`, issue);
      assert.deepEqual(error.python, python && { type: python[0], message: python[1] });
      assert.equal(error.python, error.issue?.python);
    });

    test('is an Error that prints its name and message', async () => {
      const error = await errorOf(make({ Payload, validate }));
      assert.ok(error instanceof Error);
      assert.equal(String(error), `${name}: ${error.message}`);
      assert.ok(error.stack.includes(error.message));
    });

    test('is a StacTaskError and of no other class', async () => {
      const error = await errorOf(make({ Payload, validate }));
      assert.deepEqual(classesOf(error), [...new Set(['StacTaskError', name])]);
    });

    test('is known to another copy of the package', async () => {
      const other = await freshCopy();
      await other.ready();
      const error = await errorOf(make(other));
      assert.notEqual(other[name], classes[name]);
      assert.deepEqual(classesOf(error), [...new Set(['StacTaskError', name])]);
    });

    test('is written as JSON', async () => {
      const error = await errorOf(make({ Payload, validate }));
      const written = JSON.parse(JSON.stringify(error));
      assert.deepEqual(
        [written.name, written.code, written.issue, written.python, written.issues],
        [name, code, error.issue, error.python, error.issues],
      );
    });
  });
}

test('the classes keep their names, which a terminal shows, through the minifier', () => {
  for (const [name, Class] of Object.entries(classes)) assert.equal(Class.name, name);
});

describe('instanceof', () => {
  test('is false for all else', () => {
    const lookalike = Object.assign(new Error('a'), { name: 'StacTaskError', code: 'ERR_NOT_READY' });
    for (const value of [
      undefined,
      null,
      5,
      'StacTaskError',
      {},
      new Error('a'),
      new TypeError('a'),
      lookalike,
    ]) {
      assert.deepEqual(classesOf(value), []);
    }
  });

  test("a user's class is not what its base is", () => {
    class Mine extends FailedValidation {}
    const [mine, theirs] = [new Mine('a'), new FailedValidation('b')];
    assert.ok(mine instanceof Mine);
    assert.ok(mine instanceof FailedValidation);
    assert.ok(mine instanceof StacTaskError);
    assert.equal(theirs instanceof Mine, false);
  });

  test('the brand is not listed', async () => {
    const error = await errorOf(validate(/** @type {any} */ (5)));
    assert.deepEqual(Object.keys(error).sort(), ['code', 'hint', 'name']);
    assert.equal('cause' in error, false);
  });
});

describe('the message of InvalidInput', () => {
  /** @type {Record<string, [input: any, options: object, message: string | RegExp]>} */
  const messages = {
    'has file, line and column': [
      '{\n  "a": tru\n}',
      { file: 'payload.json' },
      "payload.json:2:8: expected a value, found 'tru'",
    ],
    'counts UTF-16 units, of bytes too': [
      bytesOf('["😀", x]'),
      { file: 'payload.json' },
      "payload.json:1:8: expected a value, found 'x'",
    ],
    'has a word for an input without a name': [
      '[',
      {},
      'the input:1:2: expected a value, found the end of the text',
    ],
    'has no place where nothing was read': [
      '{}',
      { maxBytes: 1, file: 'payload.json' },
      /^payload\.json: .*maxBytes is 1$/,
    ],
  };
  for (const [name, [input, options, message]] of Object.entries(messages)) {
    test(name, async () => {
      const error = await errorOf(Payload.from(input, options));
      if (message instanceof RegExp) assert.match(error.message, message);
      else assert.equal(error.message, message);
    });
  }

  test('issues are those of validate(), the first being issue', async () => {
    const error = await errorOf(Payload.from('{"process": [}'));
    assert.deepEqual(error.issues, (await validate('{"process": [}')).issues);
    assert.equal(error.issue, error.issues[0]);
  });
});

test('a member that cannot be written makes validate() throw InvalidInput, and accessors, too', async () => {
  const bad = { process: [{ tasks: {} }] };
  Object.defineProperty(bad.process[0].tasks, 'a', { enumerable: true, get: () => assert.fail('no') });
  const payload = await Payload.from(bad);
  for (const use of [
    () => payload.validate(),
    () => payload.taskOptions,
    () => payload.getCollectionOptions('a'),
  ]) {
    const error = await errorOf(use);
    assert.ok(error instanceof InvalidInput, `${error.stack}`);
    assert.deepEqual([error.issue?.code, error.issue?.pointer], ['not-json', '/process/0/tasks/a']);
  }
});

test('the docs say what each code means', () => {
  // The chunk is called by this package alone.
  const internal = new Set(['ERR_INVALID_CALL']);
  const files = ['js', 'src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const texts = files.filter((name) => /\.(js|cpp)$/.test(name)).map((name) => read(name));
  const codes = new Set(texts.flatMap((text) => text.match(/(?<=['"])ERR_[A-Z0-9_]+(?=['"])/g) ?? []));
  assert.ok(codes.size > 40, `${codes.size} codes`);
  const docs = ['errors', 'downloads', 'adapters'].map((name) => read(`docs/${name}.md`)).join('\n');
  const missing = [...codes].filter((code) => !internal.has(code) && !docs.includes(`\`${code}\``));
  assert.deepEqual(missing, []);
});

/** @param {string} name */
const read = (name) => readFileSync(join(root, name), 'utf8');
