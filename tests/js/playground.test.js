import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { snippetOf } from '../../examples/playground/src/editor/snippet.js';
import { changeBetween } from '../../examples/playground/src/fixing.js';
import { footprintOf } from '../../examples/playground/src/map/footprint.js';
import { withoutTurns } from '../../examples/playground/src/panels/format.js';
import { onlyItems, placesOfItems } from '../../examples/playground/src/worker/places.js';
import { ensureInstalled } from '../support/install.js';
import { root } from '../support/paths.js';

const ring = (...corners) => [...corners, corners[0]];

/** More than a call takes arguments. */
const many = Array.from({ length: 150_001 }, (_, at) => [(at % 100) / 10, (at % 70) / 10]);

/** An item's place, and the rings that the map draws: latitude first, one after the other without a jump. */
const footprints = {
  'a polygon': {
    item: { geometry: { type: 'Polygon', coordinates: [ring([1, 2], [3, 2], [3, 4])] } },
    drawn: { kind: 'area', parts: [ring([2, 1], [2, 3], [4, 3])], isBbox: false },
  },
  'a polygon over the antimeridian, in one ring': {
    item: { geometry: { type: 'Polygon', coordinates: [ring([179, 0], [-179, 0], [-179, 1])] } },
    drawn: { kind: 'area', parts: [ring([0, 179], [0, 181], [1, 181])], isBbox: false },
  },
  'polygons that were cut at the antimeridian': {
    item: {
      geometry: {
        type: 'MultiPolygon',
        coordinates: [[ring([170, 0], [180, 0], [180, 1])], [ring([-180, 0], [-175, 0], [-180, 1])]],
      },
    },
    drawn: {
      kind: 'area',
      parts: [ring([0, 170], [0, 180], [1, 180]), ring([0, 180], [0, 185], [1, 180])],
      isBbox: false,
    },
  },
  'no geometry but a bounding box': {
    item: { geometry: null, bbox: [1, 2, 3, 4] },
    drawn: { kind: 'area', parts: [ring([2, 1], [2, 3], [4, 3], [4, 1])], isBbox: true },
  },
  'a bounding box over the antimeridian, with heights': {
    item: { geometry: null, bbox: [176, -18, 0, -176, -12, 9] },
    drawn: { kind: 'area', parts: [ring([-18, 176], [-18, 184], [-12, 184], [-12, 176])], isBbox: true },
  },
  'a point': {
    item: { geometry: { type: 'Point', coordinates: [5, 6] } },
    drawn: {
      kind: 'points',
      parts: [
        [
          [6, 5],
          [6, 5],
        ],
      ],
      isBbox: false,
    },
  },
  'a collection, of which the areas count': {
    item: {
      geometry: {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [9, 9] },
          { type: 'Polygon', coordinates: [ring([1, 2], [3, 2], [3, 4])] },
        ],
      },
    },
    drawn: { kind: 'area', parts: [ring([2, 1], [2, 3], [4, 3])], isBbox: false },
  },
  'a polygon of very many points': {
    item: { geometry: { type: 'MultiPolygon', coordinates: [[many], [ring([1, 2], [3, 2], [3, 4])]] } },
    drawn: {
      kind: 'area',
      parts: [many.map(([east, north]) => [north, east]), ring([2, 1], [2, 3], [4, 3])],
      isBbox: false,
    },
  },
  'latitude and longitude in the wrong order, with a bounding box': {
    item: { geometry: { type: 'Point', coordinates: [5, 140] }, bbox: [139, 4, 141, 6] },
    drawn: { kind: 'area', parts: [ring([4, 139], [4, 141], [6, 141], [6, 139])], isBbox: true },
  },
  'metres of a projection': {
    item: {
      geometry: { type: 'Point', coordinates: [399960, 90] },
      bbox: [399960, 4900020, 509760, 5009820],
    },
    drawn: null,
  },
  neither: { item: { geometry: null, bbox: null }, drawn: null },
  nonsense: {
    item: { geometry: { type: 'Polygon', coordinates: [[['a'], null, 5]] }, bbox: [1] },
    drawn: null,
  },
};

/** A payload, and the text of each of its items. */
const placesOfFeatures = {
  'a list': ['{"features": [1, {"a": []}]}', ['1', '{"a": []}']],
  'two members of that name, of which the last counts': ['{"features": [1, 2, 3], "features": [4]}', ['4']],
  'a last member that is no list': ['{"features": [1, 2], "features": null}', []],
  'no object': ['[1, 2]', []],
};

