/*
 * The command line and addresses that hold a secret: a signature in the query, or credentials. Nothing that is printed
 * has it, whether the address can be read or not.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { before, describe, test } from 'node:test';

import { concurrency, linkPackage, listening, workplace } from './cli-support.js';
import { payloadText } from './support.js';

const { folder, stacTask } = workplace({
  'task.mjs': `import { Task } from 'stac-task';
export default class MyTask extends Task {
  static name = 'my-task';
  process() { return this.items; }
}
`,
});
const query = '?X-Amz-Signature=SECRET';

/** What the server answers, by path: a text, a redirect, or a status. @type {Record<string, string | URL | number>} */
const answers = {
  '/mendable.json': `${payloadText('"process": {"a": 1, "a": 2}')}\n`,
  '/text.json': 'no JSON',
  '/forbidden.json': 403,
  '/to-forbidden.json': new URL(`http://localhost/forbidden.json${query}`),
  '/circle.json': new URL(`http://localhost/circle.json${query}`),
  '/to-nowhere.json': new URL(`ftp://localhost/a.json${query}`),
};
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://localhost');
  const answer = answers[pathname];
  if (answer instanceof URL) {
    const location = answer.protocol === 'http:' ? `${answer.pathname}${answer.search}` : answer.href;
    response.writeHead(302, { location }).end();
  } else if (typeof answer === 'string') {
    response.end(answer);
  } else if (answer) {
    response.writeHead(answer).end();
  } else {
    // The body breaks off.
    response.writeHead(200, { 'content-length': 100 });
    response.write('{', () => response.destroy());
  }
});
const site = listening(server);
before(() => linkPackage(folder));

/** An address, and what a command says of it. @typedef {[what: string, address: () => string, name: (command?: string) => string]} Address */

const there = (/** @type {string} */ name) =>
  /** @type {const} */ ([() => `${site.url}/${name}.json${query}`, () => `${site.url}/${name}.json`]);
const unreadable = /** @type {Address[]} */ ([
  ['an address that is refused', ...there('forbidden')],
  ['one that leads to such', ...there('to-forbidden')],
  ['one that leads to itself', ...there('circle')],
  ['one that leads to another protocol', ...there('to-nowhere')],
  ['one that breaks off', ...there('broken')],
  ['one that nobody answers at', () => `http://127.0.0.1:1/a${query}`, () => 'http://127.0.0.1:1/a'],
  ['one that is none', () => `http://[x/a${query}`, () => 'http://[x/a'],
  [
    'one with credentials',
    () => `${site.url.replace('//', '//user:SECRET@')}/mendable.json`,
    // What reads assets takes them, and finds no item there.
    (command = '') =>
      /download|info/.test(command) ? 'features' : `${site.url}/mendable.json has credentials in it`,
  ],
  ['one of S3', () => `s3://bucket/a.json${query}`, () => 's3://bucket/a.json'],
]);
const commands = [['validate'], ['fix'], ['explain'], ['run', 'task.mjs'], ['download'], ['info']];
const inBatch = { env: { AWS_BATCH_JOB_ID: 'f6a5b6c8-0f1a-4b9d-9a3e-8f8f1c1d2e3f' } };

for (const command of commands) {
  describe(`stac-task ${command.join(' ')} says nothing secret of`, concurrency, () => {
    for (const [what, address, name] of unreadable) {
      test(what, async () => {
        const { code, stdout, stderr } = await stacTask([...command, address()], inBatch);
        assert.ok(code === 1 || code === 2, stderr);
        assert.ok(`${stdout}${stderr}`.includes(name(command[0])), `${stdout}${stderr}`);
        assert.doesNotMatch(`${stdout}${stderr}`, /SECRET/);
      });
    }
  });
}

describe('in no format, and nowhere else: stac-task', concurrency, () => {
  const cases = /** @type {[command: string[], name: string][]} */ ([
    [['validate'], 'mendable.json:1:'],
    [['validate', '--json'], 'mendable.json"'],
    [['validate', '--format', 'github'], 'mendable.json:1:'],
    [['validate', '--format', 'sarif'], 'mendable.json"'],
    [['validate', '--max-bytes', '5'], 'mendable.json has'],
    [['validate', '--json'], 'forbidden.json answered'],
    [['validate', '--format', 'github'], 'forbidden.json answered'],
    [['validate', '--format', 'sarif'], 'forbidden.json answered'],
    [['fix', '--json'], 'forbidden.json answered'],
    [['fix'], 'mendable.json: 2 fixed'],
    [['fix', '--diff'], 'mendable.json\n'],
    [['fix', '--json'], 'mendable.json"'],
    [['fix', '--write'], 'mendable.json can be read, not written'],
    [['fix', '--max-bytes', '5'], 'mendable.json has more than'],
    [['download', '--max-bytes', '5'], 'mendable.json has more than'],
    [['info'], 'text.json is no JSON'],
    [['run'], 'text.json: no such file'],
  ]);
  for (const [command, name] of cases) {
    test(`${command.join(' ')}: ${name.trim()}`, async () => {
      const [path = ''] = /^\w+\.json/.exec(name) ?? [];
      const { stdout, stderr } = await stacTask([...command, `${site.url}/${path}${query}`]);
      assert.ok(`${stdout}${stderr}`.includes(`/${name}`), `${stdout}${stderr}`);
      assert.doesNotMatch(`${stdout}${stderr}`, /SECRET/);
    });
  }

  test('explain, also where there is no such item', async () => {
    const args = ['explain', '--item', 'b', `${site.url}/mended.json${query}`];
    answers['/mended.json'] = JSON.stringify({ type: 'FeatureCollection', features: [{ id: 'a' }] });
    const { stdout, stderr } = await stacTask(args);
    assert.match(
      stderr,
      /mended\.json: 0 items explained\nstac-task: http.*\/mended\.json has no item 'b'\n$/,
    );
    assert.doesNotMatch(`${stdout}${stderr}`, /SECRET/);
  });
});
