import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { bundleForEdge, edgeRuntimeOf } from '../support/edge.js';
import { ensureInstalled } from '../support/install.js';
import { ensureNodes, nodes } from '../support/nodes.js';
import { root, runtimesFolder } from '../support/paths.js';
import { kill, start } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';
import { packageModules, serveWithWorkerd } from '../support/workerd.js';

/*
 * toFetchHandler in the server of each runtime: the same requests, and the same answers.
 */

const secret = 'secret-7f3a';
const json = { 'content-type': 'application/json' };

/** A module that exports `handle`. A task that waits tells the site when it does, and when it was aborted. */
const handler = (/** @type {string} */ specifier) => `
import { FailedValidation, InvalidInput, Task, toFetchHandler } from '${specifier}';
class MyTask extends Task {
  static name = 'my-task';
  validate() {
    if (this.parameters.does === 'refuses') throw new FailedValidation('not this');
    return true;
  }
  async *process({ does, site }) {
    if (does === 'fails') throw new Error('${secret}');
    if (does === 'finds it bad') throw new InvalidInput('no platform', []);
    if (does === 'waits') {
      const aborted = new Promise((resolve) => this.signal.addEventListener('abort', resolve));
      await fetch(site + '/waiting');
      await aborted;
      await fetch(site + '/aborted');
    }
    for (const item of this.items) yield Task.createItemFromItem(item);
  }
}
export const handle = toFetchHandler(MyTask, {
  maxBytes: 100_000,
  allowHref: (url) => !new URL(url).pathname.startsWith('/private'),
  logger: {},
});
`;

/** @typedef {(init?: RequestInit & { path?: string }) => Promise<Response>} Ask */
/** @typedef {{ ask: Ask, output?: () => string, stop: () => void }} Server */

const payload = {
  process: [{ collection_matchers: [{ type: 'catch_all', collection_name: 'mine' }] }],
  features: [{ id: 'été', links: [{ rel: 'self', href: 'https://example.com/a' }] }],
};
const post = (/** @type {unknown} */ body, headers = json) => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const does = (/** @type {string} */ what) =>
  post({ process: [{ tasks: { 'my-task': { does: what, site: siteUrl } } }] });
// Not much more than may be: who sends on when the answer is there may not get it.
const inPieces = () => ({
  method: 'POST',
  headers: json,
  duplex: 'half',
  body: ReadableStream.from(Array.from({ length: 101 }, () => new TextEncoder().encode(' '.repeat(1000)))),
});

/** Each request, the status and, of an answer that is JSON, what it says. @type {Record<string, [init: (site: string) => any, status: number, code?: string]>} */
const questions = {
  'a payload': [() => post(payload), 200],
  GeoJSON: [() => post(payload, { 'content-type': 'application/geo+json; charset=utf-8' }), 200],
  'malformed JSON': [() => post('{"a": '), 400, 'ERR_INVALID_PAYLOAD'],
  'a bad payload': [() => post({ process: 5 }), 400, 'ERR_INVALID_PAYLOAD'],
  GET: [() => ({}), 405, 'ERR_METHOD'],
  OPTIONS: [() => ({ method: 'OPTIONS' }), 405, 'ERR_METHOD'],
  'a form': [
    () => post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'ERR_CONTENT_TYPE',
  ],
  'too much': [() => post(' '.repeat(200_000)), 413, 'ERR_TOO_LARGE'],
  'too much in pieces': [inPieces, 413, 'ERR_TOO_LARGE'],
  'what the task refuses': [() => does('refuses'), 422, 'ERR_FAILED_VALIDATION'],
  'what the task finds bad': [() => does('finds it bad'), 422, 'ERR_INVALID_INPUT'],
  'what the task fails at': [() => does('fails'), 500, 'ERR_INTERNAL'],
  'an address': [(site) => post({ href: `${site}/payload.json` }), 200],
  'an address that redirects': [(site) => post({ href: `${site}/moved.json` }), 200],
  'an address that redirects to what is forbidden': [
    (site) => post({ href: `${site}/to-private.json` }),
    403,
    'ERR_HREF_REFUSED',
  ],
  'an address that redirects to a file': [
    (site) => post({ href: `${site}/to-file.json` }),
    403,
    'ERR_HREF_REFUSED',
  ],
  'a file': [() => post({ href: 'file:///etc/passwd' }), 403, 'ERR_HREF_REFUSED'],
  'an address that holds something else': [
    (site) => post({ href: `${site}/passwd` }),
    400,
    'ERR_INVALID_PAYLOAD',
  ],
};

/** @type {Record<string, string>} */
const redirects = {
  '/moved.json': '/payload.json',
  '/to-private.json': '/private/payload.json',
  '/to-file.json': 'file:///etc/passwd',
};
/** @type {string[]} */
const fetched = [];
const site = createServer(({ url = '' }, response) => {
  fetched.push(url);
  const location = redirects[url];
  if (location) response.writeHead(302, { location }).end(secret);
  else response.end(url === '/passwd' ? `root:${secret}` : JSON.stringify(payload));
});
let siteUrl = '';

