/*
 * Tasks as commands: `stac-task run`, and a program that calls `cli()`.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

import { run, start } from '../support/run.js';
import { serve } from '../support/server.js';
import { cli, concurrency, linkPackage, workplace } from './cli-support.js';

const imports = "import { Task } from 'stac-task';\n";
/** @param {string} body */
const task = (body, name = 'MyTask') => `class ${name} extends Task {
  static name = 'my-task';
  static version = '1.2.3';
  static description = 'Copies items';
  ${body}
}
`;
const copies = `process({ suffix = '' }) {
  this.logger.info('workdir %s', this.workdir, this.upload);
  this.logger.debug('a detail');
  return this.items.map((item) => ({ ...item, id: item.id + suffix }));
}
validate() { return this.payload.data.id !== 'refused'; }`;

/** As tsc writes CommonJS. @param {string} statements */
const compiled = (statements) => `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const stac_task_1 = require("stac-task");
${task(copies).replace('extends Task', 'extends stac_task_1.Task')}
${statements}
`;

/** @param {string} members  of the error */
const breaks = (members) =>
  `${imports}export default ${task(`process() { throw Object.assign(new Error('broke'), ${members}); }`)}`;

/**
 * A task whose result takes its time to reach the disk: until somebody interrupts, and what comes then.
 * @param {string} then
 */
const slowWriter = (then) => `${imports}import { open } from 'node:fs/promises';
const file = await open(new URL(import.meta.url));
const handles = Object.getPrototypeOf(file);
await file.close();
export default ${task(`process() {
  const timer = setInterval(() => {}, 1000);
  handles.sync = async () => {
    const heard = new Promise((resolve) => { this.signal.addEventListener('abort', resolve); });
    console.error('writes');
    await heard;
    console.error('heard');
    ${then}
    clearInterval(timer);
  };
  return [];
}`)}`;

const payload = { id: 'p', process: [{ tasks: { 'my-task': { suffix: '!' } } }], features: [{ id: 'a' }] };
const files = {
  'task.mjs': `${imports}export default ${task(copies)}`,
  'only.mjs': `${imports}export const other = 5; export { Task }; export ${task(copies)}`,
  'self.mjs': `${imports}export default ${task(copies)}await MyTask.cli();`,
  'argv.mjs': `${imports}export default ${task(copies)}await MyTask.cli(process.argv.slice(2));`,
  'late.mjs': `${imports}export default ${task(copies)}setImmediate(() => MyTask.cli(['run', 'no.json']));`,
  'exits.mjs': `${imports}export default ${task(copies)}process.exit(await MyTask.cli());`,
  'exits-late.mjs': `${imports}export default ${task(copies)}MyTask.cli().then(process.exit);`,
  'hangs.mjs': `${imports}export default ${task('process() { return new Promise(() => {}); }')}`,
  'compiled.cjs': compiled(`exports.default = MyTask; exports.Other = class extends stac_task_1.Task {};`),
  'compiled-only.cjs': compiled('exports.MyTask = MyTask;'),
  'compiled-none.cjs': compiled('exports.default = 5;'),
  'common.cjs': `const { Task } = require('stac-task');\nmodule.exports = ${task(copies)}`,
  'several.mjs': `${imports}export ${task(copies, 'A')}export ${task(copies, 'B')}`,
  'none.mjs': 'export default class Task {}',
  'broken.mjs': `import './missing.mjs';`,
  'throws.mjs': `throw new Error('not today');`,
  'circle.mjs': `${imports}export default ${task('process() { const item = {}; item.self = item; return [item]; }')}`,
  'fails.mjs': `${imports}export default ${task('process() { throw new Error("no \\u001b[31mbands"); }')}`,
  'zero.mjs': breaks('{ exitCode: 0 }'),
  'two.mjs': breaks('{ exitCode: 2 }'),
  'letter.mjs': breaks("{ exitCode: 'x' }"),
  'usage.mjs': breaks("{ code: 'ERR_USAGE' }"),
  'sinks.mjs': `${imports}export default ${task(copies)}
    const sink = () => { throw Object.assign(new Error('the bucket is full'), { exitCode: 0, code: 'ERR_USAGE' }); };
    await MyTask.cli(undefined, { sink });`,
  'nan.mjs': `${imports}export default ${task('process() { return [{ a: NaN, b: 10n ** 20n, c: "é" }]; }')}`,
  'waits.mjs': `${imports}export default ${task(`async process() {
    console.error('waits in ' + this.workdir);
    await new Promise((resolve) => {
      const timer = setInterval(() => {}, 1000);
      this.signal.addEventListener('abort', () => { clearInterval(timer); resolve(); });
    });
    return [];
  }`)}`,
  'deaf.mjs': `${imports}export default ${task(`async process() {
    this.signal.addEventListener('abort', () => console.error('heard'));
    setInterval(() => {}, 1000);
    console.error('begins');
    await new Promise(() => {});
  }`)}`,
  'noisy.mjs': `${imports}import { once } from 'node:events';
export default ${task(`async *process() {
    console.error('works in ' + this.workdir);
    console.log('begins');
    await once(process.stdin.resume(), 'end');
    for (const item of this.items) {
      console.log('progress');
      await new Promise((resolve) => process.stdout.write('more', resolve));
      this.logger.info('progress');
      await new Promise((resolve) => process.stderr.write('', resolve));
      yield item;
    }
  }`)}await MyTask.cli();`,
  'big.mjs': `${imports}export default ${task('process() { return [{ id: "x".repeat(1 << 24) }]; }')}`,
  'items.json': JSON.stringify({ id: 'p', features: [{ id: 'a' }, { id: 'b' }] }),
  'writes.mjs': slowWriter(''),
  'stuck.mjs': slowWriter('await new Promise(() => {});'),
  'payload.json': JSON.stringify(payload),
  'refused.json': '{"id": "refused"}',
  'bad.json': '{"id": "b", "process": 5}',
  'broken.json': '{"id": ',
  'href.json': '{"href": "payload.json"}',
};
const commonJs = { skip: !process.features.require_module && 'this Node cannot require what is no CommonJS' };
const { folder, stacTask, outputOf } = workplace(files);
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
before(async () => {
  linkPackage(folder);
  site = await serve({ files: { '/payload.json': files['payload.json'] } });
});
after(() => site.close());

