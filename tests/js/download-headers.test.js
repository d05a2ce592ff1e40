/*
 * Configured headers: who is sent which.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

import { ConfigError, downloadItem, readHref } from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

const bytes = Buffer.from('bytes');
/** @type {string} */
let folder;
/** Two servers, which are two origins. @type {Awaited<ReturnType<typeof serveFaults>>[]} */
let servers;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-headers-'));
  servers = [await serveFaults({ '/a.bin': { bytes } }), await serveFaults({ '/a.bin': { bytes } })];
});
beforeEach(() => {
  for (const { requests } of servers) requests.length = 0;
});
after(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

let count = 0;

/**
 * Download an item of which each asset is on another server, and tell what they were sent.
 *
 * @param {(urls: string[]) => import('stac-task').DownloadOptions} optionsFor
 */
async function sentWith(optionsFor) {
  const urls = servers.map(({ url }) => url);
  const assets = Object.fromEntries(urls.map((url, index) => [`asset${index}`, { href: `${url}/a.bin` }]));
  const item = { type: 'Feature', id: 'i', links: [], assets };
  const options = { fileNameStrategy: /** @type {const} */ ('KEY'), ...optionsFor(urls) };
  await downloadItem(item, join(folder, String(++count)), options);
  return servers.map(({ requests }) =>
    requests.map(({ headers }) => [headers['user-agent'], headers.authorization, headers['x-key']]),
  );
}

describe('what is no header, or for no origin, is an error before anything is asked', () => {
  /** @type {Record<string, Record<string, string | Record<string, string>>>} */
  const cases = {
    'an origin with a path': { 'https://data.example/mine': { 'x-key': 'secret' } },
    'an origin with a query': { 'https://data.example/?sig=secret': { 'x-key': 'secret' } },
    'an origin with a user': { 'https://me:secret@data.example': { 'x-key': 'secret' } },
    'an origin without a host': { 'https://': { 'x-key': 'secret' } },
    'a line break in a value': { 'X-Key': 'secret\nX-Other: secret' },
    'a line break in a value of an origin': {
      'https://data.example': { 'X-Key': 'secret\nX-Other: secret' },
    },
    'a letter that no header has': { 'X-Key': 'secret\u2019s' },
    'a name with a blank': { 'X Key': 'secret' },
  };
  for (const [name, httpHeaders] of Object.entries(cases)) {
    test(name, async () => {
      const error = await errorOf(readHref(`${servers[0]?.url}/a.bin`, { httpHeaders }));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.doesNotMatch(JSON.stringify([error, error.message]), /secret/);
      assert.equal(servers[0]?.requests.length, 0);
    });
  }
});

test('an origin that is written in two ways has the headers of both', async () => {
  const { url = '' } = servers[0] ?? {};
  await readHref(`${url}/a.bin`, {
    httpHeaders: { [url]: { authorization: 'Bearer mine' }, [`${url}/`]: { 'x-key': 'mine' } },
  });
  const [{ headers } = { headers: /** @type {Record<string, undefined>} */ ({}) }] =
    servers[0]?.requests ?? [];
  assert.deepEqual([headers['authorization'], headers['x-key']], ['Bearer mine', 'mine']);
});

test('harmless ones are for everybody', async () => {
  const sent = await sentWith(() => ({ httpHeaders: { 'User-Agent': 'mine' } }));
  assert.deepEqual(sent, [[['mine', undefined, undefined]], [['mine', undefined, undefined]]]);
});

test('those under an origin are for that one', async () => {
  const sent = await sentWith(([first = '', second = '']) => ({
    httpHeaders: {
      [first]: { Authorization: 'Bearer first' },
      [`${second}/`]: { 'X-Key': 'second', 'user-agent': 'mine' },
    },
  }));
  assert.deepEqual(
    sent.map(([request]) => request?.slice(1)),
    [
      ['Bearer first', undefined],
      [undefined, 'second'],
    ],
  );
});

test('others are for the one origin that all selected assets have', async () => {
  const sent = await sentWith(() => ({ httpHeaders: { 'X-Key': 'secret' }, include: ['asset1'] }));
  assert.deepEqual(
    sent.map((requests) => requests.map(([, , key]) => key)),
    [[], ['secret']],
  );
});

test('those that an origin has go before the others', async () => {
  const sent = await sentWith(([first = '']) => ({
    httpHeaders: { [first]: { 'x-key': 'own' }, 'X-Key': 'secret' },
    include: ['asset0'],
  }));
  assert.deepEqual(
    sent.map((requests) => requests.map(([, , key]) => key)),
    [['own'], []],
  );
});

describe('others are a ConfigError where the assets have several origins', () => {
  test('that names the headers and the origins, and has a hint', async () => {
    const error = await errorOf(sentWith(() => ({ httpHeaders: { Authorization: 'Bearer secret' } })));
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'ERR_CONFIG');
    assert.match(error.message, /authorization/);
    for (const { url } of servers) assert.ok(error.message.includes(url));
    assert.match(String(error.hint), /https:\/\/data\.example/);
    assert.doesNotMatch(JSON.stringify([error.message, error.hint]), /secret/);
    assert.deepEqual(
      servers.map(({ requests }) => requests.length),
      [0, 0],
    );
  });
});

test('a user in an address is for its origin, and what is configured goes before', async () => {
  const { url = '' } = servers[0] ?? {};
  const href = `${url.replace('//', '//me:secret@')}/a.bin`;
  await readHref(href);
  await readHref(href, { httpHeaders: { authorization: 'Bearer mine' } });
  assert.deepEqual(
    servers[0]?.requests.map(({ headers }) => headers.authorization),
    [`Basic ${btoa('me:secret')}`, 'Bearer mine'],
  );
});

test('a user in an address goes along with no redirect to another', async () => {
  const [first, second] = servers;
  const site = await serveFaults({ '/away.bin': { bytes, always: { redirect: `${second?.url}/a.bin` } } });
  await readHref(`${site.url.replace('//', '//me:secret@')}/away.bin`);
  site.close();
  assert.equal(site.requests[0]?.headers.authorization, `Basic ${btoa('me:secret')}`);
  assert.equal(second?.requests.length, 1);
  assert.equal(second?.requests[0]?.headers.authorization, undefined);
  assert.equal(first?.requests.length, 0);
});

describe('an address that is none is told without its user and its query', () => {
  for (const href of [
    'https://me:secret@data.example:99999/a',
    'https://me:secret@da ta/a?secret',
    's3://me:secret@bucket/a?secret',
    'gopher://me:secret@data.example/?secret',
  ]) {
    test(href, async () => {
      const error = await errorOf(readHref(href));
      assert.match(error.code, /^ERR_(HREF_UNSUPPORTED|ASSET_HREF)$/);
      assert.doesNotMatch(JSON.stringify([error, error.message]), /secret/);
    });
  }
});

test('an address that is none ends it at once', async () => {
  const begun = Date.now();
  const error = await errorOf(readHref('http://%zz:b@127.0.0.1:1/'));
  assert.equal(error.code, 'ERR_HREF_UNSUPPORTED');
  assert.ok(Date.now() - begun < 1000);
});
