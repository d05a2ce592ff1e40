import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { run, runForJson } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';
import { packageModules, serveWithWorkerd } from '../support/workerd.js';

/*
 * What tasks do with their runtime: work directories, files, the command line. That they run at all is part of
 * exercise.js, which every runtime is asked.
 */

const task = (/** @type {string} */ specifier) => `
import { Task } from '${specifier}';
export class MyTask extends Task {
  static name = 'my-task';
  static version = '1.2.3';
  async process() {
    const store = await this.openWorkdir();
    const href = await store.write('a/b.txt', 'été');
    const text = new TextDecoder().decode(await store.read('a/b.txt'));
    return [{ id: text, names: await store.list(), isInside: href.startsWith(this.workdir), workdir: this.workdir }];
  }
}
`;

const program = `${task('stac-task')}
import { existsSync } from 'node:fs';
const { id, features: [item] } = await MyTask.handler({ href: 'payload.json' });
console.log(JSON.stringify({ ...item, payload: id, isLeft: existsSync(item.workdir) }));
`;
const files = {
  'main.js': program,
  'command.js': `${task('stac-task')} await MyTask.cli();`,
  'payload.json': '{"id": "p"}',
};

const deno = join(runtimesFolder, 'node_modules/@deno/linux-x64-glibc/deno');
const permissions = ['--no-prompt', '--allow-read', '--allow-write', '--allow-env'];
/** @type {Record<string, { command: string, args: string[], env?: Record<string, string> }>} */
const runtimes = {
  Deno: {
    command: deno,
    args: ['run', ...permissions],
    env: { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1' },
  },
  Bun: {
    command: join(runtimesFolder, 'node_modules/@oven/bun-linux-x64/bin/bun'),
    args: ['run', '--no-install'],
  },
};

before(() => ensureInstalled(runtimesFolder));

for (const [name, { command, args, env }] of Object.entries(runtimes)) {
  describe(name, () => {
    test('a task has a folder, reads a file, and leaves nothing behind', async () => {
      const { folder } = await makeProject({ files });
      const { workdir, ...item } = await runForJson(command, [...args, 'main.js'], { cwd: folder, env });
      assert.match(workdir, /stac-task-/);
      assert.deepEqual(item, { id: 'été', names: ['a/b.txt'], isInside: true, payload: 'p', isLeft: false });
    });

    test('a task is a command', async () => {
      const { folder } = await makeProject({ files });
      const runCommand = (/** @type {string[]} */ ...rest) =>
        run(command, [...args, 'command.js', ...rest], { cwd: folder, env, input: '{"id": "stdin"}' });
      assert.equal((await runCommand('--version')).stdout, '1.2.3\n');
      const piped = await runCommand('run');
      assert.equal(JSON.parse(piped.stdout).id, 'stdin', piped.stderr);
      const local = await runCommand('run', 'payload.json', '--local');
      assert.equal(local.code, 0, local.stderr);
      const output = JSON.parse(await readFile(join(folder, 'local-output/output-payload.json'), 'utf8'));
      assert.deepEqual([output.id, output.features[0].id], ['p', 'été']);
      assert.equal(await readFile(join(folder, 'local-output/a/b.txt'), 'utf8'), 'été');
      assert.equal((await runCommand('walk')).code, 2);
      assert.equal((await runCommand('run', 'missing.json')).code, 1);
    });
  });
}

test('in workerd a work directory is memory, an href is fetched, and there is no command line', async () => {
  const entry = './node_modules/stac-task/dist/workerd.js';
  const { folder } = await makeProject({
    files: {
      'worker.js': `${task(entry)}
const codeOf = (promise) => promise.then(() => 'no error', ({ code }) => code);
export default {
  async fetch(request) {
    if (new URL(request.url).pathname === '/payload.json') return new Response('{"id": "p"}');
    const fetch = async () => new Response('{"id": "p"}');
    const quiet = { logger: {} };
    const { id, features: [{ workdir, ...item }] } = await MyTask.handler({ href: 'https://example.com/' }, { fetch });
    return Response.json({
      ...item,
      payload: id,
      isMemory: workdir.startsWith('memory:'),
      file: await codeOf(MyTask.handler({ href: 'file:///etc/passwd' }, quiet)),
      cli: await codeOf(MyTask.cli([])),
    });
  },
};
`,
    },
  });
  const { url, log, stop } = await serveWithWorkerd(folder, ['worker.js', ...(await packageModules(folder))]);
  try {
    const response = await fetch(url);
    const text = await response.text();
    assert.equal(response.status, 200, `${text}\n${log()}`);
    assert.deepEqual(JSON.parse(text), {
      id: 'été',
      names: ['a/b.txt'],
      isInside: true,
      payload: 'p',
      isMemory: true,
      file: 'ERR_HREF_UNSUPPORTED',
      cli: 'ERR_NO_COMMAND_LINE',
    });
  } finally {
    stop();
  }
});
