/*
 * What the official JSON Schemas say of each recorded item, tests/vectors/items.json, is what the package says, whether
 * the item comes as text, as bytes or as an object.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ready, validateSync } from 'stac-task';

import { encodePayload } from '../../js/runtime/encode.js';
import { brief, bytesOf, forEachCase, isLossless, readVectors, skipped } from './support.js';

const cases = readVectors('items.json');

/** Where the two differ on purpose (docs/differences.md), and how: the issues here. */
const differences = {
  '1.0.0 geometry Polygon that is open': ['error item-ring-open /features/0/geometry/coordinates/0/3'],
  '1.1.0 geometry Polygon that is open': ['error item-ring-open /features/0/geometry/coordinates/0/3'],
  'text: ring open in height': ['error item-ring-open /features/0/geometry/coordinates/0/3'],
  'text: license with a letter beyond ASCII': ['error item-member-value /features/0/properties/license'],
  'text: license with a line feed at its end': ['error item-member-value /features/0/properties/license'],
  'text: method with a line feed at its end': ['error item-member-value /features/0/links/0/method'],
  'text: date with a line feed at its end': ['error item-date-format /features/0/properties/datetime'],
  'text: bands inside bands, a flaw in the twelfth': [],
};

// Lint has findings of its own about such payloads.
const options = /** @type {const} */ ({ items: 'core', lint: false });

/** @param {import('stac-task').Report} report */
const itemIssues = (report) => brief(report).filter((line) => line.includes(' item-'));

before(() => ready());

test('the vectors are all there', () => {
  assert.ok(cases.length >= 1500, `${cases.length} items`);
  for (const name of Object.keys(differences))
    assert.ok(
      cases.some((each) => each.name === name),
      name,
    );
});

describe('an item is valid if the schema of its version says so', () => {
  const inputs = {
    'as text': { atLeast: 1500, make: (payload) => payload },
    'as bytes': { atLeast: 1500, make: bytesOf },
    'as an object, where JSON.parse loses nothing': {
      atLeast: 1400,
      make: (payload) => (isLossless(payload) ? JSON.parse(payload) : skipped),
    },
  };
  for (const [name, { atLeast, make }] of Object.entries(inputs)) {
    test(name, () =>
      forEachCase(cases, atLeast, ({ name, text, dates }) => {
        const input = make(`{"features":[${text}]}`);
        if (input === skipped) return skipped;
        const report = validateSync(input, options);
        const difference = differences[name];
        if (difference) assert.deepEqual(itemIssues(report), difference);
        else assert.equal(report.valid, dates, brief(report).join('\n'));
      }),
    );
  }
});

test('nobody looks at items unless asked to', () => {
  assert.deepEqual(itemIssues(validateSync('{"features":[5]}')), []);
  assert.deepEqual(itemIssues(validateSync('{"features":[5]}', { items: 'none' })), []);
  assert.deepEqual(itemIssues(validateSync('{"features":[5]}', options)), [
    'error item-member-type /features/0',
  ]);
});

test('findings say what, where and what to do', () => {
  const text = '{"features":[\n{"type":"Feature","stac_version":"1.1.0","id":"","geometry":null,\n'.concat(
    '"properties":{"datetime":"2020-01-01T00:00:00Z"},"links":[],"assets":{}}]}',
  );
  const issue = validateSync(text, options).issues.find(({ code }) => code.startsWith('item-'));
  assert.equal(issue?.code, 'item-member-value');
  assert.equal(issue?.message, "'id' must be a string that is not empty");
  assert.deepEqual(issue?.range?.start, { offset: text.indexOf('""'), line: 2, column: 47 });
  assert.equal(issue?.python, undefined);
});

test('of an object the features cross only when asked for', () => {
  const features = [{ id: 'a', more: [NaN, 5n] }];
  const look = { all: false, items: false, lint: false };
  const encoded = (/** @type {boolean} */ items) =>
    new TextDecoder().decode(encodePayload({ features }, { ...look, items }));
  assert.equal(encoded(false), '{"features":[]}');
  assert.equal(encoded(true), '{"features":[{"id":"a","more":[NaN,5]}]}');
});
