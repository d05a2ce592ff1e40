import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { answersOnPage, launchChromium, openPage } from '../support/chromium.js';
import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { packagingTool } from '../support/install.js';
import { contentOf, serve, strictPolicy } from '../support/server.js';
import { makeProject, writeFiles } from '../support/tarball.js';

/*
 * Each bundler gets the same app and no configuration for this package. Its output is loaded in Chromium under the
 * strict policy, and the server sees whether core.wasm or the inlined copy did the work.
 */

const showAnswers = `
  (answers) => (globalThis.answers = answers),
  (error) => (globalThis.failure = String(error.stack)),
`;
const main = `${exerciseModule()} run().then(${showAnswers});`;

/** For bundlers without URL assets: the user hands the address of the file over. */
const mainWithAddress = `
import address from 'stac-task/core.wasm';
${exerciseModule()}
ready(new URL(address, import.meta.url)).then(run).then(${showAnswers});
`;

const files = {
  'main.js': main,
  'main-with-address.js': mainWithAddress,
  'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
  'index.html': '<!doctype html><title>app</title><script type="module" src="/main.js"></script>',
};

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {(folder: string) => Promise<void>} build writes a site with an index.html to the folder's `out`
 * @property {'core.wasm' | 'inlined copy'} servedBy
 * @property {number} wasmFiles how many wasm files the output has: the core, and the assets chunk that nobody asks for
 * @property {boolean} [lazy] false: the inlined copy is in the one file there is, so it is loaded whether needed or not
 * @property {object} [answers] what this app answers differently
 */

/** @type {Build[]} */
const builds = [
  { name: 'Vite 8', build: (folder) => viteBuild('vite', folder), servedBy: 'core.wasm', wasmFiles: 2 },
  { name: 'Vite 5', build: (folder) => viteBuild('vite5', folder), servedBy: 'core.wasm', wasmFiles: 2 },
  { name: 'webpack', build: webpackBuild, servedBy: 'core.wasm', wasmFiles: 2 },
  // esbuild and rollup have no URL assets: the file is not in their output, and the inlined copy takes over.
  {
    name: 'esbuild --splitting',
    build: (folder) => esbuildBuild(folder, { splitting: true }),
    servedBy: 'inlined copy',
    wasmFiles: 0,
  },
  {
    name: 'esbuild',
    build: (folder) => esbuildBuild(folder, {}),
    servedBy: 'inlined copy',
    wasmFiles: 0,
    lazy: false,
  },
  {
    name: 'esbuild --format=iife',
    build: (folder) =>
      esbuildBuild(folder, { format: 'iife', logOverride: { 'empty-import-meta': 'silent' } }),
    servedBy: 'inlined copy',
    wasmFiles: 0,
    lazy: false,
  },
  {
    name: 'esbuild --loader:.wasm=file, with the address given to ready()',
    build: (folder) =>
      esbuildBuild(folder, { entry: 'main-with-address.js', loader: { '.wasm': 'file' }, splitting: true }),
    servedBy: 'core.wasm',
    wasmFiles: 1,
    answers: { syncBeforeReady: 'no error' },
  },
  { name: 'rollup', build: rollupBuild, servedBy: 'inlined copy', wasmFiles: 0 },
];

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => (browser = await launchChromium()));
after(() => browser?.close());

for (const { name, build, servedBy, wasmFiles, answers, lazy = true } of builds) {
  test(`${name}, built: ${servedBy} serves it`, async () => {
    const { folder, version } = await makeProject({ files });
    await build(folder);
    const out = join(folder, 'out');
    const outputs = await readdir(out, { recursive: true });
    assert.equal(outputs.filter((path) => path.endsWith('.wasm')).length, wasmFiles, outputs.join('\n'));

    const site = await serve({
      files: { '/': await readFile(join(out, 'index.html'), 'utf8') },
      folders: { '/': out },
    });
    try {
      const errors = await assertAnswers(site.url, { ...expectedAnswers(version), ...answers });
      assertServedBy(site.requests, { servedBy, lazy });
      assert.deepEqual(
        errors.filter((text) => servedBy === 'core.wasm' || !text.startsWith('Failed to load resource')),
        [],
      );
    } finally {
      site.close();
    }
  });
}

/** @type {{ name: string, vite: string, config: object, servedBy: 'core.wasm' | 'inlined copy' }[]} */
const devServers = [
  { name: 'Vite 8', vite: 'vite', config: {}, servedBy: 'core.wasm' },
  // Vite 5 moves the package's JavaScript into its cache and leaves the wasm behind; a page of HTML answers for it.
  { name: 'Vite 5', vite: 'vite5', config: {}, servedBy: 'inlined copy' },
  {
    name: 'Vite 5 with optimizeDeps.exclude',
    vite: 'vite5',
    config: { optimizeDeps: { exclude: ['stac-task'] } },
    servedBy: 'core.wasm',
  },
];

describe('dev servers', () => {
  for (const { name, vite, config, servedBy } of devServers) {
    test(`${name}: ${servedBy} serves it`, async () => {
      const { folder, version } = await makeProject({ files });
      const { url, requests, close } = await viteDevServer(vite, folder, config);
      try {
        const errors = await assertAnswers(url, expectedAnswers(version));
        assertServedBy(requests, { servedBy, lazy: true });
        assert.deepEqual(errors, []);
      } finally {
        await close();
      }
    });
  }
});