before(async () => {
  await Promise.all([ensureInstalled(runtimesFolder), ensureNodes()]);
  await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)));
  siteUrl = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (site.address()).port}`;
});
after(() => {
  site.closeAllConnections();
  site.close();
});

/** The bridge that the example shows, in the place of a task of its own. */
const nodeServer = (await readFile(join(root, 'examples/node-http/server.mjs'), 'utf8'))
  .replace(/^import \{ Fail.*$/m, "import { handle } from './handler.js';")
  .replace(/^class ClearScenes[\s\S]*?^}$/m, '')
  .replace(/^const handle = .*$/m, '');

/** @type {Record<string, { start: () => Promise<Server>, isAborted?: boolean }>} `isAborted`: whether the server tells that its client has gone */
const runtimes = {
  ...Object.fromEntries(
    nodes.map(({ name, path }) => [
      `Node's http, ${name}`,
      { start: () => serveWith(path, ['server.js', '0'], { 'server.js': nodeServer }), isAborted: true },
    ]),
  ),
  Deno: {
    isAborted: true,
    start: () =>
      serveWith(
        join(runtimesFolder, 'node_modules/@deno/linux-x64-glibc/deno'),
        ['run', '--no-prompt', '--allow-read=.', '--allow-net=127.0.0.1', 'server.js'],
        {
          'server.js': `import { handle } from './handler.js';
            Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log('http://127.0.0.1:' + port + '/') }, handle);`,
        },
        { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1' },
      ),
  },
  Bun: {
    isAborted: true,
    start: () =>
      serveWith(
        join(runtimesFolder, 'node_modules/@oven/bun-linux-x64/bin/bun'),
        ['run', '--no-install', 'server.js'],
        {
          'server.js': `import { handle } from './handler.js';
            console.log(String(Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: handle }).url));`,
        },
      ),
  },
  workerd: {
    async start() {
      const { folder } = await makeProject({
        files: {
          'handler.js': handler('./node_modules/stac-task/dist/workerd.js'),
          'worker.js': `import { handle } from './handler.js'; export default { fetch: handle };`,
        },
      });
      const modules = ['worker.js', 'handler.js', ...(await packageModules(folder))];
      const { url, log, stop } = await serveWithWorkerd(folder, modules, { network: true });
      return { ask: asking(url), output: log, stop };
    },
  },
  'edge-runtime': {
    async start() {
      const { folder, installed } = await makeProject({
        files: {
          'handler.js': handler('stac-task'),
          'app.js': `import { handle } from './handler.js';
            addEventListener('fetch', (event) => event.respondWith(handle(event.request)));`,
        },
      });
      const { code } = await bundleForEdge(folder);
      const runtime = await edgeRuntimeOf(installed, code);
      return {
        ask: ({ path = '', ...init } = {}) => runtime.dispatchFetch(`http://localhost/${path}`, init),
        stop() {},
      };
    },
  },
};

for (const [name, { start, isAborted = false }] of Object.entries(runtimes)) {
  describe(name, () => {
    /** @type {Server} */
    let server;
    before(async () => {
      server = await start();
    });
    after(() => server?.stop());

    for (const [what, [init, status, code]] of Object.entries(questions)) {
      test(`${what} is ${status}${code ? `, ${code}` : ''}`, async () => {
        const response = await server.ask(init(siteUrl));
        const text = await response.text();
        assert.equal(response.status, status, `${text}\n${server.output?.()}`);
        const body = JSON.parse(text);
        const id = response.headers.get('x-request-id') ?? '';
        assert.match(id, /^[\da-f-]{36}$/);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.doesNotMatch(text, new RegExp(secret));
        if (code) {
          assert.deepEqual([body.code, body.instance], [code, `#${id}`]);
          assert.equal(response.headers.get('content-type'), 'application/problem+json');
        } else {
          assert.deepEqual([body.features[0].id, body.features[0].collection], ['été', 'mine']);
          assert.equal(response.headers.get('content-type'), 'application/json');
        }
      });
    }

    test('a dry run explains', async () => {
      const { items } = await (await server.ask({ ...post(payload), path: '?dry-run' })).json();
      assert.deepEqual([items[0].id, items[0].collection], ['été', 'mine']);
    });

    test('nothing forbidden was fetched', () => {
      assert.ok(fetched.includes('/to-private.json'));
      assert.ok(!fetched.some((url) => url.startsWith('/private')));
    });

    test('twenty requests at once get their own answers', async () => {
      const ids = Array.from({ length: 20 }, (_, i) => `r-${i}`);
      const answers = ids.map(async (id) => {
        const headers = { ...json, 'x-request-id': id };
        const response = await server.ask(post({ id, features: [{ id }] }, headers));
        const { id: payloadId, features } = await response.json();
        return [response.headers.get('x-request-id'), payloadId, features[0].id];
      });
      assert.deepEqual(
        await Promise.all(answers),
        ids.map((id) => [id, id, id]),
      );
    });

    if (isAborted) {
      test('a client that goes away ends the task', { timeout: 20_000 }, async ({ signal }) => {
        fetched.length = 0;
        const controller = new AbortController();
        const asked = server.ask({ ...does('waits'), signal: controller.signal }).catch(({ name }) => name);
        await asksFor('/waiting', signal);
        controller.abort();
        assert.equal(await asked, 'AbortError');
        await asksFor('/aborted', signal);
      });
    }
  });
}

/**
 * @param {string} path  of the site
 * @param {AbortSignal} signal  of the test, which may not wait for ever
 */
async function asksFor(path, signal) {
  while (!fetched.includes(path)) await once(site, 'request', { signal });
}

/** @param {string} url @returns {Ask} */
const asking =
  (url) =>
  ({ path = '', ...init } = {}) =>
    fetch(url.replace(/\/?$/, `/${path}`), init);

/**
 * Starts a server that prints its address first.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} files
 * @param {Record<string, string>} [env]
 * @returns {Promise<Server>}
 */
async function serveWith(command, args, files, env) {
  const { folder } = await makeProject({ files: { 'handler.js': handler('stac-task'), ...files } });
  const child = start(command, args, { cwd: folder, ...(env && { env }) });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address in 20 seconds: ${output}`)), 20_000);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`it ended with exit code ${code}: ${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        const [found] = output.match(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/) ?? [];
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    }
  }).catch((error) => {
    kill(child);
    throw error;
  });
  return { ask: asking(url), output: () => output, stop: () => kill(child) };
}
