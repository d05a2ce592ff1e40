import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { exerciseProgram, expectedAnswers, failingProgram } from '../support/exercise.js';
import { ensureNodes, nodes } from '../support/nodes.js';
import { run, runForJson, runOk } from '../support/run.js';
import { makeProject } from '../support/tarball.js';

const exerciseText = await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8');
const recorder = fileURLToPath(new URL('../support/record-loads.mjs', import.meta.url));

const requireProgram = `
const stacTask = require('stac-task');
import('./exercise.js').then(({ exercise }) => exercise(stacTask)).then((answers) => console.log(JSON.stringify(answers)));
`;

const stepsProgram = `
const { validate } = await import('stac-task');
mark('first validation');
await Promise.all([validate('{}'), validate('{"process": 5}')]);
mark('later validation');
await validate('{"process": [');
`;

// The smallest module that WebAssembly accepts: what an old cache or a wrong address may give instead of the core.
const foreignProgram = `
import { ready, validate } from 'stac-task';
const foreign = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const late = new Promise((resolve) => setTimeout(resolve, 5000, { message: 'it hangs' }));
const refused = ready(foreign).then(() => ({ message: 'no error' }), (error) => error);
const { name, code, message } = await Promise.race([refused, late]);
console.log(JSON.stringify({ name, code, message, next: (await validate('{}')).valid }));
process.exit();
`;

const files = {
  'exercise.js': exerciseText,
  'main.mjs': exerciseProgram,
  'main.cjs': requireProgram,
  'failing.mjs': failingProgram,
  'foreign.mjs': foreignProgram,
  'steps.mjs': stepsProgram,
  'valid.json': '{}',
  'broken.json': '{"process": 5}',
  'old.json': '{"process": {}}',
};

/** @type {Record<'whole' | 'withoutWasm' | 'withoutInlinedCopy' | 'withoutBoth', import('../support/tarball.js').Project>} */
const projects = {};

before(async () => {
  await ensureNodes();
  projects.whole = await makeProject({ files });
  projects.withoutWasm = await makeProject({ files, without: ['dist/core.wasm'] });
  projects.withoutInlinedCopy = await makeProject({ files, without: ['dist/core.inline.js'] });
  projects.withoutBoth = await makeProject({ files, without: ['dist/core.wasm', 'dist/core.inline.js'] });
});

