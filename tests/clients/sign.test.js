/*
 * Addresses for others: whoever has one can fetch it with nothing else.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { resolveAssetHref, signHref } from 'stac-task';
import { errorOf } from '../js/support.js';
import { sasFor, serveAzure } from '../support/azure.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials, serveS3 } from '../support/s3.js';

const awkward = "a b+c!'()*~/ü&=.json";
const awkwardHref = `s3://bucket/${awkward.split('/').map(encodeURIComponent).join('/')}`;
/** @type {Awaited<ReturnType<typeof serveS3>>} */
let s3;
before(async () => {
  s3 = await serveS3('bucket', { [awkward]: 'awkward', 'a.bin': 'bytes of a' });
});
after(() => s3.close());

describe('of S3', () => {
  const options = (credentials = knownCredentials) => ({
    s3EndpointUrl: s3.url,
    s3Credentials: credentials,
  });

  test('it is presigned', async () => {
    const begun = Date.now();
    const { href, headers, expires } = await signHref('s3://bucket/a.bin', options());
    assert.equal(await (await fetch(href)).text(), 'bytes of a');
    assert.equal(headers, undefined);
    assert.equal(new URL(href).searchParams.get('X-Amz-Expires'), '3600');
    assert.ok(Math.abs(Number(expires) - begun - 3_600_000) < 10_000);
  });

  test('it is presigned for an awkward key, and for as long as is asked for', async () => {
    const { href } = await signHref(awkwardHref, { ...options(), expiresIn: 60 });
    assert.equal(await (await fetch(href)).text(), 'awkward');
    assert.equal(new URL(href).searchParams.get('X-Amz-Expires'), '60');
  });

  test('it expires no later than the credentials', async () => {
    const expiration = new Date(Date.now() + 600_000);
    const { expires } = await signHref('s3://bucket/a.bin', options({ ...knownCredentials, expiration }));
    assert.deepEqual(expires, expiration);
  });

  test('it is for this object and this secret alone', async () => {
    const { href } = await signHref('s3://bucket/a.bin', options());
    const { href: wrong } = await signHref(
      's3://bucket/a.bin',
      options({ ...knownCredentials, secretAccessKey: 'x' }),
    );
    const others = [href.replace('a.bin', encodeURIComponent('b.bin')), href.replace('3600', '9999'), wrong];
    for (const other of others) assert.equal((await fetch(other)).status, 403, other);
  });

  test('it says who pays, and has a session token', async () => {
    const credentials = { ...knownCredentials, sessionToken: 'a+b/c=' };
    const { href } = await signHref('s3://bucket/a.bin', { ...options(credentials), s3RequesterPays: true });
    const { searchParams } = new URL(href);
    assert.equal(searchParams.get('x-amz-request-payer'), 'requester');
    assert.equal(searchParams.get('X-Amz-Security-Token'), 'a+b/c=');
  });

  test('it is an address of HTTP without credentials, too', async () => {
    const { href, expires } = await signHref('s3://bucket/a.bin', { ...options(), s3Sign: 'never' });
    assert.equal(href, `${s3.url}/bucket/a.bin`);
    assert.equal(expires, undefined);
  });
});

test('of the Planetary Computer it has the token, which says when it expires', async () => {
  const azure = await serveAzure('data', { 'a.bin': 'a' });
  const expires = new Date(Date.UTC(2100, 0));
  const token = JSON.stringify({ 'msft:expiry': expires.toISOString(), token: sasFor('r', expires) });
  const tokens = await serveFaults({ '/devstoreaccount1/data': { bytes: Buffer.from(token) } });
  const signed = await signHref(`${azure.url}/data/a.bin`, {
    clientOverride: 'planetary-computer',
    pcSasTokenEndpoint: tokens.url,
    pcHosts: [azure.host],
  });
  assert.equal(await (await fetch(signed.href)).text(), 'a');
  assert.deepEqual(signed.expires, expires);
  const refused = await errorOf(
    signHref(`${azure.url}/other/a.bin`, {
      clientOverride: 'planetary-computer',
      pcSasTokenEndpoint: `${tokens.url}/devstoreaccount1/data/no`,
      pcHosts: [azure.host],
    }).then(({ href }) => fetch(href).then(({ status }) => Promise.reject(new Error(String(status))))),
  );
  azure.close();
  tokens.close();
  assert.equal(refused.message, '403', 'a container that is not known has no token');
});

describe('over HTTP', () => {
  const href = 'https://data.example/a.tif?x=%2F';

  test('it is what it was', async () => {
    assert.deepEqual(await signHref(href), { href });
  });

  test('it has the headers of its origin', async () => {
    const httpHeaders = {
      'https://data.example': { Authorization: 'Bearer mine' },
      'https://other.example': { a: 'b' },
    };
    assert.deepEqual(await signHref(new URL(href), { httpHeaders }), {
      href,
      headers: { authorization: 'Bearer mine' },
    });
  });

  test('it has the header of its user in the place of him', async () => {
    const signed = await signHref('https://me:secret@data.example/a.tif');
    assert.deepEqual(signed, {
      href: 'https://data.example/a.tif',
      headers: { authorization: `Basic ${btoa('me:secret')}` },
    });
  });

  test('it has the token of Earthdata for its hosts', async () => {
    const address = 'https://data.lpdaac.earthdatacloud.nasa.gov/a.tif';
    const headers = { authorization: 'Bearer mine' };
    assert.deepEqual(await signHref(address, { earthdataToken: 'mine' }), { href: address, headers });
  });
});

test('resolveAssetHref() signs the alternate that is preferred', async () => {
  const item = {
    links: [],
    assets: { a: { href: 'https://data.example/a.tif', alternate: { s3: { href: 's3://bucket/a.bin' } } } },
  };
  const options = { alternateAssets: ['s3'], s3EndpointUrl: s3.url, s3Credentials: knownCredentials };
  const { href, client } = await resolveAssetHref(item, 'a', options);
  assert.equal(client, 's3');
  assert.equal(await (await fetch(href)).text(), 'bytes of a');
});

test('a client of the caller that signs is asked', async () => {
  const open = async () => new Response('x');
  const sign = async (/** @type {string} */ href) => ({ href: `${href}?signed` });
  const signed = await signHref('https://data.example/a', { clients: { http: { open, sign } } });
  assert.deepEqual(signed, { href: 'https://data.example/a?signed' });
});

for (const expiresIn of [0, -1, 1.5, 604_801]) {
  test(`it is not signed for ${expiresIn} seconds`, async () => {
    assert.equal((await errorOf(signHref('s3://bucket/a', { expiresIn }))).code, 'ERR_INVALID_ARGUMENT');
  });
}
