/**
 * Builds the package into dist/: the wasm chunks, their glue and inlined copies, one entry for each runtime,
 * the JSON Schema, the command line and the declarations. Steps whose inputs have not changed are skipped.
 *
 *     node scripts/build.js [--native]
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { emscriptenEnv } from './bootstrap.js';
import { bin, cmakeBuild, root, run, say } from './run.js';

const dist = join(root, 'dist');

/** The conditions of package.json's exports; each has a host in js/runtime/hosts. */
export const conditions = ['edge-light', 'workerd', 'deno', 'bun', 'browser', 'node', 'default'];

/** Features that every target runtime has; wasm-opt must be told. */
const wasmFeatures = [
  '--enable-simd',
  '--enable-bulk-memory',
  '--enable-mutable-globals',
  '--enable-sign-ext',
  '--enable-nontrapping-float-to-int',
];

/** @param {string} folder @returns {string[]} */
const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/**
 * Do a step unless it was done for the same files and what it made is still there.
 * @param {string} name
 * @param {{ inputs: string[], outputs: string[], make: () => void | Promise<void> }} work
 */
async function step(name, { inputs, outputs, make }) {
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(relative(root, file)).update(readFileSync(file));
  const digest = hash.digest('hex');
  const stamp = join(root, 'build', `${name}.stamp`);
  const isDone = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isDone && outputs.every((file) => existsSync(join(dist, file)))) return;
  say(`building ${name}`);
  rmSync(stamp, { force: true });
  mkdirSync(dist, { recursive: true });
  await make();
  writeFileSync(stamp, digest);
}

const strip = ['--strip-debug', '--strip-producers', '--strip-target-features'];

/** The chunks; each has a CMake target and a file in wasm/. */
const chunks = ['core', 'assets'];

/** @param {string} name */
const chunkFiles = (name) => [`${name}.wasm`, `${name}.glue.js`, `${name}.inline.js`];

/** @param {string} name */
async function packChunk(name) {
  const { minify } = await import('terser');
  const wasm = join(dist, `${name}.wasm`);
  // What is shorter than a call is inlined however often it is called.
  const optimise = ['-Oz', '--always-inline-max-function-size=6', '--reorder-functions', ...strip];
  run(bin('wasm-opt'), [join(root, `build/wasm/${name}.wasm`), ...wasmFeatures, ...optimise, '-o', wasm]);

  const glue = await minify(readFileSync(join(root, `build/wasm/${name}.mjs`), 'utf8'), {
    module: true,
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
  });
  const code = /** @type {string} */ (glue.code);
  // Emscripten shortens import names in both halves, or in one when it meets tools that are not its own.
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasm)));
  const named = imports.every((each) => new RegExp(`[{,]"?${each.name}"?:`).test(code));
  if (!named) throw new Error('the glue lacks imports of the wasm: remove build/wasm and build again');
  writeFileSync(join(dist, `${name}.glue.js`), code);

  const base64 = readFileSync(wasm).toString('base64');
  writeFileSync(
    join(dist, `${name}.inline.js`),
    `export const bytes=()=>Uint8Array.from(atob("${base64}"),(c)=>c.charCodeAt(0));\n`,
  );
}

