/**
 * Downloads in a browser: what they load, where they can write to, and what is sent to whom.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { strictPolicy } from '../support/server.js';

/** A page must allow the servers that it downloads from. */
const policy = `${strictPolicy}; connect-src 'self' http://127.0.0.1:*`;

/** What the first download loads, whatever the store. */
const loaded = ['assets-download.js', 'assets-http.js', 'assets.glue.js', 'assets.wasm'].map(
  (name) => `/stac-task/${name}`,
);

/** Of which so many bytes arrive before the connection breaks. */
const middle = 100_000;
const long = 'whole'.repeat(middle / 2);

/**
 * @param {import('./site.js').VisitPlace} visit
 * @param {object} browser
 * @param {boolean} browser.privateFiles  whether it has private files of an origin
 */
export function testDownloads(visit, { privateFiles }) {
  /** Two servers, which are two origins. @type {Awaited<ReturnType<typeof serveFaults>>[]} */
  let servers;
  before(async () => {
    const second = await serveFaults({ '/moved.txt': { bytes: Buffer.from('moved') } }, { cors: true });
    const first = await serveFaults(
      {
        '/a': { bytes: Buffer.from('été') },
        '/breaks': { bytes: Buffer.from(long), faults: [{ dropAt: middle }] },
        '/redirects': { bytes: Buffer.alloc(0), redirect: `${second.url}/moved.txt` },
      },
      { cors: true },
    );
    servers = [first, second];
  });
  beforeEach(() => {
    for (const { requests } of servers) requests.length = 0;
  });
  after(() => {
    for (const server of servers) server.close();
  });

  /** @param {string} path  on the first server */
  const itemWith = (path) => {
    const assets = { it: { href: `${servers[0].url}${path}` } };
    const self = { rel: 'self', href: `${servers[0].url}/item.json` };
    return {
      type: 'Feature',
      stac_version: '1.1.0',
      id: 'i',
      properties: {},
      geometry: null,
      links: [self],
      assets,
    };
  };
  const options = { fileName: null, fileNameStrategy: 'KEY' };

  describe('a download', () => {
    for (const place of ['a page', 'a module worker']) {
      test(`into a Map, from ${place}: the assets chunk is loaded now, and the core is not`, async () => {
        await visit(place, { policy }, async ({ perform, newRequests, errors }) => {
          assert.deepEqual(await perform('import'), { value: 'function' });
          newRequests();
          const value = { hrefs: ['scene/it'], files: { 'scene/it': 'été' } };
          const item = itemWith('/a');
          assert.deepEqual(await perform('download to a Map', { item, options }), { value });
          assert.deepEqual(newRequests().sort(), loaded);
          assert.deepEqual(await perform('download to a Map', { item, options }), { value });
          assert.deepEqual(newRequests(), []);
          assert.deepEqual(await errors(), []);
        });
      });
    }

    test('whose connection breaks is taken up where it broke', async () => {
      await visit('a page', { policy }, async ({ perform }) => {
        const value = { hrefs: ['scene/it'], files: { 'scene/it': long } };
        const item = itemWith('/breaks');
        assert.deepEqual(await perform('download to a Map', { item, options }), { value });
        assert.deepEqual(
          // Of what was on its way when the connection broke, some may be lost.
          servers[0].requests.map(({ headers }) =>
            headers.range?.replace(/\d+/, (start) => (Number(start) <= middle ? `${middle}` : start)),
          ),
          [undefined, `bytes=${middle}-`],
        );
      });
    });

    test('from a service worker: it may not load what is needed, and is told so', async () => {
      await visit('a service worker', { policy }, async ({ perform }) => {
        const { error } = await perform('download to a Map', { item: itemWith('/a'), options });
        assert.equal(error?.code, 'ERR_DYNAMIC_IMPORT', JSON.stringify(error));
      });
    });
  });

  describe('a redirect to another origin', () => {
    const secrets = { Authorization: 'Bearer secret', 'X-Api-Key': 'secret' };
    for (const name of Object.keys(secrets)) {
      test(`is an error with ${name}, and the other origin hears nothing of it`, async () => {
        await visit('a page', { policy }, async ({ perform }) => {
          const httpHeaders = { [name]: secrets[name] };
          const item = itemWith('/redirects');
          const { error } = await perform('download to a Map', {
            item,
            options: { ...options, httpHeaders },
          });
          assert.deepEqual(
            error?.errors?.map(({ code }) => code),
            ['ERR_REDIRECT'],
            JSON.stringify(error),
          );
          const [first, second] = servers.map(({ requests }) => requests);
          assert.deepEqual(
            first.map(({ headers }) => headers[name.toLowerCase()]),
            [secrets[name]],
          );
          assert.deepEqual(second, []);
        });
      });
    }

    test('is followed without secrets', async () => {
      await visit('a page', { policy }, async ({ perform }) => {
        const value = { hrefs: ['scene/it'], files: { 'scene/it': 'moved' } };
        const item = itemWith('/redirects');
        assert.deepEqual(await perform('download to a Map', { item, options }), { value });
      });
    });
  });

  describe('private files of the origin', () => {
    if (!privateFiles) {
      test('are not there: a task that wants to work in them is told so', async () => {
        await visit('a page', {}, async ({ perform }) => {
          const { error } = await perform('a private folder');
          assert.equal(error?.code, 'ERR_NO_FILES', JSON.stringify(error));
        });
      });
      return;
    }

    for (const place of ['a page', 'a module worker']) {
      test(`from ${place}: an item is downloaded into them, and replaces what is there`, async () => {
        await visit(place, { policy }, async ({ perform, errors }) => {
          const value = { hrefs: ['scene/it'], files: { 'scene/it': 'été' } };
          const again = { item: itemWith('/a'), options: { ...options, overwrite: true } };
          assert.deepEqual(await perform('download to a private folder', again), { value });
          const moved = { item: itemWith('/redirects'), options: { ...options, overwrite: true } };
          const files = { 'scene/it': 'moved' };
          assert.deepEqual(await perform('download to a private folder', moved), {
            value: { ...value, files },
          });
          assert.deepEqual(await errors(), []);
        });
      });

      test(`from ${place}: a task works in them, and they are removed`, async () => {
        await visit(place, {}, async ({ perform, errors }) => {
          const item = {
            hrefs: ['opfs:mine/a/b.txt', 'opfs:mine/c'],
            missing: 'ERR_NO_SUCH_FILE',
            text: 'été',
            names: ['a/b.txt'],
          };
          assert.deepEqual(await perform('a private folder'), { value: [item, 'ERR_WORKDIR_REMOVED', []] });
          assert.deepEqual(await errors(), []);
        });
      });
    }

    test('cannot be written by Safari before 26: downloads and tasks are told so before anything is fetched', async () => {
      await visit('a page', { policy }, async ({ perform }) => {
        await perform('be Safari 18');
        const download = await perform('download to a private folder', { item: itemWith('/a'), options });
        const task = await perform('a private folder');
        assert.deepEqual([download.error?.code, task.error?.code], ['ERR_NO_FILES', 'ERR_NO_FILES']);
        assert.deepEqual(servers[0].requests, []);
      });
    });

    test('a service worker may not load what reads them, and is told so', async () => {
      await visit('a service worker', {}, async ({ perform }) => {
        const { error } = await perform('a private folder');
        assert.equal(error?.code, 'ERR_DYNAMIC_IMPORT', JSON.stringify(error));
      });
    });
  });
}
