/*
 * The JSON Schema of payloads: payloadSchema(), and the file.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Payload, payloadSchema, ready, validateSync } from 'stac-task';

import { forEachCase, isLossless, readVectors, skipped } from './support.js';

const file = fileURLToPath(import.meta.resolve('stac-task/payload.schema.json'));
/** A list whose first element alone is said something of is what is meant, and so is a key that `else` requires. */
const compile = async () =>
  new Ajv({ strict: true, strictTuples: false, strictRequired: false }).compile(await payloadSchema());

before(() => ready());

test('it is draft-07, and compiles in strict mode', async () => {
  const schema = /** @type {Record<string, unknown>} */ (await payloadSchema());
  assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  assert.equal(typeof (await compile()), 'function');
});

test('the file says the same', async () => {
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), await payloadSchema());
});

test('each call gives a new object', async () => {
  const first = /** @type {any} */ (await payloadSchema());
  first.properties.process = false;
  first.extra = 1;
  const second = await payloadSchema();
  assert.notEqual(first, second);
  assert.deepEqual(second, JSON.parse(await readFile(file, 'utf8')));
});

describe('what it says of payloads', () => {
  test('it accepts what validate() and the members of a payload do', async () => {
    const accepts = await compile();
    await forEachCase(readVectors('payloads.json'), 200, ({ text }) => {
      if (!isLossless(text) || !validateSync(text).valid || !hasOptions(JSON.parse(text))) return skipped;
      assert.ok(accepts(JSON.parse(text)), JSON.stringify(accepts.errors));
    });
  });

  /** Whether the options of each collection can be had: validate() does not try. @param {object} data */
  function hasOptions(data) {
    const payload = new Payload(data);
    try {
      for (const name of Object.keys(payload.collectionOptions)) payload.getCollectionOptions(name);
      return true;
    } catch {
      return false;
    }
  }

  /** @type {Record<string, unknown>} */
  const wrong = {
    'a list': [],
    'process as text': { process: 'mosaic' },
    'a process definition that is none': { process: [5] },
    'parameters that are none': { process: [{ tasks: { mosaic: 5 } }] },
    'features as an object': { features: {} },
  };
  for (const [name, payload] of Object.entries(wrong)) {
    test(`it refuses ${name}, as validate() does`, async () => {
      assert.equal((await compile())(payload), false);
      assert.equal(validateSync(payload).valid, false);
    });
  }
});
