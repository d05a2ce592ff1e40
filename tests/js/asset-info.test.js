/*
 * assetInfo() and assetInfos(): what a server says of an asset, and what is said where it says nothing.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { assertAssetExists, assetExists, assetInfo, assetInfos } from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

const bytes = Buffer.from('the bytes of an asset');
const changed = 'Sun, 06 Nov 1994 08:49:37 GMT';

/**
 * @template T
 * @param {Record<string, import('../support/fault-server.js').Served>} files
 * @param {(server: Awaited<ReturnType<typeof serveFaults>>) => Promise<T>} work
 */
async function withServer(files, work) {
  const server = await serveFaults(files);
  try {
    return await work(server);
  } finally {
    server.close();
  }
}

/** @param {Record<string, object>} assets @param {object} [more] */
const itemOf = (assets, more) => ({ type: 'Feature', id: 'i', links: [], assets, ...more });

/**
 * @param {Partial<import('../support/fault-server.js').Served>} served
 * @param {object} [asset]
 * @param {import('stac-task').HrefOptions} [options]
 */
const asked = (served, asset, options) =>
  withServer({ '/a.tif': { bytes, ...served } }, async ({ url, requests }) => {
    const item = itemOf({ a: { href: `${url}/a.tif`, ...asset } });
    const info = await assetInfo(item, 'a', options);
    return {
      info,
      requests: requests.map(({ method, headers }) => `${method} ${headers.range ?? ''}`.trim()),
    };
  });

describe('what a server says', () => {
  const tiff = { type: 'image/tiff' };
  /** @type {Record<string, [served: Partial<import('../support/fault-server.js').Served>, asset: object, expected: Partial<import('stac-task').AssetInfo>, requests?: string[]]>} */
  const cases = {
    'size, type, ETag and date': [
      { type: 'image/tiff', lastModified: changed },
      { type: 'image/tiff', 'file:size': 21 },
      {
        exists: true,
        client: 'http',
        type: 'image/tiff',
        contentType: 'image/tiff',
        typeFits: true,
        size: 21,
        sizeFits: true,
        etag: '"first"',
        lastModified: '1994-11-06T08:49:37.000Z',
        error: null,
        note: '',
      },
      ['HEAD'],
    ],
    'a type that is interchangeable': [
      { type: 'image/tiff' },
      { type: 'image/tiff; application=geotiff' },
      { typeFits: true, note: '' },
    ],
    'another type': [
      { type: 'text/html; charset=utf-8' },
      tiff,
      { contentType: 'text/html; charset=utf-8', typeFits: false },
    ],
    'no type': [{}, tiff, { contentType: null, typeFits: null, note: '' }],
    'a type of which the asset says nothing': [
      { type: 'text/html' },
      {},
      { contentType: 'text/html', typeFits: null },
    ],
    'another size': [{}, { 'file:size': 20 }, { size: 21, sizeFits: false, exists: true }],
    'the length of what is compressed, which is not the size': [
      { always: { headers: { 'content-encoding': 'gzip' } } },
      { 'file:size': 20 },
      { size: null, sizeFits: null, exists: true },
    ],
    'nothing by HEAD: one byte is asked for': [
      { faults: [{ status: 403 }], type: 'image/tiff' },
      {},
      { exists: true, size: 21, contentType: 'image/tiff' },
      ['HEAD', 'GET bytes=0-0'],
    ],
    'all of it for one byte': [
      { faults: [{ status: 405 }], ranges: false },
      {},
      { exists: true, size: 21 },
      ['HEAD', 'GET bytes=0-0'],
    ],
    'an empty file': [
      { faults: [{ status: 501 }], bytes: Buffer.alloc(0) },
      {},
      { exists: true, size: 0 },
      ['HEAD', 'GET bytes=0-0'],
    ],
    'that it is busy: it is asked again': [
      { faults: [{ status: 503, headers: { 'retry-after': '0' } }] },
      {},
      { exists: true },
      ['HEAD', 'HEAD'],
    ],
    'what has a checksum that is none': [
      {},
      { 'file:checksum': 'no multihash' },
      { exists: true, error: null },
    ],
  };
  for (const [name, [served, asset, expected, requests]] of Object.entries(cases)) {
    test(name, async () => {
      const found = await asked(served, asset);
      const members = Object.keys(expected).map((key) => [key, /** @type {any} */ (found.info)[key]]);
      assert.deepEqual(Object.fromEntries(members), expected, found.info.note);
      if (requests) assert.deepEqual(found.requests, requests);
    });
  }

  test('to a page, of what it may have compressed: no length is taken from it', async () => {
    const answer = { status: 200, headers: { 'content-length': '12', 'content-type': 'application/json' } };
    const fetch = async () => Object.defineProperty(new Response(null, answer), 'type', { value: 'cors' });
    const item = itemOf({ a: { href: 'https://h.invalid/a.json', 'file:size': 1000 } });
    const { size, sizeFits, note } = await assetInfo(item, 'a', { fetch });
    assert.deepEqual({ size, sizeFits, note }, { size: null, sizeFits: null, note: '' });
  });

  test('that a type is wrong is no error, whatever is asserted', async () => {
    const { info } = await asked({ type: 'text/html' }, tiff, { httpAssertContentType: true });
    assert.equal(info.exists, true);
    assert.match(info.note, /^the actual content type does not match the expected: actual=text\/html/);
  });
});

