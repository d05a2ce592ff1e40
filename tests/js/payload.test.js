/*
 * The payload model: a shallow copy whose data is live, and accessors that give the very objects inside it.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { Payload, PayloadTypeError, PayloadValueError, ready, validateSync } from 'stac-task';

import { brief, errorOf, payloadWith } from './support.js';

before(() => ready());

describe('a payload is a shallow copy', () => {
  test('of which the top level is its own and all below is shared', () => {
    const given = { id: 'a', process: [{ tasks: {} }], features: [] };
    const { data } = new Payload(given);
    assert.deepEqual(data, given);
    assert.notEqual(data, given);
    assert.equal(data.process, given.process);
    data.id = 'b';
    data.process[0].tasks.a = {};
    assert.deepEqual(given, { id: 'a', process: [{ tasks: { a: {} } }], features: [] });
  });

  test('of another payload, too', () => {
    const first = new Payload({ process: [{}] });
    const second = new Payload(first);
    assert.notEqual(second.data, first.data);
    assert.equal(second.data.process, first.data.process);
  });

  test('of an object with toJSON', () => {
    assert.deepEqual(new Payload({ toJSON: () => ({ features: [] }) }).data, { features: [] });
  });

  test('that keeps members it knows nothing of, in their order', async () => {
    const text = '{"z": 1, "process": [], "a": {"b": null}, "features": []}';
    assert.equal(JSON.stringify(await Payload.from(text)), JSON.stringify(JSON.parse(text)));
  });
});

describe('data is live', () => {
  test('accessors, validate(), warnings and report() see every change', () => {
    const payload = new Payload({});
    payload.validate();
    assert.deepEqual(payload.processDefinition, {});

    payload.data.process = [{ tasks: { a: { b: 1 } } }];
    assert.equal(payload.taskOptions, payload.data.process[0].tasks);

    payload.data.process[0].tasks = [{ name: 'a', parameters: { b: 2 } }];
    assert.deepEqual(payload.taskOptions, { a: { b: 2 } });
    assert.equal(payload.warnings[0].code, 'tasks-list');

    payload.data.process = 5;
    payload.data.type = 'FeatureCollection';
    assert.throws(() => payload.validate(), PayloadTypeError);
    assert.throws(() => payload.processDefinition, PayloadTypeError);
    assert.deepEqual(brief(payload.report()), ['error process-type /process']);

    delete payload.data.process;
    payload.validate();
    payload.data = { features: 5 };
    assert.throws(() => payload.items, PayloadTypeError);
  });

  test('a change through an accessor is a change of data', () => {
    const payload = new Payload({ process: [{ upload_options: {} }] });
    payload.uploadOptions.path_template = 'x';
    assert.deepEqual(payload.data, { process: [{ upload_options: { path_template: 'x' } }] });
  });

  test('making a payload never validates it', async () => {
    const bad = { process: null, features: 5 };
    assert.deepEqual(new Payload(bad).data, bad);
    assert.deepEqual((await Payload.from(JSON.stringify(bad))).data, bad);
  });
});

describe('report(), warnings and toJSON()', () => {
  const given = { process: { tasks: [{ name: 'a' }], upload_options: { collections: 5 } } };

  test('report() is validateSync(data), options included', () => {
    const payload = new Payload(given);
    assert.deepEqual(payload.report(), validateSync(given));
    assert.deepEqual(payload.report({ lint: false }), validateSync(given, { lint: false }));
    const clean = new Payload(payloadWith({}));
    assert.deepEqual(brief(clean.report()), []);
    assert.deepEqual(brief(clean.report({ lint: false })), ['warning upload-collections ']);
  });

  test("warnings are Python's, each once, up to the first error", () => {
    assert.deepEqual(
      new Payload(given).warnings.map(({ code }) => code),
      ['process-dict', 'tasks-list'],
    );
    const codes = (/** @type {object} */ data) => new Payload(data).warnings.map(({ code }) => code);
    assert.deepEqual(codes({ process: [] }), ['upload-collections'], 'Python warns of the default, too');
    assert.deepEqual(codes({ process: 5 }), []);
  });

  test('toJSON() is data', () => {
    const payload = new Payload(given);
    assert.equal(payload.toJSON(), payload.data);
    assert.equal(JSON.stringify({ payload }), JSON.stringify({ payload: given }));
  });

  test('a terminal shows the name of the class', () => {
    assert.equal(Payload.name, 'Payload');
  });
});

describe('a subclass', () => {
  class Mine extends Payload {
    get firstId() {
      return this.items[0].id;
    }
  }

  test('is what from() makes', async () => {
    const data = { features: [{ id: 'a' }] };
    for (const input of [data, JSON.stringify(data), new Blob([JSON.stringify(data)])]) {
      const mine = await Mine.from(input);
      assert.ok(mine instanceof Mine);
      assert.ok(mine instanceof Payload);
      assert.equal(mine.firstId, 'a');
    }
  });

  test('may override accessors', () => {
    class Other extends Payload {
      get uploadOptions() {
        return { global: true };
      }
    }
    assert.deepEqual(new Other({}).getCollectionUploadOptions(null), { global: true });
  });
});

