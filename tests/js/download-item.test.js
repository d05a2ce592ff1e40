/*
 * Items, collections and item collections: what is downloaded, under which names, what becomes of the object, and what
 * is told. tests/vectors/assets-plans.json has more of what Python plans.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import {
  AssetOverwriteError,
  assertAssetExists,
  assetExists,
  ConfigError,
  DownloadError,
  downloadAsset,
  downloadCollection,
  downloadItem,
  downloadItemCollection,
  resolveAssetHref,
  StacTaskError,
} from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

const bytes = Buffer.from('the bytes of an asset');
const digest = createHash('sha256').update(bytes).digest('hex');

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-items-'));
  server = await serveFaults({
    '/s/a.bin': { bytes },
    '/s/b.bin': { bytes },
    '/s/b c.bin': { bytes },
    '/s/forbidden.bin': { bytes, always: { status: 403 } },
    '/s/slow.bin': { bytes, always: { stallAt: 3 } },
  });
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

let count = 0;
const place = () => join(folder, String(++count));

/**
 * @param {Record<string, object>} assets
 * @param {object} [more]
 */
const itemOf = (assets, more = {}) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'i',
  geometry: null,
  properties: { datetime: '2020-01-02T00:00:00Z' },
  links: [
    { rel: 'self', href: `${server.url}/s/i.json` },
    { rel: 'root', href: './catalog.json', title: 'Root' },
  ],
  assets,
  ...more,
});

test('an item has the addresses of its files, is saved, and the one that was given stays', async () => {
  const item = itemOf({ a: { href: './a.bin', title: 'A' }, 'b c': { href: 'b%20c.bin' } }, { extra: [1] });
  const before = structuredClone(item);
  const to = place();
  const result = await downloadItem(item, to);
  assert.deepEqual(item, before);
  assert.deepEqual(result, {
    ...before,
    links: [
      { rel: 'root', href: `${server.url}/s/catalog.json`, title: 'Root' },
      { rel: 'derived_from', href: `${server.url}/s/i.json` },
      { rel: 'self', href: `${to}/i.json`, type: 'application/json' },
    ],
    assets: { a: { href: './a.bin', title: 'A' }, 'b c': { href: './b c.bin' } },
  });
  assert.deepEqual(JSON.parse(await readFile(join(to, 'i.json'), 'utf8')), result);
  assert.deepEqual((await readdir(to)).sort(), ['a.bin', 'b c.bin', 'i.json']);
  assert.ok((await readFile(join(to, 'b c.bin'))).equals(bytes));
});

test('an item that is saved in a folder of its own has the way to its files', async () => {
  const to = place();
  const result = await downloadItem(itemOf({ a: { href: './a.bin' } }), to, { fileName: 'sub/i.json' });
  assert.equal(result.assets.a.href, '../a.bin');
  assert.ok((await stat(join(to, 'sub', result.assets.a.href))).isFile());
});

test('an asset that has no address gets none', async () => {
  const item = itemOf({ a: { href: './a.bin' }, note: { title: 'no address' } });
  const result = await downloadItem(item, place(), { include: ['a'], keepNonDownloaded: true });
  assert.deepEqual(result.assets.note, { title: 'no address' });
});

describe('which assets', () => {
  /** @type {Record<string, { options: import('stac-task').DownloadOptions, files: string[], assets: string[] }>} */
  const cases = {
    'all of them': { options: {}, files: ['a.bin', 'b.bin'], assets: ['a', 'b'] },
    'those that are included': { options: { include: ['b', 'x'] }, files: ['b.bin'], assets: ['b'] },
    'those that are not excluded': { options: { exclude: ['b'] }, files: ['a.bin'], assets: ['a'] },
    'the others stay in the result where that is asked for': {
      options: { include: ['a'], keepNonDownloaded: true },
      files: ['a.bin'],
      assets: ['a', 'b'],
    },
    'named by their keys': {
      options: { fileNameStrategy: 'KEY' },
      files: ['a.bin', 'b.bin'],
      assets: ['a', 'b'],
    },
    'an alternate in the place of an asset': {
      options: { include: ['a'], alternateAssets: ['none', 'mirror'] },
      files: ['a.bin'],
      assets: ['a'],
    },
  };
  for (const [name, { options, files, assets }] of Object.entries(cases)) {
    test(name, async () => {
      const item = itemOf({
        a: { href: './a.bin', alternate: { mirror: { href: `${server.url}/s/b%20c.bin` } } },
        b: { href: './b.bin' },
      });
      const to = place();
      const result = await downloadItem(item, to, { ...options, fileName: null });
      assert.deepEqual((await readdir(to)).sort(), files);
      assert.deepEqual(Object.keys(result.assets), assets);
    });
  }
});