/** A language server's snippet, and CodeMirror's. */
const snippets = {
  'a field': ['"a": $1', '"a": ${1}'],
  'a field with a text': ['"a": "${1:b}"', '"a": "${1:b}"'],
  'braces that are no field': ['"a": {$1}', '"a": \\{${1}\\}'],
  'an escaped dollar': ['"\\${id\\}"', '"$\\{id\\}"'],
  'a text with braces, which cannot be a field': ['"${1:s3://\\${id\\}}"', '"s3://$\\{id\\}"'],
};

const changes = {
  'something in the middle': ['abcd', 'abXd', { from: 2, to: 3, text: 'X' }],
  'the same letter once more': ['aa', 'aaa', { from: 2, to: 2, text: 'a' }],
  nothing: ['ab', 'ab', { from: 2, to: 2, text: '' }],
  everything: ['ab', 'cd', { from: 0, to: 2, text: 'cd' }],
};

describe('the map of the playground', () => {
  for (const [name, { item, drawn }] of Object.entries(footprints)) {
    test(name, () => assert.deepEqual(footprintOf({ geometry: null, bbox: null, ...item }), drawn));
  }
});

describe('where items stand in the text', () => {
  for (const [name, [text, ids]] of Object.entries(placesOfFeatures)) {
    test(name, () =>
      assert.deepEqual(
        placesOfItems(text).map(({ from, to }) => text.slice(from, to)),
        ids,
      ),
    );
  }
});

test('a payload with some of its items is otherwise as it was written', () => {
  const text = '{ "a": 1.0, "features": [ 1, {"b": [2]} , 3,4 ], "process": [] }';
  const some = (from, to) => onlyItems(text, placesOfItems(text), from, to);
  assert.equal(some(1, 3), '{ "a": 1.0, "features": [ {"b": [2]} , 3 ], "process": [] }');
  assert.equal(some(3, 4), '{ "a": 1.0, "features": [ 4 ], "process": [] }');
  assert.equal(some(0, 4), text);
});

test('a finding that quotes a turn of the direction names it', () => {
  assert.equal(withoutTurns("no task is 'a\u202egpj'"), "no task is 'a<U+202E>gpj'");
});

describe('completion in the playground', () => {
  for (const [name, [given, wanted]] of Object.entries(snippets)) {
    test(name, () => assert.equal(snippetOf(given), wanted));
  }
});

describe('what "fix all" replaces in the playground', () => {
  for (const [name, [text, fixed, change]] of Object.entries(changes)) {
    test(name, () => assert.deepEqual(changeBetween(text, fixed), change));
  }
});

describe('the build of the playground', () => {
  let folder;
  let app;
  const read = (name) => readFile(join(folder, name), 'utf8');

  before(async () => {
    await ensureInstalled(join(root, 'examples/playground'));
    const { buildPlayground } = await import('../../examples/playground/build.js');
    folder = await mkdtemp(join(tmpdir(), 'playground-'));
    ({ app } = await buildPlayground(folder));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('the page names its files relative to itself', async () => {
    const addresses = [...(await read('index.html')).matchAll(/ (?:src|href)="([^"#]+)"/g)].map(
      ([, each]) => each,
    );
    assert.ok(addresses.includes(`${app}/main.js`));
    for (const address of addresses) assert.doesNotMatch(address, /^(\/|\w+:)/);
  });

  test('the service worker keeps everything but what only downloads need', async () => {
    const [, list] = /files = (\[.*?\]);/s.exec(await read('sw.js'));
    const kept = new Set(JSON.parse(list.replaceAll("'", '"')));
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = all
      .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
    const left = names.filter((name) => !kept.has(name === 'index.html' ? './' : name));
    assert.ok(left.includes(`${app}/stac-task/assets.wasm`));
    for (const name of left) assert.match(name, /\/stac-task\/(assets|core\.inline)|^examples\/scene\//);
    assert.equal(kept.size, names.length - left.length);
  });

  test('the page of findings has a place for every finding', async () => {
    const codes = [...(await readFile(join(root, 'docs/findings.md'), 'utf8')).matchAll(/^### `(.+)`$/gm)];
    assert.ok(codes.length > 50);
    const page = await read('docs/findings.html');
    for (const [, code] of codes) assert.ok(page.includes(`id="${code}"`), code);
  });
});