/**
 * Loads a page, asserts what the package answered in it, and gives the page's console errors.
 *
 * @param {string} url
 * @param {object} expected
 */
async function assertAnswers(url, expected) {
  const opened = await openPage(browser, url);
  try {
    assert.deepEqual(await answersOnPage(opened), expected);
    return opened.errors;
  } finally {
    await opened.close();
  }
}

/**
 * @param {import('../support/server.js').Request[]} requests
 * @param {{ servedBy: Build['servedBy'], lazy: boolean }} expectation
 */
function assertServedBy(requests, { servedBy, lazy }) {
  const seen = requests.map(({ status, path, holds }) => `${status} ${path} ${holds}`).join('\n');
  const wasm = requests.filter(({ holds }) => holds === 'wasm').length;
  const inlined = requests.filter(({ holds }) => holds === 'inlined copy').length;
  assert.equal(wasm, servedBy === 'core.wasm' ? 1 : 0, seen);
  if (lazy) assert.equal(inlined, servedBy === 'core.wasm' ? 0 : 1, seen);
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function viteBuild(name, folder) {
  const vite = await packagingTool(name);
  await vite.build({ root: folder, configFile: false, logLevel: 'warn', build: { outDir: 'out' } });
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {object} config
 */
async function viteDevServer(name, folder, config) {
  const vite = await packagingTool(name);
  /** @type {import('../support/server.js').Request[]} */
  const requests = [];
  /** @type {import('vite').Plugin} */
  const recorder = {
    name: 'recorder',
    configureServer: ({ middlewares }) => void middlewares.use(recordAnswers(requests)),
  };
  const server = await vite.createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    cacheDir: join(folder, '.vite'),
    server: { host: '127.0.0.1', port: 0, headers: { 'content-security-policy': strictPolicy } },
    plugins: [recorder],
    ...config,
  });
  await server.listen();
  const { port } = server.httpServer.address();
  return { url: `http://127.0.0.1:${port}/`, requests, close: () => server.close() };
}

/**
 * A middleware that writes down what the ones after it answer.
 *
 * @param {import('../support/server.js').Request[]} requests
 */
function recordAnswers(requests) {
  return (/** @type {any} */ request, /** @type {any} */ response, /** @type {() => void} */ next) => {
    // Browsers ask for an icon by themselves.
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    /** @type {Buffer[]} */
    const chunks = [];
    for (const method of ['write', 'end']) {
      const original = response[method];
      response[method] = (/** @type {any[]} */ ...args) => {
        if (typeof args[0] === 'string' || args[0] instanceof Uint8Array) chunks.push(Buffer.from(args[0]));
        return original.apply(response, args);
      };
    }
    response.on('finish', () => {
      requests.push({
        path: request.url,
        status: response.statusCode,
        holds: contentOf(Buffer.concat(chunks)),
      });
    });
    next();
  };
}

/** @param {string} folder */
async function webpackBuild(folder) {
  const webpack = await packagingTool('webpack');
  const compiler = webpack({
    context: folder,
    entry: './main.js',
    mode: 'production',
    output: { path: join(folder, 'out') },
    // The core has more than the 244 KiB above which webpack gives a hint; docs/hosting.md says so.
    performance: { hints: false },
  });
  /** @type {import('webpack').Stats} */
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => compiler.close(() => (error ? reject(error) : resolve(result))));
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual(
    [...errors, ...warnings].map(({ message }) => message),
    [],
  );
  await writePage(folder);
}

/**
 * @param {string} folder
 * @param {import('esbuild').BuildOptions & { entry?: string }} options
 */
async function esbuildBuild(folder, { entry = 'main.js', ...options }) {
  const esbuild = await packagingTool('esbuild');
  const { errors, warnings } = await esbuild.build({
    entryPoints: { main: entry },
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    outdir: 'out',
    logLevel: 'silent',
    ...options,
  });
  assert.deepEqual(
    [...errors, ...warnings].map(({ text }) => text),
    [],
  );
  await writePage(folder, options.format === 'iife' ? 'classic' : 'module');
}

/** @param {string} folder */
async function rollupBuild(folder) {
  const { rollup } = await packagingTool('rollup');
  const { nodeResolve } = await packagingTool('@rollup/plugin-node-resolve');
  /** @type {string[]} */
  const warnings = [];
  const bundle = await rollup({
    input: join(folder, 'main.js'),
    plugins: [nodeResolve({ browser: true })],
    onwarn: ({ message }) => void warnings.push(message),
  });
  await bundle.write({ dir: join(folder, 'out'), format: 'es' });
  await bundle.close();
  assert.deepEqual(warnings, []);
  await writePage(folder);
}

/**
 * @param {string} folder
 * @param {'module' | 'classic'} [kind]
 */
async function writePage(folder, kind = 'module') {
  const type = kind === 'module' ? ' type="module"' : '';
  await writeFiles(folder, {
    'out/index.html': `<!doctype html><title>app</title><script${type} src="/main.js"></script>`,
  });
}
