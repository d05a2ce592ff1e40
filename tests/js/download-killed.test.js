/*
 * A process that is killed while it downloads, at moments that nobody chose: under a file's name there is only what is
 * whole, and the next run finishes from where the last one came to. STAC_TASK_KILLS says how often.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { kill, runOk, start } from '../support/run.js';
import { root } from './support.js';

const kills = Number(process.env.STAC_TASK_KILLS ?? 100);
const lengths = [3_000_000, 1_500_000, 200_000, 5000, 0];
const contents = lengths.map((length) => randomBytes(length));
const names = lengths.map((length) => `${length}.bin`);

/** How many bytes came, as a killed process would have told: 0 where it was killed before. @param {Buffer[]} files */
const total = (files) => files.reduce((sum, { length }) => sum + length, 0);

test(`${kills} kills`, { timeout: 300_000 }, async () => {
  const paced = contents.map((bytes, index) => [`/${names[index]}`, { bytes, always: { pace: 1 } }]);
  const server = await serveFaults(Object.fromEntries(paced));
  const folder = await mkdtemp(join(tmpdir(), 'stac-task-killed-'));
  const assets = Object.fromEntries(names.map((name) => [name, { href: `${server.url}/${name}` }]));
  const item = { type: 'Feature', id: 'i', geometry: null, properties: {}, links: [], assets };
  const program = `
    import { downloadItem } from 'stac-task';
    await downloadItem(${JSON.stringify(item)}, process.argv[1]);`;
  const args = (/** @type {string} */ to) => ['--no-warnings', '--input-type=module', '-e', program, to];
  try {
    const begun = Date.now();
    await runOk(process.execPath, args(join(folder, 'whole')), { cwd: root });
    const whole = Date.now() - begun;
    const moments = [];
    for (let count = 0, run = 0; count < kills; ++run) {
      const to = join(folder, String(run));
      // Killed again and again in the same folder, until it is through.
      for (let isThrough = false; !isThrough && count < kills; ) {
        const child = start(process.execPath, args(to), { cwd: root, stdio: 'ignore' });
        const exited = once(child, 'exit');
        const timer = setTimeout(() => kill(child), Math.random() * whole);
        const [code] = await exited;
        clearTimeout(timer);
        isThrough = code === 0;
        if (!isThrough) ++count;
        moments.push(await whatIsThere(to));
      }
      await runOk(process.execPath, args(to), { cwd: root });
      assert.deepEqual((await readdir(to)).sort(), ['i.json', ...names].sort());
      await whatIsThere(to);
    }
    const between = moments.filter((files) => total(files) > 0 && files.length < names.length);
    assert.ok(between.length > 0, 'some were killed when some files were there and others were not');
    const resumed = server.requests.filter(({ headers }) => headers.range !== undefined);
    assert.ok(resumed.length > 0, 'some files were not begun again');
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});

/**
 * The files under their names, which must be whole.
 * @param {string} folder
 */
async function whatIsThere(folder) {
  const files = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const index = names.indexOf(name);
    if (name === 'i.json') JSON.parse(await readFile(join(folder, name), 'utf8'));
    if (index < 0) continue;
    const written = await readFile(join(folder, name));
    assert.ok(contents[index]?.equals(written), `${name} is not whole: it has ${written.length} bytes`);
    files.push(written);
  }
  return files;
}
