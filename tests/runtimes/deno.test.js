import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { exerciseModule, exerciseProgram, expectedAnswers, failingProgram } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { runForJson } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';

const deno = join(runtimesFolder, 'node_modules/@deno/linux-x64-glibc/deno');
// Reading its own folder is all that the package may ask for: no network, no environment, no other files.
const readOnly = ['run', '--no-prompt', '--allow-read=.'];
const env = { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1' };

const files = {
  'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
  'main.js': exerciseProgram,
  'failing.js': failingProgram,
  'import-only.js': `${exerciseModule()} console.log(JSON.stringify(typeof run));`,
};

before(() => ensureInstalled(runtimesFolder));

const cases = [
  { what: 'works with permission to read its own folder and nothing else', without: [] },
  { what: 'does not need the inlined copy', without: ['dist/core.inline.js'] },
  { what: 'falls back to the inlined copy when core.wasm is lost', without: ['dist/core.wasm'] },
];

for (const { what, without } of cases) {
  test(`Deno ${what}`, async () => {
    const { folder, version } = await makeProject({ files, without });
    assert.deepEqual(
      await runForJson(deno, [...readOnly, 'main.js'], { cwd: folder, env }),
      expectedAnswers(version),
    );
  });
}

test('importing needs no permission at all in Deno', async () => {
  const { folder } = await makeProject({ files, without: ['dist/core.wasm', 'dist/core.inline.js'] });
  assert.equal(
    await runForJson(deno, ['run', '--no-prompt', 'import-only.js'], { cwd: folder, env }),
    'function',
  );
});

test('Deno names both causes when core.wasm and the inlined copy are lost, and does not hang', async () => {
  const { folder } = await makeProject({ files, without: ['dist/core.wasm', 'dist/core.inline.js'] });
  const failure = await runForJson(deno, [...readOnly, 'failing.js'], { cwd: folder, env, timeout: 20_000 });
  assert.equal(failure.code, 'ERR_LOAD_FAILED');
  assert.match(failure.message, /core\.wasm/);
  assert.match(failure.message, /core\.inline/);
});
