import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { exerciseProgram, expectedAnswers, failingProgram } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { runForJson } from '../support/run.js';
import { makeProject } from '../support/tarball.js';

const bun = join(runtimesFolder, 'node_modules/@oven/bun-linux-x64/bin/bun');
// Bun would fetch a package that it does not find; nothing here may come from a network.
const offline = ['run', '--no-install'];

const files = {
  'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
  'main.js': exerciseProgram,
  'failing.js': failingProgram,
  'main.cjs': `
    const stacTask = require('stac-task');
    import('./exercise.js').then(({ exercise }) => exercise(stacTask)).then((answers) => console.log(JSON.stringify(answers)));
  `,
};

before(() => ensureInstalled(runtimesFolder));

const cases = [
  { what: 'works with import', main: 'main.js', without: [] },
  { what: 'works with require', main: 'main.cjs', without: [] },
  { what: 'does not need the inlined copy', main: 'main.js', without: ['dist/core.inline.js'] },
  {
    what: 'falls back to the inlined copy when core.wasm is lost',
    main: 'main.js',
    without: ['dist/core.wasm'],
  },
];

for (const { what, main, without } of cases) {
  test(`Bun ${what}`, async () => {
    const { folder, version } = await makeProject({ files, without });
    assert.deepEqual(await runForJson(bun, [...offline, main], { cwd: folder }), expectedAnswers(version));
  });
}

test('Bun names both causes when core.wasm and the inlined copy are lost, and does not hang', async () => {
  const { folder } = await makeProject({ files, without: ['dist/core.wasm', 'dist/core.inline.js'] });
  const failure = await runForJson(bun, [...offline, 'failing.js'], { cwd: folder, timeout: 20_000 });
  assert.equal(failure.code, 'ERR_LOAD_FAILED');
  assert.match(failure.message, /core\.wasm/);
  assert.match(failure.message, /core\.inline/);
});
