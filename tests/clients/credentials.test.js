/*
 * Who hears of a credential. Each client goes each way on which one could be sent along, between servers that write down
 * all that they are sent; and none of it may be in a message or an error.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

import {
  assertAssetExists,
  assetExists,
  downloadAsset,
  downloadFile,
  downloadItem,
  downloadItemCollection,
  openHref,
  readHref,
  resolveAssetHref,
  signHref,
} from 'stac-task';
import { hasSecret, serveRecorders } from '../support/recorder.js';

/** @typedef {import('stac-task').DownloadOptions} Options */

/**
 * @typedef {object} Home  the origin that a credential is for
 * @property {'home' | 'secure'} server
 * @property {string} url
 */

/**
 * @typedef {object} Client
 * @property {(home: Home) => Options} options
 * @property {(home: Home, name: string) => string} [hrefOf]  the address of a file at home
 * @property {string} sent  what every request to the home has in it
 * @property {Record<string, ('home' | 'tokens')[]>} secrets  and who may hear of them
 * @property {boolean} [isGivenAway]  whether `signHref` puts it into the address
 */

const bytes = Buffer.alloc(100_000, 'abc');
/** A name that leads to a server of this machine by the option `fetch`. */
const secureUrl = 'https://secure.example';
const fileOf = (/** @type {string} */ url, /** @type {string} */ name) => `${url}/account/data/${name}`;
/** @type {Awaited<ReturnType<typeof serveRecorders>>} */
let servers;
/** @type {string} */
let folder;
/** Nothing of the machine's own may decide. */
const environment = { ...process.env };

before(async () => {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS|OAUTH2|EARTHDATA|PC_SDK)_/.test(name)) delete process.env[name];
  }
  folder = await mkdtemp(join(tmpdir(), 'stac-task-credentials-'));
  servers = await serveRecorders(['home', 'secure', 'other', 'named', 'tokens'], bytes, answerOf);
});
beforeEach(() => {
  servers.heard.length = 0;
});
after(async () => {
  process.env = environment;
  servers.close();
  await rm(folder, { recursive: true });
});

/** Ways of a file: the name says where its first requests lead. @type {(request: { server: string, path: string, count: number }) => import('../support/recorder.js').Answer} */
function answerOf({ server, path, count }) {
  if (server === 'tokens') {
    const token = { 'msft:expiry': '2100-01-01T00:00:00Z', token: 'sv=1&sig=secret-sas' };
    const access = {
      access_token: `secret-access-${count}`,
      token_type: 'bearer',
      // It is as good as expired, so each request is preceded by another for a token.
      expires_in: 20,
      refresh_token: 'secret-refresh',
    };
    return { json: path === '/oauth2' ? access : token };
  }
  const [, way = '', argument] = /([a-z]+)(?:-(\d+))?\.bin$/.exec(path) ?? [];
  const { home = '', other = '', named = '' } = servers.urls;
  const status = argument ? Number(argument) : undefined;
  switch (way) {
    case 'within':
      return { location: './a.bin' };
    case 'away':
      return { location: fileOf(other, 'a.bin'), status };
    case 'named':
      return { location: fileOf(named.replace('127.0.0.1', 'localhost'), 'a.bin') };
    case 'up':
      return { location: fileOf(secureUrl, 'a.bin') };
    case 'down':
      return { location: fileOf(home, 'a.bin') };
    case 'around':
      return { location: server === 'home' ? fileOf(other, 'around.bin') : fileOf(home, 'a.bin') };
    case 'busy':
      return count === 0 ? { status } : {};
    case 'busyaway':
      return count === 0 ? { status } : { location: fileOf(other, 'a.bin') };
    case 'refused':
      return { status };
    case 'broken':
      return count === 0 ? { dropAt: 40_000 } : {};
    case 'brokenaway':
      return count === 0 ? { dropAt: 40_000 } : { location: fileOf(other, 'a.bin') };
    default:
      return {};
  }
}

