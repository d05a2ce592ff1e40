import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { runOk } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';
import { compatibilityDate, miniflareOf, packageModules, serveWithWorkerd } from '../support/workerd.js';

const exerciseText = await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8');

// workerd and miniflare know no node_modules: a worker names the file that the `workerd` condition leads to.
const entry = './node_modules/stac-task/dist/workerd.js';

/** Answers /exercise, and / without validating anything; any failure becomes the answer's text. */
const worker = (/** @type {string} */ specifier) => `
${exerciseModule(specifier)}
export default {
  async fetch(request) {
    try {
      if (new URL(request.url).pathname !== '/exercise') return new Response('imported');
      return Response.json(await run());
    } catch (error) {
      return new Response(String(error.code) + ' ' + error.stack, { status: 500 });
    }
  },
};
`;

/** Tells how often wasm was instantiated; imported first, so that it sees everything that the package does. */
const spy = `
globalThis.instantiated = 0;
const { instantiate, Instance } = WebAssembly;
WebAssembly.instantiate = (...args) => (globalThis.instantiated++, instantiate(...args));
WebAssembly.Instance = new Proxy(Instance, { construct: (target, args) => (globalThis.instantiated++, Reflect.construct(target, args)) });
`;

const spyingWorker = `
import './spy.js';
import { validate } from '${entry}';
const atImport = globalThis.instantiated;
export default {
  async fetch() {
    await Promise.all([validate('{}'), validate('{"process": 5}')]);
    const afterFirst = globalThis.instantiated;
    await validate('{"process": [');
    return Response.json({ atImport, afterFirst, afterLater: globalThis.instantiated });
  },
};
`;

before(() => ensureInstalled(runtimesFolder));

describe('workerd itself', () => {
  // workerd forbids eval and compiling wasm from bytes, so an answer is also the proof that the package does neither.
  test('validates', async () => {
    const { folder, version } = await makeProject({
      files: { 'worker.js': worker(entry), 'exercise.js': exerciseText },
    });
    const modules = ['worker.js', 'exercise.js', ...(await packageModules(folder))];
    assert.deepEqual(await answersOf(folder, modules), expectedAnswers(version));
  });

  test('does not need the inlined copy', async () => {
    const { folder, version } = await makeProject({
      files: { 'worker.js': worker(entry), 'exercise.js': exerciseText },
    });
    const modules = [
      'worker.js',
      'exercise.js',
      ...(await packageModules(folder)).filter((name) => !/inline/.test(name)),
    ];
    assert.deepEqual(await answersOf(folder, modules), expectedAnswers(version));
  });

  test('importing runs no wasm and needs no glue; the first validation instantiates once', async () => {
    const { folder } = await makeProject({ files: { 'worker.js': spyingWorker, 'spy.js': spy } });
    assert.deepEqual(await answersOf(folder, ['worker.js', 'spy.js', ...(await packageModules(folder))]), {
      atImport: 0,
      afterFirst: 1,
      afterLater: 1,
    });
  });

  test('importing does not load the glue', async () => {
    const { folder } = await makeProject({
      files: { 'worker.js': worker(entry), 'exercise.js': exerciseText },
    });
    const modules = (await packageModules(folder)).filter((name) => !name.endsWith('/core.glue.js'));
    const { url, log, stop } = await serveWithWorkerd(folder, ['worker.js', 'exercise.js', ...modules]);
    try {
      assert.equal(await (await fetch(`${url}/`)).text(), 'imported', log());
      // And it is the glue that was taken away, not a file that nobody uses.
      assert.equal((await fetch(`${url}/exercise`)).status, 500);
    } finally {
      stop();
    }
  });
});

test('miniflare validates', async () => {
  const { folder, version } = await makeProject({
    files: { 'worker.js': worker(entry), 'exercise.js': exerciseText },
  });
  const miniflare = await miniflareOf(folder);
  try {
    const response = await miniflare.dispatchFetch('http://worker.test/exercise');
    assert.deepEqual(await jsonOf(response), expectedAnswers(version));
  } finally {
    await miniflare.dispose();
  }
});

test('what `wrangler deploy` would upload validates in workerd', async () => {
  const { folder, version } = await makeProject({
    files: {
      'worker.js': worker('stac-task'),
      'exercise.js': exerciseText,
      'wrangler.json': JSON.stringify({
        name: 'test',
        main: 'worker.js',
        compatibility_date: compatibilityDate,
      }),
    },
  });
  const wrangler = join(runtimesFolder, 'node_modules/wrangler/bin/wrangler.js');
  const home = temporaryFolder();
  await runOk(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', 'out'], {
    cwd: folder,
    env: { WRANGLER_SEND_METRICS: 'false', HOME: home, XDG_CONFIG_HOME: home, WRANGLER_LOG_PATH: home },
  });
  const out = join(folder, 'out');
  const uploaded = (await readdir(out)).filter((name) => /\.(js|wasm)$/.test(name));
  assert.equal(
    uploaded.filter((name) => name.endsWith('.wasm')).length,
    2,
    `both chunks are uploaded: ${uploaded}`,
  );
  const modules = ['worker.js', ...uploaded.filter((name) => name !== 'worker.js')];
  assert.deepEqual(await answersOf(out, modules), expectedAnswers(version));
});

/**
 * @param {string} folder
 * @param {string[]} modules
 */
async function answersOf(folder, modules) {
  const { url, log, stop } = await serveWithWorkerd(folder, modules);
  try {
    return await jsonOf(await fetch(`${url}/exercise`));
  } catch (error) {
    throw new Error(`${error.message}\n${log()}`);
  } finally {
    stop();
  }
}

/** @param {{ ok: boolean, status: number, text(): Promise<string> }} response */
async function jsonOf(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`the worker answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
