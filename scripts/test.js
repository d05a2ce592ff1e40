/**
 * `npm test`: sets up what is missing, builds, and runs every test. `--quick` is the inner loop: native
 * tests and Node's.
 *
 *     node scripts/test.js [--quick] [TEST-FILE…]
 *
 * @module
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.js';
import { build, buildNative } from './build.js';
import { root, run, say } from './run.js';

const quick = process.argv.includes('--quick');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folders = quick ? ['js'] : ['js', 'clients', 'runtimes', 'browsers', 'packaging'];

bootstrap(quick ? ['build'] : ['build', 'runtimes']);
await build();
if (named.length === 0) {
  buildNative();
  say('native tests, with sanitizers');
  run('ctest', ['--test-dir', 'build/native', '--output-on-failure', '--no-tests=error']);
}
const files = named.length > 0 ? named : folders.flatMap((folder) => testsIn(folder));
say(`tests in JavaScript: ${files.length} files`);
// Two at once: the machine this is made for has two cores. The last lines say what failed, whoever sees no others.
run(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], {
  name: 'tests',
});

/** @param {string} folder */
function testsIn(folder) {
  const files = readdirSync(join(root, 'tests', folder))
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => `tests/${folder}/${name}`)
    .sort();
  if (files.length > 0) return files;
  console.error(`✗ there is no test in tests/${folder}`);
  process.exit(1);
}