describe('what cannot be downloaded', () => {
  /** @type {Record<string, [asset: object, code: string, note: RegExp, options?: import('stac-task').HrefOptions]>} */
  const cases = {
    'a relative address without a self link': [
      { href: './a' },
      'ERR_ASSET_HREF',
      /^Could not make absolute href$/,
    ],
    'an address that nobody reads': [{ href: 'ftp://h/a' }, 'ERR_ASSET_HREF', /could not guess client class/],
    'an alternate without an address': [
      { href: 'https://h.invalid/a', alternate: { s3: {} } },
      'ERR_ASSET_HREF',
      /missing href/,
      { alternateAssets: ['s3'] },
    ],
    'a file that is not there': [{ href: '/no/such/file' }, 'ERR_READ_FAILED', /ENOENT/],
    'an object that only its payer may read, without credentials': [
      { href: 's3://b/k', 'storage:requester_pays': true },
      'ERR_CREDENTIALS',
      /^Unable to locate credentials\nrequester pays$/,
    ],
  };
  for (const [name, [asset, code, note, options]] of Object.entries(cases)) {
    test(name, async () => {
      const info = await assetInfo(itemOf({ a: asset }), 'a', options);
      assert.equal(info.exists, false);
      assert.equal(info.error?.code, code, info.note);
      assert.match(info.note, note);
    });
  }

  test('what a server refuses, with its status', async () => {
    const { info, requests } = await asked({ always: { status: 403 } });
    assert.equal(info.exists, false);
    assert.match(info.note, /^403, message='Forbidden', url='http:/);
    assert.deepEqual(requests, ['HEAD', 'GET bytes=0-0']);
  });

  test('a server that does not answer', async () => {
    const { info } = await asked(
      { always: { silent: true } },
      {},
      { httpClientTimeout: 0.1, httpMaxAttempts: 1 },
    );
    assert.equal(info.error?.code, 'ERR_STALLED');
  });

  test('a file of this machine, of an item from elsewhere', async () => {
    const item = itemOf(
      { a: { href: '/etc/hostname' } },
      { links: [{ rel: 'self', href: 'https://h.invalid/i.json' }] },
    );
    assert.equal((await assetInfo(item, 'a')).error?.code, 'ERR_LOCAL_FILE');
  });

  test('no address with its query', async () => {
    const item = itemOf({ a: { href: 'http://127.0.0.1:1/a?token=secret' } });
    const info = await assetInfo(item, 'a', { httpMaxAttempts: 1 });
    assert.doesNotMatch(`${info.note}${info.error?.message}`, /secret/);
  });

  test('no address of another alternate', async () => {
    const alternate = { none: {}, s3: { href: 'https://user:secret@h.invalid/a?X-Amz-Signature=secret' } };
    const item = itemOf({ a: { href: 'https://h.invalid/a', alternate } });
    const info = await assetInfo(item, 'a', { alternateAssets: ['none'] });
    assert.equal(info.error?.code, 'ERR_ASSET_HREF');
    assert.doesNotMatch(`${info.note}${info.error?.message}`, /secret/);
  });
});

test('a file of this machine has a size and a date', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stac-task-info-'));
  try {
    const path = join(folder, 'a.tif');
    await writeFile(path, bytes);
    await utimes(path, new Date(changed), new Date(changed));
    const { exists, client, size, lastModified } = await assetInfo(itemOf({ a: { href: path } }), 'a');
    assert.deepEqual(
      { exists, client, size, lastModified },
      { exists: true, client: 'filesystem', size: 21, lastModified: '1994-11-06T08:49:37.000Z' },
    );
    assert.match((await assetInfo(itemOf({ a: { href: folder } }), 'a')).note, /is no file/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('alternates are listed, and asked for where they are preferred', () =>
  withServer({ '/b.tif': { bytes } }, async ({ url, requests }) => {
    const alternate = { mirror: { href: `${url}/b.tif` }, s3: { href: 's3://b/k' }, lost: {} };
    const item = itemOf({ a: { href: `${url}/a.tif`, alternate } });
    const own = await assetInfo(item, 'a');
    assert.equal(own.exists, false);
    assert.equal(own.alternate, null);
    assert.deepEqual(own.alternates, [
      { key: 'mirror', href: `${url}/b.tif`, client: 'http' },
      { key: 's3', href: 's3://b/k', client: 's3' },
      { key: 'lost', href: null, client: null },
    ]);
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['/a.tif'],
    );
    const other = await assetInfo(item, 'a', { alternateAssets: ['none', 'mirror'] });
    assert.deepEqual([other.exists, other.alternate, other.href], [true, 'mirror', `${url}/b.tif`]);
    assert.equal(other.note, 'alternates: mirror (used), s3, lost');
  }));

test('who pays is read of the item, too', async () => {
  const properties = { 'storage:requester_pays': true, 'storage:region': 'eu-west-1' };
  const item = itemOf({ a: { href: 's3://b/k' } }, { properties });
  /** @type {any[]} */
  const sources = [];
  const head = async (/** @type {string} */ _href, /** @type {any} */ { source }) => {
    sources.push(source);
    return { status: 200, headers: /** @type {[string, string][]} */ ([]), body: null };
  };
  const info = await assetInfo(item, 'a', { clients: { s3: { open: head, head } } });
  assert.equal(info.requesterPays, true);
  assert.equal(info.note, 'requester pays');
  assert.equal(sources[0].region, 'eu-west-1');
});

describe('assetInfos()', () => {
  const files = { '/a.tif': { bytes }, '/b.tif': { bytes } };

  test('is of all assets, in their order', () =>
    withServer(files, async ({ url }) => {
      const first = itemOf({ b: { href: `${url}/b.tif` }, a: { href: `${url}/a.tif` } });
      const second = itemOf({ c: { href: `${url}/c.tif` } }, { id: 'j' });
      const infos = await assetInfos({ type: 'FeatureCollection', features: [first, second] });
      assert.deepEqual(
        infos.map(({ ownerId, key, exists }) => [ownerId, key, exists]),
        [
          ['i', 'b', true],
          ['i', 'a', true],
          ['j', 'c', false],
        ],
      );
      const some = await assetInfos({ ...first, type: 'Collection' }, { include: ['a'] });
      assert.deepEqual(
        some.map(({ key }) => key),
        ['a'],
      );
    }));

  test('looks at each asset a few times, however many there are', async () => {
    let looks = 0;
    const watched = new Proxy(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, { href: `/no/such/${i}` }])),
      {
        get(target, key) {
          ++looks;
          return Reflect.get(target, key);
        },
      },
    );
    const infos = await assetInfos(itemOf(watched));
    assert.equal(infos.length, 100);
    assert.ok(looks > 0 && looks <= 300, String(looks));
  });

  test('keeps to a limit', () =>
    withServer({}, async ({ url }) => {
      let now = 0;
      let most = 0;
      const head = async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        --now;
        return { status: 200, headers: /** @type {[string, string][]} */ ([]), body: null };
      };
      const assets = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`a${i}`, { href: `${url}/${i}` }]),
      );
      const clients = { http: { open: head, head } };
      const infos = await assetInfos(itemOf(assets), { clients, maxConcurrentDownloads: 3 });
      assert.equal(infos.length, 20);
      assert.equal(most, 3);
    }));

  test('sends a secret to nobody where it is not clear whose it is', () =>
    withServer(files, async ({ url, requests }) => {
      const item = itemOf({ a: { href: `${url}/a.tif` }, b: { href: 'http://localhost:1/b.tif' } });
      const error = await errorOf(assetInfos(item, { httpHeaders: { authorization: 'secret' } }));
      assert.equal(error.code, 'ERR_CONFIG');
      assert.equal(requests.length, 0);
      await assetInfo(item, 'a', { httpHeaders: { authorization: 'secret' } });
      assert.equal(requests[0]?.headers['authorization'], 'secret');
    }));

  test('ends with the signal', () =>
    withServer({ '/a.tif': { bytes, always: { silent: true } } }, async ({ url }) => {
      const controller = new AbortController();
      const clients = {
        http: {
          open: async () => {
            controller.abort(new Error('enough'));
            return new Promise(() => {});
          },
        },
      };
      const item = itemOf({ a: { href: `${url}/a.tif` } });
      const error = await errorOf(
        assetInfos(item, { signal: controller.signal, clients: /** @type {any} */ (clients) }),
      );
      assert.equal(error.message, 'enough');
    }));

  /** @type {Record<string, unknown>} */
  const refused = {
    null: null,
    'a catalog': { type: 'Catalog' },
    'features that are none': { type: 'FeatureCollection' },
  };
  for (const [name, object] of Object.entries(refused)) {
    test(`refuses ${name}`, async () => {
      const error = await errorOf(assetInfos(/** @type {any} */ (object)));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
    });
  }

  test('of an item without assets there is nothing to say', async () => {
    assert.deepEqual(await assetInfos({ type: 'Feature' }), []);
  });
});

describe('a mistake of the caller says nothing of an asset', () => {
  const item = itemOf({ a: { href: 'https://h.invalid/a' } });
  const calls = { assetInfo, assetExists, assertAssetExists };
  for (const [name, call] of Object.entries(calls)) {
    test(`${name}() throws it`, async () => {
      assert.equal((await errorOf(call(item, 'none'))).code, 'ERR_INVALID_ARGUMENT');
      assert.equal((await errorOf(call(item, 'a', { clientOverride: 'ftp' }))).code, 'ERR_CONFIG');
      assert.equal(
        (await errorOf(call(item, 'a', /** @type {any} */ ({ maxAttempts: 1 })))).code,
        'ERR_INVALID_ARGUMENT',
      );
    });
  }
});