/** What is loaded when it is needed: the file in dist, and what it is made of. */
const lazyFiles = /** @type {const} */ ({
  '#assets.download': ['assets-download.js', 'js/assets/download.js'],
  '#assets.earthdata': ['assets-earthdata.js', 'js/clients/earthdata.js'],
  '#assets.filesystem': ['assets-filesystem.js', 'js/clients/filesystem.js'],
  '#assets.folder': ['assets-folder.js', 'js/stores/download-folder.js'],
  '#assets.hashes': ['assets-hashes.js', 'js/assets/hashes.js'],
  '#assets.http': ['assets-http.js', 'js/clients/http.js'],
  '#assets.info': ['assets-info.js', 'js/assets/info.js'],
  '#assets.listener': ['assets-oauth2-listener.js', 'js/clients/oauth2-listener.js'],
  '#assets.oauth2': ['assets-oauth2.js', 'js/clients/oauth2.js'],
  '#assets.planetary': ['assets-planetary.js', 'js/clients/planetary-computer.js'],
  '#assets.profile': ['assets-s3-profile.js', 'js/clients/s3-profile.js'],
  '#assets.directory': ['assets-directory.js', 'js/stores/download-directory.js'],
  '#assets.r2': ['assets-r2.js', 'js/stores/download-r2.js'],
  '#assets.s3': ['assets-s3.js', 'js/clients/s3.js'],
  '#assets.signer': ['assets-s3-sign.js', 'js/clients/s3-sign.js'],
  '#task.cli': ['cli-task.js', 'js/task/cli.js'],
  '#task.fetch': ['task-fetch.js', 'js/adapters/fetch.js'],
  '#task.folder': ['task-folder.js', 'js/stores/folder.js'],
  '#task.href': ['task-href.js', 'js/task/href.js'],
  '#task.lambda': ['task-lambda.js', 'js/adapters/lambda.js'],
  '#task.memory': ['task-memory.js', 'js/stores/memory.js'],
  '#task.queue': ['task-queue.js', 'js/adapters/queue.js'],
});

/**
 * Names that stand for files of dist. Only a browser takes the glue into its entry, since a service
 * worker may not import it later; everywhere else it is a file of its own.
 * @param {string} host
 * @returns {import('esbuild').Plugin}
 */
