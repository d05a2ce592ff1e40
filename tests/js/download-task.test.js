/*
 * Downloads of tasks: into the work directory, and under one limit.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { DownloadError, Task, TemplateError } from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

const bytes = Buffer.from('the bytes of an asset');
const quiet = { logger: { log: () => {} } };

/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let server;
before(async () => {
  server = await serveFaults({
    '/a.bin': { bytes },
    '/b.bin': { bytes },
    '/slow.bin': { bytes, always: { stallAt: 3 } },
  });
});
after(() => server.close());

/** @param {string} id @param {Record<string, string>} names */
const itemOf = (id, names = { a: 'a.bin', b: 'b.bin' }) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id,
  collection: 'c',
  geometry: null,
  properties: { datetime: '2020-01-02T00:00:00Z' },
  links: [{ rel: 'self', href: `${server.url}/${id}.json` }],
  assets: Object.fromEntries(Object.entries(names).map(([key, name]) => [key, { href: `./${name}` }])),
});

/**
 * Run a task on items.
 * @param {object[]} features
 * @param {(this: Task, items: any[]) => Promise<any[]>} work
 * @param {import('stac-task').TaskOptions} [options]
 */
async function run(features, work, options) {
  class Downloading extends Task {
    static name = 'downloading';
    async process() {
      return work.call(this, this.items);
    }
  }
  const payload = { type: 'FeatureCollection', process: [{}], features };
  return Downloading.handler(payload, { ...quiet, ...options });
}

describe('a task downloads', () => {
  test('the assets of an item into its work directory, which is cleaned up', async () => {
    /** @type {string[]} */
    const files = [];
    let workdir = '';
    const { features } = await run([itemOf('i')], async function ([item]) {
      const local = await this.downloadItemAssets(item, { include: ['a'] });
      workdir = this.workdir;
      files.push(...readdirSync(`${workdir}/c/i`).sort());
      assert.deepEqual(JSON.parse(readFileSync(`${workdir}/c/i/item.json`, 'utf8')), local);
      assert.ok(readFileSync(`${workdir}/c/i/a.bin`).equals(bytes));
      assert.equal(item.assets.a.href, './a.bin');
      return [local];
    });
    assert.deepEqual(files, ['a.bin', 'item.json']);
    // What was not downloaded stays, with an address that holds from there.
    const { assets, links } = /** @type {any[]} */ (features)[0];
    assert.deepEqual(assets, { a: { href: './a.bin' }, b: { href: `${server.url}/b.bin` } });
    assert.deepEqual(links, [
      { rel: 'derived_from', href: `${server.url}/i.json` },
      { rel: 'self', href: `${workdir}/c/i/item.json`, type: 'application/json' },
    ]);
    assert.ok(!existsSync(workdir));
  });

  test('those of several items, each into the folder that a template names', async () => {
    await run([itemOf('i'), itemOf('j')], async function (items) {
      const results = await this.downloadItemsAssets(items, {
        pathTemplate: 'scenes/${id}/${year}',
        fileName: null,
      });
      const files = readdirSync(this.workdir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(this.workdir, `${entry.parentPath ?? entry.path}/${entry.name}`));
      assert.deepEqual(files.sort(), [
        'scenes/i/2020/a.bin',
        'scenes/i/2020/b.bin',
        'scenes/j/2020/a.bin',
        'scenes/j/2020/b.bin',
      ]);
      assert.deepEqual(
        results.map(({ assets }) => assets.a.href),
        [`${this.workdir}/scenes/i/2020/a.bin`, `${this.workdir}/scenes/j/2020/a.bin`],
      );
      return [];
    });
  });

  test('nothing where a template asks for what an item lacks', async () => {
    await run([itemOf('i')], async function (items) {
      const error = await errorOf(this.downloadItemsAssets(items, { pathTemplate: '${nothing}' }));
      assert.ok(error instanceof TemplateError);
      assert.deepEqual(readdirSync(this.workdir), []);
      return [];
    });
  });

  test('what it can: the error has all items as far as they got', async () => {
    await run([itemOf('i'), itemOf('j', { a: 'a.bin', x: 'missing.bin' })], async function (items) {
      const error = await errorOf(this.downloadItemsAssets(items));
      assert.ok(error instanceof DownloadError);
      assert.equal(error.errors.length, 1);
      const results = /** @type {any[]} */ (/** @type {unknown} */ (error.result));
      assert.deepEqual(
        results.map(({ id, assets }) => [id, Object.keys(assets)]),
        [
          ['i', ['a', 'b']],
          ['j', ['a']],
        ],
      );
      return [];
    });
  });

  test('no longer once it is told to end', { timeout: 5000 }, async () => {
    const controller = new AbortController();
    const running = run(
      [itemOf('i', { s: 'slow.bin' })],
      async function (items) {
        const downloading = this.downloadItemsAssets(items, {
          onMessage: ({ kind }) => kind === 'chunk' && controller.abort(new Error('enough')),
        });
        return downloading;
      },
      { signal: controller.signal },
    );
    assert.equal((await errorOf(running)).message, 'enough');
  });

  test('nothing into a work directory that is gone', async () => {
    const task = new (class extends Task {
      static name = 'over';
      async process() {
        return [];
      }
    })({ process: [{}] }, quiet);
    await task.cleanupWorkdir();
    const error = await errorOf(task.downloadItemAssets(itemOf('i')));
    assert.equal(error.code, 'ERR_WORKDIR_REMOVED');
  });
});