for (const { name, path } of nodes) {
  describe(name, () => {
    /** @type {{ what: string, project: keyof typeof projects, args: string[] }[]} */
    const cases = [
      { what: 'import', project: 'whole', args: ['main.mjs'] },
      { what: 'require', project: 'whole', args: ['main.cjs'] },
      {
        what: 'import, eval forbidden',
        project: 'whole',
        args: ['--disallow-code-generation-from-strings', 'main.mjs'],
      },
      {
        what: 'import, warnings are errors',
        project: 'whole',
        args: ['--throw-deprecation', '--pending-deprecation', 'main.mjs'],
      },
      { what: 'the inlined copy is not needed', project: 'withoutInlinedCopy', args: ['main.mjs'] },
      { what: 'core.wasm is lost: the inlined copy takes over', project: 'withoutWasm', args: ['main.mjs'] },
      {
        what: 'core.wasm is lost, eval forbidden',
        project: 'withoutWasm',
        args: ['--disallow-code-generation-from-strings', 'main.mjs'],
      },
    ];
    for (const { what, project, args } of cases) {
      test(what, async () => {
        const { folder, version } = projects[project];
        assert.deepEqual(await runForJson(path, args, { cwd: folder }), expectedAnswers(version));
      });
    }

    test('both are lost: one error names both causes', async () => {
      const failure = await runForJson(path, ['failing.mjs'], {
        cwd: projects.withoutBoth.folder,
        timeout: 20_000,
      });
      assert.equal(failure.code, 'ERR_LOAD_FAILED');
      assert.match(failure.message, /core\.wasm/);
      assert.match(failure.message, /core\.inline/);
    });

    test('wasm that is not this core is refused with an error of this package, and the next call succeeds', async () => {
      const { code, message, next } = await runForJson(path, ['foreign.mjs'], {
        cwd: projects.whole.folder,
        timeout: 20_000,
      });
      assert.equal(code, 'ERR_LOAD_FAILED', message);
      assert.equal(next, true);
    });

    test('nothing is written to the terminal', async () => {
      const { stderr, stdout } = await runOk(path, ['main.mjs'], { cwd: projects.whole.folder });
      assert.equal(stderr, '');
      assert.equal(stdout.trim().split('\n').length, 1);
    });

    test('importing loads no wasm, opens no file and makes no request; validating loads core.wasm once', async () => {
      const loads = await loadsOf(path, projects.whole);
      assert.deepEqual(loads['import'].filter(isChunk), [], 'no chunk is loaded by the import');
      assert.deepEqual(loads['import'].filter(isNotModule), [], 'the import does nothing but load modules');
      assert.deepEqual(loads['first validation'], ['file core.wasm', 'module core.glue.js', 'wasm compiled']);
      assert.deepEqual(loads['later validation'], []);
    });

    test('the JSON Schema is a file that can be imported', async () => {
      const { folder } = projects.whole;
      const program = `require('node:module').createRequire(${JSON.stringify(join(folder, 'a.js'))})('stac-task/payload.schema.json')`;
      const { stdout } = await runOk(path, ['-p', `${program}.$schema`], { cwd: folder });
      assert.equal(stdout.trim(), expectedAnswers('').schema);
    });

    test('the command line of the installed package', async () => {
      const { folder, installed, version } = projects.whole;
      const { bin } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
      const cli = join(installed, typeof bin === 'string' ? bin : bin['stac-task']);
      const shown = await runOk(path, [cli, '--version'], { cwd: folder });
      assert.ok(shown.stdout.includes(version), shown.stdout);
      await runOk(path, [cli, 'validate', 'valid.json'], { cwd: folder });
      const broken = await run(path, [cli, 'validate', '--json', 'broken.json'], { cwd: folder });
      assert.equal(broken.code, 1, broken.stderr);
      assert.match(broken.stdout, /unable to parse 'process': must be type list/);
      assert.doesNotThrow(() => JSON.parse(broken.stdout));
      const diff = await runOk(path, [cli, 'fix', '--diff', 'old.json'], { cwd: folder });
      assert.match(diff.stdout, /^-\{"process": \{\}\}\n(?:.*\n)?^\+\{"process": \[\{\}\]\}$/m);
      JSON.parse((await runOk(path, [cli, 'schema'], { cwd: folder })).stdout);
    });
  });
}

/** @param {string} load */
const isChunk = (load) => /core|assets/.test(load);
/** @param {string} load */
const isNotModule = (load) => !load.startsWith('module ');

/**
 * What each step of steps.mjs loads, sorted. Only the package's own files are listed, by their name in dist.
 *
 * @param {string} node
 * @param {import('../support/tarball.js').Project} project
 * @returns {Promise<Record<'import' | 'first validation' | 'later validation', string[]>>}
 */
async function loadsOf(node, { folder, installed }) {
  const LOADS = join(folder, `loads-${process.pid}-${nodes.findIndex(({ path }) => path === node)}.txt`);
  // The recorder uses module.register where nothing newer exists, and that warns in some versions.
  await runOk(node, ['--no-warnings', '--import', pathToFileURL(recorder).href, 'steps.mjs'], {
    cwd: folder,
    env: { LOADS },
  });
  const lines = (await readFile(LOADS, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  const steps = { import: [], 'first validation': [], 'later validation': [] };
  let step = steps.import;
  for (const [what, which] of lines) {
    if (what === 'mark') step = steps[which];
    else if (what === 'wasm') step.push('wasm compiled');
    else if (what === 'request' || which.includes('stac-task/dist/'))
      step.push(`${what} ${nameInDist(which, installed)}`);
  }
  return Object.fromEntries(Object.entries(steps).map(([name, loads]) => [name, loads.sort()]));
}

/**
 * @param {string} pathOrUrl
 * @param {string} installed
 */
function nameInDist(pathOrUrl, installed) {
  const path = pathOrUrl.startsWith('file:') ? fileURLToPath(pathOrUrl) : pathOrUrl;
  return path.replace(join(installed, 'dist/'), '');
}
