/*
 * The item that `stac-task download` and `info` are about.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { serveFaults } from '../support/fault-server.js';
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

/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let api;
before(async () => {
  const bytes = Buffer.from('data');
  api = await serveFaults({
    '/open/item.json': { bytes: Buffer.from(item({ a: './a.tif' })) },
    '/open/a.tif': { bytes },
    '/odd/item.json': { bytes: Buffer.from(item({ a: './a%2520b%23c%3Fd.tif' })) },
    '/odd/a%20b#c?d.tif': { bytes },
  });
});
after(() => api.close());

let count = 0;
/** @param {string[]} args  after HREF and DIR */
async function download(/** @type {string} */ href, ...args) {
  const out = `out-${++count}`;
  const outcome = await stacTask(['download', href, out, ...args]);
  return { ...outcome, out, path: join(folder, out) };
}

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