const expected = { ...payload, features: [{ id: 'a!' }] };
/** @param {string} text */
const json = (text) => JSON.parse(text);

describe('stac-task run', concurrency, () => {
  for (const module of ['task.mjs', 'only.mjs', 'self.mjs', 'argv.mjs', 'late.mjs', './task.mjs']) {
    test(`${module}: the payload on stdout, the log on stderr`, async () => {
      const { code, stdout, stderr } = await stacTask(['run', module, 'payload.json']);
      assert.deepEqual([code, json(stdout)], [0, expected], stderr);
      assert.match(stderr, /^INFO:my-task:\[p\] workdir \S+ true\n$/);
      assert.equal(existsSync(/workdir (\S+)/.exec(stderr)?.[1] ?? folder), false);
    });
  }

  for (const module of ['compiled.cjs', 'compiled-only.cjs', 'common.cjs']) {
    test(`${module}: CommonJS`, commonJs, async () => {
      const { code, stdout, stderr } = await stacTask(['run', module, 'payload.json']);
      assert.deepEqual([code, json(stdout)], [0, expected], stderr);
    });
  }

  test('compiled-none.cjs: CommonJS without a task', commonJs, async () => {
    const { code, stderr } = await stacTask(['run', 'compiled-none.cjs', 'payload.json']);
    assert.equal(code, 1);
    assert.match(stderr, /^stac-task: compiled-none\.cjs exports no class that extends Task$/m);
  });

  const inputs = /** @type {[what: string, args: () => string[], input?: string][]} */ ([
    ['standard input', () => [], files['payload.json']],
    ['-', () => ['-'], files['payload.json']],
    ['a URL', () => [`${site.url}/payload.json`]],
    ['an href in a payload', () => ['href.json']],
  ]);
  for (const [what, args, input] of inputs) {
    test(`reads ${what}`, async () => {
      const { code, stdout } = await stacTask(
        ['run', 'task.mjs', ...args()],
        input === undefined ? {} : { input },
      );
      assert.deepEqual([code, json(stdout)], [0, expected]);
    });
  }

  test('--output: a new file, an old one, one in a new folder; nothing half-written stays', async () => {
    writeFileSync(join(folder, 'old.json'), 'x'.repeat(10_000), { mode: 0o640 });
    for (const output of ['new.json', 'old.json', 'deep/er/new.json']) {
      assert.equal((await stacTask(['run', 'task.mjs', 'payload.json', '--output', output])).stdout, '');
      assert.deepEqual(json(readFileSync(join(folder, output), 'utf8')), expected);
    }
    const drafts = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.tmp'));
    assert.deepEqual(drafts, []);
  });

  test('--output -: standard output', async () => {
    const { code, stdout } = await stacTask(['run', 'task.mjs', 'payload.json', '--output', '-']);
    assert.deepEqual([code, json(stdout), existsSync(join(folder, '-'))], [0, expected, false]);
  });

  const places = /** @type {[what: string, output: string, reason: string][]} */ ([
    ['a folder', '.', 'is a directory'],
    ['a folder that is not there yet', 'later/', 'is a directory'],
    ['below a file', 'payload.json/out', 'no such file'],
    ['nothing', '', 'no name of a file'],
    ...(process.platform === 'linux'
      ? [['where no folder can be made', '/proc/none/deep/er/out.json', 'no such file']]
      : []),
  ]);
  for (const [what, output, reason] of places) {
    test(`--output names ${what}: exit code 1, before the task runs`, async () => {
      const args = ['run', 'fails.mjs', 'payload.json', '--output', output];
      const { code, stdout, stderr } = await stacTask(args);
      const hint = 'Name a file in a folder that can be written to, or - for standard output.';
      assert.equal(stderr, `my-task: --output ${output}: ${reason}\n  ${hint}\n`);
      assert.deepEqual([code, stdout], [1, '']);
    });
  }

  test('--output in a folder that may not be written to: before the task runs', {
    skip: process.getuid?.() === 0 && 'root may write everywhere',
  }, async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o555 });
    const { code, stderr } = await stacTask([
      'run',
      'fails.mjs',
      'payload.json',
      '--output',
      'closed/out.json',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /^my-task: --output closed\/out\.json: permission denied\n/);
  });

  test('--output is not begun while the task runs, and stays as it was when the task fails', async () => {
    writeFileSync(join(folder, 'kept.json'), 'old');
    const { code } = await stacTask(['run', 'fails.mjs', 'payload.json', '--output', 'kept.json']);
    assert.deepEqual([code, readFileSync(join(folder, 'kept.json'), 'utf8')], [1, 'old']);
  });

  test('--workdir where no folder can be made: exit code 1', {
    skip: process.platform !== 'linux' && 'there is no /proc',
  }, async () => {
    const { code, stderr } = await stacTask(['run', 'task.mjs', 'payload.json', '--workdir', '/proc/a/b']);
    assert.equal(code, 1);
    assert.match(stderr, /ENOENT/);
  });

  test('--workdir: is made and kept', async () => {
    const { code, stderr } = await stacTask(['run', 'task.mjs', 'payload.json', '--workdir', 'my/work']);
    assert.equal(code, 0);
    assert.ok(stderr.includes(`workdir ${join(folder, 'my/work')} `), stderr);
    assert.ok(existsSync(join(folder, 'my/work')));
  });

  test('--save-workdir: the temporary one is kept', async () => {
    const { stderr } = await stacTask(['run', 'task.mjs', 'payload.json', '--save-workdir'], {
      env: { TMPDIR: folder },
    });
    assert.ok(existsSync(/workdir (\S+)/.exec(stderr)?.[1] ?? ''), stderr);
  });

  test('--local: local-output, and no upload', async () => {
    const { code, stdout, stderr } = await stacTask(['run', 'task.mjs', 'payload.json', '--local']);
    assert.deepEqual([code, stdout], [0, '']);
    assert.ok(stderr.includes(`workdir ${join(folder, 'local-output')} false`), stderr);
    assert.deepEqual(json(readFileSync(join(folder, 'local-output/output-payload.json'), 'utf8')), expected);
  });

  test('--logging: what is less is not said', async () => {
    const lines = async (/** @type {string} */ level) =>
      (await stacTask(['run', 'task.mjs', 'payload.json', '--logging', level])).stderr.trim().split('\n');
    assert.deepEqual(await lines('ERROR'), ['']);
    const [info, debug, removed] = await lines('DEBUG');
    assert.match(
      `${info}\n${debug}\n${removed}`,
      /^INFO.*\nDEBUG:my-task:\[p\] a detail\nDEBUG.*Removing work directory/,
    );
  });

  for (const [flag, upload] of /** @type {const} */ ([
    ['--no-upload', false],
    ['--skip-upload', false],
    ['--upload', true],
  ])) {
    test(`${flag}`, async () => {
      const { code, stderr } = await stacTask(['run', 'task.mjs', 'payload.json', flag]);
      assert.equal(code, 0);
      assert.ok(stderr.trimEnd().endsWith(` ${upload}`), stderr);
      assert.equal(stderr.includes("Argument ['--skip-upload'] is deprecated."), flag === '--skip-upload');
    });
  }

  test('--no-validate, --skip-validation', async () => {
    assert.equal((await stacTask(['run', 'task.mjs', 'refused.json'])).code, 1);
    assert.equal((await stacTask(['run', 'task.mjs', 'refused.json', '--no-validate'])).code, 0);
    const old = await stacTask(['run', 'task.mjs', 'refused.json', '--skip-validation']);
    assert.equal(old.code, 0);
    assert.match(old.stderr, /^Argument \['--skip-validation'\] is deprecated\.\n/);
  });

  test('NaN and large integers stay', async () => {
    const output = await outputOf(['run', 'nan.mjs', 'payload.json'], 0);
    assert.ok(output.endsWith('"features":[{"a":NaN,"b":100000000000000000000,"c":"é"}]}\n'), output);
  });

  test('the help and the version', async () => {
    assert.match(await outputOf(['run', '--help'], 0), /^Usage: stac-task run MODULE/);
    assert.match(await outputOf(['run', 'task.mjs', '--help'], 0), /--save-workdir/);
    assert.match(await outputOf(['--help'], 0), /\n {2}run {8}run the task/);
  });
});

