/*
 * The picture in docs/building.md shows the code as it is, and the code has the order that the picture shows.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { parts, picture, readArchitecture, readUses, textOf } from '../../scripts/architecture.js';

const edges = readArchitecture();

/** Arrows against the order: what they use uses nothing of where they come from. */
const exceptions = {
  'js/task → js/cli': 'the command line of a task reads, writes and prints as all commands do',
  'src/payload → src/cirrus': "the profile 'cirrus' asks for ids and lengths",
  'src/task → src/cirrus': 'an explanation may go on with the chain',
};

test('the picture is of this code: if not, node scripts/architecture.js', () => {
  const [, description] = /<desc>(.*?)<\/desc>/s.exec(readFileSync(picture, 'utf8')) ?? [];
  assert.equal(description, textOf(edges));
});

test('all parts are in it', () => {
  const drawn = new Set(edges.flatMap(({ from, to }) => [from, to]));
  assert.deepEqual([...drawn].sort(), [...parts].sort());
});

test('arrows point one way, but for those that wait until they are needed', () => {
  const against = edges.filter(({ up, lazy }) => up && !lazy).map(({ from, to }) => `${from} → ${to}`);
  assert.deepEqual(against, Object.keys(exceptions));
});

test('the core knows nothing of JavaScript, nor of the bindings', () => {
  const leaving = edges.filter(({ from, to }) => from.startsWith('src/') && !to.startsWith('src/'));
  assert.deepEqual(leaving, []);
});

test('the one chunk uses nothing of the other', () => {
  const of = (/** @type {string} */ chunk) => reached(chunk).filter((part) => part.startsWith('src/'));
  assert.deepEqual(of('assets.wasm'), ['src/assets', 'src/json']);
  assert.ok(!of('core.wasm').includes('src/assets'));
});

test('files go in no circle', () => {
  const uses = readUses();
  assert.ok(uses.size > 200, `${uses.size} files`);
  /** @type {Set<string>} */
  const done = new Set();
  const visit = (/** @type {string} */ file, /** @type {string[]} */ path) => {
    assert.ok(!path.includes(file), `a circle: ${[...path, file].join(' → ')}`);
    if (done.has(file)) return;
    for (const { target, lazy } of uses.get(file) ?? []) if (!lazy) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of uses.keys()) visit(file, []);
});

/** @param {string} start */
function reached(start) {
  const seen = new Set([start]);
  for (const part of seen) for (const { from, to } of edges) if (from === part) seen.add(to);
  return [...seen].sort();
}
