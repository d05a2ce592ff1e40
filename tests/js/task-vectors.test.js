/*
 * Tasks do what Python's stactask does: tests/vectors/task.json, recorded by tests/oracle/record_task.py.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ready, Task } from 'stac-task';

import { readVectors } from './support.js';

await ready();

const cases = readVectors('task.json');
/** @param {string} what */
const casesOf = (what) => {
  const found = cases.filter(({ name }) => name.startsWith(`${what}: `));
  assert.ok(found.length > 0, `there are cases of ${what}`);
  return found;
};

/** Processes what it is told to. */
const taskThatGives = (/** @type {any} */ result) =>
  class extends Task {
    static name = 'my-task';
    static version = '1.2.3';
    validate() {
      // Python makes the folder at once.
      assert.ok(this.workdir);
      return !this.payload.data['refuse'];
    }
    process() {
      assert.ok(this.workdir);
      return result;
    }
  };
const MyTask = taskThatGives([]);
const silent = { log: () => {} };

/** What happened, in the words of the vectors. @param {() => any} call */
async function outcomeOf(call) {
  try {
    return { value: JSON.parse(JSON.stringify(await call())) };
  } catch (error) {
    assert.ok(error.python, `${error.stack}`);
    const { type, message } = error.python;
    return { error: { type, message } };
  }
}

/** @param {any} vector */
const expectedOf = ({ value, error }) => (error ? { error } : { value });

const sorted = (/** @type {any} */ list) =>
  [...list].sort((a, b) => (`${typeof a} ${a}` < `${typeof b} ${b}` ? -1 : 1));

describe('making a task: the error, or the parameters', () => {
  for (const vector of casesOf('make')) {
    test(vector.name, async () => {
      const found = await outcomeOf(() => new MyTask(vector.payload, { workdir: '/tmp' }).parameters);
      assert.deepEqual(found, expectedOf(vector));
    });
  }
});

describe('what becomes of an item', () => {
  for (const vector of casesOf('post-process')) {
    test(vector.name, async () => {
      const One = taskThatGives([vector.item]);
      const found = await outcomeOf(async () => (await One.handler({}, { logger: silent })).features[0]);
      assert.deepEqual(found, expectedOf(vector));
    });
  }
  for (const vector of casesOf('software')) {
    test(vector.name, async () => {
      const found = await outcomeOf(() => MyTask.addSoftwareVersionToItem(vector.item));
      const expected = expectedOf(vector);
      for (const { value } of [found, expected]) {
        if (value) value.stac_extensions = sorted(value.stac_extensions);
      }
      assert.deepEqual(found, expected);
    });
  }
  for (const vector of casesOf('derive')) {
    test(vector.name, async () => {
      const given = structuredClone(vector.item);
      assert.deepEqual(await outcomeOf(() => Task.createItemFromItem(given)), expectedOf(vector));
      assert.deepEqual(given, vector.item, 'the item is not changed');
    });
  }
});

describe('running a task: the payload or the error, and the log', () => {
  /** Python logs nothing of what its constructor raises. */
  const unlogged = new Set(['a bad payload', 'validation fails', 'a bad payload without validation']);
  /** The level in Python's words. */
  const levels = { debug: 'DEBUG', info: 'INFO', warn: 'WARNING', error: 'ERROR' };

  for (const vector of casesOf('run')) {
    test(vector.name, async () => {
      /** @type {string[][]} */
      const log = [];
      const logger = Object.fromEntries(
        Object.entries(levels).map(([name, level]) => [
          name,
          (/** @type {any} */ text) => log.push([level, text]),
        ]),
      );
      const { validate, skip_validation: skipValidation = false } = vector.options;
      const options = { logger, skipValidation, ...(validate === undefined ? {} : { validate }) };
      const found = await outcomeOf(() => taskThatGives(vector.result).handler(vector.payload, options));
      assert.deepEqual(found, expectedOf(vector));

      const lines = log.map(([level, text]) => [level, text?.replace(/(work directory ).*/, '$1…')]);
      if (unlogged.has(vector.name.replace('run: ', ''))) {
        assert.deepEqual(vector.log, []);
        assert.equal(lines[0]?.[0], 'ERROR');
      } else {
        assert.deepEqual(lines, vector.log);
      }
    });
  }
});

describe('what a command line says', () => {
  for (const vector of casesOf('command line')) {
    test(vector.name, async (t) => {
      t.mock.method(console, 'warn', () => {});
      const call = () => MyTask.parseArgs(vector.args);
      if (vector.exit === 2) return assert.rejects(call, { code: 'ERR_USAGE' });
      const found = await call();
      if (vector.exit === 0) return assert.match(found.command, /^(help|version)$/);
      // Python's default would remove a folder that the user has named.
      const { save_workdir: saveWorkdir, ...expected } = vector.value;
      assert.deepEqual(found, { ...expected, ...(saveWorkdir ? { saveWorkdir } : {}) });
    });
  }
});
