/*
 * Tasks as jobs of AWS Batch under Cirrus: they read `url`, write `url_out`, and the last line of the log names what
 * failed.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { before, describe, test } from 'node:test';

import { run } from '../support/run.js';
import { concurrency, linkPackage, listening, workplace } from './cli-support.js';

const imports = "import { FailedValidation, InvalidInput, Task } from 'stac-task';\n";
/** @param {string} body */
const task = (body) => `${imports}export default class MyTask extends Task {
  static name = 'my-task';
  ${body}
}
`;
/** @param {string} statements */
const fails = (statements) => task(`process() { ${statements} }`);
const copies = 'process() { return this.items; }';
// A folder in the place of a bucket.
const store = `
import { readFile, writeFile } from 'node:fs/promises';
const nameOf = (href) => href.replace('s3://bucket/', '');
await MyTask.cli(undefined, {
  resolve: (href) => (href.startsWith('s3:') ? readFile(nameOf(href)) : undefined),
  sink: (result, { href, signal }) => writeFile(nameOf(href), JSON.stringify({ ...result, href, aborted: signal.aborted })),
});
`;

const payload = { id: 'p', process: [{}], features: [{ id: 'a' }] };
const { folder, stacTask } = workplace({
  'task.mjs': task(copies),
  'store.mjs': `${task(copies)}${store}`,
  'invalid.mjs': fails(`throw new InvalidInput('no bands');`),
  'own-invalid.mjs': fails(`throw new (class NoBands extends InvalidInput {})('no bands', []);`),
  'refuses.mjs': task('process() {} validate() { throw new FailedValidation("too dark"); }'),
  'cirrus.mjs': fails(`throw Object.assign(new Error('x: y'), { name: 'cirrus.lib.errors.InvalidInput' });`),
  'own.mjs': fails(`throw Object.assign(new Error('broke'), { name: 'My Error' });`),
  'plain.mjs': fails(`throw new RangeError('out of range');`),
  'text.mjs': fails(`throw 'only text';`),
  'lines.mjs': fails(`throw new Error('one\\ntwo\\r\\n\\u001b[2Jthree\\n');`),
  'long.mjs': fails(`throw new Error('é'.repeat(100_000));`),
  'late.mjs': task(`async process() {
    setTimeout(() => Promise.reject(new InvalidInput('nobody waits', [])));
    await new Promise(() => setInterval(() => {}, 1000));
  }`),
  'payload.json': JSON.stringify(payload),
  'bad.json': '{"process": 5}',
  'broken.json': '{"id": ',
  'no-file.json': '{"url": "no.json"}',
});

/** What was put, path to text. @type {Record<string, string>} */
const bucket = {};
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://localhost');
  if (request.method === 'PUT' && pathname !== '/forbidden.json') {
    bucket[pathname] = `${request.headers['content-type']} ${await text(request)}`;
    response.end();
  } else if (request.method === 'GET' && pathname === '/in.json') {
    response.end(JSON.stringify(payload));
  } else {
    response.writeHead(403).end('<Error>secret</Error>');
  }
});
const site = listening(server);
before(() => linkPackage(folder));

const inBatch = { env: { AWS_BATCH_JOB_ID: 'f6a5b6c8-0f1a-4b9d-9a3e-8f8f1c1d2e3f' } };

/** What Cirrus makes of the last event of a job's log (post_batch.py). @param {string} log */
function readByCirrus(log) {
  const lines = log.split('\n');
  assert.equal(lines.pop(), '', 'the log ends with a whole line');
  const last = lines.at(-1) ?? '';
  assert.ok(Buffer.byteLength(last) < 16_384, 'Docker cuts longer lines');
  const [, type, message] = /^(?:([.\w]+):)?\s*(.*)/.exec(last) ?? [];
  return { type, message };
}

