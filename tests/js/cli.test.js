/*
 * The command line: `stac-task validate`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { validate, version } from 'stac-task';

import { childEnvironment } from '../support/run.js';
import { serve } from '../support/server.js';
import { cli, concurrency, workplace } from './cli-support.js';
import { brief, cleanText, payloadText } from './support.js';

const longLine = payloadText(`"a": "${'x'.repeat(5000)}", "process": 5, "b": "${'y'.repeat(5000)}"`);
const files = {
  'valid.json': cleanText,
  'bad.json': '{\n\t"process": 5,\n  "features": {},\n  "type": "FeatureCollection"\n}\n',
  'broken.json': '{"process": [',
  'lint.json': payloadText('"id": NaN, "id": 1'),
  'long.json': longLine,
  'crlf.json': '{\r\n  "process": 5\r\n, "type": "FeatureCollection"}',
  'wide.json': payloadText('"é😀": 1, "process": 5'),
  'many.json': payloadText(
    `"process": [{"tasks": {${Array.from({ length: 1200 }, (_, i) => `"${i}": 5`)}}}]`,
  ),
  'hostile.json': payloadText(
    '"process": [{"tasks": {"\\u001b]0;x\\u0007\\u009b31m\\u202e": 5, "\u009b\u202e\u2028": 6}}]',
  ),
};
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

const { folder, stacTask, outputOf } = workplace(files);
before(async () => {
  site = await serve({ files: { '/valid.json': files['valid.json'], '/bad.json': files['bad.json'] } });
});
after(() => site.close());

describe('stac-task validate', concurrency, () => {
  test('a valid payload: exit code 0', async () => {
    assert.equal(await outputOf(['validate', 'valid.json'], 0), '✓ valid.json\n1 payload: 1 valid\n');
  });

  test('a bad one: every finding with its place, the line and a hint, exit code 1', async () => {
    const expected = [
      '✗ bad.json',
      '  bad.json:2:13 error process-type at /process',
      "    unable to parse 'process': must be type list",
      '    2 │  "process": 5,',
      '      │             ^',
      '    → Write a list with the process definition as its first element.',
      '  bad.json:3:15 error features-type at /features',
      "    unable to parse 'features': must be type list",
      '    3 │   "features": {},',
      '      │               ^^',
      '    → Write a list of STAC items.',
      '1 payload: 0 valid, 1 invalid (2 errors)',
      '',
    ];
    assert.equal(await outputOf(['validate', 'bad.json'], 1), expected.join('\n'));
  });

  test('several files: one after another, and a summary', async () => {
    const output = await outputOf(['validate', 'valid.json', 'bad.json', 'lint.json'], 1);
    assert.deepEqual(
      output.split('\n').filter((line) => /^[✓✗]/.test(line)),
      ['✓ valid.json', '✗ bad.json', '✓ lint.json'],
    );
    const end =
      '3 payloads: 2 valid, 1 invalid (2 errors, 2 warnings)\n1 can be fixed with `stac-task fix`\n';
    assert.ok(output.endsWith(`\n${end}`), output);
  });

  test('-: standard input', async () => {
    assert.match(await outputOf(['validate', '-'], 0, { input: cleanText }), /^✓ <stdin>\n1 payload/);
    assert.match(
      await outputOf(['validate', '-'], 1, { input: files['bad.json'] }),
      /^✗ <stdin>\n {2}<stdin>:2:13 error process-type/,
    );
    assert.match(
      await outputOf(['validate', '--max-bytes=1', '-'], 1, { input: '{}' }),
      /<stdin> has 2 bytes or more/,
    );
    assert.match(await outputOf(['validate', 'valid.json', '-'], 1, { input: '' }), /error json-empty/);
  });

  test('a URL of a file', async () => {
    assert.match(await outputOf(['validate', pathToFileURL(join(folder, 'valid.json')).href], 0), /^✓ /);
  });

  test('an http URL', async () => {
    assert.match(await outputOf(['validate', `${site.url}/valid.json`], 0), /^✓ http/);
    assert.match(
      await outputOf(['validate', `${site.url}/bad.json`], 1),
      /bad\.json:2:13 error process-type/,
    );
  });

  test('--no-lint: only what Python says', async () => {
    assert.match(await outputOf(['validate', 'lint.json'], 0), /duplicate-key/);
    const output = await outputOf(['validate', '--no-lint', 'lint.json'], 0);
    assert.doesNotMatch(output, /duplicate-key|non-finite-number/);
    assert.match(output, /upload-collections/);
  });

  test('--max-issues: more are counted, and not listed', async () => {
    const listed = (/** @type {string} */ output) => output.match(/error task-options-type/g)?.length;
    const usual = await outputOf(['validate', 'many.json'], 1);
    assert.equal(listed(usual), 1000);
    assert.match(usual, /\n {2}200 more not listed \(--max-issues\)\n1 payload: .*\(1200 errors\)\n$/);
    assert.equal(listed(await outputOf(['validate', '--max-issues', '1200', 'many.json'], 1)), 1200);
    const none = await outputOf(['validate', '--max-issues=0', 'many.json'], 1);
    assert.match(none, /^✗ many\.json\n {2}1200 more not listed/);
  });

  test('--profile and --items: names that there are', async () => {
    for (const args of [
      ['--profile', 'stac-task'],
      ['--profile', 'cirrus'],
      ['--items', 'none'],
      ['--items', 'core'],
    ]) {
      const { code, stderr } = await stacTask(['validate', ...args, 'bad.json']);
      assert.deepEqual({ code, stderr }, { code: 1, stderr: '' });
    }
  });

  test('--max-bytes: a larger input is refused', async () => {
    assert.equal(cleanText.length, 46);
    assert.match(await outputOf(['validate', '--max-bytes', '46', 'valid.json'], 0), /^✓/);
    const output = await outputOf(['validate', '--max-bytes=45', 'valid.json'], 1);
    assert.match(output, /error input-too-large\n {4}.*valid\.json has 46 bytes or more; maxBytes is 45/);
  });
});

