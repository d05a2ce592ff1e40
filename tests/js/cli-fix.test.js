/*
 * The command line: `stac-task fix` and `stac-task schema`.
 */
import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { applyPatch } from 'diff';
import { fix, payloadSchema } from 'stac-task';

import { run } from '../support/run.js';
import { cli, concurrency, workplace } from './cli-support.js';
import { cleanText, payloadText } from './support.js';

const mendable = `${payloadText('"process": {"a": 1, "a": 2}')}\n`;
const mended = `${payloadText('"process": [{"a": 2}]')}\n`;
const files = {
  'mendable.json': mendable,
  'valid.json': cleanText,
  'bad.json': payloadText('"process": {"tasks": 5}'),
  'hopeless.json': '{"process": [',
  'latin1.json': Uint8Array.from([0x22, 0xe9, 0x22]),
  'lines.json':
    '{\n  "id": 1,\n  "id": 2,\n  "type": "FeatureCollection",\n  "b": 4,\n  "c": 5,\n  "process": {\n  }\n}\n',
  'hostile.json': payloadText('"process": {}, "a": "\u009b31m\u202e"'),
};
const { folder, stacTask, outputOf } = workplace(files);
const mark = '\ufeff';

/** @param {string} name */
const textOf = (name) => readFile(join(folder, name), 'utf8');

describe('stac-task fix', concurrency, () => {
  test('prints the mended text; what was done and what is left go to stderr', async () => {
    const { code, stdout, stderr } = await stacTask(['fix', 'mendable.json']);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: mended });
    const expected = [
      '✓ mendable.json: 2 fixed, 0 left',
      '  mendable.json:1:13 fixed process-dict at /process',
      '    Put the object into a list',
      '  mendable.json:1:22 fixed duplicate-key at /process/a',
      '    Remove the member that does not count',
      '',
    ];
    assert.equal(stderr, expected.join('\n'));
    assert.equal(await textOf('mendable.json'), mendable);
  });

  test('what is left is shown as validate shows it: exit code 1', async () => {
    const { code, stdout, stderr } = await stacTask(['fix', 'bad.json']);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: payloadText('"process": [{"tasks": 5}]') });
    assert.match(stderr, /^✗ bad\.json: 1 fixed, 1 left\n/);
    assert.match(stderr, / {2}bad\.json:1:24 error tasks-type at [^\n]*\n[^\n]*\n {4}1 │ .*\n {6}│ {24}\^\n/);
  });

  test('what cannot be mended is printed as it is', async () => {
    for (const [name, code] of /** @type {const} */ ([
      ['valid.json', 0],
      ['hopeless.json', 1],
    ])) {
      const outcome = await stacTask(['fix', name]);
      assert.deepEqual([outcome.code, outcome.stdout], [code, files[name]]);
      assert.match(outcome.stderr, /: 0 fixed, \d left\n/);
    }
    const { code, stdout } = await run(
      'sh',
      ['-c', `"${process.execPath}" "$0" fix latin1.json | od -An -tx1`, cli],
      {
        cwd: folder,
      },
    );
    assert.deepEqual([code, stdout.trim()], [0, '22 e9 22']);
  });

  test('-: standard input', async () => {
    const { code, stdout, stderr } = await stacTask(['fix', '-'], { input: mendable });
    assert.deepEqual({ code, stdout }, { code: 0, stdout: mended });
    assert.match(stderr, /^✓ <stdin>: 2 fixed/);
  });

  test('line ends and a byte order mark stay', async () => {
    const { stdout } = await stacTask(['fix', '-'], { input: `${mark}{\r\n"process": {}\r\n}\r\n` });
    assert.equal(stdout, `${mark}{\r\n"process": [{}]\r\n}\r\n`);
  });

  test('--no-lint, --profile, --items and --unsafe are heard', async () => {
    assert.equal(
      (await stacTask(['fix', '--no-lint', 'mendable.json'])).stdout,
      `${payloadText('"process": [{"a": 1, "a": 2}]')}\n`,
    );
    const options = ['--profile', 'stac-task', '--items', 'none', '--unsafe'];
    assert.equal((await stacTask(['fix', ...options, 'mendable.json'])).stdout, mended);
  });

  test('what cannot be read, or is too large: said on stderr, exit code 1', async () => {
    const missing = await stacTask(['fix', 'missing.json']);
    assert.deepEqual(missing, {
      ...missing,
      code: 1,
      stdout: '',
      stderr: 'stac-task: missing.json: no such file\n',
    });
    const large = await stacTask(['fix', '--max-bytes=5', 'mendable.json']);
    const stderr = 'stac-task: mendable.json has more than 5 bytes (--max-bytes)\n';
    assert.deepEqual(large, { ...large, code: 1, stdout: '', stderr });
  });

  /** @type {Record<string, [args: string[], message: RegExp]>} */
  const wrong = {
    'no input': [[], /INPUT/],
    'several inputs for stdout': [['valid.json', 'bad.json'], /--write, --diff or --json/],
    '--write and --diff': [['--write', '--diff', 'valid.json'], /exclude/],
    '--diff and --json': [['--json', '--diff', 'valid.json'], /exclude/],
    'writing to standard input': [['--write', '-'], /<stdin> can be read, not written/],
    'writing to a URL': [['--write', 'http://127.0.0.1:1/a.json'], /can be read, not written/],
    'an unknown profile': [['--profile=x', 'valid.json'], /'x'/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(`${name}: said on stderr, exit code 2`, async () => {
      const { code, stdout, stderr } = await stacTask(['fix', ...args]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(stderr, message);
    });
  }
});

