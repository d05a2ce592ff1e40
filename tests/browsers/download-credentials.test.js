/*
 * Who hears of a credential in Chromium, whose fetch tells nobody where a redirect leads: two origins, of which one
 * redirects to the other, and what the other is sent.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { pagesInChromium } from '../support/browser-downloads.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials, serveS3 } from '../support/s3.js';

const bytes = Buffer.from('bytes of a');
const secret = 'the-secret-of-this-test';

/** Even those that allow everything are sent nothing. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers':
    'authorization, ocp-apim-subscription-key, x-amz-content-sha256, x-amz-date, x-amz-security-token, x-key',
  'cache-control': 'no-store',
};

const onPage = pagesInChromium();

const json = (/** @type {unknown} */ value) => ({
  bytes: Buffer.from(JSON.stringify(value)),
  type: 'application/json',
  always: { headers: open },
});

/**
 * One origin with files, one with tokens, and one that is to hear of nothing.
 *
 * @param {(places: { own: string, tokens: string, away: string }) => Promise<void>} work
 * @param {{ redirects?: boolean }} [how]
 * @returns {Promise<Record<'own' | 'tokens' | 'away', import('../support/fault-server.js').Seen[]>>}
 */
async function between(work, { redirects = false } = {}) {
  const away = await serveFaults({
    '/a.bin': { bytes, always: { headers: open } },
    '/token/account/container': json({}),
    '/oauth2': json({}),
  });
  const file = { bytes, always: { headers: open, ...(redirects ? { redirect: `${away.url}/a.bin` } : {}) } };
  const own = await serveFaults({ '/a.bin': file, '/bucket/a.bin': file, '/account/container/a.bin': file });
  const token = { 'msft:expiry': new Date(Date.now() + 3_600_000).toISOString(), token: `sig=${secret}` };
  const tokens = await serveFaults({
    '/token/account/container': json(token),
    '/oauth2': json({ access_token: secret, token_type: 'Bearer', expires_in: 3600 }),
    '/moved/account/container': {
      bytes,
      always: { headers: open, redirect: `${away.url}/token/account/container` },
    },
    '/moved/oauth2': { bytes, always: { status: 307, headers: open, redirect: `${away.url}/oauth2` } },
  });
  try {
    await work({ own: own.url, tokens: tokens.url, away: away.url });
    return { own: own.requests, tokens: tokens.requests, away: away.requests };
  } finally {
    for (const server of [own, tokens, away]) server.close();
  }
}

/** @param {import('../support/fault-server.js').Seen[]} requests */
function assertNothingSecret(requests) {
  const text = JSON.stringify(requests).toLowerCase();
  for (const each of [secret, 'authorization', 'x-amz-', 'ocp-apim', 'x-key', 'sig=']) {
    assert.ok(!text.includes(each), `${each} is in ${text}`);
  }
}

/** @param {unknown} error */
const assertTellsNothing = (error) => assert.ok(!JSON.stringify(error).includes(secret));

/** @typedef {{ own: string, tokens: string, away: string }} Places */

/** Whose credential, the address that is read with it, and how the request looks that has it. @type {Record<string, { href(places: Places): string, options(places: Places): Record<string, unknown>, has: RegExp }>} */
const clients = {
  'httpHeaders with a key': {
    href: ({ own }) => `${own}/a.bin`,
    options: () => ({ httpHeaders: { 'x-key': secret } }),
    has: new RegExp(`"x-key":"${secret}"`),
  },
  'httpHeaders with an authorization': {
    href: ({ own }) => `${own}/a.bin`,
    options: () => ({ httpHeaders: { Authorization: `Bearer ${secret}` } }),
    has: new RegExp(`"authorization":"Bearer ${secret}"`),
  },
  'httpHeaders of an origin': {
    href: ({ own }) => `${own}/a.bin`,
    options: ({ own }) => ({ httpHeaders: { [own]: { 'x-key': secret } } }),
    has: new RegExp(`"x-key":"${secret}"`),
  },
  'a user in an address': {
    href: ({ own }) => `${own.replace('//', `//me:${secret}@`)}/a.bin`,
    options: () => ({}),
    has: new RegExp(`"authorization":"Basic ${btoa(`me:${secret}`)}"`),
  },
  S3: {
    href: () => 's3://bucket/a.bin',
    options: ({ own }) => ({
      s3EndpointUrl: own,
      s3Sign: 'always',
      s3Credentials: { accessKeyId: 'AKIAME', secretAccessKey: secret, sessionToken: secret },
    }),
    has: /Credential=AKIAME/,
  },
  Earthdata: {
    href: ({ own }) => `${own}/a.bin`,
    options: ({ own }) => ({
      clientOverride: 'earthdata',
      earthdataHosts: [new URL(own).host],
      earthdataToken: secret,
    }),
    has: new RegExp(`"authorization":"Bearer ${secret}"`),
  },
  OAuth2: {
    href: ({ own }) => `${own}/a.bin`,
    options: ({ tokens }) => ({
      oauth2Grant: 'client_credentials',
      oauth2TokenUrl: `${tokens}/oauth2`,
      oauth2ClientId: 'me',
      oauth2ClientSecret: secret,
    }),
    has: new RegExp(`"authorization":"Bearer ${secret}"`),
  },
};

