/*
 * What `fix` makes of the recorded payloads, tests/vectors/fixes.json, is what Python was asked about: it reads them as
 * it did before.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fix, Payload } from 'stac-task';

import { forEachCase, readVectors, skipped } from './support.js';

const cases = readVectors('fixes.json').map((each) => ({ ...each, text: each.before }));

test('the vectors are all there, and few of them change nothing', () => {
  assert.ok(cases.length >= 140, `${cases.length} payloads`);
  const changed = cases.filter(({ before, after }) => before !== after);
  assert.ok(changed.length >= 110, `${changed.length} of them change`);
});

test('each payload is mended as recorded', () =>
  forEachCase(cases, 140, async ({ before, after, applied }) => {
    const mended = await fix(before);
    assert.equal(mended.text, after);
    assert.deepEqual(
      mended.applied.map(({ code }) => code),
      applied,
    );
  }));

test('what is mended needs no more', () =>
  forEachCase(cases, 140, async ({ after }) => {
    const again = await fix(after);
    assert.equal(again.text, after);
    assert.deepEqual(again.applied, []);
    assert.deepEqual(
      again.remaining.filter((issue) => issue.fix?.safe),
      [],
    );
  }));

test('matchers say what the mapping said, in its order', () =>
  forEachCase(cases, 30, async ({ after, mapping }) => {
    if (!mapping?.length) return skipped;
    const matchers = (await Payload.from(after)).collectionMatchers;
    const expected = mapping.map(([name, pattern]) => ({ type: 'jsonpath', pattern, collection_name: name }));
    assert.deepEqual(matchers, expected);
  }));
