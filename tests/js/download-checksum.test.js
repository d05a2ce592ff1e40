/*
 * The option `checksum`: what arrives, what is there, what has none, and what is added.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { blake3 } from '@noble/hashes/blake3.js';
import { DownloadError, downloadAsset, downloadItem, downloadItemCollection } from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

/** @typedef {NonNullable<import('stac-task').DownloadOptions['checksum']>} Checksums */

const bytes = Buffer.from('the bytes of an asset');
const spoilt = Buffer.from('THE BYTES OF AN ASSET');
const multihash = `1220${createHash('sha256').update(bytes).digest('hex')}`;
const sha1 = `1114${createHash('sha1').update(bytes).digest('hex')}`;
const wrong = `1220${'0'.repeat(64)}`;
/** Of an algorithm that nothing here computes. */
const unknown = `d401 10${'0'.repeat(32)}`.replace(' ', '');
const extension = 'https://stac-extensions.github.io/file/v2.1.0/schema.json';

/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let server;
/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-checksum-'));
  server = await serveFaults({
    '/a.bin': { bytes },
    '/broken.bin': { bytes, faults: [{ dropAt: 7 }] },
  });
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** @param {object} asset @param {object} [more] */
const itemOf = (asset, more) => ({
  type: 'Feature',
  stac_version: '1.1.0',
  id: 'i',
  geometry: null,
  properties: { datetime: '2020-01-02T00:00:00Z' },
  links: [],
  assets: { a: { href: `${server.url}/a.bin`, ...asset } },
  ...more,
});

let count = 0;

/**
 * Download the asset into a folder in which its file may be already.
 *
 * @param {object} asset
 * @param {Checksums | undefined} checksum
 * @param {Buffer} [there]
 */
async function download(asset, checksum, there) {
  const to = join(folder, String(++count));
  const requests = server.requests.length;
  /** @type {import('stac-task').DownloadMessage[]} */
  const messages = [];
  const options = { fileName: null, onMessage: (/** @type {any} */ message) => void messages.push(message) };
  if (there) {
    await downloadItem(itemOf({}), to, options);
    await writeFile(join(to, 'a.bin'), there);
    messages.length = 0;
  }
  const fetched = server.requests.length;
  const outcome = await downloadItem(itemOf(asset), to, {
    ...options,
    ...(checksum ? { checksum } : {}),
  }).catch((error) => error);
  const isFetched = server.requests.length > (there ? fetched : requests);
  const written = await readFile(join(to, 'a.bin')).catch(() => undefined);
  const warnings = messages.filter(({ kind }) => kind === 'warning');
  const error = outcome instanceof DownloadError ? outcome.errors[0] : undefined;
  return { outcome, error: /** @type {any} */ (error), isFetched, written, warnings };
}

