/*
 * The Planetary Computer: which addresses get a token, how often one is asked for, and who hears of it. The emulator of
 * Azure verifies the tokens.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';

import { downloadItem, readHref } from 'stac-task';
import { errorOf } from '../js/support.js';
import { account, sasFor, serveAzure } from '../support/azure.js';
import { serveFaults } from '../support/fault-server.js';

const inAnHour = () => new Date(Date.now() + 3_600_000);
const bytes = Buffer.from('bytes');
/** @type {Awaited<ReturnType<typeof serveAzure>>} */
let azure;
/** @type {Awaited<ReturnType<typeof serveTokens>>} */
let tokens;
/** @type {string} */
let folder;
const environment = process.env.PC_SDK_SUBSCRIPTION_KEY;

before(async () => {
  delete process.env.PC_SDK_SUBSCRIPTION_KEY;
  azure = await serveAzure('data', { 'a.bin': 'a', 'b c+d.bin': 'b' });
  folder = await mkdtemp(join(tmpdir(), 'stac-task-pc-'));
});
beforeEach(async () => {
  tokens = await serveTokens();
});
afterEach(() => tokens.close());
after(async () => {
  azure.close();
  await rm(folder, { recursive: true });
  if (environment !== undefined) process.env.PC_SDK_SUBSCRIPTION_KEY = environment;
});

/** @typedef {{ status?: number, headers?: Record<string, string>, body?: unknown }} TokenAnswer */

