/*
 * Signatures for S3, judged by Swift: a server that lets nobody in without one, and takes no address that is not encoded
 * to the letter.
 */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';

import { assetExists, readHref, resolveAssetHref, StacTaskError, signHref } from 'stac-task';
import { errorOf } from '../js/support.js';
import { serveSwift, swiftCredentials, swiftRegion } from '../support/swift.js';

const keys = {
  'a plain one': 'a.bin',
  'with spaces': ' a b .bin',
  'with plus signs': 'a+b ++.bin',
  'with percent signs': '100%/a%20b%2Bc%zz.bin',
  'with marks that URLs leave alone': "-._~!$'()*,;:@.bin",
  'with marks that end a path': 'a?b#c&d=e[f]|g^h`i{j}"k<l>.bin',
  'with a backslash': 'a\\b.bin',
  'of other scripts, composed and not': 'ü/日本/😀/u\u0308.bin',
  'with slashes beside each other': 'a//b///c.bin',
  'with a slash at its end': 'folder/',
  'with dots that are no steps': 'a..b/..c/d../...bin',
  'of a thousand letters': `${'long/'.repeat(200)}.bin`,
};
const large = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 251));
/** @type {Awaited<ReturnType<typeof serveSwift>>} */
let server;
/** @type {import('stac-task').HrefOptions} */
let options;
before(async () => {
  const objects = Object.fromEntries(Object.values(keys).map((key) => [key, `bytes of ${key}`]));
  server = await serveSwift('bucket', { ...objects, 'large.bin': large });
  options = { s3EndpointUrl: server.url, s3RegionName: swiftRegion, s3Credentials: swiftCredentials };
});
after(() => server?.close());

const hrefOf = (/** @type {string} */ key) =>
  `s3://bucket/${key.split('/').map(encodeURIComponent).join('/')}`;
const read = async (/** @type {string} */ href, /** @type {import('stac-task').HrefOptions} */ more = {}) =>
  new TextDecoder().decode(await readHref(href, { ...options, ...more }));

/**
 * What is sent in the place of what was signed.
 * @param {(url: string, headers: Headers) => string | URL} change
 */
const tampering = (change) => ({
  fetch: /** @type {typeof fetch} */ (
    (url, init) => {
      const headers = new Headers(init?.headers);
      return fetch(change(String(url), headers), { ...init, headers });
    }
  ),
});

describe('a key', () => {
  for (const [name, key] of Object.entries(keys)) {
    test(`${name} is read, and its address can be given away`, async () => {
      assert.equal(await read(hrefOf(key)), `bytes of ${key}`);
      const { href } = await signHref(hrefOf(key), options);
      const response = await fetch(href);
      assert.equal(await response.text(), `bytes of ${key}`);
    });
  }

  test('that is not there is known as such', async () => {
    const error = await errorOf(read(hrefOf('missing.bin')));
    assert.equal(error.status, 404);
    assert.match(error.message, /NoSuchKey/);
    const item = (/** @type {string} */ href) => ({ links: [], assets: { a: { href } } });
    assert.equal(await assetExists(item(hrefOf('missing.bin')), 'a', options), false);
    assert.equal(await assetExists(item(hrefOf('a.bin')), 'a', options), true);
  });
});

describe('what is signed', () => {
  const more = {
    s3Credentials: { ...swiftCredentials, sessionToken: 'token+/=' },
    s3RequesterPays: true,
  };

  test('has a session token and who pays', async () => {
    assert.equal(await read(hrefOf('a.bin'), more), 'bytes of a.bin');
  });

  /** @type {Record<string, (url: string, headers: Headers) => string | URL>} */
  const changes = {
    'another key': (url) => url.replace('a.bin', 'folder/'),
    'a query': (url) => `${url}?response-content-type=text%2Fhtml`,
    'another session token': (url, headers) => {
      headers.set('x-amz-security-token', 'other');
      return url;
    },
    'somebody else who pays': (url, headers) => {
      headers.set('x-amz-request-payer', 'nobody');
      return url;
    },
    'another signature': (url, headers) => {
      const authorization = headers.get('authorization') ?? '';
      headers.set('authorization', authorization.replace(/Signature=./, 'Signature=g'));
      return url;
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`holds for no request with ${name}`, async () => {
      const error = await errorOf(read(hrefOf('a.bin'), { ...more, s3Sign: 'always', ...tampering(change) }));
      assert.equal(error.status, 403, error.message);
      assert.match(error.message, /SignatureDoesNotMatch/);
    });
  }

  test('holds on a host of the bucket', async () => {
    /** @type {string[]} */
    const hosts = [];
    const { port } = new URL(server.url);
    /** The name is not known anywhere, but in the request. @type {any} */
    const named = (
      /** @type {string} */ url,
      /** @type {{ headers: Record<string, string> }} */ { headers },
    ) =>
      new Promise((resolve, reject) => {
        const { host, pathname: path } = new URL(url);
        hosts.push(host);
        request({ host: '127.0.0.1', port, path, headers: { ...headers, host } }, (response) => {
          const { statusCode: status = 0 } = response;
          resolve(new Response(/** @type {any} */ (Readable.toWeb(response)), { status }));
        })
          .once('error', reject)
          .end();
      });
    const s3EndpointUrl = `http://swift.test:${port}`;
    const text = await read(hrefOf(keys['with plus signs']), {
      s3EndpointUrl,
      s3PathStyle: false,
      fetch: named,
    });
    assert.equal(text, `bytes of ${keys['with plus signs']}`);
    assert.deepEqual(hosts, [`bucket.swift.test:${port}`]);
  });

  test('is for one region: another is an error that says what to do', async () => {
    const error = await errorOf(read(hrefOf('a.bin'), { s3RegionName: 'eu-west-1' }));
    assert.equal(error.status, 400);
    assert.match(error.message, /AuthorizationHeaderMalformed/);
    assert.match(String(error.hint), /s3RegionName/);
  });
});