describe('the last line of the log of a job that fails', concurrency, () => {
  const cases = /** @type {[what: string, args: string[], type: string, message: string][]} */ ([
    ['InvalidInput', ['invalid.mjs'], 'stactask.exceptions.InvalidInput', 'no bands'],
    ['a class of InvalidInput', ['own-invalid.mjs'], 'stactask.exceptions.InvalidInput', 'no bands'],
    ['FailedValidation', ['refuses.mjs'], 'stactask.exceptions.FailedValidation', 'too dark'],
    ['a name of Cirrus', ['cirrus.mjs'], 'cirrus.lib.errors.InvalidInput', 'x: y'],
    ['a name with a space', ['own.mjs'], 'My_Error', 'broke'],
    ['an error of JavaScript', ['plain.mjs'], 'RangeError', 'out of range'],
    ['what is no error', ['text.mjs'], 'Error', 'only text'],
    ['a text of several lines', ['lines.mjs'], 'Error', 'one two \ufffd[2Jthree '],
    ['a long text', ['long.mjs'], 'Error', 'é'.repeat(4000)],
    ['an error that nobody catches', ['late.mjs'], 'stactask.exceptions.InvalidInput', 'nobody waits'],
    ['a bad payload', ['task.mjs', 'bad.json'], 'TypeError', "unable to parse 'process': must be type list"],
    [
      'malformed JSON',
      ['task.mjs', 'broken.json'],
      'stactask.exceptions.InvalidInput',
      'the input:1:8: expected a value',
    ],
    [
      'an input that is not there',
      ['task.mjs', 'no-file.json'],
      'StacTaskError',
      'no.json cannot be read (ENOENT)',
    ],
    ['a wrong command line', ['task.mjs', '--nothing'], 'StacTaskError', ''],
  ]);
  for (const [what, args, type, message] of cases) {
    test(what, async () => {
      const { code, stdout, stderr } = await stacTask(['run', ...args], { input: '{}', ...inBatch });
      assert.ok(code === 1 || code === 2, stderr);
      assert.equal(stdout, '');
      const read = readByCirrus(stderr);
      assert.equal(read.type, type, stderr);
      if (message === '') assert.match(read.message ?? '', /--nothing/);
      else assert.ok(read.message?.startsWith(message), read.message);
    });
  }

  test('is not written elsewhere', async () => {
    const { code, stderr } = await stacTask(['run', 'invalid.mjs'], { input: '{}' });
    assert.deepEqual([code, stderr], [1, 'ERROR:my-task:no bands\n']);
  });

  test('is not written where nothing fails', async () => {
    const { code, stderr } = await stacTask(['run', 'task.mjs', 'payload.json'], inBatch);
    assert.deepEqual([code, stderr], [0, '']);
  });
});

