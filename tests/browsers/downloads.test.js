/*
 * Downloads in Chromium, of the unpacked tarball and under a strict policy: into the private files of the origin, into
 * memory and into streams, from servers of other origins that allow it more or less.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';

import { pagesInChromium } from '../support/browser-downloads.js';
import { serveFaults } from '../support/fault-server.js';

/** Bytes of which none stands where another does. */
const bytes = Buffer.alloc(300_000);
for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(i, i);
const middle = 123_456;
const sha256 = (/** @type {Buffer} */ of) => createHash('sha256').update(of).digest('hex');
const whole = sha256(bytes);
const checksum = `1220${whole}`;

/** What a server says that lets pages of all origins read. */
const cors = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
/** And lets them see what is needed to go on where it broke. */
const open = { ...cors, 'access-control-expose-headers': 'etag, content-range' };

const onPage = pagesInChromium();

/** @param {string} href @param {object} [more] */
const itemOf = (href, more) => ({
  type: 'Feature',
  id: 'i',
  geometry: null,
  properties: {},
  links: [],
  assets: { a: { href, ...more } },
});

/**
 * What comes of downloading an item with one asset, which another origin has.
 *
 * @param {Partial<import('../support/fault-server.js').Served>} served
 * @param {Partial<import('../support/browser-perform.js').Step> & { asset?: object, rounds?: number, place?: 'a page' | 'a module worker' }} [how]
 */
async function download(served, { asset, rounds = 1, place, ...step } = {}) {
  const server = await serveFaults({ '/a.bin': { bytes, always: { headers: open }, ...served } });
  /** @type {import('../support/browser-perform.js').Outcome[]} */
  const outcomes = [];
  /** @type {string[][]} */
  const loaded = [];
  try {
    const work = async (/** @type {any} */ { perform, newRequests }) => {
      const args = [itemOf(`${server.url}/a.bin`, asset), 'scene'];
      for (let round = 0; round < rounds; ++round) {
        newRequests();
        outcomes.push(await perform({ call: 'downloadItem', args, store: 'private files', ...step }));
        loaded.push(newRequests());
      }
    };
    await onPage(work, { place });
    const [outcome] = /** @type {[import('../support/browser-perform.js').Outcome]} */ (outcomes);
    return { ...outcome, outcomes, loaded, requests: server.requests, url: server.url };
  } finally {
    server.close();
  }
}

describe('an item', () => {
  for (const place of /** @type {const} */ (['a page', 'a module worker'])) {
    for (const store of /** @type {const} */ (['private files', 'a folder', 'a map'])) {
      test(`is downloaded by ${place} into ${store}`, async () => {
        const { error, value, files, messages } = await download(
          {},
          { place, store, asset: { 'file:checksum': checksum, 'file:size': bytes.length } },
        );
        assert.equal(error, null);
        assert.equal(value.assets.a.href, './a.bin');
        assert.deepEqual(Object.keys(files).sort(), ['scene/a.bin', 'scene/i.json']);
        assert.equal(files['scene/a.bin'], whole);
        const received = messages
          .filter(({ kind }) => kind === 'chunk')
          .reduce((sum, { size }) => sum + size, 0);
        assert.equal(received, bytes.length);
        const others = messages.map(({ kind }) => kind).filter((kind) => kind !== 'chunk');
        assert.deepEqual(others, ['start', 'open', 'finish']);
      });
    }
  }

  test('that is there is not fetched again', async () => {
    const { outcomes, requests } = await download({}, { rounds: 2 });
    assert.deepEqual(
      outcomes[1]?.messages.map(({ kind }) => kind),
      ['skip'],
    );
    assert.equal(requests.length, 1);
  });
});

