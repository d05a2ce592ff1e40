/*
 * What a page loads of the package, and when: the requests that its server sees.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pagesInChromium } from '../support/browser-downloads.js';
import { serveFaults } from '../support/fault-server.js';
import { knownCredentials } from '../support/s3.js';

const bytes = Buffer.from('bytes');
const headers = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, x-amz-content-sha256, x-amz-date',
};

const onPage = pagesInChromium();

const chunk = ['assets-download.js', 'assets.glue.js', 'assets.wasm'];

/** @param {string} href @param {object} [asset] */
const itemOf = (href, asset) => ({
  type: 'Feature',
  id: 'i',
  geometry: null,
  properties: {},
  links: [],
  assets: { a: { href, ...asset } },
});

/** What is called with the address of a server, and what that loads. @type {Record<string, { step: (url: string) => import('../support/browser-perform.js').Step, loads: string[] }>} */
const cases = {
  'a download over HTTP, into memory': {
    step: (url) => ({ call: 'downloadItem', args: [itemOf(`${url}/a.bin`), 'scene'], store: 'a map' }),
    loads: [...chunk, 'assets-http.js'],
  },
  'a download over HTTP, into private files': {
    step: (url) => ({
      call: 'downloadItem',
      args: [itemOf(`${url}/a.bin`), 'scene'],
      store: 'private files',
    }),
    loads: ['assets-directory.js', ...chunk, 'assets-http.js'],
  },
  'a download with a checksum': {
    step: (url) => ({
      call: 'downloadItem',
      args: [
        itemOf(`${url}/a.bin`, {
          'file:checksum': '1220277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9',
        }),
        'scene',
      ],
      store: 'a map',
    }),
    loads: [...chunk, 'assets-hashes.js', 'assets-http.js'],
  },
  'a download from S3 of what is public': {
    step: (url) => ({
      call: 'downloadItem',
      args: [itemOf('s3://bucket/a.bin'), 'scene'],
      options: { s3EndpointUrl: url },
      store: 'a map',
    }),
    loads: [...chunk, 'assets-http.js', 'assets-s3.js'],
  },
  'a download from S3 that is signed': {
    step: (url) => ({
      call: 'downloadItem',
      args: [itemOf('s3://bucket/a.bin'), 'scene'],
      options: { s3EndpointUrl: url, s3Credentials: knownCredentials },
      store: 'a map',
    }),
    loads: [...chunk, 'assets-http.js', 'assets-s3-sign.js', 'assets-s3.js'],
  },
};

for (const [name, { step, loads }] of Object.entries(cases)) {
  test(`${name}: what it needs and nothing more, and the second time nothing`, async () => {
    const file = { bytes, always: { headers } };
    const server = await serveFaults({ '/a.bin': file, '/bucket/a.bin': file });
    try {
      await onPage(async ({ perform, newRequests, errors }) => {
        const ofPackage = () =>
          newRequests()
            .filter((path) => path.startsWith('/stac-task/'))
            .map((path) => path.slice('/stac-task/'.length))
            .sort();
        assert.deepEqual(ofPackage(), ['browser.js'], 'of an import');

        await perform({ call: 'validate', args: ['{}'] });
        assert.deepEqual(ofPackage(), ['core.wasm'], 'of a validation');

        for (const expected of [loads, []]) {
          const { error } = await perform(step(server.url));
          assert.equal(error, null, JSON.stringify(error));
          assert.deepEqual(ofPackage(), expected.toSorted());
        }
        assert.deepEqual(errors, []);
      });
    } finally {
      server.close();
    }
  });
}
