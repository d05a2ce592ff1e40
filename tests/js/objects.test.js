/*
 * An object means the JSON that JSON.stringify would write, but that a BigInt is its integer and NaN stays. Only what is
 * looked at is read.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Payload, ready, validate, validateSync } from 'stac-task';

import { brief, payloadWith } from './support.js';

before(() => ready());

/** @param {unknown} tasks */
const withTasks = (tasks) => payloadWith({ process: [{ tasks }] });

/** @param {any} input */
const codes = async (input) => brief(await validate(input));

/** Whether validation takes a value for an object, and which value it names in Python's words. */
const nameOf = async (/** @type {unknown} */ name) => {
  const { issues } = await validate(withTasks([{ name, parameters: 0 }]));
  const error = issues.find(({ severity }) => severity === 'error');
  return /for task '(.*)': must be type dict$/s.exec(String(error?.message))?.[1] ?? error?.code;
};

describe('a value is what JSON.stringify writes', () => {
  class Money {
    toJSON() {
      return '5 €';
    }
  }
  /** A value, and Python's str() of what it is. @type {Record<string, [value: unknown, python: string]>} */
  const values = {
    'a string': ['a"\\\n', 'a"\\\n'],
    'a lone surrogate': ['\ud800', '\ud800'],
    'an integer': [5, '5'],
    'zero, though negative': [-0, '0'],
    'a fraction': [0.5, '0.5'],
    'a number that JSON writes with an exponent': [1e21, '1e+21'],
    'a small one': [1e-7, '1e-07'],
    NaN: [Number.NaN, 'nan'],
    Infinity: [Infinity, 'inf'],
    'a BigInt': [2n ** 70n, '1180591620717411303424'],
    'a boolean': [true, 'True'],
    null: [null, 'None'],
    'a Date': [new Date(0), '1970-01-01T00:00:00.000Z'],
    'an object with toJSON': [new Money(), '5 €'],
    'a boxed number': [Object(5), '5'],
    'a boxed string': [Object('a'), 'a'],
    'a boxed boolean': [Object(false), 'False'],
    'a boxed BigInt': [Object(7n), '7'],
    'a sparse array': [Object.assign(new Array(3), { 0: 1, 2: 3 }), '[1, None, 3]'],
    'functions, symbols and undefined in an array': [[() => 1, Symbol('a'), undefined], '[None, None, None]'],
    'functions, symbols and undefined in an object': [
      { a: () => 1, b: Symbol('a'), c: undefined, [Symbol('d')]: 1, e: 1 },
      "{'e': 1}",
    ],
    'a getter': [
      {
        get a() {
          return 1;
        },
      },
      "{'a': 1}",
    ],
    'what is not enumerable': [Object.defineProperty({ a: 1 }, 'b', { value: 2 }), "{'a': 1}"],
    'what is inherited': [Object.create({ a: 1 }), '{}'],
    'a Map': [new Map([['a', 1]]), '{}'],
    'a typed array': [new Uint8Array([7, 8]), "{'0': 7, '1': 8}"],
    'an array with a member of its own': [Object.assign([1], { a: 2 }), '[1]'],
    'a Proxy of an array': [new Proxy([1, 2], {}), '[1, 2]'],
    'one object twice': [((each) => [each, each])({ a: 1 }), "[{'a': 1}, {'a': 1}]"],
  };
  for (const [name, [value, python]] of Object.entries(values)) {
    test(name, async () => assert.equal(await nameOf(value), python));
  }

  test('toJSON gets its key, as from JSON.stringify', async () => {
    /** @type {string[]} */
    let keys = [];
    const value = { toJSON: (/** @type {string} */ key) => void keys.push(key) };
    const payload = {
      toJSON(/** @type {string} */ key) {
        keys.push(key);
        return payloadWith({ process: [{ a: [0, value] }, [{ b: value }]] });
      },
    };
    JSON.stringify(payload);
    const expected = keys;
    keys = [];
    assert.deepEqual(await codes(payload), ['info process-chain /process/1']);
    assert.deepEqual(keys, expected);
    assert.deepEqual(keys, ['', '1', 'b']);
  });

  test('a member that JSON leaves out is absent', async () => {
    const absent = { type: undefined, process: undefined, features: () => [], url: Symbol('none') };
    assert.deepEqual(await codes(absent), await codes({}));
    assert.deepEqual(await codes(payloadWith({ features: undefined, href: undefined })), []);
    assert.deepEqual(await codes(withTasks(Symbol('none'))), []);
  });

  test('a root that toJSON makes something else', async () => {
    assert.deepEqual(await codes({ toJSON: () => [['process', 5]] }), [
      'error process-type /0/1',
      'error payload-not-object ',
    ]);
    assert.deepEqual((await codes({ toJSON: () => undefined }))[0], 'error payload-type ');
    assert.deepEqual((await codes(new Date(0)))[0], 'error payload-pair-length ');
  });

  test('the object is not changed', () => {
    const deepFreeze = (/** @type {any} */ value) => {
      if (typeof value === 'object' && value !== null)
        Object.values(Object.freeze(value)).forEach(deepFreeze);
      return value;
    };
    const report = validateSync(
      deepFreeze({ process: { tasks: [{ name: 'a', parameters: 5 }] }, features: {} }),
    );
    assert.equal(report.counts.error, 2);
  });
});