describe('what cannot be read is said on stderr, the others are checked, exit code 1', concurrency, () => {
  /** @type {Record<string, [name: () => string, message: RegExp]>} */
  const inputs = {
    'a missing file': [() => 'missing.json', /^stac-task: missing\.json: no such file$/m],
    'a missing file, as a URL': [
      () => 'file:///missing.json',
      /^stac-task: file:.*missing\.json: no such file$/m,
    ],
    'a file below a file': [() => 'valid.json/a.json', /^stac-task: valid\.json\/a\.json: no such file$/m],
    'a folder': [() => '.', /^stac-task: \.: is a directory$/m],
    'a URL that is missing': [() => `${site.url}/missing.json`, /^stac-task: http.*missing\.json .*404/],
    'a URL that nobody answers at': [
      () => 'http://127.0.0.1:1/a.json',
      /^stac-task: http.*cannot be fetched/,
    ],
  };
  for (const [what, [name, message]] of Object.entries(inputs)) {
    test(what, async () => {
      const { code, stdout, stderr } = await stacTask(['validate', name(), 'valid.json']);
      assert.equal(code, 1);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1, 'one line, no stack');
      assert.equal(stdout, '✓ valid.json\n2 payloads: 1 valid, 1 unreadable\n');
    });
  }
});

describe('--json', concurrency, () => {
  test('is one document, with the reports that validate() gives', async () => {
    const output = await outputOf(['validate', '--json', 'valid.json', 'bad.json', 'broken.json'], 1);
    const expected = [];
    for (const file of ['valid.json', 'bad.json', 'broken.json']) {
      expected.push({ file, ...(await validate(files[file])) });
    }
    assert.deepEqual(JSON.parse(output), { valid: false, files: expected });
  });

  test('says what could not be read, too', async () => {
    const { code, stdout } = await stacTask(['validate', '--json', 'missing.json', 'valid.json']);
    assert.equal(code, 1);
    const { valid, files } = JSON.parse(stdout);
    assert.equal(valid, false);
    assert.deepEqual(Object.keys(files[0]), ['file', 'valid', 'failure']);
    assert.deepEqual([files[0].file, files[0].valid, files[1].valid], ['missing.json', false, true]);
    assert.match(files[0].failure, /missing\.json/);
  });

  test('of valid payloads: exit code 0', async () => {
    const counts = { error: 0, warning: 0, info: 0 };
    assert.deepEqual(JSON.parse(await outputOf(['validate', '--json', '-'], 0, { input: cleanText })), {
      valid: true,
      files: [{ file: '-', valid: true, issues: [], counts }],
    });
  });

  test('is never coloured, and --no-lint holds', async () => {
    const output = await outputOf(['validate', '--json', '--color', '--no-lint', 'bad.json'], 1);
    const { issues } = JSON.parse(output).files[0];
    assert.deepEqual(brief({ issues }), brief(await validate(files['bad.json'], { lint: false })));
  });
});

describe('the code frame', concurrency, () => {
  /** The line of code and the one under it. @param {string} file */
  const frameOf = async (file) => {
    const lines = (await outputOf(['validate', '--no-color', file], 1)).split('\n');
    const at = lines.findIndex((line) => /^ +\d+ │/.test(line));
    return [lines[at].replace(/^.*?│ /, ''), lines[at + 1].replace(/^.*?│ /, '')];
  };

  test('of a long line is what stands around the finding', async () => {
    const [code, carets] = await frameOf('long.json');
    assert.ok(code.startsWith('…x') && code.includes('"process": 5, "b"'), code);
    assert.ok(code.length < 120, `${code.length} columns`);
    assert.equal(code[carets.indexOf('^')], '5');
    assert.equal(carets.trim(), '^');
  });

  test('of a line that ends in CRLF has no CR', async () => {
    assert.deepEqual(await frameOf('crlf.json'), ['  "process": 5', '             ^']);
  });
});