describe('--write', concurrency, () => {
  before(() => mkdir(join(folder, 'write')));
  /** Makes a file of its own for a test. @param {string} name @param {string} text */
  async function make(name, text) {
    await writeFile(join(folder, 'write', name), text);
    return `write/${name}`;
  }

  test('replaces files that there is something to mend in, and prints nothing', async () => {
    const names = [
      await make('a.json', mendable),
      await make('b.json', cleanText),
      await make('c.json', files['bad.json']),
    ];
    const { code, stdout, stderr } = await stacTask(['fix', '--write', ...names]);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(
      stderr,
      /✓ write\/a\.json: 2 fixed, 0 left\n.*✓ write\/b\.json: 0 fixed, 0 left\n✗ write\/c\.json: 1 fixed/s,
    );
    assert.deepEqual(await Promise.all(names.map(textOf)), [
      mended,
      cleanText,
      payloadText('"process": [{"tasks": 5}]'),
    ]);
  });

  test('does not touch the others', async () => {
    const name = await make('untouched.json', '{}');
    await chmod(join(folder, name), 0o444);
    const old = await stat(join(folder, name));
    assert.equal((await stacTask(['fix', '--write', name])).code, 0);
    const { ino, mtimeMs, ctimeMs } = await stat(join(folder, name));
    assert.deepEqual({ ino, mtimeMs, ctimeMs }, { ino: old.ino, mtimeMs: old.mtimeMs, ctimeMs: old.ctimeMs });
  });

  test('keeps the mode, follows links, and leaves no other file', async () => {
    await mkdir(join(folder, 'write/inner'));
    const name = await make('inner/real.json', mendable);
    await chmod(join(folder, name), 0o640);
    await symlink('inner/real.json', join(folder, 'write/link.json'));
    assert.equal((await stacTask(['fix', '--write', 'write/link.json'])).code, 0);
    assert.equal((await lstat(join(folder, 'write/link.json'))).isSymbolicLink(), true);
    assert.equal(await textOf(name), mended);
    assert.equal((await stat(join(folder, name))).mode & 0o7777, 0o640);
    assert.deepEqual(await readdir(join(folder, 'write/inner')), ['real.json']);
  });

  test('keeps a byte order mark and CRLF; a URL of a file is one', async () => {
    const name = await make('mark.json', `${mark}{\r\n"process": {}}\r\n`);
    await stacTask(['fix', '--write', pathToFileURL(join(folder, name)).href]);
    assert.equal(await textOf(name), `${mark}{\r\n"process": [{}]}\r\n`);
  });

  test('a file is the old one or the new one at every moment', async () => {
    const large = JSON.stringify({ process: {}, features: Array(20_000).fill({ id: 'x'.repeat(100) }) });
    const name = await make('large.json', large);
    const sizes = new Set([large.length, large.length + 2]);
    let done = false;
    const writing = stacTask(['fix', '--write', name]).finally(() => (done = true));
    let reads = 0;
    for (; !done; ++reads) {
      const text = await textOf(name);
      assert.ok(sizes.has(text.length), `${text.length} bytes`);
    }
    assert.equal((await writing).code, 0);
    assert.ok(reads > 2);
    assert.equal((await textOf(name)).length, large.length + 2);
  });

  test('a file may have as long a name as files can have', async () => {
    const name = await make('x'.repeat(255), mendable);
    assert.equal((await stacTask(['fix', '--write', name])).code, 0);
    assert.equal(await textOf(name), mended);
  });

  test('what is no file is not replaced', async () => {
    const { code, stderr } = await run(
      'sh',
      ['-c', `cat mendable.json | "${process.execPath}" "$0" fix --write /dev/stdin`, cli],
      { cwd: folder },
    );
    assert.deepEqual({ code, stderr }, { code: 1, stderr: 'stac-task: /dev/stdin: is no regular file\n' });
  });

  const asRoot = process.getuid?.() === 0 && 'root may write anywhere';
  test('what cannot be written is said, and stays', { skip: asRoot }, async () => {
    await mkdir(join(folder, 'write/locked'));
    const name = await make('locked/a.json', mendable);
    await chmod(join(folder, 'write/locked'), 0o555);
    const { code, stderr } = await stacTask(['fix', '--write', name]);
    await chmod(join(folder, 'write/locked'), 0o755);
    assert.equal(code, 1);
    assert.match(stderr, /write\/locked\/a\.json: permission denied/);
    assert.equal(await textOf(name), mendable);
  });
});

