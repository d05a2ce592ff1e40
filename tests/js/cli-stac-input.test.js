/*
 * The item that `stac-task download` and `info` are about: who is asked for it, what he is sent, and what is kept of its
 * address.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { concurrency, workplace } from './cli-support.js';

const item = (/** @type {Record<string, string>} */ hrefs) =>
  JSON.stringify({
    type: 'Feature',
    stac_version: '1.0.0',
    id: 'i',
    geometry: null,
    properties: { datetime: '2020-01-02T00:00:00Z' },
    links: [],
    assets: Object.fromEntries(Object.entries(hrefs).map(([key, href]) => [key, { href }])),
  });

const { folder, stacTask } = workplace({});

/** Without credentials of S3. */
const env = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
  AWS_CONFIG_FILE: join(folder, 'none'),
};

/**
 * A server that writes down whom it was asked by. Below /locked/ it refuses whoever has no authorization.
 * @param {Record<string, string>} files  by the path as it is sent
 */
async function serve(files) {
  /** @type {[path: string, authorization: string | undefined][]} */
  const seen = [];
  const server = createServer(({ url = '', headers: { authorization } }, response) => {
    const [path = ''] = url.split('?');
    seen.push([path, authorization]);
    if (path.startsWith('/locked/') && !authorization) return response.writeHead(401).end();
    const body = files[path];
    if (body === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(body)) }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const sentTo = (/** @type {string} */ path) =>
    seen.filter(([each]) => each === path).map(([, sent]) => sent);
  return { url: `http://127.0.0.1:${port}`, files, sentTo, close: () => server.close() };
}

/** @type {Awaited<ReturnType<typeof serve>>} */
let api;
/** @type {Awaited<ReturnType<typeof serve>>} */
let data;
before(async () => {
  data = await serve({ '/open/a.tif': 'data', '/elsewhere/a.tif': 'data', '/locked/a.tif': 'data' });
  api = await serve({
    '/locked/item.json': item({ a: './a.tif' }),
    '/locked/a.tif': 'data',
    '/locked/elsewhere.json': item({ a: `${data.url}/elsewhere/a.tif` }),
    '/open/item.json': item({ a: './a.tif' }),
    '/open/a.tif': 'data',
    '/open/locked.json': item({ a: `${data.url}/locked/a.tif` }),
    '/open/local.json': item({ a: join(folder, 'local.tif') }),
    '/user/item.json': item({ a: './a.tif' }),
    '/user/a.tif': 'data',
    '/odd/item.json': item({ a: './a%2520b%23c%3Fd.tif' }),
    '/odd/a%2520b%23c%3Fd.tif': 'data',
    '/bucket/item.json': item({ a: './a.tif' }),
    '/bucket/a.tif': 'data',
    '/text.json': 'no JSON',
  });
  writeFileSync(join(folder, 'local.tif'), 'data');
});
after(() => {
  api.close();
  data.close();
});

let count = 0;
/** @param {string[]} args  after HREF and DIR */
async function download(/** @type {string} */ href, ...args) {
  const out = `out-${++count}`;
  const outcome = await stacTask(['download', href, out, ...args], { env });
  return { ...outcome, out, path: join(folder, out) };
}

const header = ['--http-header', 'authorization=secret'];

describe('who is sent a header', concurrency, () => {
  test('the server of an item that refuses without it, and of the assets beside it', async () => {
    const { code, stderr } = await download(`${api.url}/locked/item.json`, ...header);
    assert.equal(code, 0, stderr);
    assert.deepEqual(api.sentTo('/locked/item.json'), [undefined, 'secret']);
    assert.deepEqual(api.sentTo('/locked/a.tif'), ['secret']);
    const info = await stacTask(['info', `${api.url}/locked/item.json`, ...header]);
    assert.match(info.stdout, /\na +http +True/);
  });

  test('no other server that has the assets of such an item', async () => {
    const { code, stderr } = await download(`${api.url}/locked/elsewhere.json`, ...header);
    assert.equal(code, 0, stderr);
    assert.deepEqual(data.sentTo('/elsewhere/a.tif'), [undefined]);
  });

  test('the server of the assets alone, where the item is for everybody', async () => {
    const { code, stderr } = await download(`${api.url}/open/locked.json`, ...header);
    assert.equal(code, 0, stderr);
    assert.deepEqual(api.sentTo('/open/locked.json'), [undefined]);
    assert.deepEqual(data.sentTo('/locked/a.tif'), ['secret']);
  });

  test('the server whose address has a user in it, also for what is beside the item', async () => {
    const href = `${api.url}/user/item.json`.replace('//', '//me:pass@');
    const { code, stderr, stdout } = await download(href);
    assert.equal(code, 0, stderr);
    const basic = `Basic ${Buffer.from('me:pass').toString('base64')}`;
    assert.deepEqual([api.sentTo('/user/item.json'), api.sentTo('/user/a.tif')], [[basic], [basic]]);
    assert.doesNotMatch(stdout, /pass/);
  });
});

describe('the address of an item', concurrency, () => {
  test('may be of S3', async () => {
    const { code, stderr, stdout } = await download('s3://bucket/item.json', '--s3-endpoint-url', api.url);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout).links, [{ rel: 'derived_from', href: 's3://bucket/item.json' }]);
  });

  test('is read by its own client where all assets are files', async () => {
    const { code, stderr, path } = await download(`${api.url}/open/local.json`, '-c', 'filesystem');
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(join(path, 'local.tif'), 'utf8'), 'data');
  });

  test('is saved without what may be a signature', async () => {
    const { code, stderr, path } = await download(`${api.url}/open/item.json?sig=SECRET`, '-f', 'i.json');
    assert.equal(code, 0, stderr);
    const saved = readFileSync(join(path, 'i.json'), 'utf8');
    assert.doesNotMatch(saved, /SECRET/);
    assert.equal(JSON.parse(saved).links[0].href, `${api.url}/open/item.json`);
  });

  /** @type {Record<string, { path: string, args?: string[], says: RegExp }>} */
  const failures = {
    'there is nothing': { path: '/none.json', says: /404/ },
    'there is no JSON': { path: '/text.json', says: /\/text\.json is no JSON/ },
    'there is too much': {
      path: '/open/item.json',
      args: ['--max-bytes', '9'],
      says: /has more than 9 bytes/,
    },
    'nobody answers': {
      path: ':1/x.json',
      args: ['--http-max-attempts', '1'],
      says: /\/x\.json/,
    },
  };
  for (const command of ['download', 'info']) {
    for (const [what, { path, args = [], says }] of Object.entries(failures)) {
      test(`${command} names it without what is secret: ${what}`, async () => {
        const server = path.startsWith('/') ? api.url : 'http://127.0.0.1';
        const href = `${`${server}${path}`.replace('//', '//me:PASSWORD@')}?sig=SECRET`;
        const { code, stderr, stdout } = await stacTask([command, href, ...args]);
        assert.equal(code, 1);
        assert.match(stderr, says);
        assert.doesNotMatch(stderr + stdout, /PASSWORD|SECRET/);
      });
    }
  }
});

describe('a saved item', concurrency, () => {
  test('whose names have #, ? and % is read again', async () => {
    const { code, stderr, path, out } = await download(`${api.url}/odd/item.json`, '-f', 'i.json');
    assert.equal(code, 0, stderr);
    const { assets } = JSON.parse(readFileSync(join(path, 'i.json'), 'utf8'));
    assert.match(assets.a.href, /[#?%]/);
    for (const href of [`${out}/i.json`, pathToFileURL(join(path, 'i.json')).href]) {
      const { stdout } = await stacTask(['info', href]);
      assert.match(stdout, /\na +filesystem +True/, href);
    }
    assert.equal((await download(`${out}/i.json`)).code, 0);
  });

  test('is read again in a folder with such a name', async () => {
    const { code, path } = await download(`${api.url}/open/item.json`, '-f', 'i.json');
    assert.equal(code, 0);
    mkdirSync(join(folder, 'odd'));
    renameSync(path, join(folder, 'odd/a%20b#c'));
    const { stdout } = await stacTask(['info', 'odd/a%20b#c/i.json']);
    assert.match(stdout, /\na +filesystem +True/);
  });
});