describe('stac-task run fails', concurrency, () => {
  const failures = /** @type {[what: string, args: string[], code: number, message: RegExp][]} */ ([
    ['without a module', ['run'], 2, /^stac-task: run needs a MODULE first\n/],
    ['with an option first', ['run', '--local', 'task.mjs'], 2, /MODULE first/],
    ['for a module that is missing', ['run', 'no.mjs'], 1, /^stac-task: no\.mjs: no such file\n$/],
    ['for a module that imports one that is missing', ['run', 'broken.mjs'], 1, /missing\.mjs/],
    [
      'for a module that throws, and says where',
      ['run', 'throws.mjs'],
      1,
      /^stac-task: throws\.mjs cannot be loaded: Error: not today\n.*throws\.mjs:1:/s,
    ],
    [
      'for a result that contains itself',
      ['run', 'circle.mjs', 'payload.json'],
      1,
      /the result cannot be written as JSON: it contains itself, at '\/features\/0\/self'\n$/,
    ],
    [
      'for a module without a task',
      ['run', 'none.mjs'],
      1,
      /none\.mjs exports no class that extends Task\n$/,
    ],
    ['for a module with several', ['run', 'several.mjs'], 1, /exports several tasks, A, B: make one/],
    ...['exits.mjs', 'exits-late.mjs', 'hangs.mjs'].map(
      (module) =>
        /** @type {any} */ ([
          `where the process ends before the task: ${module}`,
          ['run', module, 'payload.json'],
          1,
          new RegExp(`^stac-task: ${module} ended the process before its task had ended\n$`),
        ]),
    ),
    [
      'for an input that is missing',
      ['run', 'task.mjs', 'no.json'],
      1,
      /^my-task: no\.json: no such file\n$/,
    ],
    [
      'for two inputs',
      ['run', 'task.mjs', 'a', 'b'],
      2,
      /^my-task: run takes one INPUT, not 2\nTry `my-task --help`\.\n$/,
    ],
    ['for an unknown option', ['run', 'task.mjs', '--nothing'], 2, /^my-task: .*--nothing/],
    [
      'for an unknown level',
      ['run', 'task.mjs', 'payload.json', '--logging', 'LOUD'],
      2,
      /Unknown level: 'LOUD'/,
    ],
    ['for an input elsewhere', ['run', 'task.mjs', 's3://a/b'], 2, /not s3:\/\/a\/b/],
    [
      'for an output elsewhere, before it runs',
      ['run', 'fails.mjs', 'payload.json', '--output', 's3://a/b'],
      2,
      /^my-task: --output takes a file/,
    ],
    [
      'for malformed JSON',
      ['run', 'task.mjs', 'broken.json'],
      1,
      /^ERROR:my-task:the input:1:8: expected a value/,
    ],
    [
      'for a bad payload',
      ['run', 'task.mjs', 'bad.json'],
      1,
      /^ERROR:my-task:\[b\] unable to parse 'process': must be type list\n {2}Write a list/,
    ],
    [
      'for a refused payload',
      ['run', 'task.mjs', 'refused.json'],
      1,
      /^ERROR:my-task:\[refused\] validate\(\) refused/,
    ],
    [
      'when process() fails, and nothing moves the cursor',
      ['run', 'fails.mjs', 'payload.json'],
      1,
      /^ERROR:my-task:\[p\] no \ufffd\[31mbands\nError: no \ufffd\[31mbands\n {4}at /,
    ],
    ...['zero', 'two', 'letter', 'usage'].map(
      (name) =>
        /** @type {any} */ ([
          `whatever exit code or code the error of process() has: ${name}.mjs`,
          ['run', `${name}.mjs`, 'payload.json'],
          1,
          /^ERROR:my-task:\[p\] broke\nError: broke\n {4}at (?!.*(--help|"code"))/s,
        ]),
    ),
    [
      'and so it is with what a sink throws',
      ['run', 'sinks.mjs', 'payload.json', '--output', 's3://bucket/a.json', '--logging', 'ERROR'],
      1,
      /^my-task: the bucket is full\n$/,
    ],
    [
      'and says so even if the log does not',
      ['run', 'fails.mjs', 'payload.json', '--logging', 'CRITICAL'],
      1,
      /^my-task: no \ufffd\[31mbands\n$/,
    ],
  ]);
  for (const [what, args, code, message] of failures) {
    test(what, async () => {
      const outcome = await stacTask(args, { input: '{}' });
      assert.match(outcome.stderr, message);
      assert.deepEqual([outcome.code, outcome.stdout], [code, '']);
    });
  }
});

describe('a program that calls cli()', concurrency, () => {
  const program = (/** @type {string[]} */ args, input = '') =>
    run(process.execPath, ['self.mjs', ...args], { cwd: folder, input });

  test('run', async () => {
    const { code, stdout } = await program(['run'], files['payload.json']);
    assert.deepEqual([code, json(stdout)], [0, expected]);
  });

  test('--version', async () => {
    assert.deepEqual(await program(['--version']), { code: 0, signal: null, stdout: '1.2.3\n', stderr: '' });
  });

  for (const args of [[], ['--help'], ['run', '--help']]) {
    test(`${args.join(' ') || 'nothing'}: the help`, async () => {
      const { code, stdout } = await program(args);
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: my-task run \[OPTIONS\] \[INPUT\]\n.*\n\nCopies items\. INPUT is/);
    });
  }

  test('what is no command: exit code 2', async () => {
    const { code, stderr } = await program(['walk']);
    assert.deepEqual(
      [code, stderr],
      [2, "my-task: there is no command 'walk', only run\nTry `my-task --help`.\n"],
    );
  });
});

describe('a reader that goes away: exit code 141, and nothing is said', concurrency, () => {
  const commands = /** @type {[what: string, command: string[]][]} */ ([
    ['stac-task validate', [cli, 'validate', 'payload.json']],
    ['stac-task run', [cli, 'run', 'self.mjs', 'payload.json', '--logging', 'ERROR']],
    ['a program that calls cli()', ['self.mjs', 'run', 'payload.json', '--logging', 'ERROR']],
    ['the help of a program', ['self.mjs', '--help']],
  ]);
  for (const [what, command] of commands) {
    test(what, async () => {
      const child = start(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.destroy();
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (text) => (said += text));
      const [code, signal] = await once(child, 'close');
      assert.deepEqual([code, signal, said], [141, null, '']);
    });
  }

  test('stac-task run, in the middle of its result', async () => {
    const child = start(process.execPath, [cli, 'run', 'big.mjs', 'payload.json'], { cwd: folder });
    const ended = once(child, 'close');
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    assert.deepEqual([await ended, said], [[141, null], '']);
  });
});

describe('a reader that goes away while the task runs does not end it', concurrency, () => {
  const commands = /** @type {[what: string, command: string[]][]} */ ([
    ['stac-task run', [cli, 'run', 'noisy.mjs', 'items.json']],
    ['a program that calls cli()', ['noisy.mjs', 'run', 'items.json']],
  ]);
  const places = /** @type {[what: string, output: string, code: number][]} */ ([
    ['the result is written', 'file', 0],
    ['a result that nobody reads is no success', '-', 141],
  ]);
  for (const [index, [what, command]] of commands.entries()) {
    for (const [outcome, place, expectedCode] of places) {
      test(`${what}: ${outcome}`, async () => {
        const output = place === '-' ? place : `heard-${index}.json`;
        const child = start(process.execPath, [...command, '--output', output], { cwd: folder });
        const ended = once(child, 'close');
        let said = '';
        child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
        await once(child.stdout, 'data');
        child.stdout.destroy();
        await once(child.stdout, 'close');
        child.stdin.end();
        const [code] = await ended;
        const [, workdir = folder, ...log] = said.split(/works in |\n/);
        assert.deepEqual([code, log], [expectedCode, Array(2).fill('INFO:my-task:[p] progress').concat('')]);
        assert.equal(existsSync(workdir), false);
        if (place !== '-') {
          assert.deepEqual(json(readFileSync(join(folder, output), 'utf8')), json(files['items.json']));
        }
      });
    }

    test(`${what}: nor does one of the log`, async () => {
      const args = [...command, '--output', `unheard-${index}.json`];
      const child = start(process.execPath, args, { cwd: folder });
      const ended = once(child, 'close');
      const [workdir] = (await once(child.stderr.setEncoding('utf8'), 'data')).map(String);
      child.stderr.destroy();
      await once(child.stderr, 'close');
      child.stdout.resume();
      child.stdin.end();
      const [code] = await ended;
      assert.equal(code, 0);
      assert.equal(existsSync(workdir.trim().replace('works in ', '')), false);
      assert.ok(existsSync(join(folder, `unheard-${index}.json`)));
    });
  }
});

/**
 * A task that runs until it is told to end; it is sent signals as it says lines.
 * @param {string} module
 * @param {(line: string, child: import('node:child_process').ChildProcess) => void} heard
 * @param {string[]} [args]
 */
async function interrupted(module, heard, args = []) {
  const child = start(process.execPath, [cli, 'run', module, 'payload.json', ...args], { cwd: folder });
  let said = '';
  child.stderr.setEncoding('utf8');
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stderr })) {
    said += `${line}\n`;
    heard(line, child);
  }
  const [exitCode, endedBy] = await ended;
  return { exitCode, endedBy, said, workdir: /waits in (.*)\n/.exec(said)?.[1] ?? folder };
}