describe('the terminal', concurrency, () => {
  test('gets no control character from a payload', async () => {
    for (const args of [['--no-color'], ['--json']]) {
      const output = await outputOf(['validate', ...args, 'hostile.json'], 1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.doesNotMatch(output, /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
    }
    assert.match(await outputOf(['validate', 'hostile.json'], 1), /task-options-type/);
  });

  const esc = String.fromCharCode(27);
  /** @type {[args: string[], env: Record<string, string>, colored: boolean][]} */
  const colors = [
    [[], { NO_COLOR: '' }, false],
    [['--color'], { NO_COLOR: '' }, true],
    [['--color'], { NO_COLOR: '1' }, true],
    [['--no-color'], { NO_COLOR: '' }, false],
    [['--color', '--no-color'], { NO_COLOR: '' }, false],
    [[], { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    [[], { NO_COLOR: '', FORCE_COLOR: '0' }, false],
    [[], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [['--no-color'], { NO_COLOR: '', FORCE_COLOR: '1' }, false],
  ];
  for (const [args, env, colored] of colors) {
    const set = Object.entries(env).flatMap(([name, value]) => (value ? [` with ${name}=${value}`] : []));
    test(`${args.join(' ') || 'a pipe'}${set.join('')}: ${colored ? 'colours' : 'no colours'}`, async () => {
      const output = await outputOf(['validate', ...args, 'bad.json'], 1, { env });
      assert.equal(output.includes(`${esc}[31m`), colored, output);
      assert.equal(output.includes(esc), colored);
    });
  }

  test('may go away: `| head -1` is no crash', async () => {
    const names = Array.from({ length: 200 }, () => ['bad.json', 'long.json', 'wide.json']).flat();
    const child = spawn(process.execPath, [cli, 'validate', ...names], {
      cwd: folder,
      env: childEnvironment(),
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const ended = once(child, 'close');
    const [first] = await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code, signal] = await ended;
    assert.match(String(first), /^✗ bad\.json\n/);
    assert.deepEqual({ stderr, signal }, { stderr: '', signal: null });
    // It may have written all of it before.
    assert.ok(code === 141 || code === 1, `exit code ${code}`);
  });
});

describe('help and usage', concurrency, () => {
  test('--help says what there is, on stdout, exit code 0', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      assert.match(await outputOf(args, 0), /Usage: stac-task COMMAND.*\n {2}validate {2,}\S/s);
    }
  });

  test('validate --help names each option', async () => {
    for (const args of [
      ['validate', '--help'],
      ['validate', '-h'],
      ['validate', 'bad.json', '--help'],
    ]) {
      const output = await outputOf(args, 0);
      for (const option of [
        '--profile NAME',
        '--items HOW',
        '--no-lint',
        '--max-issues N',
        '--max-bytes N',
        '--format NAME',
        '--json',
        '--color',
        '--no-color',
        '--help',
        'Exit code',
      ]) {
        assert.ok(output.includes(option), `${option} is not in\n${output}`);
      }
    }
  });

  test('--version', async () => assert.equal(await outputOf(['--version'], 0), `${version}\n`));

  /** @type {Record<string, [args: string[], message: RegExp]>} */
  const wrong = {
    'no command': [[], /Usage: stac-task COMMAND/],
    'an unknown command': [['check', 'valid.json'], /no command 'check'/],
    'a command that is a member of every object': [['constructor'], /no command 'constructor'/],
    'an unknown option': [['validate', '--strict', 'valid.json'], /--strict/],
    'an option without its value': [['validate', 'valid.json', '--max-bytes'], /max-bytes/],
    'a profile that there is not': [
      ['validate', '--profile=circus', 'valid.json'],
      /stac-task, cirrus, not 'circus'/,
    ],
    'a check of items that there is not': [
      ['validate', '--items', 'all', 'valid.json'],
      /none, core, not 'all'/,
    ],
    'a format that there is not': [['validate', '--format', 'xml', 'valid.json'], /text, json, .*not 'xml'/],
    'two formats': [['validate', '--json', '--format', 'sarif', 'valid.json'], /--json and --format sarif/],
    'a number of issues that is none': [['validate', '--max-issues=-1', 'valid.json'], /--max-issues.*'-1'/],
    'an input of schema': [['schema', 'valid.json'], /valid\.json/],
    'a value that is no number': [['validate', '--max-bytes', '1k', 'valid.json'], /'1k'/],
    'a value for an option that takes none': [['validate', '--json=yes', 'valid.json'], /json/],
    'no input': [['validate'], /INPUT/],
    'standard input twice': [['validate', '-', '-'], /standard input/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(`${name}: said on stderr, exit code 2`, async () => {
      const { code, stdout, stderr } = await stacTask(args, { input: '{}' });
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
    });
  }
});
