/*
 * `stac-task info`: its table, which says what `stac-asset info` says (tests/vectors/assets-info.json), and what it refuses.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { concurrency, workplace } from './cli-support.js';

const vectors = JSON.parse(readFileSync(new URL('../vectors/assets-info.json', import.meta.url), 'utf8'));

const bytes = Buffer.from('the bytes of an asset');

const item = (/** @type {Record<string, object>} */ assets, id = 'i') => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id,
  geometry: null,
  properties: { datetime: '2020-01-02T00:00:00Z' },
  links: [],
  assets,
});

const { stacTask } = workplace({
  'text.json': 'no JSON',
  'untyped.json': '{}',
  'catalog.json': '{"type": "Catalog"}',
  'local.json': JSON.stringify(item({ t: { href: './text.json', type: 'application/json' } })),
});

/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let server;
before(async () => {
  /** @type {[string, number][]} */
  const recorded = Object.entries(vectors.recorded.files);
  const files = recorded.map(([path, status]) => [
    path,
    { bytes, ...(status === 200 ? {} : { always: { status } }) },
  ]);
  server = await serveFaults({
    ...Object.fromEntries(files),
    '/item.json': { bytes: Buffer.from(JSON.stringify(item({ a: { href: './a.tif' } }))) },
    '/page.tif': { bytes, type: 'text/html; charset=utf-8' },
  });
});
after(() => server.close());

/**
 * The cells of a table, by the lines below its headings.
 * @param {string} text
 */
function rowsOf(text) {
  const [headings = '', rule = '', ...lines] = text.trimEnd().split('\n');
  const columns = [...rule.matchAll(/-+/g)].map(({ index, 0: { length } }) => [index, index + length]);
  const cells = (/** @type {string} */ line) =>
    columns.map(([start, end], column) =>
      line.slice(start, column === columns.length - 1 ? undefined : end).trim(),
    );
  assert.deepEqual(cells(headings), ['Asset', 'Client', 'Exists', 'Media type', 'Note']);
  return lines.map(cells);
}

describe('the table is that of stac-asset', concurrency, () => {
  assert.ok(vectors.cases.length > 10);
  for (const { name, object, alternateAssets, rows } of vectors.cases) {
    test(name, async () => {
      const input = JSON.stringify(object).replaceAll('{server}', server.url);
      const chosen = alternateAssets.flatMap((/** @type {string} */ key) => ['-a', key]);
      const { code, stdout, stderr } = await stacTask(['info', ...chosen], { input });
      const found = rowsOf(stdout.replaceAll(server.url, '{server}').replace(/\n? *alternates: .*/g, ''));
      // Further notes are on lines of their own.
      const shown = found.filter(([key]) => key !== '');
      const expected = rows.map((/** @type {any[]} */ [...cells], /** @type {number} */ index) =>
        cells[4] === null ? [...cells.slice(0, 4), shown[index]?.[4]] : cells,
      );
      assert.deepEqual(shown, expected, stdout);
      const isAllThere = rows.every((/** @type {string[]} */ [, , exists]) => exists === 'True');
      assert.equal(code, isAllThere ? 0 : 1, stderr);
    });
  }
});

