/*
 * Downloads in a Worker, into memory and into a bucket of R2, at an old and at a new compatibility date: URLs, streams and
 * what fetch does with redirects are not the same there.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';

import { startDownloadWorker } from '../support/download-worker.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials, serveS3 } from '../support/s3.js';
import { datesOfWorkers } from '../support/workerd.js';

const MiB = 1024 * 1024;
const small = randomBytes(100_000);
/** Longer than a part. */
const large = randomBytes(6 * MiB + 1);
const larger = randomBytes(12 * MiB + 7);

/** Of `file:checksum`. @param {Buffer} bytes */
const multihashOf = (bytes) => `1220${createHash('sha256').update(bytes).digest('hex')}`;
const wrong = multihashOf(Buffer.from('something else'));

/** @param {Record<string, object | string>} assets  key to asset or address */
const itemOf = (assets) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'scene',
  geometry: null,
  properties: { datetime: '2020-01-01T00:00:00Z' },
  links: [],
  assets: Object.fromEntries(
    Object.entries(assets).map(([key, asset]) => [key, typeof asset === 'string' ? { href: asset } : asset]),
  ),
});

for (const [age, compatibilityDate] of Object.entries(datesOfWorkers)) {
  const hasOldUrls = compatibilityDate < '2022-10-31';
  describe(`in a Worker with ${age}, ${compatibilityDate}`, { timeout: 120_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startDownloadWorker>>} */
    let worker;
    /** @type {any} */
    let bucket;
    /** @type {Awaited<ReturnType<typeof serveFaults>>} */
    let site;
    before(async () => {
      worker = await startDownloadWorker(compatibilityDate);
      bucket = worker.bucket;
    });
    after(() => worker?.stop());
    beforeEach(async () => {
      const { objects } = await bucket.list();
      for (const { key } of objects) await bucket.delete(key);
    });

    /**
     * @param {Record<string, import('../support/fault-server.js').Served>} files
     * @param {(url: string) => object} question
     * @returns {Promise<any>} what the Worker tells
     */
    async function ask(files, question) {
      site = await serveFaults(files);
      try {
        return await worker.answerTo(question(site.url));
      } finally {
        site.close();
      }
    }

    const keys = async () =>
      (await bucket.list()).objects.map((/** @type {{ key: string }} */ { key }) => key).sort();
    const bytesOf = async (/** @type {string} */ key) =>
      Buffer.from(await (await bucket.get(key)).arrayBuffer());

    test('an item goes to a Map', async () => {
      const answer = await ask({ '/a.bin': { bytes: small }, '/b.bin': { bytes: large } }, (url) => ({
        call: 'downloadItem',
        args: [itemOf({ a: `${url}/a.bin`, b: `${url}/b.bin` }), 'out'],
        store: 'map',
      }));
      assert.equal(answer.error, undefined);
      assert.deepEqual(Object.keys(answer.files).sort(), ['out/a.bin', 'out/b.bin', 'out/scene.json']);
      assert.equal(answer.files['out/b.bin'], large.length);
    });

    test('an item goes to the bucket that the Worker has', async () => {
      const files = { '/a.bin': { bytes: small, type: 'text/x-a' }, '/b.tif': { bytes: large } };
      const answer = await ask(files, (url) => ({
        call: 'downloadItem',
        args: [itemOf({ a: `${url}/a.bin`, b: { href: `${url}/b.tif`, type: 'image/tiff' } }), '/out/./'],
        store: 'plain bucket',
      }));
      assert.equal(answer.error, undefined);
      assert.deepEqual(await keys(), ['out/a.bin', 'out/b.tif', 'out/scene.json']);
      assert.ok(small.equals(await bytesOf('out/a.bin')));
      assert.ok(large.equals(await bytesOf('out/b.tif')));
      const types = [];
      for (const key of await keys()) types.push((await bucket.head(key)).httpMetadata.contentType);
      assert.deepEqual(types, ['text/x-a', 'image/tiff', 'application/json']);
      const saved = JSON.parse(String(await bytesOf('out/scene.json')));
      assert.equal(saved.assets.b.href, './b.tif');
      assert.deepEqual(saved, answer.result);
    });

    describe('to a bucket', () => {
      /** What R2 is asked for a file. @type {Record<string, { bytes: Buffer, served?: object, calls: string[] }>} */
      const ways = {
        'nothing at all': { bytes: Buffer.alloc(0), calls: ['put bytes'] },
        'a short file': { bytes: small, calls: ['put bytes'] },
        'a file of one part': { bytes: larger.subarray(0, 5 * MiB), calls: ['put bytes'] },
        'a longer file': { bytes: large, calls: ['put stream'] },
        'a short file of unknown length': { bytes: small, served: { gzip: true }, calls: ['put bytes'] },
        'a file of two parts and unknown length': {
          bytes: larger.subarray(0, 10 * MiB),
          served: { gzip: true },
          calls: ['create', `part ${5 * MiB}`, `part ${5 * MiB}`, 'complete'],
        },
        'a longer file of unknown length': {
          bytes: larger,
          served: { gzip: true },
          calls: ['create', `part ${5 * MiB}`, `part ${5 * MiB}`, `part ${2 * MiB + 7}`, 'complete'],
        },
      };
      for (const [name, { bytes, served, calls }] of Object.entries(ways)) {
        /** @param {string} checksum  @param {object} [more] */
        const askFor = (checksum, more) =>
          ask({ '/a.bin': { bytes, always: served ?? {} } }, (url) => ({
            call: 'downloadItem',
            args: [itemOf({ a: { href: `${url}/a.bin`, 'file:checksum': checksum } }), 'out'],
            options: { fileName: null },
            store: 'bucket',
            ...more,
          }));

        test(`${name} is verified, and then there`, async () => {
          const answer = await askFor(multihashOf(bytes));
          assert.equal(answer.error, undefined);
          assert.deepEqual(answer.calls, ['head', ...calls]);
          assert.ok(bytes.equals(await bytesOf('out/a.bin')));
        });

        test(`${name} with another checksum leaves nothing`, async () => {
          const answer = await askFor(wrong);
          assert.deepEqual(
            answer.error.errors.map((/** @type {{ code: string }} */ { code }) => code),
            ['ERR_CHECKSUM'],
          );
          assert.deepEqual(await keys(), []);
          assert.equal(answer.calls.includes('complete'), false);
          assert.equal(answer.calls.includes('abort'), calls.includes('create'));
        });
      }

      for (const [name, served] of Object.entries({
        'a put': {},
        'an upload in parts': { gzip: true },
      })) {
        test(`${name} that is aborted leaves nothing`, async () => {
          const answer = await ask({ '/a.bin': { bytes: larger, always: served } }, (url) => ({
            call: 'downloadItem',
            args: [itemOf({ a: `${url}/a.bin` }), 'out'],
            store: 'bucket',
            abortAt: 6 * MiB,
          }));
          assert.equal(answer.error.message, 'that is enough');
          assert.deepEqual(await keys(), []);
          assert.equal(answer.calls.at(-1), 'gzip' in served ? 'abort' : 'put stream');
        });
      }

      test('a put that R2 gives up is an error', async () => {
        const answer = await ask({ '/a.bin': { bytes: larger } }, (url) => ({
          call: 'downloadFile',
          args: [`${url}/a.bin`, 'a.bin'],
          store: 'bucket',
          failPutAt: MiB,
        }));
        assert.equal(answer.error.message, 'R2 is full');
        assert.equal(site.requests.length, 1);
      });

      test('what breaks goes on where it broke', async () => {
        const faults = [{ dropAt: 2 * MiB }, { dropAt: 1000 }];
        const answer = await ask({ '/a.bin': { bytes: large, faults } }, (url) => ({
          call: 'downloadItem',
          args: [itemOf({ a: { href: `${url}/a.bin`, 'file:checksum': multihashOf(large) } }), 'out'],
          store: 'bucket',
        }));
        assert.equal(answer.error, undefined);
        assert.ok(large.equals(await bytesOf('out/a.bin')));
        assert.deepEqual(
          site.requests.map(({ headers }) => /^bytes=[1-9]\d*-$/.test(headers.range ?? '')),
          [false, true, true],
        );
        assert.deepEqual(answer.calls.slice(0, 2), ['head', 'put stream']);
      });

      test('what has changed meanwhile begins again, in a put of its own', async () => {
        const faults = [{ dropAt: MiB, etag: '"before"', bytes: larger }];
        const answer = await ask({ '/a.bin': { bytes: large, faults } }, (url) => ({
          call: 'downloadItem',
          args: [itemOf({ a: `${url}/a.bin` }), 'out'],
          options: { fileName: null },
          store: 'bucket',
        }));
        assert.equal(answer.error, undefined);
        assert.ok(large.equals(await bytesOf('out/a.bin')));
        assert.deepEqual(answer.calls, ['head', 'put stream', 'put stream']);
      });

      test('what is there with its size is left alone, unless it is to be overwritten', async () => {
        await bucket.put('out/a.bin', 'x'.repeat(small.length));
        const askFor = (/** @type {object} */ options) =>
          ask({ '/a.bin': { bytes: small } }, (url) => ({
            call: 'downloadItem',
            args: [itemOf({ a: { href: `${url}/a.bin`, 'file:size': small.length } }), 'out'],
            options: { fileName: null, ...options },
            store: 'bucket',
          }));
        assert.deepEqual((await askFor({})).calls, ['head']);
        assert.equal(site.requests.length, 0);
        assert.deepEqual((await askFor({ overwrite: true })).calls, ['head', 'put bytes']);
        assert.ok(small.equals(await bytesOf('out/a.bin')));
      });

      test('no name leads out of the prefix', async () => {
        const names = ['../up', '/root', 'a/../../up', '..'];
        const answer = await ask({ '/x': { bytes: small } }, (url) => ({
          call: 'downloadItem',
          args: [itemOf(Object.fromEntries(names.map((name) => [name, `${url}/x`]))), 'out'],
          options: { fileNameStrategy: 'KEY', warn: true },
          store: 'bucket',
        }));
        assert.equal(answer.error, undefined);
        for (const key of await keys()) assert.match(key, /^out\/[^/]+$/);
        assert.ok((await keys()).length > 0);
        const bad = await worker.answerTo({
          call: 'downloadItem',
          args: [itemOf({}), '../out'],
          store: 'bucket',
        });
        assert.equal(bad.error.code, 'ERR_INVALID_ARGUMENT');
      });
    });

    for (const [store, atOnce] of Object.entries({ map: 6, bucket: 3 })) {
      test(`${atOnce} files at once go to a ${store}`, async () => {
        const paths = Array.from({ length: 12 }, (_, index) => `/${index}.bin`);
        const files = Object.fromEntries(paths.map((path) => [path, { bytes: small }]));
        const answer = await ask(files, (url) => ({
          call: 'downloadItem',
          args: [itemOf(Object.fromEntries(paths.map((path) => [path.slice(1), url + path]))), 'out'],
          store,
        }));
        assert.equal(answer.error, undefined);
        assert.equal(answer.atOnce, atOnce);
      });
    }

    describe('S3', () => {
      /** @type {Awaited<ReturnType<typeof serveS3>>} */
      let s3;
      before(async () => {
        s3 = await serveS3('bucket', { "a b!'()*~/ü&=.bin": 'awkward', 'a b': 'space' });
      });
      after(() => s3.close());
      /** @param {string} key  @param {object} [s3Credentials] */
      const read = (key, s3Credentials = knownCredentials) =>
        worker.answerTo({
          call: 'readHref',
          args: [`s3://bucket/${key.split('/').map(encodeURIComponent).join('/')}`],
          options: { s3EndpointUrl: s3.url, s3Sign: 'always', s3Credentials },
        });

      test('takes the signature', async () => {
        assert.equal((await read("a b!'()*~/ü&=.bin")).result, 'awkward');
      });

      test('refuses a wrong one', async () => {
        const { error } = await read('a b', { ...knownCredentials, secretAccessKey: 'other' });
        assert.match(error.message, /SignatureDoesNotMatch/);
      });

      // An old Worker would ask for another object.
      for (const key of ['a+b', 'a//b']) {
        test(`${hasOldUrls ? 'cannot be asked' : 'is asked'} for ${key}`, async () => {
          const { result, error } = await ask(
            { [`/bucket/${key}`]: { bytes: Buffer.from('it') } },
            (url) => ({
              call: 'readHref',
              args: [`s3://bucket/${key}`],
              options: { s3EndpointUrl: url },
            }),
          );
          if (hasOldUrls) assert.equal(error.code, 'ERR_HREF_UNSUPPORTED');
          else assert.equal(result, 'it');
          assert.equal(site.requests.length, hasOldUrls ? 0 : 1);
        });
      }
    });
  });
}