/** An endpoint of tokens, which first answers as it is told. */
async function serveTokens() {
  /** @type {{ path: string, key: string | undefined }[]} */
  const requests = [];
  /** @type {TokenAnswer[]} */
  const answers = [];
  const server = createServer((request, response) => {
    const key = /** @type {string | undefined} */ (request.headers['ocp-apim-subscription-key']);
    requests.push({ path: request.url ?? '', key });
    const { status = 200, headers = {}, body } = answers.shift() ?? {};
    const token = { 'msft:expiry': inAnHour().toISOString(), token: sasFor('r', inAnHour()) };
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body ?? token));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/token`,
    requests,
    answers,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const optionsFor = (/** @type {string[]} */ pcHosts = [azure.host]) => ({
  clientOverride: 'planetary-computer',
  pcSasTokenEndpoint: tokens.url,
  pcHosts,
});
const read = async (/** @type {string} */ href, /** @type {import('stac-task').HrefOptions} */ options) =>
  new TextDecoder().decode(await readHref(href, options));

describe('a token', () => {
  test('opens a container', async () => {
    assert.equal(await read(`${azure.url}/data/a.bin`, optionsFor()), 'a');
    assert.deepEqual(tokens.requests, [{ path: `/token/${account}/data`, key: undefined }]);
  });

  test('is needed: without one the emulator refuses', async () => {
    const error = await errorOf(readHref(`${azure.url}/data/a.bin`, optionsFor([])));
    assert.equal(error.code, 'ERR_HTTP_STATUS');
    assert.deepEqual(tokens.requests, []);
  });

  test('stands beside the other parameters of an address', async () => {
    assert.equal(await read(`${azure.url}/data/b%20c%2Bd.bin?comp=&x=%2F`, optionsFor()), 'b');
  });

  test('is not added to an address that is signed', async () => {
    const href = `${azure.url}/data/a.bin?${sasFor('r', inAnHour())}`;
    assert.equal(await read(href, optionsFor()), 'a');
    assert.deepEqual(tokens.requests, []);
  });

  test('is asked for once by all assets of a container', async () => {
    const assets = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`a${index}`, { href: `${azure.url}/data/a.bin` }]),
    );
    const item = { type: 'Feature', id: 'i', links: [], assets };
    const options = { ...optionsFor(), fileNameStrategy: /** @type {const} */ ('KEY') };
    await downloadItem(item, join(folder, 'once'), options);
    assert.equal(tokens.requests.length, 1);
  });

  test('is asked for again a minute before it expires', async () => {
    const soon = new Date(Date.now() + 59_000);
    tokens.answers.push({ body: { 'msft:expiry': soon.toISOString(), token: sasFor('r', soon) } });
    const assets = {
      a: { href: `${azure.url}/data/a.bin` },
      b: { href: `${azure.url}/data/b%20c%2Bd.bin` },
    };
    const item = { type: 'Feature', id: 'i', links: [], assets };
    await downloadItem(item, join(folder, 'soon'), { ...optionsFor(), maxConcurrentDownloads: 1 });
    assert.equal(tokens.requests.length, 2);
  });

  test('is asked for with the subscription key, of the options or the environment', async () => {
    await readHref(`${azure.url}/data/a.bin`, { ...optionsFor(), pcSubscriptionKey: 'given' });
    process.env.PC_SDK_SUBSCRIPTION_KEY = 'of the environment';
    await readHref(`${azure.url}/data/a.bin`, optionsFor());
    delete process.env.PC_SDK_SUBSCRIPTION_KEY;
    assert.deepEqual(
      tokens.requests.map(({ key }) => key),
      ['given', 'of the environment'],
    );
  });
});

describe('the endpoint of tokens', () => {
  test('may ask for patience', async () => {
    tokens.answers.push({ status: 429, headers: { 'retry-after': '1' } });
    const begun = Date.now();
    assert.equal(await read(`${azure.url}/data/a.bin`, optionsFor()), 'a');
    // A timer may be early by the clock that is shown.
    assert.ok(Date.now() - begun >= 990);
    assert.equal(tokens.requests.length, 2);
  });

  test('may know no such container, which is read without a token then', async () => {
    const open = await serveFaults({ [`/${account}/open/a.bin`]: { bytes } });
    tokens.answers.push({ status: 404 });
    const href = `${open.url}/${account}/open/a.bin`;
    assert.equal(await read(href, optionsFor([new URL(open.url).host])), 'bytes');
    open.close();
    assert.equal(tokens.requests.length, 1);
  });

  /** @type {Record<string, { answer: TokenAnswer, message: RegExp }>} */
  const failures = {
    'refuses at once': {
      answer: { status: 401 },
      message: /^401, message='Unauthorized of the endpoint of tokens', url='http:/,
    },
    'forgets when it expires': {
      answer: { body: { token: 'secret' } },
      message: /^missing 'msft:expiry' key in dict: \{'token': …\}$/,
    },
    'forgets the token': {
      answer: { body: { 'msft:expiry': '2100-01-01T00:00:00Z', other: 'secret' } },
      message: /^missing 'token' key in dict: \{'msft:expiry': …, 'other': …\}$/,
    },
    'gives no time': { answer: { body: { 'msft:expiry': 'secret', token: 'secret' } }, message: /no time/ },
    'answers with a page': { answer: { body: '<p>secret' }, message: /no object of JSON/ },
  };
  for (const [name, { answer, message }] of Object.entries(failures)) {
    test(`${name}: an error without what it says`, async () => {
      tokens.answers.push(answer);
      const error = await errorOf(readHref(`${azure.url}/data/a.bin`, optionsFor()));
      assert.match(error.message, message);
      assert.doesNotMatch(JSON.stringify([error, error.message]), /secret/);
      assert.equal(tokens.requests.length, 1);
    });
  }
});

describe('by their hosts', () => {
  /** @type {Record<string, { href: string, asksFor: string | undefined }>} */
  const cases = {
    'an account of Azure': {
      href: 'https://account.blob.core.windows.net/data/a.bin',
      asksFor: '/token/account/data',
    },
    'the public account': {
      href: 'https://ai4edatasetspublicassets.blob.core.windows.net/data/a.bin',
      asksFor: undefined,
    },
    'an account without https': {
      href: 'http://account.blob.core.windows.net/data/a.bin',
      asksFor: undefined,
    },
    'another port of an account': {
      href: 'https://account.blob.core.windows.net:8443/data/a.bin',
      asksFor: undefined,
    },
    'a host below an account': {
      href: 'https://x.account.blob.core.windows.net/data/a.bin',
      asksFor: undefined,
    },
    'a host that only ends alike': {
      href: 'https://evilblob.core.windows.net/data/a.bin',
      asksFor: undefined,
    },
    'a host that has the name in it': {
      href: 'https://account.blob.core.windows.net.evil.example/data/a.bin',
      asksFor: undefined,
    },
  };
  for (const [name, { href, asksFor }] of Object.entries(cases)) {
    test(`${name} gets ${asksFor ? 'a token' : 'none'}`, async () => {
      /** @type {string[]} */
      const seen = [];
      /** @type {typeof fetch} */
      const mine = async (asking, init) => {
        if (String(asking).startsWith(tokens.url)) return fetch(asking, init);
        seen.push(String(asking));
        return new Response('bytes');
      };
      await readHref(href, { ...optionsFor([]), fetch: mine });
      assert.deepEqual(
        tokens.requests.map(({ path }) => path),
        asksFor ? [asksFor] : [],
      );
      assert.equal(/[?&]sig=/.test(seen[0] ?? ''), asksFor !== undefined);
    });
  }
});

describe('nobody else gets a credential', () => {
  test('by a redirect', async () => {
    const other = await serveFaults({ '/data/a.bin': { bytes } });
    const own = await serveFaults({
      [`/${account}/data/a.bin`]: { bytes, always: { redirect: `${other.url}/data/a.bin` } },
    });
    const options = { ...optionsFor([new URL(own.url).host]), pcSubscriptionKey: 'key' };
    await readHref(`${own.url}/${account}/data/a.bin`, options);
    own.close();
    other.close();
    assert.match(own.requests[0]?.search ?? '', /sig=/);
    assert.deepEqual(
      [...own.requests, ...other.requests].map(({ headers }) => headers['ocp-apim-subscription-key']),
      [undefined, undefined],
    );
    assert.equal(other.requests[0]?.search, '');
  });

  test('by a redirect of the endpoint', async () => {
    const other = await serveFaults({ '/token': { bytes: Buffer.from('{}') } });
    tokens.answers.push({ status: 302, headers: { location: `${other.url}/token` } });
    await errorOf(readHref(`${azure.url}/data/a.bin`, { ...optionsFor(), pcSubscriptionKey: 'key' }));
    other.close();
    assert.equal(other.requests.length, 1);
    assert.equal(other.requests[0]?.headers['ocp-apim-subscription-key'], undefined);
  });

  test('as a second asset', async () => {
    const other = await serveFaults({ [`/${account}/data/b.bin`]: { bytes } });
    const assets = {
      a: { href: `${azure.url}/data/a.bin` },
      b: { href: `${other.url}/${account}/data/b.bin` },
    };
    const item = { type: 'Feature', id: 'i', links: [], assets };
    await downloadItem(item, join(folder, 'second'), { ...optionsFor(), pcSubscriptionKey: 'key' });
    other.close();
    assert.equal(other.requests[0]?.search, '');
    assert.equal(other.requests[0]?.headers['ocp-apim-subscription-key'], undefined);
  });
});