const interruptions = /** @type {const} */ ([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
]);
describe('an interruption', concurrency, () => {
  for (const [signal, code] of interruptions) {
    test(`${signal} ends a task, which cleans up: exit code ${code}`, async () => {
      const { exitCode, said, workdir } = await interrupted('waits.mjs', (line, child) => {
        if (line.startsWith('waits in')) child.kill(signal);
      });
      assert.equal(exitCode, code, said);
      assert.equal(existsSync(workdir), false);
      assert.match(said, new RegExp(`interrupted by ${signal}`));
    });

    test(`SIGINT, then ${signal}: ends a task at once that does not end`, async () => {
      const { endedBy, said } = await interrupted('deaf.mjs', (line, child) => {
        if (line === 'begins') child.kill('SIGINT');
        if (line === 'heard') child.kill(signal);
      });
      assert.equal(endedBy, signal, said);
    });

    test(`${signal} while the result is written: neither a draft nor a half file`, async () => {
      const place = join(folder, `written-${signal}`);
      mkdirSync(place);
      writeFileSync(join(place, 'out.json'), 'old');
      const { exitCode, said } = await interrupted(
        'writes.mjs',
        (line, child) => {
          if (line === 'writes') child.kill(signal);
        },
        ['--output', join(place, 'out.json')],
      );
      assert.deepEqual(readdirSync(place), ['out.json'], said);
      assert.deepEqual([exitCode, readFileSync(join(place, 'out.json'), 'utf8')], [code, 'old'], said);
    });

    test(`SIGINT, then ${signal} while the result is written: not even a draft`, async () => {
      const place = join(folder, `ended-${signal}`);
      const { endedBy, said } = await interrupted(
        'stuck.mjs',
        (line, child) => {
          if (line === 'writes') child.kill('SIGINT');
          if (line === 'heard') child.kill(signal);
        },
        ['--output', join(place, 'out.json')],
      );
      assert.deepEqual([endedBy, readdirSync(place)], [signal, []], said);
    });
  }
});