describe('an asset that fails', () => {
  const item = () =>
    itemOf({ a: { href: './a.bin' }, bad: { href: './forbidden.bin' }, b: { href: './b.bin' } });
  const text = () => `403, message='Forbidden', url='${server.url}/s/forbidden.bin'`;

  test('is listed by a DownloadError, when the others are there; the item is not saved', async () => {
    const to = place();
    const error = await errorOf(downloadItem(item(), to));
    assert.ok(error instanceof DownloadError);
    assert.equal(error.message, `ClientResponseError: ${text()}`);
    assert.deepEqual(
      error.errors.map(({ message }) => message),
      [text()],
    );
    assert.deepEqual(Object.keys(error.result['assets']), ['a', 'b']);
    assert.deepEqual((await readdir(to)).sort(), ['a.bin', 'b.bin']);
  });

  test('stays in the item with its old address with the strategy KEEP', async () => {
    const error = await errorOf(downloadItem(item(), place(), { errorStrategy: 'KEEP' }));
    assert.equal(error.result.assets.bad.href, `${server.url}/s/forbidden.bin`);
  });

  test('is a warning where that is asked for, and the item is saved', async () => {
    const to = place();
    /** @type {string[]} */
    const warnings = [];
    const result = await downloadItem(item(), to, {
      warn: true,
      onMessage: (message) => void (message.kind === 'warning' && warnings.push(message.message)),
    });
    assert.deepEqual(warnings, [text()]);
    assert.deepEqual(Object.keys(result.assets), ['a', 'b']);
    assert.deepEqual((await readdir(to)).sort(), ['a.bin', 'b.bin', 'i.json']);
  });

  /** @type {Record<string, { asset: object, options?: import('stac-task').DownloadOptions, href: string, name?: string }>} */
  const nowhere = {
    'without an address': { asset: { title: 'b' }, href: '' },
    'without an address in the alternate that is preferred': {
      asset: { href: './b.bin', alternate: { mirror: { title: 'b' } } },
      options: { alternateAssets: ['mirror'] },
      href: '',
      name: 'b.bin',
    },
    'without a name': { asset: { href: 'https://h.invalid/s/' }, href: 'https://h.invalid/s/' },
  };
  for (const [title, { asset, options, href, name = '' }] of Object.entries(nowhere)) {
    test(`${title} is told of as others are`, async () => {
      const to = place();
      /** @type {any[]} */
      const messages = [];
      const result = await downloadItem(itemOf({ a: { href: './a.bin' }, b: asset }), to, {
        ...options,
        warn: true,
        onMessage: (message) => void messages.push(message),
      });
      assert.deepEqual(Object.keys(result.assets), ['a']);
      assert.deepEqual((await readdir(to)).sort(), ['a.bin', 'i.json']);
      const path = join(to, name);
      const [told] = messages.filter(({ kind }) => kind === 'error');
      assert.deepEqual(
        messages.filter(({ kind }) => kind === 'error' || kind === 'warning'),
        [
          { kind: 'error', key: 'b', href, path, error: told?.error },
          { kind: 'warning', href, path, message: told?.error.message },
        ],
      );
      assert.ok(told.error instanceof StacTaskError);
    });
  }

  test('ends everything with `failFast`, with its own error', { timeout: 5000 }, async () => {
    const to = place();
    const slow = itemOf({ slow: { href: './slow.bin' }, bad: { href: './forbidden.bin' } });
    const error = await errorOf(downloadItem(slow, to, { failFast: true }));
    assert.equal(error.message, text());
    assert.deepEqual(await readdir(to), []);
  });

  /** @type {Record<string, { asset: object, code: string, options?: import('stac-task').DownloadOptions }>} */
  const kinds = {
    'by its size': { asset: { href: './a.bin', 'file:size': 5 }, code: 'ERR_SIZE_MISMATCH' },
    'by its checksum': {
      asset: { href: './a.bin', 'file:checksum': `1220${digest.replace(/^../, '00')}` },
      code: 'ERR_CHECKSUM',
    },
    'by a checksum that is none': { asset: { href: './a.bin', 'file:checksum': 'x' }, code: 'ERR_CHECKSUM' },
    'by its name': { asset: { href: './a%5Cb.bin' }, code: 'ERR_ASSET_NAME' },
    'by an alternate without an address': {
      asset: { href: './a.bin', alternate: { x: {} } },
      code: 'ERR_ASSET_HREF',
      options: { alternateAssets: ['x'] },
    },
    'since no URL can name it': { asset: { href: 's3://bucket/a/../b' }, code: 'ERR_HREF_UNSUPPORTED' },
    'since its folder is missing and may not be made': {
      asset: { href: './a.bin' },
      code: 'ERR_NO_DIRECTORY',
      options: { makeDirectory: false },
    },
  };
  for (const [name, { asset, code, options }] of Object.entries(kinds)) {
    test(`${name}: ${code}, and no file`, async () => {
      const to = place();
      const error = await errorOf(downloadItem(itemOf({ a: asset }), to, options));
      assert.ok(error instanceof DownloadError, String(error));
      assert.equal(/** @type {StacTaskError} */ (error.errors[0]).code, code, error.message);
      assert.deepEqual(await readdir(to).catch(() => []), []);
    });
  }
});

