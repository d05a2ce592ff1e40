/*
 * OAuth2: each grant with a real server, who is sent its token, and what an error says.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { ConfigError, downloadItem, readHref, StacTaskError, signHref } from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { machine, person, serveOidc, visit } from '../support/oidc.js';

const bytes = Buffer.from('bytes');
/** @type {Awaited<ReturnType<typeof serveOidc>>} */
let server;
/** @type {string} */
let folder;
const environment = { ...process.env };
before(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OAUTH2_')) delete process.env[name];
  server = await serveOidc();
  folder = await mkdtemp(join(tmpdir(), 'stac-task-oauth2-'));
});
after(async () => {
  process.env = environment;
  server.close();
  await rm(folder, { recursive: true });
});

/**
 * Read a file with a token, and tell what it was sent.
 *
 * @param {import('stac-task').HrefOptions} options
 * @param {Awaited<ReturnType<typeof serveOidc>>} [from]
 * @param {Partial<import('../support/fault-server.js').Served>} [served]
 */
async function authorized(options, from = server, served = {}) {
  const site = await serveFaults({ '/a.bin': { bytes, ...served } });
  /** @type {import('stac-task').DownloadMessage[]} */
  const messages = [];
  const onMessage = (/** @type {import('stac-task').DownloadMessage} */ message) =>
    void messages.push(message);
  try {
    const all = { onMessage, ...from.options, httpMaxAttempts: 3, ...options };
    const error = await readHref(`${site.url}/a.bin`, all).then(
      () => undefined,
      (reason) => reason,
    );
    const sent = site.requests.map(({ headers }) => headers.authorization);
    return { error, sent, messages };
  } finally {
    site.close();
  }
}

/** @param {Awaited<ReturnType<typeof authorized>>} outcome */
async function assertKnown({ error, sent }, from = server) {
  assert.equal(error, undefined);
  assert.ok(sent.length > 0);
  for (const each of sent) assert.ok(await from.knows(each), 'the token is of this server');
}

const redirectUri = 'http://127.0.0.1/callback';
const byCode = {
  oauth2Grant: 'authorization_code',
  ...person,
  oauth2RedirectUri: redirectUri,
  oauth2Authorize: (/** @type {string} */ url) => visit(url, redirectUri),
  oauth2Extra: { scope: 'openid' },
};

describe('a token by', () => {
  test('client_credentials', async () => {
    await assertKnown(await authorized({ oauth2Grant: 'client_credentials', ...machine }));
  });

  test('password', async () => {
    const options = { oauth2Username: 'me', oauth2Password: 'right' };
    await assertKnown(await authorized({ oauth2Grant: 'password', ...person, ...options }));
  });

  test('authorization_code, with PKCE and without asking who it is', async () => {
    await assertKnown(await authorized(byCode));
  });

  test('authorization_code, which a browser brings to this machine', async () => {
    /** @type {Promise<unknown> | undefined} */
    let visited;
    const outcome = await authorized({
      oauth2Grant: 'authorization_code',
      ...person,
      oauth2Extra: { scope: 'openid' },
      onMessage: (message) => {
        if (message.kind !== 'authenticate') return;
        assert.equal(message.code, null);
        visited = visit(message.url, 'http://localhost:').then(async (url) => {
          const forged = new URL(url);
          forged.searchParams.set('state', 'forged');
          assert.equal((await fetch(forged.href.replace('localhost', '127.0.0.1'))).status, 404);
          assert.equal((await fetch(url.replace('localhost', '127.0.0.1'))).status, 200);
        });
      },
    });
    await visited;
    await assertKnown(outcome);
  });

  for (const name of ['device_code', 'urn:ietf:params:oauth:grant-type:device_code']) {
    test(name, { timeout: 20_000 }, async () => {
      /** @type {string[]} */
      const told = [];
      const outcome = await authorized({
        oauth2Grant: name,
        ...person,
        oauth2Extra: { scope: 'openid' },
        onMessage: (message) => {
          if (message.kind !== 'authenticate') return;
          told.push(message.url, String(message.code));
          visit(message.url);
        },
      });
      await assertKnown(outcome);
      assert.ok(told[0]?.startsWith(`${server.url}/device`));
      assert.ok(told[0]?.includes(told[1] ?? ''));
    });
  }
});