describe('a file that arrives', () => {
  /** @type {[checksum: Checksums | undefined, given: string | undefined, code: string | null][]} */
  const cases = [
    [undefined, multihash, null],
    [undefined, wrong, 'ERR_CHECKSUM'],
    ['arriving', wrong, 'ERR_CHECKSUM'],
    ['verify', wrong, 'ERR_CHECKSUM'],
    ['add', wrong, 'ERR_CHECKSUM'],
    ['require', wrong, 'ERR_CHECKSUM'],
    ['ignore', wrong, null],
    ['ignore', 'no multihash', null],
    ['verify', 'no multihash', 'ERR_CHECKSUM'],
    ['verify', undefined, null],
    ['require', undefined, 'ERR_CHECKSUM'],
    ['require', multihash, null],
    ['require', sha1, null],
    ['verify', unknown, null],
    ['require', unknown, 'ERR_CHECKSUM'],
  ];
  for (const [checksum, given, code] of cases) {
    const what = { [multihash]: 'right', [sha1]: 'right, SHA1', [wrong]: 'wrong', [unknown]: 'unknown' };
    test(`${checksum ?? 'by default'}, ${what[given ?? ''] ?? given ?? 'none'}: ${code ?? 'there'}`, async () => {
      const { error, written } = await download(given ? { 'file:checksum': given } : {}, checksum);
      assert.equal(error?.code ?? null, code);
      assert.deepEqual(written, code === null ? bytes : undefined);
    });
  }

  test('require asks for nothing where there is no checksum', async () => {
    const { error, isFetched } = await download({}, 'require');
    assert.equal(error.message, "asset 'a' has no file:checksum");
    assert.equal(isFetched, false);
    const one = await errorOf(downloadAsset(itemOf({}), 'a', join(folder, 'x'), { checksum: 'require' }));
    assert.equal(one.code, 'ERR_CHECKSUM');
  });

  for (const length of [1, 16, 32, 33, 64, 127]) {
    test(`BLAKE3 of ${length} bytes`, async () => {
      const right = Buffer.from(blake3(bytes, { dkLen: length }));
      const code = `1e${length.toString(16).padStart(2, '0')}`;
      const { error, written } = await download({ 'file:checksum': code + right.toString('hex') }, 'require');
      assert.equal(error, undefined);
      assert.deepEqual(written, bytes);
      const wrong = Buffer.from(right).fill(right[0] ^ 1, 0, 1);
      const refused = await download({ 'file:checksum': code + wrong.toString('hex') }, 'require');
      assert.equal(refused.error?.code, 'ERR_CHECKSUM');
    });
  }

  test('a checksum that nothing here computes is a warning', async () => {
    const { warnings } = await download({ 'file:checksum': unknown }, 'verify');
    assert.match(/** @type {any} */ (warnings[0]).message, /nothing here computes md4/);
  });
});

describe('a file that is there', () => {
  /** @type {[checksum: Checksums | undefined, given: string | undefined, there: Buffer, isFetched: boolean][]} */
  const cases = [
    [undefined, multihash, spoilt, false],
    ['arriving', multihash, spoilt, false],
    ['ignore', multihash, spoilt, false],
    ['verify', multihash, bytes, false],
    ['verify', multihash, spoilt, true],
    ['require', multihash, spoilt, true],
    ['add', multihash, spoilt, true],
    ['verify', undefined, spoilt, false],
    ['verify', sha1, spoilt, true],
    ['verify', sha1, bytes, false],
  ];
  for (const [checksum, given, there, isFetched] of cases) {
    const name = `${checksum ?? 'by default'}, ${there === spoilt ? 'spoilt' : 'right'}${given ? '' : ', without a checksum'}`;
    test(`${name}: ${isFetched ? 'is replaced' : 'stays'}`, async () => {
      const found = await download(given ? { 'file:checksum': given } : {}, checksum, there);
      assert.equal(found.error, undefined);
      assert.equal(found.isFetched, isFetched);
      assert.deepEqual(found.written, isFetched ? bytes : there);
      assert.equal(found.warnings.length, isFetched ? 1 : 0);
    });
  }

  test('stays where what arrives in its place is wrong, too', async () => {
    const { error, written } = await download({ 'file:checksum': wrong }, 'verify', bytes);
    assert.equal(error.code, 'ERR_CHECKSUM');
    assert.deepEqual(written, bytes);
  });
});