describe('a checksum that is right', () => {
  const of = (/** @type {string} */ name) => createHash(name).update(bytes).digest('hex');
  const cases = {
    'sha2-256': `1220${digest}`,
    'sha2-512': `1340${of('sha512')}`,
    sha1: `1114${of('sha1')}`,
    md5: `d50110${of('md5')}`,
    'sha3-256': `1620${of('sha3-256')}`,
    'blake2b-512': `c0e40240${of('blake2b512')}`,
  };
  for (const [name, checksum] of Object.entries(cases)) {
    test(name, async () => {
      const item = itemOf({ a: { href: './a.bin', 'file:checksum': checksum, 'file:size': bytes.length } });
      assert.equal((await downloadItem(item, place())).assets['a']?.['href'], './a.bin');
    });
  }
});

describe('what is there', () => {
  const item = () => itemOf({ a: { href: './a.bin', 'file:size': bytes.length } });
  /** @type {Record<string, { content: string, options?: import('stac-task').DownloadOptions, kind: string, stays: boolean }>} */
  const cases = {
    'stays when its size is right': { content: 'x'.repeat(bytes.length), kind: 'skip', stays: true },
    'is downloaded again when its size is wrong': { content: 'x', kind: 'finish', stays: false },
    'is downloaded again where that is asked for': {
      content: 'x'.repeat(bytes.length),
      options: { overwrite: true },
      kind: 'finish',
      stays: false,
    },
  };
  for (const [name, { content, options, kind, stays }] of Object.entries(cases)) {
    test(name, async () => {
      const to = place();
      await mkdir(to);
      await writeFile(join(to, 'a.bin'), content);
      /** @type {string[]} */
      const kinds = [];
      await downloadItem(item(), to, { ...options, onMessage: (message) => void kinds.push(message.kind) });
      assert.equal(kinds.at(-1), kind);
      assert.equal((await readFile(join(to, 'a.bin'), 'utf8')) === content, stays);
    });
  }

  test('nothing is made where a symbolic link leads out of the folder', async () => {
    const [to, elsewhere] = [place(), place()];
    await Promise.all([mkdir(to), mkdir(elsewhere)]);
    await symlink(elsewhere, join(to, 'link'));
    const features = [{ ...item(), collection: 'link' }];
    const error = await errorOf(
      downloadItemCollection({ type: 'FeatureCollection', features }, to, {
        pathTemplate: '${collection}/${id}',
      }),
    );
    assert.equal(error.errors[0].code, 'ERR_SYMBOLIC_LINK');
    assert.deepEqual(await readdir(elsewhere), []);
  });

  /** @type {Record<string, { id: string, pathTemplate: string }>} */
  const outside = {
    'an id leads up': { id: '../../escape', pathTemplate: '${id}' },
    'an id leads up below a folder': { id: '../../escape', pathTemplate: 'scenes/${id}' },
    'an id is the path of another folder': { id: '/escape', pathTemplate: '${id}' },
    'the template leads up': { id: 'i', pathTemplate: '../${id}' },
  };
  for (const [how, { id, pathTemplate }] of Object.entries(outside)) {
    test(`an item has no folder outside of the destination: ${how}`, async () => {
      const top = place();
      const error = await errorOf(
        downloadItem({ ...item(), id }, join(top, 'to'), { pathTemplate, fileName: null }),
      );
      assert.equal(error.code, 'ERR_ASSET_NAME');
      await assert.rejects(readdir(top), { code: 'ENOENT' });
    });
  }

  test('an item is not saved where a symbolic link leads out of the folder', async () => {
    const [to, elsewhere] = [place(), place()];
    await Promise.all([mkdir(to), mkdir(elsewhere)]);
    await symlink(elsewhere, join(to, 'i'));
    const error = await errorOf(downloadItem(itemOf({}), to, { pathTemplate: '${id}' }));
    assert.equal(error.code, 'ERR_SYMBOLIC_LINK');
    assert.deepEqual(await readdir(elsewhere), []);
  });

  for (const [kind, linked] of Object.entries({ 'symbolic link': symlink, 'second name': link })) {
    test(`a part that is a ${kind} of another file is not gone on with`, async () => {
      const [to, elsewhere] = [place(), place()];
      await mkdir(to);
      await writeFile(elsewhere, 'mine');
      await linked(elsewhere, join(to, '.a.bin.0123456789abcdef.part'));
      const source = createHash('sha256').update(`${server.url}/s/a.bin`).digest('hex');
      await writeFile(
        join(to, '.a.bin.0123456789abcdef.json'),
        JSON.stringify({ etag: '"first"', total: null, source }),
      );
      await downloadItem(item(), to);
      assert.equal(await readFile(elsewhere, 'utf8'), 'mine');
      assert.ok(bytes.equals(await readFile(join(to, 'a.bin'))));
      assert.deepEqual((await readdir(to)).sort(), ['a.bin', 'i.json']);
    });
  }

  test('an item has no folder with the name of a device of Windows', async () => {
    for (const id of ['con', 'NUL', 'com1.x', 'aux .b']) {
      const collection = { type: 'FeatureCollection', features: [{ ...item(), id }] };
      assert.equal((await errorOf(downloadItemCollection(collection, place()))).code, 'ERR_ASSET_NAME', id);
    }
    for (const id of ['con1', 'icon', 'comx', 'com10']) {
      const collection = { type: 'FeatureCollection', features: [{ ...item(), id }] };
      await downloadItemCollection(collection, place());
    }
  });

  test('a symbolic link out of the folder is not followed', async () => {
    const [to, elsewhere] = [place(), place()];
    await Promise.all([mkdir(to), mkdir(elsewhere)]);
    await symlink(elsewhere, join(to, 'i'));
    const error = await errorOf(
      downloadItemCollection({ type: 'FeatureCollection', features: [item()] }, to),
    );
    assert.equal(error.errors[0].code, 'ERR_SYMBOLIC_LINK');
    assert.deepEqual(await readdir(elsewhere), []);
  });
});

