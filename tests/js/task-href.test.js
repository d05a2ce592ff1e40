/*
 * Payloads that say with `href` or `url` where the payload is.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { InvalidInput, PayloadTypeError, Task } from 'stac-task';

import { errorOf } from './support.js';

class MyTask extends Task {
  static name = 'my-task';
  process() {
    return this.items;
  }
}

const payload = { id: 'read', features: [{ id: 'a' }] };
const text = JSON.stringify(payload);
const secret = 'root:x:0:0';

const folder = mkdtempSync(join(tmpdir(), 'stac-task-href-'));
const file = join(folder, 'payload.json');
/** What was asked of the server. @type {string[]} */
const asked = [];
/** @type {Record<string, string>} */
const redirects = {
  '/moved.json': '/payload.json',
  '/twice.json': '/moved.json',
  '/circle.json': '/circle.json',
  '/to-file.json': pathToFileURL(file).href,
  '/nowhere.json': 'http://[',
  '/to-private.json': '/private/payload.json',
};
/** @type {Record<string, string>} */
const texts = {
  '/payload.json': text,
  '/private/payload.json': text,
  '/secret': secret,
  '/secret.json': JSON.stringify([secret]),
  '/bad.json': '{"id": "b", "process": 5}',
  '/again.json': JSON.stringify({ id: 'again', href: 'http://127.0.0.1:1/' }),
};
const server = createServer(({ url = '' }, response) => {
  const { pathname } = new URL(url, 'http://localhost');
  asked.push(pathname);
  const location = redirects[pathname];
  const body = texts[pathname];
  if (location) response.writeHead(302, { location }).end();
  else if (pathname === '/endless') response.write('[') && endless(response);
  else response.writeHead(body === undefined ? 404 : 200).end(body ?? secret);
});
/** @param {import('node:http').ServerResponse} response */
function endless(response) {
  if (!response.destroyed) response.write(' '.repeat(1000), () => setImmediate(endless, response));
}
/** @type {string} */
let site;