test('who does not listen to messages reads them where errors are written', async (t) => {
  const site = await serveFaults({ '/a.bin': { bytes } });
  /** @type {Promise<unknown> | undefined} */
  let visited;
  t.mock.method(process.stderr, 'write', (/** @type {string} */ text) => {
    const [, url = ''] = /^Visit (\S+) to authenticate\n$/.exec(text) ?? [];
    visited = visit(url, 'http://localhost:').then((end) => fetch(end.replace('localhost', '127.0.0.1')));
    return true;
  });
  const grant = { oauth2Grant: 'authorization_code', ...person, oauth2Extra: { scope: 'openid' } };
  await readHref(`${site.url}/a.bin`, { ...server.options, ...grant });
  await visited;
  site.close();
  assert.ok(await server.knows(site.requests[0]?.headers.authorization));
});

test('waiting for somebody ends with the call', { timeout: 5000 }, async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const { error } = await authorized({
    oauth2Grant: 'device_code',
    ...person,
    oauth2Extra: { scope: 'openid' },
    signal: controller.signal,
    onMessage: () => controller.abort(reason),
  });
  assert.equal(error, reason);
});

describe('it is asked for', () => {
  const options = { oauth2Grant: 'client_credentials', ...machine };

  test('once by all assets', async () => {
    const site = await serveFaults({ '/a.bin': { bytes } });
    const assets = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`a${index}`, { href: `${site.url}/a.bin` }]),
    );
    const item = { type: 'Feature', id: 'i', links: [], assets };
    const before = server.tokenRequests();
    const all = { ...server.options, ...options, fileNameStrategy: /** @type {const} */ ('KEY') };
    await downloadItem(item, join(folder, 'once'), all);
    site.close();
    assert.equal(site.requests.length, 8);
    assert.equal(server.tokenRequests() - before, 1);
  });

  test('again half a minute before it expires', async () => {
    const short = await serveOidc({ ttl: { ClientCredentials: 20 } });
    const outcome = await authorized(options, short, { faults: [{ status: 503 }] });
    await assertKnown(outcome, short);
    assert.equal(new Set(outcome.sent).size, 2);
    short.close();
  });

  test('by the refresh token, if there is one', async () => {
    const short = await serveOidc({ ttl: { AccessToken: 20 }, issueRefreshToken: () => true });
    let count = 0;
    const oauth2Authorize = (/** @type {string} */ url) => {
      ++count;
      return visit(url, redirectUri);
    };
    const outcome = await authorized({ ...byCode, oauth2Authorize }, short, { faults: [{ status: 503 }] });
    await assertKnown(outcome, short);
    assert.equal(new Set(outcome.sent).size, 2);
    assert.equal(count, 1);
    assert.equal(short.tokenRequests(), 2);
    short.close();
  });

  test('with patience, when the server of tokens is busy', async () => {
    const busy = await serveFaults({ '/token': { bytes, always: { status: 503 } } });
    const { error, sent } = await authorized({ ...options, oauth2TokenUrl: `${busy.url}/token` });
    busy.close();
    assert.equal(error.status, 503);
    assert.match(error.message, /of the endpoint of tokens/);
    assert.equal(busy.requests.length, 3);
    assert.deepEqual(sent, []);
  });

  test('by signHref(), which says when it expires', async () => {
    const { href, headers, expires } = await signHref('https://data.example/a', {
      ...server.options,
      ...options,
    });
    assert.equal(href, 'https://data.example/a');
    assert.ok(await server.knows(headers?.['authorization']));
    assert.ok(Number(expires) > Date.now());
  });
});