describe('nothing is downloaded', () => {
  const two = (/** @type {string} */ first, /** @type {string} */ second) => ({
    a: { href: first },
    b: { href: second },
  });
  /** @type {Record<string, { item: () => object, options?: import('stac-task').DownloadOptions, type: typeof StacTaskError, message: RegExp }>} */
  const cases = {
    'where two assets would be one file': {
      item: () => itemOf(two('./a.bin', './x/A.bin')),
      type: AssetOverwriteError,
      message: /^assets have the same file names and would overwrite each other: \['a\.bin', 'A\.bin'\]$/,
    },
    'where options contradict each other': {
      item: () => itemOf({}),
      options: { include: ['a'], exclude: ['b'] },
      type: ConfigError,
      message: /^cannot provide both include and exclude: include=\['a'\], exclude=\['b'\]$/,
    },
    'where a warning should end everything': {
      item: () => itemOf({}),
      options: { warn: true, failFast: true },
      type: ConfigError,
      message: /^cannot warn and fail fast as the same time$/,
    },
    'where an id would lead elsewhere': {
      item: () => itemOf({ a: { href: './a.bin' } }, { id: '../i' }),
      type: StacTaskError,
      message: /^'\.\.\/i\.json' is no name/,
    },
    'of what is no item': {
      item: () => ({ type: 'Catalog' }),
      type: StacTaskError,
      message: /type 'Feature'/,
    },
  };
  for (const [name, { item, options, type, message }] of Object.entries(cases)) {
    test(name, async () => {
      const to = place();
      const error = await errorOf(downloadItem(item(), to, options));
      assert.ok(error instanceof type, String(error));
      assert.match(error.message, message);
      assert.deepEqual(await readdir(to).catch(() => []), []);
    });
  }
});

