/*
 * S3: what is signed for whom, which address a key has, and what is made of refusals. Signatures are verified by a
 * server of their own.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { assetExists, downloadItem, readHref, StacTaskError } from 'stac-task';
import { errorOf } from '../js/support.js';
import { withoutAws } from '../support/aws-environment.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials, serveS3 } from '../support/s3.js';

const secretAccessKey = 'no-such-secret';
const unknownCredentials = { ...knownCredentials, secretAccessKey };
const awkward = "a b+c!'()*~/ü&=.json";
const hrefOf = (/** @type {string} */ key) =>
  `s3://bucket/${key.split('/').map(encodeURIComponent).join('/')}`;

const aws = withoutAws();
/** @type {Awaited<ReturnType<typeof serveS3>>} */
let server;

before(async () => {
  server = await serveS3('bucket', { [awkward]: 'awkward', 'a.bin': 'bytes of a' });
});
after(() => server.close());

const textOf = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);

/**
 * Read an object from a server that takes anything, and tell what it was asked.
 *
 * @param {import('stac-task').HrefOptions} options
 * @param {Partial<import('../support/fault-server.js').Served>} [served]
 * @param {string} [href]
 */
async function asked(options, served, href = 's3://bucket/a.bin') {
  const site = await serveFaults({ '/bucket/a.bin': { bytes: Buffer.from('bytes'), ...served } });
  try {
    const read = readHref(href, { s3EndpointUrl: site.url, s3MaxAttempts: 2, ...options });
    const error = await read.then(
      () => undefined,
      (reason) => reason,
    );
    return { error, requests: site.requests, sent: site.requests.map(({ headers }) => headers) };
  } finally {
    site.close();
  }
}

/** A server takes anonymous requests, so what is signed must be seen, too. @param {any} headers */
const signerOf = (headers) => /Credential=([^/]+)/.exec(headers?.authorization ?? '')?.[1];

describe('a signature is right', () => {
  for (const [name, key] of Object.entries({ 'for a plain key': 'a.bin', 'for an awkward key': awkward })) {
    test(name, async () => {
      const options = { s3EndpointUrl: server.url, s3Credentials: knownCredentials };
      const bytes = await readHref(hrefOf(key), { ...options, s3Sign: 'always' });
      assert.match(textOf(bytes), /awkward|bytes of a/);
    });
  }

  test('and a wrong one is refused, with the code of S3', async () => {
    const options = { s3EndpointUrl: server.url, s3Credentials: unknownCredentials };
    const error = await errorOf(readHref('s3://bucket/a.bin', { ...options, s3Sign: 'always' }));
    assert.ok(error instanceof StacTaskError);
    assert.equal(error.code, 'ERR_HTTP_STATUS');
    assert.match(error.message, /SignatureDoesNotMatch/);
    assert.doesNotMatch(JSON.stringify([error, error.message]), new RegExp(secretAccessKey));
  });

  test('of requests for the rest of a file, too', async () => {
    const bytes = Buffer.alloc(200_000, 7);
    const { error, sent } = await asked(
      { s3Credentials: knownCredentials },
      { bytes, faults: [{ dropAt: 1000 }] },
    );
    assert.equal(error, undefined);
    assert.equal(sent[1]?.range, 'bytes=1000-');
    assert.deepEqual(sent.map(signerOf), ['S3RVER', 'S3RVER']);
  });
});