describe('--diff', concurrency, () => {
  test('is a unified diff, and nothing where nothing changes', async () => {
    const { code, stdout } = await stacTask(['fix', '--diff', 'lines.json', 'valid.json']);
    assert.equal(code, 0);
    const expected = [
      '--- a/lines.json',
      '+++ b/lines.json',
      '@@ -1,9 +1,8 @@',
      ' {',
      '-  "id": 1,',
      '   "id": 2,',
      '   "type": "FeatureCollection",',
      '   "b": 4,',
      '   "c": 5,',
      '-  "process": {',
      '-  }',
      '+  "process": [{',
      '+  }]',
      ' }',
      '',
    ];
    assert.equal(stdout, expected.join('\n'));
    assert.equal(applyPatch(files['lines.json'], stdout), (await fix(files['lines.json'])).text);
  });

  test('is coloured when that is asked for', async () => {
    const esc = String.fromCharCode(27);
    const { stdout } = await stacTask(['fix', '--diff', '--color', 'lines.json']);
    assert.ok(stdout.includes(`${esc}[31m-  "id": 1,${esc}[0m\n`), stdout);
    assert.equal((await stacTask(['fix', '--diff', 'lines.json'])).stdout.includes(esc), false);
  });

  test('keeps every byte in a pipe', async () => {
    const { stdout } = await stacTask(['fix', '--diff', 'hostile.json']);
    assert.ok(stdout.includes(`-${files['hostile.json']}\n\\ No newline`), stdout);
    const input = `${mark}{"process": {},\r\n"a": 1}\r\n`;
    const piped = await stacTask(['fix', '--diff', '-'], { input });
    assert.ok(piped.stdout.startsWith(`--- <stdin>\n+++ <stdin>\n`), piped.stdout);
    assert.ok(
      piped.stdout.includes(`\n-${mark}{"process": {},\r\n+${mark}{"process": [{}],\r\n "a": 1}\r\n`),
    );
  });

  test('of many changes takes seconds at most, and is one that `patch` takes', {
    timeout: 30_000,
  }, async () => {
    const line = (/** @type {number} */ i) => `{"id": ${i}, "id": ${i}},\n`;
    const input = `{"features": [\n\n\n\n\n${Array.from({ length: 8000 }, (_, i) => line(i)).join('')}{}]}`;
    await writeFile(join(folder, 'many.json'), input);
    const { code, stdout } = await stacTask(['fix', '--diff', 'many.json']);
    assert.equal(code, 0);
    assert.ok(stdout.includes('\n+{"id": 7999},\n {}]}\n\\ No newline at end of file\n'), stdout.slice(-200));
    assert.equal(applyPatch(input, stdout), (await fix(input)).text);
  });
});

describe('--json', concurrency, () => {
  test('is one document, with what fix() gives', async () => {
    const output = await outputOf(['fix', '--json', 'mendable.json', 'bad.json'], 1);
    assert.deepEqual(JSON.parse(output), {
      files: [
        { file: 'mendable.json', changed: true, valid: true, ...(await fix(files['mendable.json'])) },
        { file: 'bad.json', changed: true, valid: false, ...(await fix(files['bad.json'])) },
      ],
    });
  });

  test('says what could not be read', async () => {
    const output = await outputOf(['fix', '--json', 'missing.json'], 1);
    const failure = 'missing.json: no such file';
    assert.deepEqual(JSON.parse(output), { files: [{ file: 'missing.json', changed: false, failure }] });
  });

  test('with --write has no text', async () => {
    await writeFile(join(folder, 'json-write.json'), mendable);
    const [{ text, changed }] = JSON.parse(
      await outputOf(['fix', '--json', '--write', 'json-write.json'], 0),
    ).files;
    assert.deepEqual({ text, changed }, { text: undefined, changed: true });
    assert.equal(await textOf('json-write.json'), mended);
  });
});

describe('stac-task schema', concurrency, () => {
  test('prints the JSON Schema', async () => {
    assert.deepEqual(JSON.parse(await outputOf(['schema'], 0)), await payloadSchema());
  });

  test('--help says what the commands are for', async () => {
    assert.match(await outputOf(['schema', '--help'], 0), /Usage: stac-task schema/);
    const help = await outputOf(['fix', '--help'], 0);
    for (const option of [
      '--write',
      '--diff',
      '--unsafe',
      '--profile NAME',
      '--items HOW',
      '--json',
      'Exit code',
    ]) {
      assert.ok(help.includes(option), option);
    }
  });
});