test('an item collection: a folder for each item, and absolute addresses', async () => {
  const features = ['x', 'y'].map((id) => itemOf({ a: { href: './a.bin' } }, { id }));
  const to = place();
  const result = await downloadItemCollection({ type: 'FeatureCollection', features, more: 1 }, to, {
    pathTemplate: '${year}/${id}',
  });
  assert.deepEqual(
    result.features.map((/** @type {any} */ item) => item.assets.a.href),
    ['x', 'y'].map((id) => `${to}/2020/${id}/a.bin`),
  );
  assert.equal(result['more'], 1);
  assert.deepEqual(JSON.parse(await readFile(join(to, 'item-collection.json'), 'utf8')), result);
  assert.deepEqual(await readdir(join(to, '2020')), ['x', 'y']);
});

test('an item has a folder named by a template, and is saved there beside its assets', async () => {
  const to = place();
  const more = { collection: 'c', properties: { datetime: '2020-01-02T00:00:00Z' } };
  const result = await downloadItem(itemOf({ a: { href: `${server.url}/s/a.bin` } }, more), to, {
    pathTemplate: '${collection}/${year}',
  });
  assert.deepEqual((await readdir(to, { recursive: true })).sort(), [
    'c',
    'c/2020',
    'c/2020/a.bin',
    'c/2020/i.json',
  ]);
  assert.equal(result.assets['a']?.href, './a.bin');
  assert.equal(result.links.at(-1)?.href, `${to}/c/2020/i.json`);
  assert.deepEqual(JSON.parse(await readFile(join(to, 'c/2020/i.json'), 'utf8')), result);
});

test('a collection is saved as collection.json, also where nothing is downloaded', async () => {
  const to = place();
  const collection = { ...itemOf({}), type: 'Collection', id: 'c' };
  await downloadCollection(collection, to);
  assert.deepEqual(await readdir(to), ['collection.json']);
});

test('as many at once as it may be, over all items', async () => {
  let now = 0;
  let most = 0;
  const open = async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    --now;
    return new Response(bytes);
  };
  const features = ['x', 'y', 'z'].map((id) =>
    itemOf(Object.fromEntries([1, 2, 3, 4].map((n) => [n, { href: `https://e.example/${n}` }])), { id }),
  );
  await downloadItemCollection({ type: 'FeatureCollection', features }, place(), {
    clients: { http: { open } },
    maxConcurrentDownloads: 3,
  });
  assert.equal(most, 3);
});