/** @type {typeof fetch} */
const naming = (url, init) => fetch(String(url).replace(secureUrl, servers.urls['secure'] ?? ''), init);

/** @type {Record<string, Client>} */
const clients = {
  'a header of an origin': {
    options: ({ url }) => ({ httpHeaders: { [url]: { 'X-Anything': 'secret-header' } } }),
    sent: 'secret-header',
    secrets: { 'secret-header': ['home'] },
  },
  'a user in an address': {
    options: () => ({}),
    hrefOf: ({ url }, name) => fileOf(url.replace('//', '//me:secret-user@'), name),
    sent: 'secret-user',
    secrets: { 'secret-user': ['home'] },
  },
  'a signature of S3, with a session token and who pays': {
    options: ({ url }) => ({
      s3EndpointUrl: url,
      s3RequesterPays: true,
      s3Credentials: {
        accessKeyId: 'SECRETKEYID',
        secretAccessKey: 'secret-of-the-key',
        sessionToken: 'secret-session/+=',
      },
    }),
    hrefOf: (_, name) => `s3://account/data/${name}`,
    sent: 'SECRETKEYID',
    secrets: {
      SECRETKEYID: ['home'],
      'secret-session/+=': ['home'],
      'x-amz-request-payer': ['home'],
      'secret-of-the-key': [],
    },
    isGivenAway: true,
  },
  'a token of the Planetary Computer': {
    options: ({ url }) => ({
      clientOverride: 'planetary-computer',
      pcHosts: [new URL(url).host],
      pcSasTokenEndpoint: `${servers.urls['tokens']}/sas`,
      pcSubscriptionKey: 'secret-subscription',
    }),
    sent: 'secret-sas',
    secrets: { 'secret-sas': ['home'], 'secret-subscription': ['tokens'] },
    isGivenAway: true,
  },
  'the token of Earthdata': {
    options: ({ url }) => ({
      clientOverride: 'earthdata',
      earthdataHosts: [new URL(url).host],
      earthdataToken: 'secret-earthdata',
    }),
    sent: 'Bearer secret-earthdata',
    secrets: { 'secret-earthdata': ['home'] },
  },
  'a token of OAuth2, refreshed for each request': {
    options: ({ url }) => ({
      oauth2Grant: 'password',
      oauth2TokenUrl: `${servers.urls['tokens']}/oauth2`,
      oauth2ClientId: 'me',
      oauth2ClientSecret: 'secret-client',
      oauth2Username: 'me',
      oauth2Password: 'secret-password',
      oauth2Extra: { audience: 'secret-extra' },
      oauth2Origins: [url],
    }),
    sent: 'Bearer secret-access-',
    secrets: {
      'secret-access-': ['home'],
      'secret-client': ['tokens'],
      'secret-password': ['tokens'],
      'secret-refresh': ['tokens'],
      'secret-extra': ['tokens'],
    },
  },
  'a signature in an address': {
    options: () => ({}),
    hrefOf: ({ url }, name) => `${fileOf(url, name)}?sig=secret-query`,
    sent: 'secret-query',
    secrets: { 'secret-query': ['home'] },
    isGivenAway: true,
  },
};

/** What one is told of a call, with all that errors have in them. @param {unknown} value */
const told = (value) =>
  JSON.stringify(value, (_, each) =>
    each instanceof Error
      ? { ...each, message: each.message, cause: /** @type {any} */ (each).cause, stack: each.stack }
      : each,
  );

/**
 * Do something, and hold what was heard and told against what may be.
 *
 * @param {Client} client
 * @param {(way: { home: Home, options: Options, hrefOf: (name: string) => string, elsewhere: string }) => Promise<unknown>} work
 * @param {{ server?: Home['server'], reached: string[], error?: string, unsigned?: number }} expected  `reached` are the
 *   servers of files in the order of requests; of those at home, `unsigned` at the end may be without the credential
 */