test('an item keeps its assets, with all that is said of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stac-task-s3-'));
  try {
    const about = { title: 'Band 4', roles: ['data'], type: 'application/octet-stream' };
    const item = {
      type: 'Feature',
      id: 'i',
      geometry: null,
      properties: {},
      links: [],
      // The key of one asset is the other's in the bucket.
      assets: { b04: { href: hrefOf('a.bin'), ...about }, 'a.bin': { href: hrefOf(awkward), ...about } },
    };
    /** @type {string[]} */
    const keys = [];
    const result = await downloadItem(item, folder, {
      s3EndpointUrl: server.url,
      s3Credentials: knownCredentials,
      onMessage: (message) => void (message.kind === 'finish' && keys.push(message.key)),
    });
    assert.deepEqual(result.assets, {
      b04: { href: './a.bin', ...about },
      'a.bin': { href: './ü&=.json', ...about },
    });
    assert.deepEqual(keys.sort(), ['a.bin', 'b04']);
    assert.equal(await readFile(join(folder, 'a.bin'), 'utf8'), 'bytes of a');
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'i.json'), 'utf8')), result);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('who signs', () => {
  /** @type {Record<string, { options?: import('stac-task').HrefOptions, env?: Record<string, string>, files?: Record<string, string>, signer: string | undefined, token?: string, payer?: string }>} */
  const cases = {
    'nobody, without credentials': { signer: undefined },
    'who is given': {
      options: { s3Credentials: { accessKeyId: 'GIVEN', secretAccessKey } },
      signer: 'GIVEN',
    },
    'who is given by a function': {
      options: {
        s3Credentials: async () => ({ accessKeyId: 'GIVEN', secretAccessKey, sessionToken: 'token' }),
      },
      signer: 'GIVEN',
      token: 'token',
    },
    'nobody, when a function gives nothing': {
      options: { s3Credentials: async () => undefined },
      env: { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: secretAccessKey },
      signer: undefined,
    },
    'who is in the environment': {
      env: { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: 'token' },
      signer: 'ENV',
      token: 'token',
    },
    'nobody, when only half of it is there': { env: { AWS_ACCESS_KEY_ID: 'ENV' }, signer: undefined },
    'who is in the credentials file': {
      files: {
        credentials: `# mine\n[other]\naws_access_key_id=OTHER\n[default]\r\naws_access_key_id = FILE\naws_secret_access_key=${secretAccessKey}\n`,
      },
      signer: 'FILE',
    },
    'whose profile the environment names': {
      env: { AWS_PROFILE: 'other' },
      files: {
        config: `[profile other]\ns3 =\n  aws_access_key_id = NESTED\naws_access_key_id = OTHER\naws_secret_access_key = ${secretAccessKey}\naws_session_token = a=b==\n`,
        credentials: `[default]\naws_access_key_id = FILE\naws_secret_access_key = ${secretAccessKey}\n`,
      },
      signer: 'OTHER',
      token: 'a=b==',
    },
    'nobody, with s3Sign never': {
      options: { s3Sign: 'never', s3Credentials: knownCredentials },
      signer: undefined,
    },
    'who pays': {
      options: { s3RequesterPays: true, s3Credentials: knownCredentials },
      signer: 'S3RVER',
      payer: 'requester',
    },
  };
  for (const [name, { options = {}, env = {}, files = {}, signer, token, payer }] of Object.entries(cases)) {
    test(name, async () => {
      Object.assign(process.env, env);
      for (const file of ['config', 'credentials'])
        await writeFile(join(aws.folder, file), files[file] ?? '');
      const { error, sent } = await asked(options);
      assert.equal(error, undefined);
      assert.equal(signerOf(sent[0]), signer);
      assert.equal(sent[0]?.['x-amz-security-token'], token);
      assert.equal(sent[0]?.['x-amz-request-payer'], payer);
    });
  }

  for (const options of [{ s3RequesterPays: true }, { s3Sign: /** @type {const} */ ('always') }]) {
    test(`must be known with ${JSON.stringify(options)}`, async () => {
      const { error, sent } = await asked(options);
      assert.equal(error.code, 'ERR_CREDENTIALS');
      assert.deepEqual(error.python, { type: 'NoCredentialsError', message: 'Unable to locate credentials' });
      assert.deepEqual(sent, []);
    });
  }

  test('cannot be told: an error at once, with the reason as its cause', async () => {
    const cause = new Error('the session is over');
    const { error, sent } = await asked({ s3Credentials: () => Promise.reject(cause) });
    assert.equal(error.code, 'ERR_CREDENTIALS');
    assert.equal(error.cause, cause);
    assert.deepEqual(sent, []);
  });

  for (const [name, given] of Object.entries({
    'a key': { accessKeyId: 'KEY\nX: secret', secretAccessKey },
    'a session token': { ...knownCredentials, sessionToken: 'secret\u2019s' },
  })) {
    test(`has ${name} that no header can have: an error at once, without it`, async () => {
      const { error, sent } = await asked({ s3Credentials: given });
      assert.equal(error.code, 'ERR_CREDENTIALS');
      assert.doesNotMatch(error.message, /secret/);
      assert.deepEqual(sent, []);
    });
  }

  test('is asked again when the credentials are about to expire', async () => {
    let count = 0;
    const s3Credentials = () => ({
      accessKeyId: `GIVEN${++count}`,
      secretAccessKey,
      expiration: new Date(Date.now() + 30_000),
    });
    const { sent } = await asked({ s3Credentials }, { faults: [{ status: 503 }] });
    assert.deepEqual(sent.map(signerOf), ['GIVEN1', 'GIVEN2']);
  });

  test('who may not read a public bucket reads it as nobody', async () => {
    const s3EndpointUrl = server.url;
    const bytes = await readHref('s3://bucket/a.bin', { s3EndpointUrl, s3Credentials: unknownCredentials });
    assert.equal(textOf(bytes), 'bytes of a');
  });
});

