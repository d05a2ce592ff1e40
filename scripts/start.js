/**
 * `npm start`: everything from a bare Debian machine to the main job, the checking of payloads.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.js';
import { build, buildNative } from './build.js';
import { root, say } from './run.js';

bootstrap(['build']);
await build();
buildNative();

/** The example payloads, and whether they are valid: two are broken on purpose. */
const payloads = { 'sentinel-2': true, landsat: true, legacy: true, broken: false, truncated: false };
const fileOf = (/** @type {string} */ name) => `examples/payloads/${name}.json`;
const files = Object.keys(payloads).map(fileOf);
const job = ['validate', '--items', 'core', ...files];
say(`stac-task ${job.join(' ')}`);
spawnSync(process.execPath, ['dist/cli.js', ...job], {
  cwd: root,
  stdio: 'inherit',
});

const { validate } = await import(join(root, 'dist/node.js'));
for (const [name, expected] of Object.entries(payloads)) {
  const { valid } = await validate(readFileSync(join(root, fileOf(name))), { items: 'core' });
  if (valid === expected) continue;
  console.error(`✗ ${fileOf(name)} should be ${expected ? 'valid' : 'invalid'}`);
  process.exit(1);
}
say('broken.json and truncated.json are broken on purpose; all else is as it should be');