describe('a job reads url and writes url_out', concurrency, () => {
  const secret = '?X-Amz-Signature=secret';

  test('by the parameters of its command', async () => {
    const args = [
      'run',
      'task.mjs',
      `${site.url}/in.json`,
      '--output',
      `${site.url}/parameters_out.json${secret}`,
    ];
    const { code, stdout, stderr } = await stacTask(args, inBatch);
    assert.deepEqual([code, stdout, stderr], [0, '', '']);
    assert.equal(bucket['/parameters_out.json'], `application/json ${JSON.stringify(payload)}`);
  });

  test('by an input that is but the two', async () => {
    const input = JSON.stringify({ url: `${site.url}/in.json`, url_out: `${site.url}/record_out.json` });
    const { code, stdout, stderr } = await stacTask(['run', 'task.mjs'], { input, ...inBatch });
    assert.deepEqual([code, stdout, stderr], [0, '', '']);
    assert.equal(bucket['/record_out.json'], `application/json ${JSON.stringify(payload)}`);
  });

  test('but --output counts more', async () => {
    const input = JSON.stringify({ url: `${site.url}/in.json`, url_out: `${site.url}/less.json` });
    const args = ['run', 'task.mjs', '--output', 'more.json'];
    assert.equal((await stacTask(args, { input, ...inBatch })).code, 0);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'more.json'), 'utf8')), payload);
    assert.equal(bucket['/less.json'], undefined);
  });

  for (const [what, members] of /** @type {const} */ ([
    ['a payload', payload],
    ['items without a process', { type: 'FeatureCollection', features: [{ id: 'a' }] }],
    ['an id', { id: 'p' }],
    ['a member that nobody knows', { note: 5 }],
  ])) {
    test(`but with ${what} it is no record: its url_out is nothing`, async () => {
      const input = JSON.stringify({ ...members, url_out: `${site.url}/payload.json` });
      const { code, stdout } = await stacTask(['run', 'task.mjs'], { input });
      assert.equal(code, 0);
      assert.deepEqual({ ...JSON.parse(stdout), ...members }, JSON.parse(stdout));
      assert.equal(bucket['/payload.json'], undefined);
    });
  }

  test('by an input that is href and url_out', async () => {
    const input = JSON.stringify({ href: `${site.url}/in.json`, url_out: `${site.url}/href_out.json` });
    const { code, stdout } = await stacTask(['run', 'task.mjs'], { input });
    assert.deepEqual([code, stdout], [0, '']);
    assert.equal(bucket['/href_out.json'], `application/json ${JSON.stringify(payload)}`);
  });

  for (const address of [
    'record.json',
    '/tmp/record.json',
    'file:///tmp/record.json',
    'C:/record.json',
    'https:/host/record.json?X-Amz-Signature=secret',
  ]) {
    test(`but not where url_out is the file ${address}`, async () => {
      const input = JSON.stringify({ url: `${site.url}/in.json`, url_out: address });
      const { code, stderr } = await stacTask(['run', 'task.mjs'], { input });
      assert.equal(code, 1);
      assert.match(stderr, /'url_out' is no address to write to: .*\n {2}Files are named with --output\.\n$/);
      assert.doesNotMatch(stderr, /secret/);
      assert.equal(existsSync(join(folder, 'record.json')), false);
    });
  }

  for (const [what, output, message] of /** @type {const} */ ([
    ['refuses it', () => `${site.url}/forbidden.json`, /\/forbidden\.json answered with status 403\n/],
    ['is not there', () => 'http://127.0.0.1:1/out.json', /127\.0\.0\.1:1\/out\.json cannot be written\n/],
  ])) {
    test(`and fails where the store ${what}, without the signature in the log`, async () => {
      const args = ['run', 'task.mjs', `${site.url}/in.json`, '--output', `${output()}${secret}`];
      const { code, stderr } = await stacTask(args, inBatch);
      assert.equal(code, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /secret/);
      assert.equal(readByCirrus(stderr).type, 'StacTaskError');
    });
  }
});

describe('addresses of another kind', concurrency, () => {
  const input = JSON.stringify({ url: 's3://bucket/payload.json', url_out: 's3://bucket/piped_out.json' });
  const expected = (/** @type {string} */ name) => ({
    ...payload,
    href: `s3://bucket/${name}`,
    aborted: false,
  });
  const commands = /** @type {const} */ ([
    ['a program that calls cli()', (args, options) => run(process.execPath, ['store.mjs', ...args], options)],
    ['stac-task run', ([command, ...args], options) => stacTask([command, 'store.mjs', ...args], options)],
  ]);
  for (const [index, [what, start]] of commands.entries()) {
    test(`are read and written by what is passed to cli(): ${what}`, async () => {
      const out = `${index}_out.json`;
      const args = ['run', 's3://bucket/payload.json', '--output', `s3://bucket/${out}`];
      const { code, stdout, stderr } = await start(args, { cwd: folder });
      assert.deepEqual([code, stdout, stderr], [0, '', '']);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, out), 'utf8')), expected(out));
    });
  }

  test('are written by the sink when url_out names them', async () => {
    const { code, stderr } = await stacTask(['run', 'store.mjs'], { input });
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(
      JSON.parse(readFileSync(join(folder, 'piped_out.json'), 'utf8')),
      expected('piped_out.json'),
    );
  });

  for (const [what, args, message] of /** @type {const} */ ([
    ['input', ['s3://bucket/a?secret'], /not s3:\/\/bucket\/a\n {2}Pass `resolve` to cli\(\)/],
    [
      'output',
      ['payload.json', '--output', 's3://bucket/a?secret'],
      /not s3:\/\/bucket\/a\n {2}Pass `sink` to cli\(\)/,
    ],
    ['record', [], /not s3:\/\/bucket\/piped_out\.json\n {2}Pass `sink` to cli\(\)/],
  ])) {
    test(`say what is missing: ${what}`, async () => {
      const { code, stderr } = await stacTask(['run', 'task.mjs', ...args], { input });
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /secret/);
    });
  }
});