async function check(client, work, { server = 'home', reached, error: code, unsigned = 0 }) {
  const home = { server, url: server === 'secure' ? secureUrl : (servers.urls['home'] ?? '') };
  /** @type {unknown[]} */
  const messages = [];
  const options = {
    ...client.options(home),
    fetch: naming,
    onMessage: (/** @type {unknown} */ m) => void messages.push(m),
  };
  const hrefOf = (/** @type {string} */ name) => client.hrefOf?.(home, name) ?? fileOf(home.url, name);
  const elsewhere = fileOf(servers.urls['other'] ?? '', 'a.bin');
  const error = await work({ home, options, hrefOf, elsewhere }).then(
    () => undefined,
    (reason) => reason,
  );
  assert.equal(error?.code, code, error?.stack);
  const { heard } = servers;
  assert.deepEqual(
    heard.filter((each) => each.server !== 'tokens').map((each) => each.server),
    reached,
  );
  for (const [secret, hearers] of Object.entries(client.secrets)) {
    const allowed = hearers.map((each) => (each === 'home' ? server : each));
    for (const each of heard) {
      if (allowed.includes(each.server)) continue;
      assert.ok(!hasSecret(each.all, secret), `${each.server} hears of ${secret}: ${each.all}`);
    }
    assert.ok(
      !hasSecret(told([messages, error]), secret),
      `it is told of ${secret}: ${told([messages, error])}`,
    );
  }
  const own = heard.filter((each) => each.server === server);
  for (const each of own.slice(0, own.length - unsigned)) {
    assert.ok(hasSecret(each.all, client.sent), `${client.sent} is missing: ${each.all}`);
  }
}

const itemOf = (/** @type {Record<string, object>} */ assets, id = 'i') => ({
  type: 'Feature',
  id,
  links: [],
  assets,
});
let count = 0;
const place = () => join(folder, String(++count));