describe('stac-task info', concurrency, () => {
  test('prints a list with --json: addresses, sizes, alternates', async () => {
    const alternate = { s3: { href: 's3://bucket/a.tif' }, lost: {} };
    const assets = {
      a: { href: `${server.url}/a.tif`, 'file:size': 21, alternate },
      x: { href: `${server.url}/x` },
    };
    const { code, stdout } = await stacTask(['info', '--json'], { input: JSON.stringify(item(assets)) });
    assert.equal(code, 1);
    const [a, x, ...others] = JSON.parse(stdout);
    assert.deepEqual(others, []);
    assert.deepEqual(a, {
      key: 'a',
      ownerId: 'i',
      href: `${server.url}/a.tif`,
      alternate: null,
      client: 'http',
      exists: true,
      type: null,
      contentType: null,
      typeFits: null,
      size: 21,
      sizeFits: true,
      etag: '"first"',
      lastModified: null,
      requesterPays: false,
      alternates: [
        { key: 's3', href: 's3://bucket/a.tif', client: 's3' },
        { key: 'lost', href: null, client: null },
      ],
      error: null,
      note: 'alternates: s3, lost',
    });
    assert.equal(x.exists, false);
    assert.equal(x.error.code, 'ERR_HTTP_STATUS');
  });

  test('notes on lines of their own what there is to know of one asset', async () => {
    const asset = { href: `${server.url}/page.tif`, type: 'image/tiff', 'file:size': 20 };
    const { stdout, code } = await stacTask(['info'], { input: JSON.stringify(item({ a: asset })) });
    assert.equal(code, 0);
    assert.deepEqual(
      rowsOf(stdout).map((cells) => cells[4]),
      [
        'the actual content type does not match the expected: actual=text/html, expected=image/tiff',
        'the size does not match: actual=21, expected=20',
      ],
    );
  });

  test('shows a few notes of many', async () => {
    const features = Array.from({ length: 9 }, (_, index) =>
      item({ a: { href: `${server.url}/${index}.tif` } }, `i-${index}`),
    );
    const input = JSON.stringify({ type: 'FeatureCollection', features });
    const rows = rowsOf((await stacTask(['info', '-'], { input })).stdout);
    assert.equal(rows.length, 6);
    assert.equal(rows[5]?.[4], 'and 4 more');
  });

  test('finds what stands beside the item', async () => {
    assert.match((await stacTask(['info', `${server.url}/item.json`])).stdout, /\na {5,}http +True\n$/);
    const { stdout, code } = await stacTask(['info', 'local.json']);
    assert.match(stdout, /\nt +filesystem +True +application\/json\n$/);
    assert.equal(code, 0);
  });

  test('takes collections, and asks for some assets only', async () => {
    const assets = { a: { href: `${server.url}/a.tif` }, x: { href: `${server.url}/x` } };
    const input = JSON.stringify({ ...item(assets), type: 'Collection' });
    for (const args of [
      ['-i', 'a'],
      ['-x', 'x'],
    ]) {
      const { code, stdout } = await stacTask(['info', ...args], { input });
      assert.deepEqual(
        rowsOf(stdout).map(([key]) => key),
        ['a'],
      );
      assert.equal(code, 0);
    }
  });

  test('sends headers to the server of the assets, and not to several', async () => {
    const one = item({ a: { href: `${server.url}/a.tif` } });
    const header = ['--http-header', 'x-secret=s'];
    assert.equal((await stacTask(['info', ...header], { input: JSON.stringify(one) })).code, 0);
    const before = server.requests.filter(({ headers }) => headers['x-secret'] === 's').length;
    assert.equal(before, 1);
    const two = { ...one, assets: { ...one.assets, b: { href: 'http://other.invalid/b' } } };
    const { code, stderr } = await stacTask(['info', ...header], { input: JSON.stringify(two) });
    assert.equal(code, 1);
    assert.match(stderr, /httpHeaders: x-secret: for which of/);
    assert.doesNotMatch(stderr, /x-secret=s/);
    assert.equal(server.requests.filter(({ headers }) => headers['x-secret']).length, before);
  });

  test('lets nothing of an item move the cursor, and paints when it is told to', async () => {
    const input = JSON.stringify(item({ 'a\u001b[2J': { href: `${server.url}/a.tif` } }));
    const plain = await stacTask(['info', '--no-color'], { input });
    assert.ok(!plain.stdout.includes('\u001b'));
    const painted = await stacTask(['info', '--color'], { input });
    assert.ok(painted.stdout.includes('\u001b[32mTrue'));
  });

  /** @type {Record<string, { args: string[], code: number, says: RegExp }>} */
  const refused = {
    'what is no JSON': { args: ['text.json'], code: 1, says: /text\.json is no JSON/ },
    'what has no type': { args: ['untyped.json'], code: 1, says: /missing 'type' field on input dictionary/ },
    'what has no assets': {
      args: ['catalog.json'],
      code: 1,
      says: /^ERROR: invalid 'type' field: Catalog\n$/,
    },
    'what is not there': { args: ['none.json'], code: 1, says: /none\.json: no such file/ },
    'two arguments': { args: ['a', 'b'], code: 2, says: /info takes one HREF/ },
    'an unknown client': { args: ['local.json', '-c', 'ftp'], code: 2, says: /--client takes filesystem/ },
    'a number that is none': { args: ['local.json', '--concurrency', 'x'], code: 2, says: /takes a number/ },
    'to ask never': {
      args: ['local.json', '--http-max-attempts', '0'],
      code: 2,
      says: /--http-max-attempts takes a number of 1 or more, not '0'/,
    },
    'an option of another command': { args: ['local.json', '--overwrite'], code: 2, says: /--overwrite/ },
  };
  for (const [name, { args, code, says }] of Object.entries(refused)) {
    test(`refuses ${name}`, async () => {
      const outcome = await stacTask(['info', ...args]);
      assert.equal(outcome.code, code, outcome.stderr);
      assert.match(outcome.stderr, says);
      assert.equal(outcome.stdout, '');
    });
  }
});
