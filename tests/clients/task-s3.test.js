/*
 * Payloads that say that the payload is in S3. Signatures are verified by a server of their own.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { CirrusPayload, openHref, Task, toFetchHandler, toLambdaHandler } from 'stac-task';
import { errorOf } from '../js/support.js';
import { withoutAws } from '../support/aws-environment.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials, serveS3 } from '../support/s3.js';

class Echo extends Task {
  static name = 'echo';
  process() {
    return this.items;
  }
}

const payload = { id: 'in-s3', type: 'FeatureCollection', features: [], process: [{ workflow: 'w' }] };
const href = 's3://bucket/payloads/a%20b.json';
const quiet = { log() {} };

withoutAws();
/** @type {Awaited<ReturnType<typeof serveS3>>} */
let server;

before(async () => {
  server = await serveS3('bucket', {
    'payloads/a b.json': JSON.stringify(payload),
    'secret.txt': 'root:x:0:0',
  });
});
after(() => server.close());
beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: knownCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: knownCredentials.secretAccessKey,
    AWS_ENDPOINT_URL: server.url,
  });
});

const handle = (/** @type {object} */ given, /** @type {object} */ options = {}) =>
  Echo.handler(given, { logger: quiet, ...options });

/**
 * What is sent to S3 by a call.
 * @param {(options: { fetch: typeof fetch }) => Promise<unknown>} call
 */
async function sentBy(call) {
  /** @type {Request[]} */
  const sent = [];
  /** @type {typeof fetch} */
  const recording = (input, init) => {
    sent.push(new Request(input, init));
    return fetch(input, init);
  };
  const result = await call({ fetch: recording });
  return { result, sent };
}

describe('an s3 address', () => {
  for (const name of ['href', 'url']) {
    test(`as the ${name} of a payload is read, signed`, async () => {
      const { result, sent } = await sentBy((options) => handle({ [name]: href }, options));
      assert.deepEqual(result, payload);
      assert.equal(sent.length, 1);
      assert.match(sent[0]?.headers.get('authorization') ?? '', /Credential=S3RVER\//);
    });
  }

  test('is read by whoever handles an event of Lambda', async () => {
    const handler = toLambdaHandler(Echo, { logger: quiet });
    assert.deepEqual(await handler({ url: href }, { awsRequestId: 'r' }), payload);
  });

  test('is left to a resolver that wants it', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'wrong';
    const options = { s3Credentials: knownCredentials };
    const resolve = (/** @type {string} */ address) => openHref(address, options);
    assert.deepEqual(await handle({ href }, { resolve }), payload);
  });

  test('of an event of Cirrus is read where allowHref permits it', async () => {
    const allowHref = (/** @type {string} */ url) => url.startsWith('s3://bucket/');
    const read = await CirrusPayload.fromEvent({ url: href }, { allowHref });
    assert.deepEqual(read.data, payload);
    const error = await errorOf(CirrusPayload.fromEvent({ url: href }));
    assert.equal(error.code, 'ERR_UNRESOLVED_URL');
  });
});

describe('a server reads an s3 address', () => {
  const post = (/** @type {object} */ options, address = href) =>
    toFetchHandler(Echo, { logger: quiet, ...options })(
      new Request('http://localhost/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ href: address }),
      }),
    );

  test('that allowHref permits', async () => {
    /** @type {string[]} */
    const asked = [];
    const response = await post({ allowHref: (/** @type {string} */ url) => asked.push(url) > 0 });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), payload);
    assert.deepEqual(asked, [href]);
  });

  for (const [what, options] of Object.entries({ unasked: {}, refused: { allowHref: () => false } })) {
    test(`and none ${what}`, async () => {
      const { sent, result } = await sentBy((given) => post({ ...given, ...options }));
      assert.equal(/** @type {Response} */ (result).status, 403);
      assert.deepEqual(sent, []);
    });
  }

  /** @type {Record<string, { address?: string, env?: Record<string, string>, status: number, code: string }>} */
  const failures = {
    'there is none': { address: 's3://bucket/none', status: 502, code: 'ERR_HTTP_STATUS' },
    'nobody answers': {
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      status: 502,
      code: 'ERR_READ_FAILED',
    },
    'it names no object': { address: 's3://bucket', status: 422, code: 'ERR_HREF_UNSUPPORTED' },
    'it is no payload': { address: 's3://bucket/secret.txt', status: 400, code: 'ERR_INVALID_PAYLOAD' },
  };
  for (const [what, { address, env, status, code }] of Object.entries(failures)) {
    test(`and says nothing of it when ${what}`, async () => {
      Object.assign(process.env, env);
      const response = await post({ allowHref: () => true }, address);
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.equal(JSON.parse(text).code, code);
      assert.doesNotMatch(text, /root|bucket|127\.0\.0\.1|S3RVER/);
    });
  }
});

describe('what breaks off', () => {
  const bytes = Buffer.from(JSON.stringify(payload));
  const read = async (/** @type {Omit<import('../support/fault-server.js').Served, 'bytes'>} */ served) => {
    const site = await serveFaults({ '/bucket/a.json': { bytes, ...served } });
    try {
      process.env.AWS_ENDPOINT_URL = site.url;
      const result = await handle({ href: 's3://bucket/a.json' }).catch((error) => error);
      return { result, ranges: site.requests.map(({ headers }) => headers.range) };
    } finally {
      site.close();
    }
  };

  test('is read on', async () => {
    const { result, ranges } = await read({ etag: '"1"', faults: [{ dropAt: 12 }] });
    assert.deepEqual(result, payload);
    assert.equal(ranges.length, 2);
  });

  test('is no payload where it cannot be', async () => {
    const { result } = await read({ ranges: false, always: { dropAt: 12 } });
    assert.equal(result.code, 'ERR_READ_FAILED', result.stack);
  });
});