test('the option fetch is called without a `this`, which browsers want', async () => {
  /** @type {unknown[]} */
  const callers = [];
  const mine = /** @type {typeof fetch} */ (
    function (/** @type {any} */ url, init) {
      callers.push(/** @type {unknown} */ (this));
      return fetch(url, init);
    }
  );
  await assertKnown(await authorized({ oauth2Grant: 'client_credentials', ...machine, fetch: mine }));
  assert.deepEqual(callers, [undefined, undefined]);
});

describe('what a server of tokens says', () => {
  /**
   * @param {object} body
   * @param {number} status
   * @param {import('stac-task').HrefOptions} options
   */
  async function errorWith(body, status, options) {
    const fetch = async () =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    const all = { oauth2ClientId: 'me', oauth2TokenUrl: 'https://tokens.example/token', ...options, fetch };
    const { error, messages } = await authorized(all);
    assert.deepEqual(messages, []);
    return error;
  }

  /** @type {Record<string, import('stac-task').HrefOptions>} */
  const secrets = {
    'a client': { oauth2Grant: 'client_credentials', oauth2ClientSecret: 'secret' },
    'a password': { oauth2Grant: 'password', oauth2Username: 'me', oauth2Password: 'secret' },
    'another parameter': {
      oauth2Grant: 'client_credentials',
      oauth2ClientSecret: 'x',
      oauth2Extra: { client_assertion: 'secret' },
    },
  };
  for (const [name, options] of Object.entries(secrets)) {
    test(`is left out where it repeats the secret of ${name}`, async () => {
      const body = { error: 'invalid_request', error_description: 'nobody knows secret' };
      const error = await errorWith(body, 400, options);
      assert.equal(error.code, 'ERR_OAUTH2');
      assert.equal(error.message, 'invalid_request');
    });
  }

  test('is told otherwise', async () => {
    const body = { error: 'invalid_request', error_description: 'too late' };
    const error = await errorWith(body, 400, { ...secrets['a client'] });
    assert.equal(error.message, 'invalid_request: too late');
  });

  for (const name of ['verification_uri', 'verification_uri_complete']) {
    test(`is no page to visit where its ${name} is a script`, async () => {
      const pages = { verification_uri: 'https://tokens.example/', [name]: 'javascript:alert(1)' };
      const body = { device_code: 'x', user_code: 'y', expires_in: 60, ...pages };
      const oauth2DeviceAuthorizationUrl = 'https://tokens.example/device';
      const error = await errorWith(body, 200, { oauth2Grant: 'device_code', oauth2DeviceAuthorizationUrl });
      assert.equal(error.code, 'ERR_OAUTH2');
      assert.match(error.message, /names a page/);
    });
  }
});

describe('an error', () => {
  /** @type {Record<string, { options: import('stac-task').HrefOptions, message: RegExp, type?: string }>} */
  const cases = {
    'of an unknown grant': {
      options: { oauth2Grant: 'implicit' },
      message: /^Unknown grant type$/,
      type: 'ValueError',
    },
    'of an option that is missing': {
      options: { oauth2Grant: 'password', ...person, oauth2Username: 'me' },
      message: /^the grant password needs oauth2Password$/,
    },
    'of a wrong secret': {
      options: { oauth2Grant: 'client_credentials', ...machine, oauth2ClientSecret: 'wrong-secret' },
      message: /^invalid_client/,
      type: 'OAuth2Error',
    },
    'of a wrong password, which the server repeats': {
      options: {
        oauth2Grant: 'password',
        ...person,
        oauth2Username: 'me',
        oauth2Password: 'wrong-secret',
      },
      message: /^invalid_grant$/,
      type: 'OAuth2Error',
    },
    'of an answer for somebody else': {
      options: { ...byCode, oauth2Authorize: () => `${redirectUri}?code=wrong-secret&state=other` },
      message: /state/,
    },
    'of somebody who does not agree': {
      options: {
        ...byCode,
        oauth2Authorize: (url) =>
          `${redirectUri}?error=access_denied&state=${new URL(url).searchParams.get('state')}`,
      },
      message: /^access_denied/,
    },
    'of a wrong code': {
      options: {
        ...byCode,
        oauth2Authorize: (url) =>
          `${redirectUri}?code=wrong-secret&state=${new URL(url).searchParams.get('state')}`,
      },
      message: /^invalid_grant/,
    },
    'of a server without https': {
      options: {
        oauth2Grant: 'client_credentials',
        ...machine,
        oauth2ClientSecret: 'wrong-secret',
        oauth2TokenUrl: 'http://tokens.example/token',
      },
      message: /HTTP/i,
    },
  };
  for (const [name, { options, message, type }] of Object.entries(cases)) {
    test(`${name} comes at once, and tells no secret`, async () => {
      const { error, sent } = await authorized(options);
      assert.ok(error instanceof StacTaskError, String(error));
      assert.match(error.message, message);
      if (type) assert.equal(error.python?.type, type);
      assert.doesNotMatch(JSON.stringify([error, error.message, String(error.cause)]), /secret/);
      assert.deepEqual(sent, []);
    });
  }
});