describe('upload options of a collection', () => {
  const global = { path_template: 'global', public_assets: 'ALL' };
  const own = { path_template: 'own' };
  const payload = () =>
    new Payload({
      process: [
        {
          upload_options: global,
          collection_options: {
            a: { upload_options: own },
            b: { other: 1 },
            'c/d~e': { upload_options: {} },
          },
        },
      ],
    });

  test('replace the global ones and are not merged with them', () => {
    assert.equal(payload().getCollectionUploadOptions('a'), own);
    assert.deepEqual(payload().getCollectionUploadOptions('c/d~e'), {}, 'nor when they are empty');
  });

  test('are the global ones without a name, and where there are none', () => {
    for (const name of [null, undefined, 'b', 'absent', '', '__proto__', 'constructor']) {
      assert.equal(payload().getCollectionUploadOptions(name), global, String(name));
    }
  });

  test('are the whole options of the collection, or an empty object, in getCollectionOptions()', () => {
    assert.deepEqual(payload().getCollectionOptions('b'), { other: 1 });
    for (const name of ['absent', '__proto__', 'constructor', '0']) {
      assert.deepEqual(payload().getCollectionOptions(name), {});
    }
  });
});

describe('taskOptions of a list', () => {
  /** @type {Record<string, [tasks: string, expected: [name: string, options: object][]]>} */
  const cases = {
    'a task without parameters has none': ['[{"name": "a"}]', [['a', {}]]],
    'the last of a name wins, in the place of the first': [
      '[{"name": "a", "parameters": {"n": 1}}, {"name": "b"}, {"name": "a", "parameters": {"n": 2}}]',
      [
        ['a', { n: 2 }],
        ['b', {}],
      ],
    ],
    'names that are no strings are written as JSON': [
      '[{"name": null}, {"name": true}, {"name": 1.5}, {"name": NaN}, {"name": -Infinity}]',
      [
        ['null', {}],
        ['true', {}],
        ['1.5', {}],
        ['NaN', {}],
        ['-Infinity', {}],
      ],
    ],
    'True and 1 are one name to Python': [
      '[{"name": true, "parameters": {"n": 1}}, {"name": 1, "parameters": {"n": 2}}]',
      [['true', { n: 2 }]],
    ],
    '__proto__ is a name like others': [
      '[{"name": "__proto__", "parameters": {"n": 1}}, {"name": "constructor"}]',
      [
        ['__proto__', { n: 1 }],
        ['constructor', {}],
      ],
    ],
    'an empty name, slashes, tildes and lone surrogates': [
      '[{"name": ""}, {"name": "a/b~c"}, {"name": "\\ud800"}]',
      [
        ['', {}],
        ['a/b~c', {}],
        ['\ud800', {}],
      ],
    ],
  };
  for (const [name, [tasks, expected]] of Object.entries(cases)) {
    test(name, async () => {
      const { taskOptions } = await Payload.from(`{"process": [{"tasks": ${tasks}}]}`);
      assert.deepEqual(Object.entries(taskOptions), expected, tasks);
      assert.equal(Object.getPrototypeOf(taskOptions), Object.prototype);
    });
  }

  test('is a new object that holds the very parameters', () => {
    const tasks = [{ name: 'a', parameters: { b: 1 } }];
    const payload = new Payload({ process: [{ tasks }] });
    assert.equal(payload.taskOptions.a, tasks[0].parameters);
    assert.notEqual(payload.taskOptions, payload.taskOptions);
    payload.taskOptions.c = {};
    assert.deepEqual(Object.keys(payload.taskOptions), ['a']);
  });
});

describe('a root that is no object becomes one, as by dict()', () => {
  const given = [['process', [{ tasks: {} }]], 'ab', { k: 1, v: 2 }, [null, 3], [1.5, 4]];
  const expected = { process: [{ tasks: {} }], a: 'b', k: 'v', null: 3, 1.5: 4 };

  test('from text', async () => {
    assert.deepEqual((await Payload.from(JSON.stringify(given))).data, expected);
    assert.deepEqual((await Payload.from('[["process",[]]]')).data, { process: [] });
    assert.deepEqual((await Payload.from('""')).data, {});
  });

  test('from an array, whose values are shared', () => {
    const { data } = new Payload(given);
    assert.deepEqual(data, expected);
    assert.equal(data.process, given[0][1]);
  });

  test('or it is what Python raises', async () => {
    for (const [text, Type, message] of /** @type {[string, any, string][]} */ ([
      ['5', PayloadTypeError, "'int' object is not iterable"],
      ['[[1]]', PayloadValueError, 'dictionary update sequence element #0 has length 1; 2 is required'],
      ['[[[], 1]]', PayloadTypeError, "unhashable type: 'list'"],
    ])) {
      for (const make of [() => Payload.from(text), () => new Payload(JSON.parse(text))]) {
        const error = await errorOf(make);
        assert.ok(error instanceof Type, text);
        assert.equal(error.message, message);
      }
    }
  });

  test('and an array that contains itself is InvalidInput', async () => {
    /** @type {any[]} */
    const cycle = [];
    cycle.push(['process', cycle]);
    assert.equal((await errorOf(() => new Payload(cycle))).code, 'ERR_INVALID_INPUT');
  });
});

test('accessors give parts of a member with toJSON as it writes them', () => {
  const options = { a: 1 };
  const payload = new Payload({ process: { toJSON: () => [{ workflow_options: options }] } });
  assert.equal(payload.workflowOptions, options);
});

test('a real payload', async () => {
  const text = await readFile(new URL('../../examples/payloads/sentinel-2.json', import.meta.url), 'utf8');
  const payload = await Payload.from(text);
  payload.validate();
  assert.deepEqual(payload.data, JSON.parse(text));
  assert.equal(payload.items, payload.data.features);
  assert.ok(payload.items.length >= 2);
});
