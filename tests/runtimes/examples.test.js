import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { ensureInstalled } from '../support/install.js';
import { root, runtimesFolder } from '../support/paths.js';
import { addressOf, kill, start } from '../support/run.js';
import { makeProject, temporaryFolder, writeFiles } from '../support/tarball.js';

/*
 * The examples that are servers, started by the command that they name, with the packed package.
 */

const installed = (/** @type {string} */ path) => join(runtimesFolder, 'node_modules', path);
const home = temporaryFolder();

/** @type {Record<string, { folder: string, command: string, args: string[], env?: Record<string, string>, payload: string, check: (features: any[]) => void }>} */
const examples = {
  // wrangler runs the worker in miniflare.
  'examples/worker': {
    folder: 'worker',
    command: process.execPath,
    args: [installed('wrangler/bin/wrangler.js'), 'dev', '--ip', '127.0.0.1', '--port', '0'],
    env: { WRANGLER_SEND_METRICS: 'false', HOME: home, XDG_CONFIG_HOME: home, WRANGLER_LOG_PATH: home },
    payload: 'sentinel-2.json',
    check(features) {
      for (const { collection, assets } of features) {
        assert.match(collection, /^sentinel-2-(c1-)?l2a$/);
        for (const { href } of Object.values(assets)) assert.match(href, /^https:/);
      }
    },
  },
  'examples/deno': {
    folder: 'deno',
    command: installed('@deno/linux-x64-glibc/deno'),
    args: ['run', '--no-prompt', '--allow-net=127.0.0.1', '--allow-read=.', 'server.js', '0'],
    env: { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1' },
    payload: 'sentinel-2.json',
    check: (features) => assert.equal(features.length, 1),
  },
  'examples/node-http': {
    folder: 'node-http',
    command: process.execPath,
    args: ['server.mjs', '0'],
    payload: 'sentinel-2.json',
    check: (features) => assert.equal(features.length, 1),
  },
};

before(() => ensureInstalled(runtimesFolder));

for (const [name, { folder: from, command, args, env, payload, check }] of Object.entries(examples)) {
  test(`${name} serves a task`, { timeout: 60_000 }, async () => {
    const { folder } = await makeProject();
    await cp(join(root, 'examples', from), folder, { recursive: true });
    // The one in the repository names the build that is there.
    const imports = { 'stac-task': './node_modules/stac-task/dist/deno.js' };
    await writeFiles(folder, { 'deno.json': JSON.stringify({ imports }) });
    const child = start(command, args, { cwd: folder, ...(env && { env }) });
    try {
      const url = await addressOf(child);
      const headers = { 'content-type': 'application/json' };
      const body = await readFile(join(root, 'examples/payloads', payload), 'utf8');
      const response = await fetch(url, { method: 'POST', headers, body });
      const text = await response.text();
      assert.equal(response.status, 200, text);
      check(JSON.parse(text).features);
      const bad = await fetch(url, { method: 'POST', headers, body: '{"process": 5}' });
      assert.equal(bad.status, 400);
      assert.equal((await bad.json()).issues[0].code, 'process-type');
    } finally {
      kill(child);
    }
  });
}

test('examples/worker-download keeps the assets of an item in R2', { timeout: 60_000 }, async () => {
  const { folder } = await makeProject();
  await cp(join(root, 'examples/worker-download'), folder, { recursive: true });
  const { command, args, env } = /** @type {(typeof examples)[string]} */ (examples['examples/worker']);
  const site = await serveFaults({ '/B04.tif': { bytes: Buffer.from('red'), type: 'image/tiff' } });
  const child = start(command, args, { cwd: folder, ...(env && { env }) });
  try {
    const url = await addressOf(child);
    const post = async (/** @type {string} */ path) => {
      const assets = { B04: { href: site.url + path } };
      const item = { type: 'Feature', id: 'scene', links: [], assets };
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(item) });
      return { status: response.status, answer: await response.json() };
    };
    const missing = await post('/B05.tif');
    assert.deepEqual([missing.status, missing.answer.code], [502, 'ERR_DOWNLOAD']);
    assert.equal((await fetch(`${url}/scenes/scene/scene.json`)).status, 404);
    const { status, answer } = await post('/B04.tif');
    assert.equal(status, 200, JSON.stringify(answer));
    assert.equal(answer.assets.B04.href, './B04.tif');
    assert.deepEqual(await (await fetch(`${url}/scenes/scene/scene.json`)).json(), answer);
    const file = await fetch(`${url}/scenes/scene/B04.tif`);
    assert.equal(file.headers.get('content-type'), 'image/tiff');
    assert.equal(await file.text(), 'red');
  } finally {
    kill(child);
    site.close();
  }
});