test('messages tell of each asset', async () => {
  /** @type {any[]} */
  const messages = [];
  const to = place();
  await downloadItem(itemOf({ a: { href: './a.bin' } }), to, {
    onMessage: (each) => void messages.push(each),
  });
  const [href, path] = [`${server.url}/s/a.bin`, `${to}/a.bin`];
  assert.deepEqual(messages, [
    { kind: 'start', key: 'a', ownerId: 'i', href, path },
    { kind: 'open', href, path, size: bytes.length, offset: 0 },
    { kind: 'chunk', href, path, size: bytes.length },
    { kind: 'finish', key: 'a', href, path },
  ]);
});

describe('other stores', () => {
  test('a Map gets the bytes', async () => {
    /** @type {Map<string, Uint8Array>} */
    const store = new Map();
    await downloadItem(itemOf({ a: { href: './a.bin' } }), 'scene', { store });
    assert.deepEqual([...store.keys()], ['scene/a.bin', 'scene/i.json']);
    assert.ok(bytes.equals(/** @type {Uint8Array} */ (store.get('scene/a.bin'))));
  });

  for (const [destination, saved] of [
    ['', 'i.json'],
    ['/', '/i.json'],
    ['scene/', 'scene/i.json'],
  ]) {
    test(`the self link is the key of the saved item, in '${destination}'`, async () => {
      /** @type {Map<string, Uint8Array>} */
      const store = new Map();
      const { links } = await downloadItem(itemOf({ a: { href: './a.bin' } }), String(destination), {
        store,
      });
      assert.equal(links.find(({ rel }) => rel === 'self')?.href, saved);
      assert.ok(store.has(String(saved)), [...store.keys()].join());
    });
  }

  test('one whose errors are none', async () => {
    const refuse = async () => {
      throw 'disk';
    };
    const store = { sizeOf: async () => null, open: refuse };
    const error = await errorOf(downloadItem(itemOf({ a: { href: './a.bin' } }), 'scene', { store }));
    assert.equal(error.message, 'Error: disk');
  });

  test('one of its own, which is told when something fails', async () => {
    /** @type {string[]} */
    const calls = [];
    const store = {
      sizeOf: async () => null,
      open: async (/** @type {string} */ path) => ({
        kept: null,
        write: async () => {},
        finish: async () => void calls.push(`finish ${path}`),
        discard: async () => void calls.push(`discard ${path}`),
      }),
    };
    await errorOf(
      downloadItem(itemOf({ a: { href: './a.bin' }, b: { href: './forbidden.bin' } }), 'scene', { store }),
    );
    assert.deepEqual(calls.sort(), ['discard scene/forbidden.bin', 'finish scene/a.bin']);
  });
});

describe('what is no item or no asset is refused', () => {
  /** @type {any} */
  const unnamed = { id: undefined };
  /** @type {any} */
  const nothing = null;
  /** @type {Record<string, { run: (to: string) => Promise<unknown>, code?: string }>} */
  const cases = {
    'an item without an id': { run: (to) => downloadItem(itemOf({}, unnamed), to) },
    'an item without an id in a collection': {
      run: (to) => downloadItemCollection({ type: 'FeatureCollection', features: [itemOf({}, unnamed)] }, to),
    },
    'features that are null': {
      run: (to) => downloadItemCollection({ type: 'FeatureCollection', features: [null] }, to),
    },
    'an asset that is null': {
      run: (to) => downloadAsset(itemOf({ a: nothing }), 'a', to),
      code: 'ERR_ASSET_HREF',
    },
  };
  for (const [name, { run, code = 'ERR_INVALID_ARGUMENT' }] of Object.entries(cases)) {
    test(name, async () => {
      const to = place();
      const error = await errorOf(run(to));
      assert.equal(error.code, code, String(error));
      await assert.rejects(stat(to), { code: 'ENOENT' });
    });
  }

  test('but for an item without an id that is saved under another name', async () => {
    const to = place();
    await downloadItem(itemOf({}, unnamed), to, { fileName: 'item.json' });
    assert.deepEqual(await readdir(to), ['item.json']);
  });
});

test('files of this machine are copied', async () => {
  const from = place();
  await mkdir(from);
  await writeFile(join(from, 'a.txt'), 'text');
  const item = itemOf(
    { a: { href: './a.txt' }, missing: { href: './missing.txt' } },
    { links: [{ rel: 'self', href: join(from, 'i.json') }] },
  );
  const to = place();
  const error = await errorOf(downloadItem(item, to));
  assert.match(error.message, /^FileNotFoundError: /);
  assert.equal(await readFile(join(to, 'a.txt'), 'utf8'), 'text');
});