describe('the address of an object', () => {
  /** @type {Record<string, { href: string, options?: import('stac-task').HrefOptions, env?: Record<string, string>, url: string }>} */
  const cases = {
    'has the bucket in its host': {
      href: 's3://bucket/a/b.tif',
      url: 'https://bucket.s3.us-west-2.amazonaws.com/a/b.tif',
    },
    'has the region of the options': {
      href: 's3://bucket/a.tif',
      options: { s3RegionName: 'eu-central-1' },
      url: 'https://bucket.s3.eu-central-1.amazonaws.com/a.tif',
    },
    'is that of China in China': {
      href: 's3://bucket/a.tif',
      options: { s3RegionName: 'cn-north-1' },
      url: 'https://bucket.s3.cn-north-1.amazonaws.com.cn/a.tif',
    },
    'has a bucket with dots in its path': {
      href: 's3://a.bucket/a.tif',
      url: 'https://s3.us-west-2.amazonaws.com/a.bucket/a.tif',
    },
    'has the bucket in its path where that is asked for': {
      href: 's3://bucket/a.tif',
      options: { s3PathStyle: true },
      url: 'https://s3.us-west-2.amazonaws.com/bucket/a.tif',
    },
    'is below an endpoint': {
      href: 's3://bucket/a.tif',
      options: { s3EndpointUrl: 'https://data.example/s3/' },
      url: 'https://data.example/s3/bucket/a.tif',
    },
    'is below the endpoint of the environment': {
      href: 's3://bucket/a.tif',
      env: { AWS_ENDPOINT_URL: 'https://data.example' },
      url: 'https://data.example/bucket/a.tif',
    },
    'is below the endpoint that the environment has for S3': {
      href: 's3://bucket/a.tif',
      env: { AWS_ENDPOINT_URL: 'https://other.example', AWS_ENDPOINT_URL_S3: 'https://data.example' },
      url: 'https://data.example/bucket/a.tif',
    },
    'is below no endpoint that is to be ignored': {
      href: 's3://bucket/a.tif',
      env: { AWS_ENDPOINT_URL: 'https://data.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      url: 'https://bucket.s3.us-west-2.amazonaws.com/a.tif',
    },
    'is on a host below an endpoint where that is asked for': {
      href: 's3://bucket/a.tif',
      options: { s3EndpointUrl: 'https://data.example', s3PathStyle: false },
      url: 'https://bucket.data.example/a.tif',
    },
    'has every character of the key': {
      href: hrefOf(awkward),
      url: 'https://bucket.s3.us-west-2.amazonaws.com/a%20b%2Bc%21%27%28%29%2A~/%C3%BC%26%3D.json',
    },
    'is not on a host of the bucket where its name is none': {
      href: 's3://Bucket_1/a.tif',
      url: 'https://s3.us-west-2.amazonaws.com/Bucket_1/a.tif',
    },
    'has a slash too many': {
      href: 's3://bucket//a//b',
      url: 'https://bucket.s3.us-west-2.amazonaws.com//a//b',
    },
  };
  for (const [name, { href, env, options, url }] of Object.entries(cases)) {
    test(name, async () => {
      Object.assign(process.env, env);
      /** @type {string[]} */
      const urls = [];
      const fetch = async (/** @type {any} */ asking) => {
        urls.push(asking);
        return new Response('bytes');
      };
      await readHref(href, { fetch, ...options });
      assert.deepEqual(urls, [url]);
    });
  }

  /** @type {Record<string, [href: string, options: import('stac-task').HrefOptions]>} */
  const none = {
    'a bucket that would be a step': ['s3://../bucket/a', {}],
    'a bucket on a host that has no names below it': [
      's3://bucket/a',
      { s3EndpointUrl: 'http://127.0.0.1:9000', s3PathStyle: false },
    ],
    'a bucket with a capital letter in a host': ['s3://Bucket/a', { s3PathStyle: false }],
  };
  for (const [name, [href, options]] of Object.entries(none)) {
    test(`is none for ${name}`, async () => {
      const fetch = async () => assert.fail('is fetched');
      assert.equal((await errorOf(readHref(href, { fetch, ...options }))).code, 'ERR_HREF_UNSUPPORTED');
    });
  }

  for (const s3EndpointUrl of ['localhost:9000', 'nowhere', 'https://me:secret@data.example']) {
    test(`is none with the endpoint ${s3EndpointUrl}`, async () => {
      const fetch = async () => assert.fail('is fetched');
      const error = await errorOf(readHref('s3://bucket/a', { fetch, s3EndpointUrl }));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.doesNotMatch(error.message, /secret/);
    });
  }

  for (const href of ['s3://bucket/a/../b', 's3://bucket/', 's3://bucket/a/%2E/b']) {
    test(`is none for ${href}`, async () => {
      const fetch = async () => assert.fail('is fetched');
      assert.equal((await errorOf(readHref(href, { fetch }))).code, 'ERR_HREF_UNSUPPORTED');
    });
  }
});

describe('a bucket elsewhere', () => {
  const elsewhere = { 'x-amz-bucket-region': 'eu-west-1' };
  for (const status of [301, 400]) {
    test(`is found by its refusal with ${status}, and asked there`, async () => {
      const faults = [{ status, headers: elsewhere }];
      const { error, sent } = await asked({ s3Credentials: knownCredentials }, { faults });
      assert.equal(error, undefined);
      const regions = sent.map(({ authorization }) => authorization?.split('/')[2]);
      assert.deepEqual(regions, ['us-west-2', 'eu-west-1']);
    });
  }

  test('is looked for once', async () => {
    const { error, sent } = await asked({}, { always: { status: 301, headers: elsewhere } });
    assert.equal(error.status, 301);
    assert.equal(sent.length, 2);
  });

  test('has a region that is a name, not a host', async () => {
    const headers = { 'x-amz-bucket-region': 'evil.example/' };
    const { error, sent } = await asked({}, { always: { status: 301, headers } });
    assert.equal(error.status, 301);
    assert.equal(sent.length, 1);
  });
});

describe('what an asset says of its storage', () => {
  /** @param {object} asset */
  async function requestFor(asset) {
    /** @type {[string, string | null][]} */
    const seen = [];
    /** @type {typeof fetch} */
    const fetch = async (url, init) => {
      seen.push([String(url), new Headers(init?.headers).get('x-amz-request-payer')]);
      return new Response('bytes');
    };
    const item = { type: 'Feature', id: 'i', links: [], assets: { a: { href: 's3://bucket/a', ...asset } } };
    const options = { fetch, store: new Map(), s3Credentials: knownCredentials, alternateAssets: ['s3'] };
    const error = await downloadItem(item, 'x', options).then(
      () => undefined,
      (reason) => reason,
    );
    return { seen, error };
  }

  test('is obeyed', async () => {
    const { seen } = await requestFor({ 'storage:region': 'eu-west-1', 'storage:requester_pays': true });
    assert.deepEqual(seen, [['https://bucket.s3.eu-west-1.amazonaws.com/a', 'requester']]);
  });

  test('is obeyed on an alternate, too', async () => {
    const alternate = { s3: { href: 's3://bucket/b', 'storage:requester_pays': true } };
    const { seen } = await requestFor({ href: 'https://data.example/b', alternate });
    assert.deepEqual(seen, [['https://bucket.s3.us-west-2.amazonaws.com/b', 'requester']]);
  });

  test('names no host', async () => {
    const { seen, error } = await requestFor({ 'storage:region': 'x.evil.example/' });
    assert.equal(error?.code, 'ERR_DOWNLOAD');
    assert.deepEqual(seen, []);
  });
});

describe('an answer that is no object', () => {
  test('is asked again after 503', async () => {
    const { error, sent } = await asked({}, { faults: [{ status: 503 }] });
    assert.equal(error, undefined);
    assert.equal(sent.length, 2);
  });

  test('ends it after s3MaxAttempts', async () => {
    const { error, sent } = await asked({}, { always: { status: 503 } });
    assert.equal(error.status, 503);
    assert.equal(sent.length, 2);
  });

  test('ends it at once with 404, in the words of botocore', async () => {
    const { error, sent } = await asked({}, {}, 's3://bucket/missing');
    assert.match(error.message, /^An error occurred \(404\) when calling the GetObject operation: Not Found/);
    assert.equal(sent.length, 1);
  });
});

test('assetExists() asks without the body', async () => {
  const item = (/** @type {string} */ href) => ({ links: [], assets: { a: { href } } });
  const options = { s3EndpointUrl: server.url };
  assert.equal(await assetExists(item('s3://bucket/a.bin'), 'a', options), true);
  assert.equal(await assetExists(item('s3://bucket/missing'), 'a', options), false);
});

describe('nobody else gets a credential', () => {
  /** @param {import('../support/fault-server.js').Seen[]} requests */
  const secretsIn = (requests) =>
    requests.flatMap(({ headers }) =>
      Object.keys(headers).filter((name) => name === 'authorization' || name.startsWith('x-amz-')),
    );
  const options = {
    s3Credentials: { ...knownCredentials, sessionToken: 'token' },
    s3RequesterPays: true,
  };

  test('by a redirect', async () => {
    const other = await serveFaults({ '/a.bin': { bytes: Buffer.from('bytes') } });
    const { error, sent } = await asked(options, { always: { redirect: `${other.url}/a.bin`, status: 307 } });
    other.close();
    assert.equal(error, undefined);
    assert.equal(signerOf(sent[0]), 'S3RVER');
    assert.equal(other.requests.length, 1);
    assert.deepEqual(secretsIn(other.requests), []);
  });

  test('as a second asset or an alternate', async () => {
    const other = await serveFaults({
      '/a.bin': { bytes: Buffer.from('a') },
      '/b.bin': { bytes: Buffer.from('b') },
    });
    const own = await serveFaults({ '/bucket/a.bin': { bytes: Buffer.from('a') } });
    const item = {
      type: 'Feature',
      id: 'i',
      links: [],
      assets: {
        a: { href: 's3://bucket/a.bin' },
        b: { href: `${other.url}/b.bin` },
        c: { href: 's3://bucket/c.bin', alternate: { web: { href: `${other.url}/a.bin` } } },
      },
    };
    await downloadItem(item, join(aws.folder, 'item'), {
      ...options,
      s3EndpointUrl: own.url,
      fileNameStrategy: 'KEY',
      alternateAssets: ['web'],
    });
    own.close();
    other.close();
    assert.equal(signerOf(own.requests[0]?.headers), 'S3RVER');
    assert.equal(other.requests.length, 2);
    assert.deepEqual(secretsIn(other.requests), []);
  });
});
