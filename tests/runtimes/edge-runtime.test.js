import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { ensureInstalled, importFrom, packagingTool } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { makeProject } from '../support/tarball.js';

/*
 * edge-runtime runs one classic script. As Vercel does, the bundler turns `import … from './core.wasm?module'` into a
 * compiled module that the host hands over. This is edge-runtime, not Vercel: it allows things that Vercel may not.
 */

const app = `${exerciseModule()}
addEventListener('fetch', (event) => {
  const answer = run().then((answers) => Response.json(answers), (error) => new Response(String(error.stack), { status: 500 }));
  event.respondWith(answer);
});
`;

before(() => ensureInstalled(runtimesFolder));

test('validates in edge-runtime', async () => {
  const { folder, installed, version } = await makeProject({
    files: {
      'app.js': app,
      'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
    },
  });
  const { code, wasmNames } = await bundle(folder);
  assert.deepEqual(
    wasmNames,
    ['core.wasm'],
    'the wasm is imported as a compiled module, and nothing else is',
  );

  const { EdgeRuntime } = await importFrom(runtimesFolder, 'edge-runtime');
  const compiled = new WebAssembly.Module(await readFile(join(installed, 'dist/core.wasm')));
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, { wasmModules: { 'core.wasm': compiled } }),
  });
  runtime.evaluate(code);
  const response = await runtime.dispatchFetch('http://localhost/');
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.deepEqual(JSON.parse(text), expectedAnswers(version));
});

/**
 * Bundles app.js the way Vercel's tools do.
 *
 * @param {string} folder
 */
async function bundle(folder) {
  const esbuild = await packagingTool('esbuild');
  /** @type {string[]} */
  const wasmNames = [];
  /** @type {import('esbuild').Plugin} */
  const wasmModules = {
    name: 'wasm-modules',
    setup(build) {
      build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, namespace: 'wasm' }));
      build.onLoad({ filter: /.*/, namespace: 'wasm' }, ({ path }) => {
        const name = path.replace(/^.*\//, '').replace('?module', '');
        wasmNames.push(name);
        return { contents: `export default globalThis.wasmModules[${JSON.stringify(name)}]` };
      });
    },
  };
  const result = await esbuild.build({
    entryPoints: ['app.js'],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['edge-light'],
    plugins: [wasmModules],
    logLevel: 'silent',
  });
  return { code: result.outputFiles[0].text, wasmNames };
}
