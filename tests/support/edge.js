import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { importFrom, packagingTool } from './install.js';
import { runtimesFolder } from './paths.js';

/**
 * Bundles a project's app.js the way Vercel's tools do: into one classic script, which takes `./core.wasm?module` as a
 * compiled module from its host.
 *
 * @param {string} folder
 */
export async function bundleForEdge(folder) {
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

/**
 * An edge-runtime that runs such a script.
 *
 * @param {string} installed the folder of the installed package
 * @param {string} code
 */
export async function edgeRuntimeOf(installed, code) {
  const { EdgeRuntime } = await importFrom(runtimesFolder, 'edge-runtime');
  const compiled = new WebAssembly.Module(await readFile(join(installed, 'dist/core.wasm')));
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, { wasmModules: { 'core.wasm': compiled } }),
  });
  runtime.evaluate(code);
  return runtime;
}