before(async () => {
  writeFileSync(file, text);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  site = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** @param {any} given @param {import('stac-task').TaskOptions} [options] */
const handle = (given, options) => MyTask.handler(given, { logger: { log: () => {} }, ...options });

describe('a payload is read', () => {
  /** @type {[what: string, given: () => any][]} */
  const cases = [
    ['from href', () => ({ href: `${site}/payload.json` })],
    ['from url', () => ({ url: `${site}/payload.json` })],
    ['from href rather than url', () => ({ href: `${site}/payload.json`, url: 'nope://x' })],
    [
      'though there is another',
      () => ({ href: `${site}/payload.json`, process: 5, features: [{ id: 'old' }] }),
    ],
    ['over redirects', () => ({ href: `${site}/twice.json` })],
    ['from the URL of a file', () => ({ href: pathToFileURL(file).href })],
    ['from a path', () => ({ href: file })],
    ['from a relative path', () => ({ href: relative(process.cwd(), file) })],
    ['where the payload is text', () => JSON.stringify({ href: file })],
  ];
  for (const [what, given] of cases) {
    test(what, async () => assert.deepEqual(await handle(given()), payload));
  }

  test('once: an href inside is a member like any other', async () => {
    assert.deepEqual(await handle({ href: `${site}/again.json` }), {
      id: 'again',
      href: 'http://127.0.0.1:1/',
      features: [],
    });
  });

  for (const [what, answer] of /** @type {[string, any][]} */ ([
    ['text', text],
    ['bytes', new TextEncoder().encode(text)],
    ['a Response', new Response(text)],
    ['an object', payload],
  ])) {
    test(`by a resolver that gives ${what}`, async () => {
      /** @type {any[]} */
      const seen = [];
      const resolve = async (/** @type {any[]} */ ...args) => {
        seen.push(args);
        return answer;
      };
      assert.deepEqual(await handle({ href: 's3://bucket/key' }, { resolve }), payload);
      assert.equal(seen[0][0], 's3://bucket/key');
      assert.ok(seen[0][1].signal instanceof AbortSignal);
    });
  }

  test('by the package where a resolver gives nothing', async () => {
    assert.deepEqual(await handle({ href: file }, { resolve: () => undefined }), payload);
  });

  test('by a fetch that was given', async () => {
    const fetch = async (/** @type {any} */ url) => new Response(JSON.stringify({ id: url }));
    const result = await handle({ href: 'https://example.com/a?b' }, { fetch: /** @type {any} */ (fetch) });
    assert.equal(result['id'], 'https://example.com/a?b');
  });
});

describe('an error', () => {
  /** @type {[what: string, given: () => any, code: string, message: RegExp, options?: any][]} */
  const cases = [
    ['for null', () => ({ href: null, url: file }), 'ERR_PAYLOAD_TYPE', /^'href' must be a string$/],
    ['for a number', () => ({ url: 5 }), 'ERR_PAYLOAD_TYPE', /^'url' must be a string$/],
    [
      'for an unknown scheme',
      () => ({ href: 'nope://a/b?token=1' }),
      'ERR_HREF_UNSUPPORTED',
      /nope:\/\/a\/b$/,
    ],
    ['for a bucket without a key', () => ({ href: 's3://a' }), 'ERR_HREF_UNSUPPORTED', /bucket a$/],
    ['for a missing file', () => ({ href: join(folder, 'no.json') }), 'ERR_READ_FAILED', /ENOENT/],
    ['for a folder', () => ({ href: folder }), 'ERR_READ_FAILED', /EISDIR/],
    [
      'for a status',
      () => ({ href: `${site}/no.json?token=1` }),
      'ERR_HTTP_STATUS',
      /no\.json answered with status 404$/,
    ],
    [
      'for a server that is not there',
      () => ({ href: 'http://127.0.0.1:1/a?t' }),
      'ERR_READ_FAILED',
      /^http:\/\/127\.0\.0\.1:1\/a cannot be fetched( \(\w+\))?$/,
    ],
    [
      'for an address with credentials',
      () => ({ href: 'http://u:SECRET@127.0.0.1:1/a?t' }),
      'ERR_HREF_REFUSED',
      /^http:\/\/127\.0\.0\.1:1\/a has credentials in it$/,
    ],
    [
      'for a missing file with a query',
      () => ({ href: './nofile.json?sig=SECRET' }),
      'ERR_READ_FAILED',
      /^\.\/nofile\.json cannot be read \(ENOENT\)$/,
    ],
    [
      'for data',
      () => ({ href: 'data:application/json,{"a":"SECRET"}' }),
      'ERR_HREF_UNSUPPORTED',
      /^nothing here reads data:…$/,
    ],
    [
      'for a circle',
      () => ({ href: `${site}/circle.json` }),
      'ERR_READ_FAILED',
      /cannot be fetched|redirects/,
    ],
    ['for too much', () => ({ href: file }), 'ERR_INVALID_INPUT', /input-too-large$/, { maxBytes: 10 }],
    [
      'for an endless answer',
      () => ({ href: `${site}/endless` }),
      'ERR_INVALID_INPUT',
      /input-too-large$/,
      { maxBytes: 5000 },
    ],
    [
      'for what is no JSON',
      () => ({ href: `${site}/secret?token=1` }),
      'ERR_INVALID_INPUT',
      /\/secret holds no payload: json-/,
    ],
    ['for what is no payload', () => ({ href: `${site}/bad.json` }), 'ERR_PAYLOAD_TYPE', /process/],
  ];
  for (const [what, given, code, message, options] of cases) {
    test(what, async () => {
      const error = await errorOf(handle(given(), options));
      assert.equal(error.code, code, error.stack);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /token|u:p/);
    });
  }

  for (const path of ['/secret', '/secret.json', '/no.json']) {
    test(`has nothing of what was read from ${path}`, async () => {
      /** @type {unknown[]} */
      const log = [];
      const error = await errorOf(
        handle({ href: site + path }, { logger: { log: (...parts) => log.push(parts) } }),
      );
      const said = [error, error.cause, error.issues, log].map(
        (each) => `${each?.stack} ${JSON.stringify(each)}`,
      );
      assert.doesNotMatch(said.join(), /root/);
    });
  }

  test('in a resolver is passed on', async () => {
    const mine = new Error('mine');
    const resolve = () => {
      throw mine;
    };
    assert.equal(await errorOf(handle({ href: 'a:b' }, { resolve })), mine);
  });

  test('of a type that can be told', async () => {
    assert.ok((await errorOf(handle({ href: 5 }))) instanceof PayloadTypeError);
    assert.ok((await errorOf(handle({ href: `${site}/secret` }))) instanceof InvalidInput);
  });
});

describe('with allowHref', () => {
  test('what it permits is read', async () => {
    /** @type {string[]} */
    const seen = [];
    const allowHref = (/** @type {string} */ url) => seen.push(url) > 0;
    assert.deepEqual(await handle({ href: `${site}/twice.json` }, { allowHref }), payload);
    assert.deepEqual(seen, [`${site}/twice.json`, `${site}/moved.json`, `${site}/payload.json`]);
  });

  test('it may take its time', async () => {
    assert.deepEqual(
      await handle({ href: `${site}/payload.json` }, { allowHref: async () => true }),
      payload,
    );
    const error = await errorOf(handle({ href: `${site}/payload.json` }, { allowHref: async () => false }));
    assert.equal(error.code, 'ERR_HREF_REFUSED');
  });

  const notPrivate = (/** @type {string} */ url) => !new URL(url).pathname.startsWith('/private');
  const fromElsewhere = (/** @type {object} */ properties) => async () =>
    Object.defineProperties(new Response(text), Object.getOwnPropertyDescriptors(properties));
  /** @type {[what: string, href: () => string, options: any, code: string][]} */
  const refused = [
    [
      'what it does not permit',
      () => `${site}/private/payload.json`,
      { allowHref: notPrivate },
      'ERR_HREF_REFUSED',
    ],
    [
      'what it does not permit after a redirect',
      () => `${site}/to-private.json`,
      { allowHref: notPrivate },
      'ERR_HREF_REFUSED',
    ],
    ['the URL of a file', () => pathToFileURL(file).href, { allowHref: () => true }, 'ERR_HREF_REFUSED'],
    ['a path', () => file, { allowHref: () => true }, 'ERR_HREF_REFUSED'],
    ['a redirect to a file', () => `${site}/to-file.json`, { allowHref: () => true }, 'ERR_HREF_REFUSED'],
    ['a redirect to nowhere', () => `${site}/nowhere.json`, { allowHref: () => true }, 'ERR_READ_FAILED'],
    ['a circle', () => `${site}/circle.json`, { allowHref: () => true }, 'ERR_READ_FAILED'],
    [
      'a redirect that is not shown',
      () => 'https://example.com/',
      { allowHref: () => true, fetch: fromElsewhere({ type: 'opaqueredirect' }) },
      'ERR_HREF_REFUSED',
    ],
    [
      'a redirect that was followed unasked',
      () => 'https://example.com/',
      { allowHref: () => true, fetch: fromElsewhere({ redirected: true }) },
      'ERR_HREF_REFUSED',
    ],
    [
      'even a resolver',
      () => 's3://a/b',
      { allowHref: () => false, resolve: () => text },
      'ERR_HREF_REFUSED',
    ],
  ];
  for (const [what, href, options, code] of refused) {
    test(`${what} is refused`, async () => {
      const before = asked.length;
      const error = await errorOf(handle({ href: href() }, options));
      assert.equal(error.code, code, error.stack);
      assert.ok(!asked.slice(before).includes('/private/payload.json'));
    });
  }

  test('a resolver reads what it permits', async () => {
    const options = { allowHref: (/** @type {string} */ url) => url === 's3://a/b', resolve: () => text };
    assert.deepEqual(await handle({ href: 's3://a/b' }, options), payload);
  });
});

test('a signal ends a request', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const before = asked.length;
  const reading = errorOf(handle({ href: `${site}/endless` }, { signal: controller.signal }));
  while (!asked.slice(before).includes('/endless')) await new Promise((resolve) => setImmediate(resolve));
  controller.abort(reason);
  assert.equal(await reading, reason);
});