for (const [name, { href, options, has }] of Object.entries(clients)) {
  describe(name, () => {
    test('is sent to its origin', async () => {
      const { own, away } = await between(async (places) => {
        await onPage(async ({ perform }) => {
          const { value, error } = await perform({
            call: 'readHref',
            args: [href(places)],
            options: options(places),
          });
          assert.equal(error, null, JSON.stringify(error));
          assert.equal(value, String(bytes));
        });
      });
      const asked = own.filter(({ method }) => method === 'GET');
      assert.equal(asked.length, 1);
      assert.match(JSON.stringify(asked), has);
      assert.deepEqual(away, []);
    });

    test('goes along with no redirect: it is an error that says so, without the credential', async () => {
      const { own, away } = await between(
        async (places) => {
          await onPage(async ({ perform }) => {
            const { error } = await perform({
              call: 'readHref',
              args: [href(places)],
              options: options(places),
            });
            assert.equal(error?.code, 'ERR_REDIRECT', JSON.stringify(error));
            assert.match(error.message, /redirects, and this runtime would send its headers along/);
            assertTellsNothing(error);
          });
        },
        { redirects: true },
      );
      assert.match(JSON.stringify(own), has);
      assert.deepEqual(away, []);
    });
  });
}

describe('the Planetary Computer', () => {
  const optionsOf = (/** @type {Places} */ { own, tokens }, path = 'token') => ({
    clientOverride: 'planetary-computer',
    pcHosts: [new URL(own).host],
    pcSasTokenEndpoint: `${tokens}/${path}`,
    pcSubscriptionKey: secret,
  });

  test('gets the key, the blob the token, and where it redirects to neither', async () => {
    const { own, tokens, away } = await between(
      async (places) => {
        await onPage(async ({ perform }) => {
          const args = [`${places.own}/account/container/a.bin`];
          const { value, error } = await perform({ call: 'readHref', args, options: optionsOf(places) });
          assert.equal(error, null, JSON.stringify(error));
          assert.equal(value, String(bytes));
        });
      },
      { redirects: true },
    );
    assert.ok(own.some(({ search }) => search === `?sig=${secret}`));
    const keys = tokens.map(({ headers }) => headers['ocp-apim-subscription-key']);
    assert.ok(keys.includes(secret), `${keys}`);
    assert.equal(away.length, 1);
    assertNothingSecret(away);
  });

  test('may not redirect the question for a token, which has the key', async () => {
    const { own, away } = await between(async (places) => {
      await onPage(async ({ perform }) => {
        const args = [`${places.own}/account/container/a.bin`];
        const { error } = await perform({ call: 'readHref', args, options: optionsOf(places, 'moved') });
        assert.equal(error?.code, 'ERR_REDIRECT', JSON.stringify(error));
        assertTellsNothing(error);
      });
    });
    assert.deepEqual(own, []);
    assert.deepEqual(away, []);
  });
});

test('the server of tokens of OAuth2 may not redirect a question, which has the secret', async () => {
  const { away } = await between(async (places) => {
    await onPage(async ({ perform }) => {
      const options = {
        ...clients.OAuth2?.options(places),
        oauth2TokenUrl: `${places.tokens}/moved/oauth2`,
      };
      const { error } = await perform({ call: 'readHref', args: [`${places.own}/a.bin`], options });
      assert.equal(error?.code, 'ERR_OAUTH2', JSON.stringify(error));
      assertTellsNothing(error);
    });
  });
  assert.deepEqual(away, []);
});

test('a second asset is sent nothing that is for the first', async () => {
  const { own, away } = await between(async (places) => {
    await onPage(async ({ perform }) => {
      const assets = { a: { href: `${places.own}/a.bin` }, b: { href: `${places.away}/a.bin` } };
      const item = { type: 'Feature', id: 'i', geometry: null, properties: {}, links: [], assets };
      const options = {
        fileNameStrategy: 'KEY',
        httpHeaders: { [places.own]: { 'x-key': secret } },
      };
      const { error } = await perform({
        call: 'downloadItem',
        args: [item, 'scene'],
        options,
        store: 'a map',
      });
      assert.equal(error, null, JSON.stringify(error));
    });
  });
  assert.match(JSON.stringify(own), new RegExp(`"x-key":"${secret}"`));
  assert.equal(away.length, 1);
  assertNothingSecret(away);
});

test('what is signed for S3 is what it verifies', async () => {
  const rules = `<CORSConfiguration><CORSRule>
    <AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*</AllowedHeader>
  </CORSRule></CORSConfiguration>`;
  const server = await serveS3('bucket', { "a b+c!'().bin": bytes }, [rules]);
  try {
    await onPage(async ({ perform }) => {
      const args = [`s3://bucket/${encodeURIComponent("a b+c!'().bin")}`];
      const options = { s3EndpointUrl: server.url, s3Sign: 'always', s3Credentials: knownCredentials };
      const wrong = { ...options, s3Credentials: { ...knownCredentials, secretAccessKey: secret } };
      const refused = await perform({ call: 'readHref', args, options: wrong });
      assert.match(refused.error?.message ?? '', /SignatureDoesNotMatch/);
      const { value, error } = await perform({ call: 'readHref', args, options });
      assert.equal(error, null, JSON.stringify(error));
      assert.equal(value, String(bytes));
    });
  } finally {
    await server.close();
  }
});