describe('what cannot be written, on a path that is looked at, is one finding', () => {
  const cycle = () => {
    const tasks = { 'a/b': { list: [1, {}] } };
    tasks['a/b'].list[1] = tasks;
    return withTasks(tasks);
  };
  const throwing = (/** @type {unknown} */ what) => ({
    get bad() {
      throw what;
    },
  });
  /** @type {Record<string, [make: () => any, pointer: string, message: RegExp]>} */
  const cases = {
    'a cycle': [cycle, '/process/0/tasks/a~1b/list/1', /contains itself/],
    'a cycle through the root': [
      () => {
        const payload = { process: [{}] };
        payload.process[0].a = payload;
        return payload;
      },
      '/process/0/a',
      /contains itself/,
    ],
    'a getter that throws': [
      () => withTasks({ 'x~': throwing(new Error('no')) }),
      '/process/0/tasks/x~0/bad',
      /no/,
    ],
    'a getter at the root': [
      () => Object.defineProperty({}, 'process', { enumerable: true, get: () => assert.fail('no') }),
      '/process',
      /no/,
    ],
    'a getter that throws a symbol': [() => withTasks(throwing(Symbol('odd'))), '/process/0/tasks/bad', /./],
    'a getter that throws what has no text': [
      () => withTasks(throwing(Object.create(null))),
      '/process/0/tasks/bad',
      /./,
    ],
    'toJSON that throws': [
      () => ({ process: [{}, { toJSON: () => assert.fail('no') }] }),
      '/process/1',
      /no/,
    ],
    'toJSON of the root that throws': [() => ({ toJSON: () => assert.fail('no') }), '', /no/],
    'a Proxy that hides its keys': [
      () => withTasks(new Proxy({}, { ownKeys: () => assert.fail('no') })),
      '/process/0/tasks',
      /no/,
    ],
    'a Proxy that was revoked': [
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return { process: [proxy] };
      },
      '/process/0',
      /revoked/,
    ],
  };
  for (const [name, [make, pointer, message]] of Object.entries(cases)) {
    test(name, async () => {
      for (const lint of [true, false]) {
        const { valid, issues, counts } = await validate(make(), { lint });
        assert.deepEqual(brief({ issues }), [`error not-json ${pointer}`]);
        assert.match(issues[0].message, message);
        assert.deepEqual({ valid, counts }, { valid: false, counts: { error: 1, warning: 0, info: 0 } });
      }
    });
  }
});

describe('what nothing looks at is never read', () => {
  const trap = () => assert.fail('it was read');
  const unread = () => ({
    get properties() {
      return trap();
    },
    toJSON: trap,
  });

  test('getters and toJSON in features', async () => {
    assert.deepEqual(await codes(payloadWith({ features: [unread(), unread()] })), []);
  });

  test('getters of other members of the root', async () => {
    const payload = payloadWith({ features: [] });
    Object.defineProperty(payload, 'links', { enumerable: true, get: trap });
    assert.deepEqual(await codes(payload), []);
  });

  test('a cycle in features', async () => {
    const feature = { self: {} };
    feature.self = feature;
    assert.deepEqual(await codes(payloadWith({ features: [feature] })), []);
  });

  test('none of 10,000 features', async () => {
    /** @type {(string | symbol)[]} */
    const read = [];
    const features = new Proxy(Array.from({ length: 10_000 }, unread), {
      get(target, key, self) {
        read.push(key);
        return Reflect.get(target, key, self);
      },
      ownKeys: trap,
      getOwnPropertyDescriptor: trap,
    });
    const payload = payloadWith({ process: [{ tasks: { a: 5 } }], features });
    assert.deepEqual(await codes(payload), ['error task-options-type /process/0/tasks/a']);
    assert.deepEqual(brief(validateSync(payload)), ['error task-options-type /process/0/tasks/a']);
    const { items } = await Payload.from(payload);
    assert.equal(items, features, 'the very object');
    assert.deepEqual(
      read.filter((key) => typeof key === 'string' && key !== 'toJSON'),
      [],
      'neither an element nor the length',
    );
  });

  test('Payload.validate() and the accessors do not read features either', async () => {
    const payload = await Payload.from({ process: [{ upload_options: { a: 1 } }], features: [unread()] });
    payload.validate();
    assert.deepEqual(payload.uploadOptions, { a: 1 });
    assert.deepEqual(payload.getCollectionUploadOptions('c'), { a: 1 });
    assert.equal(payload.items.length, 1);
  });
});
