/*
 * Earthdata: the token goes to NASA's hosts, and to no other.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';

import { DownloadConfig, downloadItem, readHref } from 'stac-task';
import { errorOf } from '../js/support.js';
import { serveFaults } from '../support/fault-server.js';

const bytes = Buffer.from('bytes');
const text = 'token was not provided, and EARTHDATA_PAT environment variable not set';
const environment = process.env.EARTHDATA_PAT;
/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-earthdata-'));
});
beforeEach(() => {
  delete process.env.EARTHDATA_PAT;
});
afterEach(() => {
  delete process.env.EARTHDATA_PAT;
  if (environment !== undefined) process.env.EARTHDATA_PAT = environment;
});
after(() => rm(folder, { recursive: true }));

const href = 'https://data.lpdaac.earthdatacloud.nasa.gov/a.tif';

/**
 * What addresses are sent, of which some redirect.
 *
 * @param {string} start
 * @param {import('stac-task').HrefOptions} options
 * @param {Record<string, string>} [redirects] address to address
 */
async function sentTo(start, options, redirects = {}) {
  /** @type {[string, string | null][]} */
  const sent = [];
  /** @type {typeof fetch} */
  const mine = async (asking, init) => {
    sent.push([String(asking), new Headers(init?.headers).get('authorization')]);
    const location = redirects[String(asking)];
    return location ? new Response(null, { status: 303, headers: { location } }) : new Response('bytes');
  };
  await readHref(start, { ...options, fetch: mine });
  return sent;
}

describe('the token', () => {
  test('is that of the options', async () => {
    assert.deepEqual(await sentTo(href, { earthdataToken: 'mine' }), [[href, 'Bearer mine']]);
  });

  test('is that of the environment otherwise', async () => {
    process.env.EARTHDATA_PAT = 'of the environment';
    assert.deepEqual(await sentTo(href, {}), [[href, 'Bearer of the environment']]);
  });

  test('is missing: in the words of Python, and nothing is asked', async () => {
    const fetch = async () => assert.fail('is fetched');
    const error = await errorOf(readHref(href, { fetch }));
    assert.equal(error.code, 'ERR_CREDENTIALS');
    assert.deepEqual(error.python, { type: 'ValueError', message: text });
  });

  test('cannot stand in a header: an error at once, without it', async () => {
    const fetch = async () => assert.fail('is fetched');
    const error = await errorOf(readHref(href, { fetch, earthdataToken: 'mine\nX-Other: mine' }));
    assert.equal(error.code, 'ERR_CREDENTIALS');
    assert.doesNotMatch(error.message, /mine/);
  });

  test('leaves a configuration as it is', async () => {
    const config = new DownloadConfig({ earthdataToken: 'mine', httpHeaders: { 'user-agent': 'me' } });
    await sentTo(href, config);
    assert.deepEqual(config.httpHeaders, { 'user-agent': 'me' });
  });
});

describe('the token is for', () => {
  /** @type {Record<string, [href: string, isTheirs: boolean]>} */
  const cases = {
    'earthdata.nasa.gov': ['https://earthdata.nasa.gov/a', true],
    'hosts below it': ['https://urs.earthdata.nasa.gov/a', true],
    'hosts below earthdatacloud.nasa.gov': [href, true],
    'no host without https': ['http://urs.earthdata.nasa.gov/a', false],
    'no other host of NASA': ['https://www.nasa.gov/a', false],
    'no host that has the word in it': ['https://earthdata.evil.example/a', false],
    'no host that ends alike': ['https://evilearthdata.nasa.gov/a', false],
    'no host that begins alike': ['https://earthdata.nasa.gov.evil.example/a', false],
    'no host with a user of that name': ['https://earthdata.nasa.gov:x@evil.example/a', false],
    'no other port': ['https://earthdata.nasa.gov:8443/a', false],
  };
  for (const [name, [address, isTheirs]] of Object.entries(cases)) {
    test(name, async () => {
      const options = { clientOverride: 'earthdata', earthdataToken: 'mine' };
      const [[, authorization] = []] = await sentTo(address, options);
      assert.equal(authorization === 'Bearer mine', isTheirs);
    });
  }

  test('those that a redirect leads to, and those alone', async () => {
    const login = 'https://urs.earthdata.nasa.gov/login';
    const bucket = 'https://bucket.s3.amazonaws.com/a.tif?X-Amz-Signature=abc';
    const sent = await sentTo(href, { earthdataToken: 'mine' }, { [href]: login, [login]: bucket });
    assert.deepEqual(sent, [
      [href, 'Bearer mine'],
      [login, 'Bearer mine'],
      [bucket, null],
    ]);
  });
});

describe('nobody else gets it', () => {
  /** @param {(own: string, other: string) => Promise<unknown>} work */
  async function between(work) {
    const other = await serveFaults({ '/a.bin': { bytes }, '/b.bin': { bytes } });
    const own = await serveFaults({
      '/a.bin': { bytes },
      '/away.bin': { bytes, always: { redirect: `${other.url}/a.bin` } },
    });
    await work(own.url, other.url);
    own.close();
    other.close();
    const sent = [own, other].map(({ requests }) => requests.map(({ headers }) => headers.authorization));
    assert.deepEqual(sent, [['Bearer mine'], [undefined]]);
  }
  const optionsFor = (/** @type {string} */ url) => ({
    clientOverride: 'earthdata',
    earthdataToken: 'mine',
    earthdataHosts: [new URL(url).host],
  });

  test('by a redirect', () => between((own) => readHref(`${own}/away.bin`, optionsFor(own))));

  test('as a second asset', () =>
    between((own, other) => {
      const assets = { a: { href: `${own}/a.bin` }, b: { href: `${other}/b.bin` } };
      const item = { type: 'Feature', id: 'i', links: [], assets };
      return downloadItem(item, join(folder, 'second'), optionsFor(own));
    }));

  test('as a second asset with a client of its own', () =>
    between(async (own, other) => {
      await readHref(`${own}/a.bin`, optionsFor(own));
      await readHref(`${other}/b.bin`, { earthdataToken: 'mine' });
    }));
});
