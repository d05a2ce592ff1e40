import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { packagingTool } from '../support/install.js';
import { makeProject } from '../support/tarball.js';

/**
 * All that validating a payload in a browser takes: the entry, with the glue inside it or beside it, and the inlined copy,
 * which is a lazy chunk. Task, the clients and the assets code are other modules, or the next test finds them.
 */
const requiredModules = ['browser.js', 'core.inline.js'];
const allowedModules = [...requiredModules, 'core.glue.js'];

/**
 * Words that survive minifying and belong to code that validating has no use for. Whoever adds a Task, a client or a
 * store adds a word of it here: a name that the public sees, a header, a URL. Each word must occur in the whole package,
 * so that a word that was renamed does not go on passing.
 *
 * @type {string[]}
 */
const foreignWords = [
  'processDefinition',
  'collectionMatchers',
  'getCollectionUploadOptions',
  'PayloadKeyError',
  'payload.schema',
  'remaining',
  'padDates',
  'maxItems',
  'jsonpathFind',
  'findCollection',
  'isStacTask',
  'derived_from',
  'getBuiltinModule',
  'task-lambda',
  'task-queue',
  'assets-download',
  'fileNameStrategy',
  'AssetOverwriteError',
];

/** @type {import('../support/tarball.js').Project} */
let project;
before(async () => (project = await makeProject()));

test('a bundle of `import { validate }` holds the entry, its glue and the lazy inlined copy, and no other module', async () => {
  const { modules } = await bundle(
    "import { validate } from 'stac-task'; console.log(await validate('{}'));",
  );
  assert.deepEqual(
    modules.filter((name) => !allowedModules.includes(name)),
    [],
  );
  assert.deepEqual(
    requiredModules.filter((name) => !modules.includes(name)),
    [],
  );
});

test('a bundle of `import { validate }` holds no code for Payload, tasks, clients and assets', async () => {
  const { text } = await bundle("import { validate } from 'stac-task'; console.log(await validate('{}'));");
  assert.match(text, /core\.wasm/, 'the bundle holds the code that loads the core');
  assert.deepEqual(
    foreignWords.filter((word) => text.includes(word)),
    [],
  );
});

test('every word that is looked for occurs in the package', async () => {
  const folder = join(project.installed, 'dist');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const all = texts.join('\n');
  assert.deepEqual(
    foreignWords.filter((word) => !all.includes(word)),
    [],
  );
});

test('a bundle that imports the package and uses nothing of it is empty', async () => {
  const { text } = await bundle("import { validate, Payload } from 'stac-task'; import 'stac-task';");
  assert.equal(text.trim(), '');
});

/** @param {string} contents the program to bundle for a browser */
async function bundle(contents) {
  const esbuild = await packagingTool('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, resolveDir: project.folder, sourcefile: 'main.js' },
    absWorkingDir: project.folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    outdir: 'out',
    metafile: true,
    // An import that nobody uses is what one of these tests is about.
    logOverride: { 'ignored-bare-import': 'silent' },
    logLevel: 'silent',
  });
  // Of what esbuild read, only what left something in the output counts.
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const modules = used
    .filter(([path, { bytesInOutput }]) => path !== 'main.js' && bytesInOutput > 0)
    .map(([path]) => path);
  return {
    text: outputFiles.map(({ text }) => text).join('\n'),
    modules: modules.map((path) => path.replace('node_modules/stac-task/dist/', '')),
  };
}