for (const [name, client] of Object.entries(clients)) {
  const isS3 = name.includes('S3');
  describe(`${name} is sent to whom it is for`, () => {
    /** @type {Record<string, { file: string, reached: string[], server?: 'secure', error?: string, unsigned?: number }>} */
    const ways = {
      'for a file': { file: 'a.bin', reached: ['home'] },
      'for a file, by https': { file: 'a.bin', server: 'secure', reached: ['secure'] },
      'along with a redirect within the origin': { file: 'within.bin', reached: ['home', 'home'] },
      'not along with a redirect to another name': { file: 'named.bin', reached: ['home', 'named'] },
      'not along with a redirect to https': { file: 'up.bin', reached: ['home', 'secure'] },
      'not along with a redirect from https': {
        file: 'down.bin',
        server: 'secure',
        reached: ['secure'],
        error: 'ERR_REDIRECT',
      },
      'before and after a redirect to elsewhere and back': {
        file: 'around.bin',
        reached: ['home', 'other', 'home'],
      },
      'again for the rest of a file': { file: 'broken.bin', reached: ['home', 'home'] },
      'not for the rest of a file elsewhere': { file: 'brokenaway.bin', reached: ['home', 'home', 'other'] },
    };
    for (const status of [301, 302, 303, 307, 308]) {
      ways[`not along with a redirect by ${status} to another port`] = {
        file: `away-${status}.bin`,
        reached: ['home', 'other'],
      };
    }
    for (const status of [429, 500, 503]) {
      ways[`again after ${status}`] = { file: `busy-${status}.bin`, reached: ['home', 'home'] };
      ways[`not along with a redirect after ${status}`] = {
        file: `busyaway-${status}.bin`,
        reached: ['home', 'home', 'other'],
      };
    }
    for (const status of [401, 403, 404]) {
      ways[`once before ${status}`] = {
        file: `refused-${status}.bin`,
        reached: ['home'],
        error: 'ERR_HTTP_STATUS',
      };
    }
    for (const [way, { file, ...expected }] of Object.entries(ways)) {
      // What of a query is to be repeated, the server says itself.
      const unsigned = name === 'a signature in an address' && /within|around/.test(file) ? 1 : 0;
      test(way, () =>
        check(client, ({ hrefOf, options }) => readHref(hrefOf(file), options), { unsigned, ...expected }),
      );
    }

    if (isS3) {
      test('not when it is asked for once more without', () =>
        check(
          client,
          ({ hrefOf, options }) =>
            readHref(hrefOf('refused-403.bin'), { ...options, s3RequesterPays: false }),
          { reached: ['home', 'home'], error: 'ERR_HTTP_STATUS', unsigned: 1 },
        ));
    }
  });

  describe(`${name} is not sent to`, () => {
    test('an alternate elsewhere', () =>
      check(
        client,
        ({ hrefOf, options, elsewhere }) => {
          const item = itemOf({ a: { href: hrefOf('a.bin'), alternate: { mirror: { href: elsewhere } } } });
          return downloadItem(item, place(), { ...options, alternateAssets: ['mirror'] });
        },
        { reached: ['other'] },
      ));

    test('a second asset elsewhere', () =>
      check(
        client,
        ({ hrefOf, options, elsewhere }) => {
          const item = itemOf({ a: { href: hrefOf('a.bin') }, b: { href: elsewhere } });
          return downloadItem(item, place(), {
            ...options,
            fileNameStrategy: 'KEY',
            maxConcurrentDownloads: 1,
          });
        },
        { reached: ['home', 'other'] },
      ));

    test('a second item elsewhere', () =>
      check(
        client,
        ({ hrefOf, options, elsewhere }) => {
          const features = [
            itemOf({ a: { href: hrefOf('a.bin') } }),
            itemOf({ a: { href: elsewhere } }, 'j'),
          ];
          const collection = { type: 'FeatureCollection', features };
          return downloadItemCollection(collection, place(), { ...options, maxConcurrentDownloads: 1 });
        },
        { reached: ['home', 'other'] },
      ));
  });

  describe(`${name} is sent home, and not elsewhere, by`, () => {
    /** @type {Record<string, (href: string, options: Options) => Promise<unknown>>} */
    const calls = {
      readHref,
      openHref: async (href, options) => {
        for await (const _ of await openHref(href, options));
      },
      downloadFile: (href, options) => downloadFile(href, place(), options),
      downloadAsset: (href, options) => downloadAsset(itemOf({ a: { href } }), 'a', place(), options),
      assetExists: async (href, options) => {
        assert.equal(await assetExists(itemOf({ a: { href } }), 'a', options), true);
      },
      assertAssetExists: (href, options) => assertAssetExists(itemOf({ a: { href } }), 'a', options),
    };
    for (const [called, call] of Object.entries(calls)) {
      test(`${called}()`, () =>
        check(
          client,
          async ({ hrefOf, options, elsewhere }) => {
            await call(hrefOf('a.bin'), options);
            await call(hrefOf('away.bin'), options);
            await call(elsewhere, options);
          },
          { reached: ['home', 'home', 'other', 'other'] },
        ));
    }

    /** @type {Record<string, (href: string, options: Options) => Promise<import('stac-task').SignedHref>>} */
    const signing = {
      signHref,
      resolveAssetHref: (href, options) => resolveAssetHref(itemOf({ a: { href } }), 'a', options),
    };
    for (const [called, call] of Object.entries(signing)) {
      test(`whoever takes what ${called}() gives`, () =>
        check(
          client,
          async ({ home, hrefOf, options, elsewhere }) => {
            const { href, headers = {} } = await call(hrefOf('a.bin'), options);
            assert.equal(new URL(href).origin, home.url);
            assert.equal(hasSecret(href, client.sent), Boolean(client.isGivenAway));
            await (await fetch(href, { headers })).arrayBuffer();
            const other = await call(elsewhere, options);
            for (const secret of Object.keys(client.secrets)) assert.ok(!hasSecret(told(other), secret));
            await (await fetch(other.href, { headers: other.headers ?? {} })).arrayBuffer();
          },
          { reached: ['home', 'other'] },
        ));
    }
  });
}
