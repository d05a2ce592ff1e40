/*
 * A Worker's fetch follows redirects on its own and takes headers along, before 2025-09-01 even `Authorization`. So each
 * client must not let it: with every kind of credential, files of an item are read from one origin, by a redirect from
 * another, as a second asset there and as an alternate there, and nothing secret may arrive at the other origin.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { startDownloadWorker } from '../support/download-worker.js';
import { serveFaults } from '../support/fault-server.js';
import { machine, serveOidc } from '../support/oidc.js';
import { datesOfWorkers } from '../support/workerd.js';

const bytes = Buffer.from('bytes');

/** What says nothing of anybody. */
const harmless = ['accept-encoding', 'cf-worker', 'connection', 'host', 'user-agent'];

/** @typedef {Awaited<ReturnType<typeof serveFaults>>} Site */

/**
 * @typedef {object} Kind  of credential
 * @property {(site: { own: string, other: string, tokens: string, oidc: Record<string, string> }) => object} options
 * @property {(own: string) => string} [prefix]  of the addresses that it is for; default: below the server's
 * @property {(request: import('../support/fault-server.js').Seen) => boolean} isSent  whether a request has it
 */

const isBearer =
  (/** @type {string} */ token) =>
  (/** @type {any} */ { headers }) =>
    headers.authorization === `Bearer ${token}`;

/** @type {Record<string, Kind>} */
const kinds = {
  'headers of HTTP': {
    options: ({ own }) => ({ httpHeaders: { [own]: { Authorization: 'Bearer secret', 'X-Key': 'secret' } } }),
    isSent: ({ headers }) => headers.authorization === 'Bearer secret' && headers['x-key'] === 'secret',
  },
  'a user in an address': {
    options: () => ({}),
    prefix: (own) => `${own.replace('//', '//me:secret@')}/account`,
    isSent: ({ headers }) => headers.authorization === `Basic ${btoa('me:secret')}`,
  },
  'a signature of S3, a session token and who pays': {
    options: ({ own }) => ({
      s3EndpointUrl: own,
      s3PathStyle: true,
      s3RequesterPays: true,
      s3Credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'secret' },
    }),
    prefix: () => 's3://account',
    isSent: ({ headers }) =>
      /Credential=key\//.test(headers.authorization ?? '') &&
      headers['x-amz-security-token'] === 'secret' &&
      headers['x-amz-request-payer'] === 'requester',
  },
  'a token of the Planetary Computer': {
    options: ({ own, tokens }) => ({
      clientOverride: 'planetary-computer',
      pcHosts: [new URL(own).host],
      pcSasTokenEndpoint: `${tokens}/token`,
      pcSubscriptionKey: 'secret',
    }),
    isSent: ({ search, headers }) => search === '?sig=secret' && !('ocp-apim-subscription-key' in headers),
  },
  'a token of Earthdata': {
    options: ({ own }) => ({
      clientOverride: 'earthdata',
      earthdataToken: 'secret',
      earthdataHosts: [new URL(own).host],
    }),
    isSent: isBearer('secret'),
  },
  'a token of OAuth2': {
    options: ({ own, oidc }) => ({
      oauth2Grant: 'client_credentials',
      ...machine,
      ...oidc,
      oauth2Origins: [own],
    }),
    isSent: ({ headers }) => /^Bearer .{20,}$/.test(headers.authorization ?? ''),
  },
};