describe('a file appears when it is whole', () => {
  for (const place of /** @type {const} */ (['a page', 'a module worker'])) {
    test(`nothing has its name while ${place} fetches it`, async () => {
      const { error, atFirstChunk, files } = await download({}, { place });
      assert.equal(error, null);
      assert.ok(atFirstChunk.includes('.a.bin.1.part'), `${atFirstChunk}`);
      assert.ok(!atFirstChunk.includes('a.bin'), `${atFirstChunk}`);
      assert.equal(files['scene/a.bin'], whole);
    });
  }

  /** @type {Record<string, { code: string | undefined, message: RegExp, served?: Partial<import('../support/fault-server.js').Served>, asset?: object, options?: Record<string, unknown>, abortAt?: string }>} */
  const failures = {
    'the checksum is another': {
      code: 'ERR_CHECKSUM',
      message: /checksum does not match/,
      asset: { 'file:checksum': `1220${sha256(Buffer.from('another'))}` },
    },
    'the size is another': {
      code: 'ERR_SIZE_MISMATCH',
      message: /size does not match/,
      asset: { 'file:size': bytes.length + 1 },
    },
    'the connection breaks, each time': {
      code: 'ERR_NETWORK',
      message: /cannot be fetched/,
      served: { always: { dropAt: middle, noRange: true, headers: open } },
    },
    'nothing arrives any more': {
      code: 'ERR_STALLED',
      message: /cannot be fetched/,
      served: { always: { stallAt: middle, headers: open } },
      options: { httpClientTimeout: 0.2 },
    },
    'the server refuses': {
      code: 'ERR_HTTP_STATUS',
      message: /404/,
      served: { always: { status: 404, headers: open } },
    },
  };
  for (const store of /** @type {const} */ (['private files', 'a map'])) {
    for (const [what, { code, message, served, options, asset }] of Object.entries(failures)) {
      test(`${store}: ${what}, and nothing is left`, async () => {
        const { error, files } = await download(served ?? {}, {
          store,
          asset,
          options: { httpMaxAttempts: 2, ...options },
        });
        const [first] = error?.errors ?? [];
        assert.equal(error?.code, 'ERR_DOWNLOAD', JSON.stringify(error));
        assert.equal(first.code, code);
        assert.match(first.message, message);
        assert.deepEqual(files, {});
      });
    }

    test(`${store}: the caller ends it, and nothing is left`, async () => {
      const { error, files } = await download(
        { always: { stallAt: middle, headers: open } },
        { store, abortAt: 'chunk' },
      );
      assert.equal(error?.message, 'that is enough');
      assert.deepEqual(files, {});
    });
  }

  test('a page that is closed meanwhile leaves nothing under its name, and the next one fetches it', async () => {
    const server = await serveFaults({
      '/a.bin': { bytes, always: { headers: open }, faults: [{ stallAt: middle }] },
    });
    try {
      await onPage(async ({ perform, reload }) => {
        const step = /** @type {const} */ ({
          call: 'downloadItem',
          args: [itemOf(`${server.url}/a.bin`), 'scene'],
          store: 'private files',
        });
        await reload(perform({ ...step, closeAt: 'chunk' }));
        const { error, files, messages } = await perform(step);
        assert.equal(error, null);
        assert.ok(messages.some(({ kind }) => kind === 'finish'));
        assert.deepEqual(Object.keys(files).sort(), ['scene/a.bin', 'scene/i.json']);
        assert.equal(files['scene/a.bin'], whole);
      });
    } finally {
      server.close();
    }
  });

  test('what was there stays when another cannot be had', async () => {
    const served = { faults: [{}, { dropAt: middle }, { dropAt: middle }], ranges: false };
    const { outcomes } = await download(served, {
      rounds: 2,
      options: { overwrite: true, httpMaxAttempts: 2 },
    });
    assert.equal(outcomes[1]?.error?.errors[0].code, 'ERR_NETWORK');
    assert.equal(outcomes[1]?.files['scene/a.bin'], whole);
  });

  test('what was there is replaced by a shorter one', async () => {
    const shorter = bytes.subarray(0, 1000);
    const { outcomes } = await download(
      { faults: [{}, { bytes: shorter }] },
      { rounds: 2, options: { overwrite: true } },
    );
    assert.equal(outcomes[1]?.error, null);
    assert.equal(outcomes[1]?.files['scene/a.bin'], sha256(shorter));
    assert.deepEqual(Object.keys(outcomes[1]?.files ?? {}).sort(), ['scene/a.bin', 'scene/i.json']);
  });

  test('a folder that is to be there already is missed', async () => {
    const { error } = await download({}, { options: { makeDirectory: false } });
    assert.equal(error?.errors[0].code, 'ERR_NO_DIRECTORY', JSON.stringify(error));
  });
});

describe('a stream of the caller', () => {
  const cases = {
    'is closed when all is there': { served: {}, end: 'closed' },
    'is aborted when it is not what it should be': {
      served: { always: { length: 10, headers: open } },
      end: 'aborted',
    },
  };
  for (const [what, { served, end }] of Object.entries(cases)) {
    test(what, async () => {
      const server = await serveFaults({ '/a.bin': { bytes, always: { headers: open }, ...served } });
      try {
        await onPage(async ({ perform }) => {
          const args = [itemOf(`${server.url}/a.bin`, { 'file:size': bytes.length }), 'a'];
          const { stream, error } = await perform({ call: 'downloadAsset', args, intoStream: true });
          assert.equal(stream?.end, end);
          assert.equal(error === null, end === 'closed', JSON.stringify(error));
          if (end === 'closed') assert.equal(stream?.size, bytes.length);
        });
      } finally {
        server.close();
      }
    });
  }
});