test('a broken transfer goes on where it broke, with a signature of its own', async () => {
  /** @type {(string | null)[]} */
  const ranges = [];
  /** @type {number[]} */
  const statuses = [];
  /** @type {typeof fetch} */
  const breaking = async (url, init) => {
    ranges.push(new Headers(init?.headers).get('range'));
    const response = await fetch(url, init);
    statuses.push(response.status);
    if (ranges.length > 1) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    async function* first() {
      yield bytes.slice(0, 100_000);
      throw new TypeError('terminated');
    }
    return new Response(/** @type {any} */ (Readable.toWeb(Readable.from(first()))), response);
  };
  const all = await readHref(hrefOf('large.bin'), { ...options, s3Sign: 'always', fetch: breaking });
  assert.deepEqual(ranges, [null, 'bytes=100000-']);
  assert.deepEqual(statuses, [200, 206]);
  assert.ok(large.equals(all));
});

describe('who is refused', () => {
  test('has no credentials', async () => {
    const error = await errorOf(read(hrefOf('a.bin'), { s3Sign: 'never' }));
    assert.ok(error instanceof StacTaskError);
    assert.equal(error.status, 400);
    assert.equal(await read(hrefOf('a.bin')), 'bytes of a.bin');
  });

  for (const s3Sign of /** @type {const} */ (['auto', 'always'])) {
    test(`has a wrong secret, with s3Sign ${s3Sign}: an error that says so and not the secret`, async () => {
      const s3Credentials = { ...swiftCredentials, secretAccessKey: 'no-such-secret' };
      const error = await errorOf(read(hrefOf('a.bin'), { s3Credentials, s3Sign }));
      assert.equal(error.code, 'ERR_HTTP_STATUS');
      assert.equal(error.status, 403);
      assert.match(error.message, /^An error occurred \(SignatureDoesNotMatch\) when calling the GetObject/);
      assert.match(String(error.hint), /secret/);
      assert.doesNotMatch(JSON.stringify([error, error.message]), /no-such-secret/);
    });
  }
});

describe('an address that is given away', () => {
  test('is of the alternate that is preferred', async () => {
    const alternate = { s3: { href: hrefOf(keys['with percent signs']) } };
    const item = { links: [], assets: { a: { href: 'https://data.example/a', alternate } } };
    const { href } = await resolveAssetHref(item, 'a', { ...options, alternateAssets: ['s3'] });
    assert.equal(await (await fetch(href)).text(), `bytes of ${keys['with percent signs']}`);
  });

  test('serves for a part', async () => {
    const { href } = await signHref(hrefOf('large.bin'), options);
    const response = await fetch(href, { headers: { range: 'bytes=10-19' } });
    assert.equal(response.status, 206);
    assert.ok(large.subarray(10, 20).equals(new Uint8Array(await response.arrayBuffer())));
  });

  test('has a session token and who pays, which are signed', async () => {
    const s3Credentials = { ...swiftCredentials, sessionToken: 'a+b/c=' };
    const { href } = await signHref(hrefOf('a.bin'), { ...options, s3Credentials, s3RequesterPays: true });
    assert.equal((await fetch(href)).status, 200);
    for (const other of [href.replace('=requester', '=nobody'), href.replace('a%2Bb', 'a%2Bx')]) {
      assert.notEqual(other, href);
      assert.equal((await fetch(other)).status, 403);
    }
  });

  test('expires', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 120_000 });
    const { href: expired } = await signHref(hrefOf('a.bin'), { ...options, expiresIn: 60 });
    const { href: lasting } = await signHref(hrefOf('a.bin'), { ...options, expiresIn: 600 });
    t.mock.timers.reset();
    assert.equal((await fetch(expired)).status, 403);
    assert.equal((await fetch(lasting)).status, 200);
  });

  /** @type {Record<string, (href: string) => string>} */
  const changes = {
    'another key': (href) => href.replace('a.bin', 'large.bin'),
    'more time': (href) => href.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200'),
    'another signature': (href) => href.replace(/Signature=./, 'Signature=g'),
    'no signature': (href) => href.replace(/&X-Amz-Signature=\w+/, ''),
    'one parameter more': (href) => `${href}&response-content-type=text%2Fhtml`,
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`is worth nothing with ${name}`, async () => {
      const { href } = await signHref(hrefOf('a.bin'), options);
      const other = change(href);
      assert.notEqual(other, href);
      assert.equal((await fetch(href)).status, 200);
      const { status } = await fetch(other);
      assert.ok(status === 403 || status === 400, String(status));
    });
  }
});