const chunkNames = (host) => ({
  name: 'chunk-names',
  setup(build) {
    build.onResolve({ filter: /^#host$/ }, () => ({ path: join(root, 'js/runtime/hosts', `${host}.js`) }));
    build.onResolve({ filter: /^#(core|assets)\.(glue|inline|wasm)/ }, ({ path }) => {
      if (path === '#core.glue' && host === 'browser') return { path: join(dist, 'core.glue.js') };
      const file = path.includes('.wasm') ? path.slice(1) : `${path.slice(1)}.js`;
      return { path: `./${file}`, external: true };
    });
    build.onResolve({ filter: /^#payload\.schema$/ }, () => ({
      path: './payload.schema.js',
      external: true,
    }));
    build.onResolve({ filter: /^#cli\.diff$/ }, () => ({ path: './cli-diff.js', external: true }));
    build.onResolve({ filter: /^#(task|assets)\.\w+$/ }, ({ path }) => ({
      path: `./${lazyFiles[/** @type {keyof typeof lazyFiles} */ (path)][0]}`,
      external: true,
    }));
    build.onResolve({ filter: /^#package$/ }, () => ({ path: './node.js', external: true }));
  },
});

/** The JSON Schema as a file for editors, and as a module whose text nobody parses before it is asked for. */
function packSchema() {
  const schema = readFileSync(join(root, 'js/schema/payload.schema.json'), 'utf8');
  writeFileSync(join(dist, 'payload.schema.json'), schema);
  const text = JSON.stringify(JSON.stringify(JSON.parse(schema)));
  writeFileSync(join(dist, 'payload.schema.js'), `export default ${text};\n`);
}

async function bundleEntries() {
  const esbuild = await import('esbuild');
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
    external: ['node:*'],
  };
  /** What was taken from npm. @type {Set<string>} */
  const packages = new Set();
  /** @param {import('esbuild').BuildOptions} options @param {string} outfile */
  const bundle = async (options, outfile) => {
    const { outputFiles, metafile } = await esbuild.build({
      ...common,
      ...options,
      metafile: true,
      outfile: join(dist, outfile),
    });
    const [file] = /** @type {import('esbuild').OutputFile[]} */ (outputFiles);
    writeFileSync(join(dist, outfile), await minified(file?.text ?? ''));
    for (const path of Object.keys(metafile?.inputs ?? {})) {
      const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      if (name) packages.add(name);
    }
  };
  for (const condition of conditions) {
    const plugins = [chunkNames(condition)];
    await bundle({ entryPoints: [join(root, 'js/index.js')], plugins }, `${condition}.js`);
  }
  const banner = { js: '#!/usr/bin/env node' };
  const plugins = [chunkNames('node')];
  await bundle({ entryPoints: [join(root, 'js/cli/main.js')], plugins, banner }, 'cli.js');
  await bundle({ entryPoints: [join(root, 'js/cli/diff.js')] }, 'cli-diff.js');
  for (const [file, source] of Object.values(lazyFiles)) {
    await bundle({ entryPoints: [join(root, source)], plugins }, file);
  }
  writeFileSync(join(dist, 'cli-licenses.txt'), licensesOf([...packages].sort()));
}

/**
 * The licenses of what the command line has in it: they ask to be passed on.
 * @param {string[]} packages
 */
function licensesOf(packages) {
  const texts = packages.map((name) => {
    const folder = join(root, 'node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no license that could be passed on`);
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return texts.join('\n----\n\n');
}

/**
 * Users meet the names of classes in stack traces, so these stay; and Node prints the line that throws,
 * which should not be the whole file.
 * @param {string} code
 * @returns {Promise<string>}
 */
async function minified(code) {
  const { minify } = await import('terser');
  const classes = [...code.matchAll(/\b(?:var (\w+) = class|class (\w+))\b/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  const result = await minify(code, {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    mangle: { reserved: classes },
    format: { max_line_len: 120 },
  });
  return /** @type {string} */ (result.code);
}

function emitDeclarations() {
  const types = join(root, 'build/types');
  rmSync(types, { recursive: true, force: true });
  run(bin('tsc'), [
    '-p',
    join(root, 'tsconfig.json'),
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--outDir',
    types,
  ]);
  rmSync(join(dist, 'types'), { recursive: true, force: true });
  // Declarations of hosts and of the command line are nobody's interface.
  const from = join(types, 'js');
  const isPublic = (/** @type {string} */ path) =>
    !/(^|[\\/])(hosts|cli)([\\/]|$)/.test(relative(from, path));
  cpSync(from, join(dist, 'types'), { recursive: true, filter: isPublic });
}

export async function build() {
  const here = filesBelow('scripts').filter((file) => file.endsWith('.js'));
  const lock = join(root, 'package-lock.json');
  const native = [...filesBelow('src'), ...filesBelow('wasm'), join(root, 'CMakeLists.txt')];
  const scripts = [...filesBelow('js'), join(root, 'tsconfig.json'), join(root, 'package.json')];
  await step('wasm', {
    inputs: [...native, ...here, lock],
    outputs: chunks.flatMap(chunkFiles),
    make: async () => {
      cmakeBuild(join(root, 'build/wasm'), ['emcmake', 'cmake'], emscriptenEnv);
      for (const name of chunks) await packChunk(name);
    },
  });
  await step('entries', {
    inputs: [...scripts, ...native, ...here, lock],
    outputs: [
      ...conditions.map((condition) => `${condition}.js`),
      'cli.js',
      'cli-diff.js',
      'cli-licenses.txt',
      ...Object.values(lazyFiles).map(([file]) => file),
    ],
    make: bundleEntries,
  });
  await step('schema', {
    inputs: [join(root, 'js/schema/payload.schema.json'), ...here],
    outputs: ['payload.schema.json', 'payload.schema.js'],
    make: packSchema,
  });
  await step('types', {
    inputs: [...scripts, ...here, lock],
    outputs: ['types/index.d.ts'],
    make: emitDeclarations,
  });
}

/** The native tests, with sanitizers. */
export function buildNative() {
  say('building native');
  cmakeBuild(join(root, 'build/native'), ['cmake', '-DSTACTASK_SANITIZE=ON'], { CXX: 'g++' });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build();
  if (process.argv.includes('--native')) buildNative();
}