describe('a transfer that breaks is whole in the end', () => {
  const rest = `bytes=${middle}-`;
  const modified = 'Wed, 21 Oct 2015 07:28:00 GMT';
  const others = Buffer.from(bytes).reverse();
  /** @type {Record<string, { served: Partial<import('../support/fault-server.js').Served>, ranges: (string | undefined)[], expected?: Buffer }>} */
  const cases = {
    'the rest is asked for, where the server shows its ETag and ranges': {
      served: { faults: [{ dropAt: middle }] },
      ranges: [undefined, rest],
    },
    'the rest is asked for by the date, which is shown to all': {
      served: {
        etag: null,
        lastModified: modified,
        always: { headers: { ...cors, 'access-control-expose-headers': 'content-range' } },
        faults: [{ dropAt: middle }],
      },
      ranges: [undefined, rest],
    },
    'all of it again, where the server hides the range': {
      served: {
        always: { headers: { ...cors, 'access-control-expose-headers': 'etag' } },
        faults: [{ dropAt: middle }],
      },
      ranges: [undefined, rest, undefined],
    },
    'all of it again, where the server hides what tells its version': {
      served: { always: { headers: cors }, faults: [{ dropAt: middle }] },
      ranges: [undefined, undefined],
    },
    'all of it again, where the server knows no ranges': {
      served: { ranges: false, faults: [{ dropAt: middle }] },
      ranges: [undefined, rest],
    },
    'the new one, where the file has changed meanwhile': {
      served: { bytes: others, etag: '"second"', faults: [{ bytes, etag: '"first"', dropAt: middle }] },
      ranges: [undefined, rest, undefined],
      expected: others,
    },
    'the new one, where only the date has changed': {
      served: {
        bytes: others,
        etag: null,
        lastModified: 'Thu, 22 Oct 2015 07:28:00 GMT',
        always: { headers: { ...cors, 'access-control-expose-headers': 'content-range' } },
        faults: [{ bytes, lastModified: modified, dropAt: middle }],
      },
      ranges: [undefined, rest, undefined],
      expected: others,
    },
  };
  for (const [what, { served, ranges, expected = bytes }] of Object.entries(cases)) {
    test(what, async () => {
      const { error, files, requests } = await download(served);
      assert.equal(error, null, JSON.stringify(error));
      assert.equal(files['scene/a.bin'], sha256(expected));
      const seen = requests.filter(({ method }) => method === 'GET').map(({ headers }) => headers.range);
      assert.deepEqual(
        seen.map((range) =>
          range?.replace(/\d+/, (start) => (Number(start) <= middle ? `${middle}` : start)),
        ),
        ranges,
      );
      // Whoever has to ask whether he may ask is refused by most servers.
      assert.deepEqual(
        requests.filter(({ method }) => method !== 'GET'),
        [],
      );
    });
  }
});

describe('servers of other origins', () => {
  test('a server that compresses and says so to nobody', async () => {
    const { error, files } = await download({ always: { gzip: true, headers: cors } });
    assert.equal(error, null, JSON.stringify(error));
    assert.equal(files['scene/a.bin'], whole);
  });

  test('a server that allows no page to read it: an error that says so', async () => {
    const { error, files, requests, url } = await download(
      { always: { headers: {} } },
      { options: { httpMaxAttempts: 2 } },
    );
    const [first] = error?.errors ?? [];
    assert.equal(first?.code, 'ERR_NETWORK');
    assert.match(first.message, new RegExp(`${url}/a.bin cannot be fetched`));
    assert.match(first.hint, /CORS/);
    assert.deepEqual(files, {});
    assert.equal(requests.length, 2);
  });

  test('a server that allows the page, but not the header: an error that says so', async () => {
    const { error, requests } = await download(
      {},
      { options: { httpHeaders: { 'x-key': 'mine' }, httpMaxAttempts: 1 } },
    );
    const [first] = error?.errors ?? [];
    assert.equal(first?.code, 'ERR_NETWORK');
    assert.match(first.hint, /CORS/);
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['OPTIONS'],
    );
  });

  test('a redirect that carries nothing secret is followed', async () => {
    const end = await serveFaults({ '/b.bin': { bytes, always: { headers: open } } });
    try {
      const { error, files } = await download({ always: { redirect: `${end.url}/b.bin`, headers: open } });
      assert.equal(error, null, JSON.stringify(error));
      assert.equal(files['scene/a.bin'], whole);
    } finally {
      end.close();
    }
  });
});

test('the other calls', async () => {
  const small = { bytes: Buffer.from('été'), always: { headers: cors } };
  const gone = { ...small, always: { status: 404, headers: cors } };
  const server = await serveFaults({ '/a.txt': small, '/b.txt': gone });
  const item = itemOf(`${server.url}/a.txt`);
  const missing = itemOf(`${server.url}/b.txt`);
  const href = `${server.url}/a.txt`;
  try {
    await onPage(async ({ perform, errors }) => {
      const outcomeOf = async (/** @type {string} */ call, /** @type {unknown[]} */ ...args) => {
        const { value, error } = await perform({ call, args });
        return error ? error.code : value;
      };
      assert.equal(await outcomeOf('readHref', href), 'été');
      assert.equal(await outcomeOf('openHref', href), 'été');
      assert.equal(await outcomeOf('assetExists', item, 'a'), true);
      assert.equal(await outcomeOf('assertAssetExists', item, 'a'), null);
      // The browser itself reports what is missing; the package must add nothing to it.
      assert.deepEqual(errors, []);
      assert.equal(await outcomeOf('assetExists', missing, 'a'), false);
      assert.deepEqual(await outcomeOf('signHref', href), { href });
      assert.deepEqual(await outcomeOf('resolveAssetHref', item, 'a'), { href, client: 'http' });
      assert.equal(await outcomeOf('downloadItem', item, 'scene'), 'ERR_NO_FILES');
    });
  } finally {
    server.close();
  }
});