describe('what is added', () => {
  test('checksum, size and the extension, to what was downloaded', async () => {
    const { outcome } = await download({ type: 'text/plain' }, 'add');
    assert.deepEqual(outcome.stac_extensions, [extension]);
    const { href: _href, ...asset } = outcome.assets.a;
    assert.deepEqual(asset, { type: 'text/plain', 'file:size': 21, 'file:checksum': multihash });
  });

  test('the same to what was there', async () => {
    const { outcome, isFetched } = await download({}, 'add', bytes);
    assert.equal(isFetched, false);
    assert.equal(outcome.assets.a['file:checksum'], multihash);
    assert.equal(outcome.assets.a['file:size'], 21);
  });

  test('not to what has a checksum, but for the size', async () => {
    const { outcome } = await download({ 'file:checksum': sha1 }, 'add');
    assert.equal(outcome.assets.a['file:checksum'], sha1);
    assert.equal(outcome.assets.a['file:size'], 21);
  });

  test('nothing by default', async () => {
    const { outcome } = await download({}, undefined);
    assert.deepEqual(Object.keys(outcome.assets.a), ['href']);
    assert.equal('stac_extensions' in outcome, false);
  });

  test('to a file whose connection broke: of all of its bytes', async () => {
    const item = itemOf({ href: `${server.url}/broken.bin` });
    const result = await downloadItem(item, join(folder, String(++count)), { checksum: 'add' });
    assert.equal(result.assets.a['file:checksum'], multihash);
  });

  test('not to what failed or was not asked for', async () => {
    const assets = {
      a: { href: `${server.url}/a.bin` },
      lost: { href: `${server.url}/lost.bin` },
      other: { href: `${server.url}/other.bin` },
    };
    const options = /** @type {const} */ ({
      exclude: ['other'],
      errorStrategy: 'KEEP',
      keepNonDownloaded: true,
    });
    const error = await errorOf(
      downloadItem(itemOf({}, { assets }), join(folder, String(++count)), { ...options, checksum: 'add' }),
    );
    const added = Object.entries(error.result.assets).filter(([, asset]) => 'file:checksum' in asset);
    assert.deepEqual(
      added.map(([key]) => key),
      ['a'],
    );
  });

  /** @type {Record<string, [given: string[], expected: string[]]>} */
  const extensions = {
    'behind the others': [
      ['https://x.example/v1/schema.json'],
      ['https://x.example/v1/schema.json', extension],
    ],
    'unless it is there': [[extension], [extension]],
    'unless it is there in another version': [
      ['https://stac-extensions.github.io/file/v1.0.0/schema.json'],
      ['https://stac-extensions.github.io/file/v1.0.0/schema.json'],
    ],
  };
  for (const [name, [given, expected]] of Object.entries(extensions)) {
    test(`the extension, ${name}`, async () => {
      const item = itemOf({}, { stac_extensions: given });
      const store = new Map();
      const result = await downloadItem(item, 'x', { checksum: 'add', store });
      assert.deepEqual(/** @type {any} */ (result).stac_extensions, expected);
      // What is saved has it, too.
      assert.deepEqual(JSON.parse(String(Buffer.from(store.get('x/i.json')))).stac_extensions, expected);
    });
  }

  test('to each item of a collection, and to a single asset', async () => {
    const collection = { type: 'FeatureCollection', features: [itemOf({}), itemOf({}, { id: 'j' })] };
    const { features } = await downloadItemCollection(collection, 'x', { checksum: 'add', store: new Map() });
    for (const item of /** @type {any[]} */ (features))
      assert.equal(item.assets.a['file:checksum'], multihash);
    const asset = await downloadAsset(itemOf({}), 'a', 'x', { checksum: 'add', store: new Map() });
    assert.deepEqual(asset, { href: 'x', 'file:size': 21, 'file:checksum': multihash });
  });
});

describe('stores', () => {
  test('a Map is read again', async () => {
    const store = new Map([['x/a.bin', spoilt]]);
    const options = /** @type {const} */ ({ store, checksum: 'verify', onMessage: () => {} });
    await downloadItem(itemOf({ 'file:checksum': multihash }), 'x', options);
    assert.deepEqual(Buffer.from(store.get('x/a.bin') ?? []), bytes);
  });

  test('one that cannot be read is refused where that is needed', async () => {
    const store = { sizeOf: async () => null, open: async () => assert.fail('is not opened') };
    const error = await errorOf(downloadItem(itemOf({}), 'x', { store, checksum: 'verify' }));
    assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
    assert.match(error.message, /the store needs read\(\)/);
  });

  test('another word is refused', async () => {
    const checksum = /** @type {any} */ ('always');
    const error = await errorOf(downloadItem(itemOf({}), 'x', { checksum, store: new Map() }));
    assert.match(error.message, /'checksum' is 'ignore' or 'arriving' or 'verify'/);
  });
});