test('a folder that cannot be made is an error, also where there is none to begin with', {
  skip: process.platform !== 'linux' && 'there is no /proc',
  timeout: 5000,
}, async () => {
  const error = await errorOf(downloadItem(itemOf({ a: { href: './a.bin' } }), '/proc/none/out'));
  assert.ok(error instanceof DownloadError);
  const [failure] = /** @type {any[]} */ (error.errors);
  assert.equal(failure.code, 'ERR_WRITE_FAILED');
  assert.equal(failure.message, '/proc/none/out/a.bin cannot be written (ENOENT)');
  assert.equal(failure.cause.code, 'ENOENT');
});

test('one asset of an item', async () => {
  const item = itemOf({ a: { href: './a.bin' }, bad: { href: './forbidden.bin' } });
  const path = join(place(), 'deep', 'named.bin');
  assert.deepEqual(await downloadAsset(item, 'a', path), { href: path });
  assert.equal((await stat(path)).size, bytes.length);
  assert.deepEqual(await resolveAssetHref(item, 'a'), { href: `${server.url}/s/a.bin`, client: 'http' });
  assert.equal(await assetExists(item, 'a'), true);
  assert.equal(await assetExists(item, 'bad'), false);
  assert.match((await errorOf(assertAssetExists(item, 'bad'))).message, /^403, /);
  const lost = { ...item, links: [] };
  assert.equal(
    (await errorOf(downloadAsset(lost, 'a', path))).message,
    "asset 'a' does not have an absolute href: ./a.bin",
  );
  assert.equal((await errorOf(assertAssetExists(lost, 'a'))).message, 'asset does not have an absolute href');
});

test('a folder that has the name of a file is no file that was there before', async () => {
  const path = place();
  await mkdir(join(path, 'a.bin'), { recursive: true });
  const error = await errorOf(downloadItem(itemOf({ a: { href: `${server.url}/s/a.bin` } }), path));
  assert.deepEqual(
    error.errors.map((/** @type {StacTaskError} */ { code }) => code),
    ['ERR_IS_DIRECTORY'],
  );
  assert.deepEqual(await readdir(join(path, 'a.bin')), []);
});

test('an address is resolved whatever its checksum is: nothing is compared', async () => {
  const item = itemOf({ a: { href: 'https://h.invalid/a.bin', 'file:checksum': 'none' } });
  assert.equal((await resolveAssetHref(item, 'a')).href, 'https://h.invalid/a.bin');
});

describe('a body of a client that never comes and never ends', { timeout: 20_000 }, () => {
  const never = new Promise(() => {});
  /** @type {Record<string, () => any>} */
  const bodies = {
    'as a generator': async function* () {
      yield bytes;
      await never;
    },
    'as a stream that cannot be cancelled': () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(bytes),
        pull: () => /** @type {Promise<void>} */ (never),
        cancel: () => /** @type {Promise<void>} */ (never),
      }),
  };
  for (const [name, body] of Object.entries(bodies)) {
    const http = { open: async () => ({ status: 200, headers: [], body: body() }) };
    const options = { clients: { http }, store: new Map(), httpMaxAttempts: 1 };
    const item = () => itemOf({ a: { href: 'https://h.invalid/a.bin' } });

    test(`${name}, is given up`, async () => {
      const error = await errorOf(downloadItem(item(), 'x', { ...options, httpClientTimeout: 0.1 }));
      assert.equal(error.errors[0].code, 'ERR_STALLED');
    });

    test(`${name}, ends with an abort`, async () => {
      const stop = new AbortController();
      const onMessage = (/** @type {import('stac-task').DownloadMessage} */ { kind }) => {
        if (kind === 'chunk') stop.abort(new Error('enough'));
      };
      const error = await errorOf(downloadItem(item(), 'x', { ...options, signal: stop.signal, onMessage }));
      assert.equal(error.message, 'enough');
    });
  }
});