for (const [age, compatibilityDate] of Object.entries(datesOfWorkers)) {
  describe(`in a Worker with ${age}, ${compatibilityDate}, nobody else gets`, { timeout: 120_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startDownloadWorker>>} */
    let worker;
    /** @type {Awaited<ReturnType<typeof serveOidc>>} */
    let oidc;
    before(async () => {
      worker = await startDownloadWorker(compatibilityDate);
      oidc = await serveOidc();
    });
    after(async () => {
      await worker?.stop();
      oidc?.close();
    });

    for (const [name, { options, prefix = (own) => `${own}/account`, isSent }] of Object.entries(kinds)) {
      test(name, async () => {
        const { sites, answer } = await requestsOf(worker, ({ own, other, ...rest }) => ({
          options: options({ own, other, ...rest, oidc: oidc.options }),
          assets: {
            own: { href: `${prefix(own)}/data/own.bin` },
            redirected: { href: `${prefix(own)}/data/away.bin` },
            second: { href: `${other}/account/data/second.bin` },
            alternate: {
              href: `${prefix(own)}/data/not-this.bin`,
              alternate: { web: { href: `${other}/account/data/alternate.bin` } },
            },
          },
        }));
        assert.equal(answer.error, undefined, JSON.stringify(answer.error));
        assert.deepEqual(sites.own.requests.map(({ path }) => path).sort(), [
          '/account/data/away.bin',
          '/account/data/own.bin',
        ]);
        for (const request of sites.own.requests) assert.ok(isSent(request), JSON.stringify(request));
        assert.deepEqual(sites.other.requests.map(({ path }) => path).sort(), [
          '/account/data/alternate.bin',
          '/account/data/away.bin',
          '/account/data/second.bin',
        ]);
        for (const { search, headers } of sites.other.requests) {
          assert.equal(search, '');
          assert.deepEqual(
            Object.keys(headers).filter((each) => !harmless.includes(each)),
            [],
          );
        }
      });
    }

    test('headers of HTTP that are under no origin', async () => {
      const { sites, answer } = await requestsOf(worker, ({ own }) => ({
        options: { httpHeaders: { Authorization: 'Bearer secret' } },
        assets: { redirected: { href: `${own}/account/data/away.bin` } },
      }));
      assert.equal(answer.error, undefined, JSON.stringify(answer.error));
      assert.deepEqual(sites.own.requests.map(isBearer('secret')), [true]);
      assert.deepEqual(
        sites.other.requests.map(({ headers }) => headers.authorization),
        [undefined],
      );
    });

    test('headers of HTTP that may be for several: nothing is fetched', async () => {
      const { sites, answer } = await requestsOf(worker, ({ own, other }) => ({
        options: { httpHeaders: { Authorization: 'Bearer secret' } },
        assets: {
          own: { href: `${own}/account/data/own.bin` },
          second: { href: `${other}/account/data/second.bin` },
        },
      }));
      assert.equal(answer.error.code, 'ERR_CONFIG');
      assert.deepEqual([...sites.own.requests, ...sites.other.requests], []);
    });

    test('the key of the endpoint of tokens, which redirects', async () => {
      const { sites } = await requestsOf(
        worker,
        ({ own, tokens }) => ({
          options: {
            ...kinds['a token of the Planetary Computer']?.options({ own, tokens, other: '', oidc: {} }),
          },
          assets: { own: { href: `${own}/account/data/own.bin` } },
        }),
        { endpointRedirects: true },
      );
      assert.equal(sites.tokens.requests[0]?.headers['ocp-apim-subscription-key'], 'secret');
      assert.equal(sites.other.requests.length, 1);
      assert.equal(sites.other.requests[0]?.headers['ocp-apim-subscription-key'], undefined);
    });
  });
}

/**
 * @param {Awaited<ReturnType<typeof startDownloadWorker>>} worker
 * @param {(urls: { own: string, other: string, tokens: string }) => { options: object, assets: object }} question
 * @param {{ endpointRedirects?: boolean }} [how]
 */
async function requestsOf(worker, question, { endpointRedirects = false } = {}) {
  const token = Buffer.from(JSON.stringify({ token: 'sig=secret', 'msft:expiry': '2100-01-01T00:00:00Z' }));
  const other = await serveFaults(
    Object.fromEntries(
      ['/account/data/away.bin', '/account/data/second.bin', '/account/data/alternate.bin', '/token'].map(
        (path) => [path, { bytes }],
      ),
    ),
  );
  const away = { redirect: `${other.url}/account/data/away.bin`, status: 307 };
  const own = await serveFaults({
    '/account/data/own.bin': { bytes },
    '/account/data/away.bin': { bytes, always: away },
  });
  const endpoint = { bytes: token, always: endpointRedirects ? { redirect: `${other.url}/token` } : {} };
  // Of emulators, the account is the first part of a path.
  const tokens = await serveFaults({ '/token/account/data': endpoint });
  const sites = { own, other, tokens };
  const { options, assets } = question({ own: own.url, other: other.url, tokens: tokens.url });
  try {
    const item = { type: 'Feature', id: 'i', links: [], assets };
    const answer = await worker.answerTo({
      call: 'downloadItem',
      args: [item, 'out'],
      options: { alternateAssets: ['web'], fileNameStrategy: 'KEY', httpMaxAttempts: 1, ...options },
      store: 'map',
    });
    return { sites, answer };
  } finally {
    for (const site of Object.values(sites)) site.close();
  }
}
