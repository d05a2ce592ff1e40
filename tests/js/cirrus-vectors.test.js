/*
 * What the real cirrus-geo says of each recorded payload and event, tests/vectors/cirrus.json, is what CirrusPayload says.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CirrusPayload, ready, validateSync } from 'stac-task';

import {
  forEachCase,
  isLossless,
  parsePython,
  readVectors,
  skipped,
  withoutNegativeZero,
} from './support.js';

before(() => ready());

/** @typedef {{ name: string, kind: string, text: string, json?: string, error?: { type: string, message: string } }} Case */

/** @type {Case[]} */
const vectors = readVectors('cirrus.json');

/** @param {string} kind */
const casesOf = (kind) => vectors.filter((each) => each.kind === kind);

/** @param {any} payload  as the payloads of the model are */
const isPayload = (payload) => typeof payload === 'object' && payload !== null && !Array.isArray(payload);

/** The classes that Python raises for malformed JSON, for which there is InvalidInput. */
const isSyntax = (/** @type {Case} */ { error }) => error?.type === 'JSONDecodeError';

/**
 * @param {Case} each
 * @param {any} error
 */
function assertError(each, error) {
  assert.ok(each.error, `Python does not raise ${error.name}: ${error.message}`);
  const { type, message } = /** @type {{ type: string, message: string }} */ (each.error);
  // The class `error` of the module `re`.
  assert.deepEqual(error.python, { type: type === 'error' ? 're.error' : type, message });
}

/** @param {() => unknown} call */
async function outcomeOf(call) {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

/** @param {Case} each @param {{ value?: any, error?: any }} outcome */
function assertOutcome(each, { value, error }) {
  if (error) return assertError(each, error);
  assert.ok(each.json !== undefined, `Python raises ${each.error?.type}: ${each.error?.message}`);
  assert.deepEqual(withoutNegativeZero(value), parsePython(each.json));
}

/** @param {CirrusPayload} payload */
function idOf(payload) {
  payload.setId();
  return payload.data.id;
}

test('setId() gives the id that Python gives, or throws what it raises', async () => {
  await forEachCase(casesOf('id'), 33, async (each) => {
    // Of an object, 1.0 is 1.
    if (!isLossless(each.text)) return skipped;
    const payload = new CirrusPayload(JSON.parse(each.text));
    assertOutcome(each, await outcomeOf(() => idOf(payload)));
  });
});

test('validate() throws what Python raises', async () => {
  await forEachCase(casesOf('validation'), 80, async (each) => {
    const payload = new CirrusPayload(JSON.parse(each.text));
    const { error } = await outcomeOf(() => payload.validate());
    assert.deepEqual(error?.python ?? null, each.error ?? null);
    const { valid } = validateSync(each.text, { profile: 'cirrus', lint: false });
    assert.equal(valid, each.error === undefined);
  });
});

test('nextPayloads() gives the payloads that Python queues', async () => {
  await forEachCase(casesOf('chain'), 45, async (each) => {
    const data = JSON.parse(each.text);
    const payload = new CirrusPayload(data);
    const outcome = await outcomeOf(() => payload.nextPayloads());
    assertOutcome(each, outcome.value ? { value: outcome.value.map(({ data }) => data) } : outcome);
    assert.deepEqual(data, JSON.parse(each.text), 'and leaves the payload as it was');
    assert.ok((outcome.value ?? []).every((next) => next instanceof CirrusPayload));
  });
});

/** Where we differ: docs/differences.md says how. */
const hasOwnWords = (/** @type {Case} */ { error }) =>
  error?.message.startsWith("('Failed to extract record");
const stored = { id: 's/workflow-w/i', process: [{ workflow: 'w' }] };

test('fromEvent() gives the payload that Python gives, of objects, texts and bytes', async () => {
  await forEachCase(casesOf('event'), 85, async (each) => {
    const resolve = () => stored;
    const event = JSON.parse(each.text);
    const inputs = [
      each.text,
      new TextEncoder().encode(each.text),
      ...(typeof event === 'string' ? [] : [event]),
    ];
    for (const input of inputs) {
      const { value, error } = await outcomeOf(() => CirrusPayload.fromEvent(input, { resolve }));
      if (hasOwnWords(each)) {
        assert.equal(error.name, 'PayloadValueError');
        assert.match(error.message, /^Failed to extract record: /);
      } else if (isSyntax(each)) {
        assert.equal(error.name, 'InvalidInput');
        assert.deepEqual(error.python, each.error);
      } else {
        assertOutcome(each, error ? { error } : { value: value.data });
      }
    }
  });
});

test('encodedLength is what Python measures, of texts and of objects', async () => {
  await forEachCase(casesOf('size'), 300, async (each) => {
    assert.equal(String(await CirrusPayload.encodedLength(each.text)), each.json);
    const bytes = new TextEncoder().encode(each.text);
    assert.equal(String(await CirrusPayload.encodedLength(bytes)), each.json);
    if (!isLossless(each.text) || !isPayload(JSON.parse(each.text))) return undefined;
    assert.equal(String(new CirrusPayload(JSON.parse(each.text)).encodedLength()), each.json);
    return undefined;
  });
});