describe('nobody else gets it', () => {
  const options = { oauth2Grant: 'client_credentials', ...machine };
  /** @param {(own: string, other: string) => Promise<unknown>} work */
  async function between(work) {
    const other = await serveFaults({ '/a.bin': { bytes }, '/b.bin': { bytes } });
    const own = await serveFaults({
      '/a.bin': { bytes },
      '/away.bin': { bytes, always: { redirect: `${other.url}/a.bin` } },
    });
    const error = await work(own.url, other.url).catch((reason) => reason);
    own.close();
    other.close();
    const [mine = [], theirs = []] = [own, other].map(({ requests }) =>
      requests.map(({ headers }) => headers.authorization),
    );
    return { error, mine, theirs };
  }
  const itemOf = (/** @type {string} */ own, /** @type {string} */ other) => ({
    type: 'Feature',
    id: 'i',
    links: [],
    assets: { a: { href: `${own}/a.bin` }, b: { href: `${other}/b.bin` } },
  });

  test('by a redirect', async () => {
    const { mine, theirs } = await between((own) =>
      readHref(`${own}/away.bin`, { ...server.options, ...options }),
    );
    assert.ok(await server.knows(mine[0]));
    assert.deepEqual(theirs, [undefined]);
  });

  test('as a second asset, where the origins are listed', async () => {
    const { mine, theirs } = await between((own, other) =>
      downloadItem(itemOf(own, other), join(folder, 'second'), {
        ...server.options,
        ...options,
        oauth2Origins: [own],
      }),
    );
    assert.ok(await server.knows(mine[0]));
    assert.deepEqual(theirs, [undefined]);
  });

  for (const origin of ['localhost:8080', 'data.example', 'https://data.example/mine', 'file:///']) {
    test(`as nobody's: ${origin} is no origin`, async () => {
      const { error, mine, theirs } = await between((own) =>
        readHref(`${own}/a.bin`, { ...server.options, ...options, oauth2Origins: [origin] }),
      );
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.deepEqual([mine, theirs], [[], []]);
    });
  }

  test('as a second asset: otherwise it is a ConfigError, and nothing is fetched', async () => {
    const { error, mine, theirs } = await between((own, other) =>
      downloadItem(itemOf(own, other), join(folder, 'none'), { ...server.options, ...options }),
    );
    assert.ok(error instanceof ConfigError);
    assert.match(String(error.hint), /oauth2Origins/);
    assert.deepEqual([mine, theirs], [[], []]);
  });

  test('by a redirect of the server of tokens, nor the secret', async () => {
    const other = await serveFaults({ '/token': { bytes } });
    const away = await serveFaults({
      '/token': { bytes, always: { redirect: `${other.url}/token`, status: 307 } },
    });
    const { error } = await authorized({ ...options, oauth2TokenUrl: `${away.url}/token` });
    other.close();
    away.close();
    assert.equal(error.code, 'ERR_OAUTH2');
    assert.equal(other.requests.length, 0);
  });
});
