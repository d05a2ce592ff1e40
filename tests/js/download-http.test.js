/*
 * One file over HTTP from a server that fails: what is asked again, what goes on where it broke, what is sent to whom,
 * and what is left behind.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import {
  ContentTypeError,
  DownloadConfig,
  downloadAsset,
  downloadFile,
  openHref,
  readHref,
  StacTaskError,
} from 'stac-task';
import { serveFaults } from '../support/fault-server.js';
import { errorOf } from './support.js';

/** Bytes of which none stands where another does: a resumed file that is put together wrongly differs. */
const bytes = Buffer.alloc(300_000);
for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(i, i);
const others = Buffer.from(bytes).reverse();
const middle = 123_456;

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-download-'));
});
after(() => rm(folder, { recursive: true }));

let count = 0;

/**
 * Download one file from a server that has nothing else.
 *
 * @param {import('../support/fault-server.js').Served} served
 * @param {import('stac-task').HrefOptions} [options]
 */
async function download(served, options) {
  const server = await serveFaults({ '/a.bin': served });
  const place = join(folder, String(++count));
  /** @type {import('stac-task').DownloadMessage[]} */
  const messages = [];
  const onMessage = (/** @type {import('stac-task').DownloadMessage} */ message) =>
    void messages.push(message);
  try {
    const path = join(place, 'a.bin');
    const error = await errorOf(downloadFile(`${server.url}/a.bin`, path, { onMessage, ...options })).catch(
      () => undefined,
    );
    const written = await readFile(path).catch(() => undefined);
    const left = await readdir(place).catch(() => []);
    return { error, written, left, messages, place, requests: server.requests, url: server.url };
  } finally {
    server.close();
  }
}

const rangesOf = (/** @type {{ headers: import('node:http').IncomingHttpHeaders }[]} */ requests) =>
  requests.map(({ headers }) => headers.range);

/**
 * Of a connection that breaks some of what was sent last may be lost: then more of the rest is asked for.
 * @param {(string | undefined)[]} ranges
 * @param {(string | undefined)[]} expected  with the place at which the connection broke
 */
function assertRanges(ranges, expected) {
  const startOf = (/** @type {string | undefined} */ range) =>
    Number(/^bytes=([1-9]\d*)-$/.exec(range ?? '')?.[1]);
  const seen = ranges.map((range, index) => {
    const [start, most] = [startOf(range), startOf(expected[index])];
    return start <= most ? expected[index] : range;
  });
  assert.deepEqual(seen, expected);
}

describe('a transfer that breaks is whole in the end', () => {
  const rest = `bytes=${middle}-`;
  /** @type {Record<string, { served: Partial<import('../support/fault-server.js').Served>, ranges: (string | undefined)[], options?: import('stac-task').HrefOptions, expected?: Buffer }>} */
  const cases = {
    'when nothing breaks': { served: {}, ranges: [undefined] },
    'when the connection breaks: the rest is asked for': {
      served: { faults: [{ dropAt: middle }] },
      ranges: [undefined, rest],
    },
    'when it breaks twice': {
      served: { faults: [{ dropAt: middle }, { dropAt: 1000 }] },
      ranges: [undefined, rest, `bytes=${middle + 1000}-`],
    },
    'when nothing arrives any more': {
      served: { faults: [{ stallAt: middle }] },
      ranges: [undefined, rest],
      options: { httpClientTimeout: 0.2 },
    },
    'when there is no answer': {
      served: { faults: [{ silent: true }] },
      ranges: [undefined, undefined],
      options: { httpClientTimeout: 0.2 },
    },
    'when the server knows no ranges: all of it again': {
      served: { faults: [{ dropAt: middle }], ranges: false },
      ranges: [undefined, rest],
    },
    'when the file has changed meanwhile: the new one': {
      served: { bytes: others, etag: '"second"', faults: [{ bytes, etag: '"first"', dropAt: middle }] },
      ranges: [undefined, rest],
      expected: others,
    },
    'when there is nothing to tell the version by: all of it again': {
      served: { etag: null, faults: [{ dropAt: middle }] },
      ranges: [undefined, undefined],
    },
    'when there is a weak ETag only: all of it again': {
      served: { etag: 'W/"first"', faults: [{ dropAt: middle }] },
      ranges: [undefined, undefined],
    },
    'when the body is compressed: all of it again': {
      served: { faults: [{ gzip: true, dropAt: 100 }] },
      ranges: [undefined, undefined],
    },
    'when the body is compressed and nothing breaks': {
      served: { always: { gzip: true } },
      ranges: [undefined],
    },
    'after 503': { served: { faults: [{ status: 503 }] }, ranges: [undefined, undefined] },
    'after 429 with Retry-After': {
      served: { faults: [{ status: 429, headers: { 'retry-after': '0' } }] },
      ranges: [undefined, undefined],
    },
    'after 503 in the middle': {
      served: { faults: [{ dropAt: middle }, { status: 503 }] },
      ranges: [undefined, rest, rest],
    },
    'after another range than it was asked for': {
      served: {
        faults: [{ dropAt: middle }, { headers: { 'content-range': `bytes 7-299999/${bytes.length}` } }],
      },
      ranges: [undefined, rest, undefined],
    },
  };
  test('and tells each time how much is there already', async () => {
    const faults = [{ dropAt: middle }, { noRange: true, dropAt: 1000 }];
    const { messages } = await download({ bytes, faults });
    const opened = messages.filter((message) => message.kind === 'open');
    const [first, again, last] = opened.map(({ offset }) => offset);
    assert.deepEqual([first, again, opened.length], [0, 0, 3]);
    assert.ok(last !== undefined && last > 0 && last <= 1000, String(last));
  });

  for (const [name, { served, ranges, options, expected = bytes }] of Object.entries(cases)) {
    test(name, async () => {
      const { error, written, left, requests } = await download({ bytes, ...served }, options);
      assert.equal(error, undefined);
      assert.ok(written?.equals(expected), 'the file is what the server has');
      assert.deepEqual(left, ['a.bin']);
      assertRanges(rangesOf(requests), ranges);
    });
  }

  test('Retry-After is obeyed', async () => {
    const begun = Date.now();
    const { error, messages } = await download({
      bytes,
      faults: [{ status: 503, headers: { 'retry-after': '1' } }],
    });
    assert.equal(error, undefined);
    // A timer may be early by the clock that is shown.
    assert.ok(Date.now() - begun >= 990);
    const [retry] = messages.filter(({ kind }) => kind === 'retry');
    assert.equal(/** @type {any} */ (retry).seconds, 1);
  });

  test('an empty file is a file', async () => {
    const { written } = await download({ bytes: Buffer.alloc(0) });
    assert.equal(written?.length, 0);
  });
});

describe('a transfer that fails', () => {
  /** @type {Record<string, { served: Partial<import('../support/fault-server.js').Served>, code: string, message?: RegExp, requests: number, options?: import('stac-task').HrefOptions }>} */
  const cases = {
    'with 404, at once': {
      served: { always: { status: 404 } },
      code: 'ERR_HTTP_STATUS',
      message: /^404, message='Not Found', url='http:\/\/127\.0\.0\.1:\d+\/a\.bin'$/,
      requests: 1,
    },
    'with 501, at once': { served: { always: { status: 501 } }, code: 'ERR_HTTP_STATUS', requests: 1 },
    'with 503 too often': {
      served: { always: { status: 503 } },
      code: 'ERR_HTTP_STATUS',
      requests: 3,
      options: { httpMaxAttempts: 3 },
    },
    'with a Retry-After of an hour': {
      served: { always: { status: 503, headers: { 'retry-after': '3600' } } },
      code: 'ERR_HTTP_STATUS',
      requests: 1,
    },
    'when it breaks too often': {
      served: { always: { dropAt: 0 } },
      code: 'ERR_NETWORK',
      requests: 2,
      options: { httpMaxAttempts: 2 },
    },
    'when nothing arrives too often': {
      served: { always: { stallAt: 0 } },
      code: 'ERR_STALLED',
      requests: 2,
      options: { httpMaxAttempts: 2, httpClientTimeout: 0.1 },
    },
    'when it takes longer than it may': {
      served: { always: { stallAt: middle } },
      code: 'ERR_TIMEOUT',
      requests: 1,
      options: { httpTotalTimeout: 0.2 },
    },
    'when it redirects for ever': {
      served: { always: { redirect: '/a.bin' } },
      code: 'ERR_REDIRECT',
      requests: 21,
    },
    'when it redirects to a file': {
      served: { always: { redirect: 'file:///etc/passwd' } },
      code: 'ERR_REDIRECT',
      requests: 1,
    },
  };
  for (const [name, { served, code, message = /./, requests, options }] of Object.entries(cases)) {
    test(`${name}: ${code}, and nothing is left`, async () => {
      const outcome = await download({ bytes, ...served }, options);
      assert.ok(outcome.error instanceof StacTaskError, String(outcome.error));
      assert.equal(outcome.error.code, code, String(outcome.error));
      assert.match(outcome.error.message, message);
      assert.deepEqual(outcome.left, []);
      assert.equal(outcome.requests.length, requests);
    });
  }

  test('says nothing of what an address has behind its path, nor of a user', async () => {
    const server = await serveFaults({});
    const href = `${server.url.replace('//', '//me:secret@')}/a.bin?X-Amz-Signature=secret#secret`;
    const error = await errorOf(readHref(href));
    server.close();
    assert.equal(error.code, 'ERR_HTTP_STATUS');
    assert.doesNotMatch(JSON.stringify([error.message, error.python, String(error.stack)]), /secret/);
  });
});

describe('what was written of a file that failed', () => {
  const large = Buffer.concat(Array.from({ length: 10 }, () => bytes));
  const options = { clean: false, httpMaxAttempts: 1 };

  /**
   * @param {Partial<import('../support/fault-server.js').Served>} served  of the second call
   * @param {string} [address]  of the second call
   */
  async function twice(served, address = '/a.bin?signature=2') {
    /** @type {Record<string, import('../support/fault-server.js').Served>} */
    const files = { '/a.bin': { bytes: large, always: { dropAt: middle } } };
    const server = await serveFaults(files);
    const to = join(folder, String(++count));
    const path = join(to, 'a.bin');
    try {
      const error = await errorOf(downloadFile(`${server.url}/a.bin?signature=1`, path, options));
      assert.equal(error.code, 'ERR_NETWORK');
      const kept = await readdir(to);
      files[address.replace(/\?.*/, '')] = { bytes: large, ...served };
      server.requests.length = 0;
      /** @type {import('stac-task').DownloadMessage[]} */
      const messages = [];
      await downloadFile(`${server.url}${address}`, path, {
        onMessage: (message) => void messages.push(message),
      });
      const written = await readFile(path);
      return { written, left: await readdir(to), ranges: rangesOf(server.requests), kept, messages };
    } finally {
      server.close();
    }
  }

  test('is kept with `clean: false`, and the next call goes on from there', async () => {
    const { written, left, ranges, kept } = await twice({});
    assert.equal(kept.length, 2);
    assert.ok(kept.every((name) => name.startsWith('.a.bin.')));
    assertRanges(ranges, [`bytes=${middle}-`]);
    assert.ok(written.equals(large));
    assert.deepEqual(left, ['a.bin']);
  });

  test('is told of, so that bytes can be counted', async () => {
    const { messages, ranges } = await twice({});
    const [opened] = messages.filter((message) => message.kind === 'open');
    const start = Number(/\d+/.exec(ranges[0] ?? '')?.[0]);
    assert.deepEqual([opened?.offset, opened?.size], [start, large.length]);
    const chunks = messages.map((message) => (message.kind === 'chunk' ? message.size : 0));
    assert.equal(
      chunks.reduce((sum, size) => sum + size, start),
      large.length,
    );
  });

  test('is thrown away for another address, though its file looks the same', async () => {
    const other = Buffer.from(large).reverse();
    const { written, left, ranges } = await twice({ bytes: other }, '/other/a.bin');
    assert.deepEqual(ranges, [undefined]);
    assert.ok(written.equals(other));
    assert.deepEqual(left, ['a.bin']);
  });

  test('is thrown away when the file has changed', async () => {
    const changed = Buffer.from(large).reverse();
    const { written, left } = await twice({ bytes: changed, etag: '"second"' });
    assert.ok(written.equals(changed));
    assert.deepEqual(left, ['a.bin']);
  });

  test('is not where the file will be, and what was there stays', async () => {
    const path = join(folder, 'stays', 'a.bin');
    const server = await serveFaults({
      '/a.bin': { bytes, faults: [{}, { dropAt: middle }, { dropAt: 10 }] },
    });
    await downloadFile(`${server.url}/a.bin`, path);
    const error = await errorOf(downloadFile(`${server.url}/a.bin`, path, { httpMaxAttempts: 1 }));
    server.close();
    assert.equal(error.code, 'ERR_NETWORK');
    assert.ok((await readFile(path)).equals(bytes));
    assert.deepEqual(await readdir(join(folder, 'stays')), ['a.bin']);
  });
});

test('a redirect whose address is not ASCII is followed as UTF-8, and as Latin-1 where it is none', async () => {
  for (const encoding of /** @type {const} */ (['utf8', 'latin1'])) {
    const location = Buffer.from('/d\u00e9j\u00e0.bin', encoding).toString('latin1');
    const server = await serveFaults({
      '/a.bin': { bytes, always: { redirect: location } },
      '/d\u00e9j\u00e0.bin': { bytes },
    });
    const read = await readHref(`${server.url}/a.bin`).finally(() => server.close());
    assert.ok(bytes.equals(read), encoding);
  }
});

describe('what is sent', () => {
  const headers = { Authorization: 'Bearer secret', 'X-Mine': 'secret' };

  test('configured headers, and no wish for compression', async () => {
    const { requests } = await download({ bytes }, new DownloadConfig({ httpHeaders: headers }));
    assert.equal(requests[0]?.headers.authorization, 'Bearer secret');
    assert.equal(requests[0]?.headers['x-mine'], 'secret');
    assert.equal(requests[0]?.headers['accept-encoding'], 'identity');
  });

  test('a user in the address becomes a header', async () => {
    const server = await serveFaults({ '/a.bin': { bytes } });
    await readHref(`${server.url.replace('//', '//me:p%40ss@')}/a.bin`);
    server.close();
    assert.equal(server.requests[0]?.headers.authorization, `Basic ${btoa('me:p@ss')}`);
  });

  /**
   * Three servers, of which the first redirects to the second and that to the third, which may be the first again.
   * @param {(urls: string[]) => import('stac-task').HrefOptions} options
   * @param {boolean} returns
   */
  async function throughRedirects(options, returns = false) {
    const last = await serveFaults({ '/c.bin': { bytes } });
    const second = await serveFaults({});
    const firstFiles = /** @type {Record<string, import('../support/fault-server.js').Served>} */ ({
      '/a.bin': { bytes, always: { redirect: '/again.bin' } },
      '/again.bin': { bytes, always: { redirect: `${second.url}/b.bin` } },
      '/c.bin': { bytes },
    });
    const first = await serveFaults(firstFiles);
    second.close();
    const target = returns ? first.url : last.url;
    const between = await serveFaults({
      '/b.bin': { bytes, always: { redirect: `${target}/c.bin`, status: 307 } },
    });
    firstFiles['/again.bin'] = { bytes, always: { redirect: `${between.url}/b.bin` } };
    const servers = [first, between, last];
    const read = await readHref(`${first.url}/a.bin`, options(servers.map(({ url }) => url)));
    for (const server of servers) server.close();
    assert.ok(Buffer.from(read).equals(bytes));
    const mine = (/** @type {import('../support/fault-server.js').Seen} */ { path, headers: sent }) => [
      path,
      sent.authorization,
      sent['x-mine'],
    ];
    return servers.map(({ requests }) => requests.map(mine));
  }

  test('goes along with redirects within an origin, and to no other', async () => {
    assert.deepEqual(await throughRedirects(() => ({ httpHeaders: headers })), [
      [
        ['/a.bin', 'Bearer secret', 'secret'],
        ['/again.bin', 'Bearer secret', 'secret'],
      ],
      [['/b.bin', undefined, undefined]],
      [['/c.bin', undefined, undefined]],
    ]);
  });

  test('headers under an origin are sent to that one alone', async () => {
    const seen = await throughRedirects(([, second = '']) => ({ httpHeaders: { [second]: headers } }));
    assert.deepEqual(seen, [
      [
        ['/a.bin', undefined, undefined],
        ['/again.bin', undefined, undefined],
      ],
      [['/b.bin', 'Bearer secret', 'secret']],
      [['/c.bin', undefined, undefined]],
    ]);
  });
});

describe('a media type other than the asset has', () => {
  const item = (/** @type {string} */ url) => ({
    type: 'Feature',
    id: 'i',
    links: [],
    assets: { a: { href: `${url}/a.bin`, type: 'image/tiff' } },
  });

  /** @param {import('stac-task').HrefOptions} options */
  async function asked(options) {
    const server = await serveFaults({ '/a.bin': { bytes, type: 'text/html; charset=utf-8' } });
    try {
      const path = join(folder, `type-${++count}`, 'a.bin');
      return { path, asset: await downloadAsset(item(server.url), 'a', path, options) };
    } finally {
      server.close();
    }
  }
  const text = 'the actual content type does not match the expected: actual=text/html, expected=image/tiff';

  test('is a warning', async () => {
    /** @type {any[]} */
    const warnings = [];
    const { path, asset } = await asked({
      onMessage: (message) => void (message.kind === 'warning' && warnings.push(message.message)),
    });
    assert.deepEqual(warnings, [text]);
    assert.equal(asset['href'], path);
    assert.ok((await readFile(path)).equals(bytes));
  });

  test('is an error where that is asked for', async () => {
    const error = await errorOf(asked({ httpAssertContentType: true }));
    assert.ok(error instanceof ContentTypeError);
    assert.equal(error.message, text);
  });
});

describe('openHref()', () => {
  test('gives the bytes while they arrive, also across a break', async () => {
    const server = await serveFaults({ '/a.bin': { bytes, faults: [{ dropAt: middle }] } });
    const chunks = [];
    for await (const chunk of await openHref(`${server.url}/a.bin`)) chunks.push(chunk);
    server.close();
    assert.ok(Buffer.concat(chunks).equals(bytes));
    assert.equal(server.requests.length, 2);
  });

  test('rejects where there is nothing', async () => {
    const server = await serveFaults({});
    assert.equal((await errorOf(openHref(`${server.url}/a.bin`))).code, 'ERR_HTTP_STATUS');
    server.close();
  });

  test('ends the request when the stream is cancelled', { timeout: 5000 }, async () => {
    const server = await serveFaults({ '/a.bin': { bytes, always: { stallAt: middle } } });
    const stream = await openHref(`${server.url}/a.bin`);
    await stream.cancel();
    // Otherwise it hangs.
    server.close();
  });

  test('reads files, by path and by URL', async () => {
    const path = join(folder, 'a file.txt');
    await writeFile(path, 'read me');
    for (const href of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      assert.equal(new TextDecoder().decode(await readHref(href)), 'read me');
    }
    const error = await errorOf(readHref(join(folder, 'missing')));
    assert.equal(error.python?.type, 'FileNotFoundError');
  });
});

test('a stream of the caller gets the bytes, and is aborted when they end too early', async () => {
  const server = await serveFaults({
    '/a.bin': { bytes, faults: [{}, { status: 404 }, { dropAt: middle }] },
  });
  /** @type {Uint8Array[]} */
  const chunks = [];
  /** @type {string[]} */
  const ends = [];
  const stream = () =>
    new WritableStream({
      write: (chunk) => void chunks.push(chunk),
      close: () => void ends.push('closed'),
      abort: () => void ends.push('aborted'),
    });
  const href = `${server.url}/a.bin`;
  await downloadFile(href, stream());
  assert.ok(Buffer.concat(chunks).equals(bytes));
  await errorOf(downloadFile(href, stream()));
  await errorOf(downloadFile(href, stream(), { httpMaxAttempts: 1 }));
  assert.deepEqual(ends, ['closed', 'aborted', 'aborted']);
  server.close();
});

test('an abort ends a transfer with its reason, and leaves nothing', { timeout: 5000 }, async () => {
  const server = await serveFaults({ '/a.bin': { bytes, always: { stallAt: middle } } });
  const controller = new AbortController();
  const reason = new Error('enough');
  const place = join(folder, 'aborted');
  const error = await errorOf(
    downloadFile(`${server.url}/a.bin`, join(place, 'a.bin'), {
      signal: controller.signal,
      onMessage: ({ kind }) => void (kind === 'chunk' && controller.abort(reason)),
    }),
  );
  server.close();
  assert.equal(error, reason);
  assert.deepEqual(await readdir(place), []);
});

test('a warning goes to the process where nobody listens, and only there', async () => {
  const server = await serveFaults({ '/a.bin': { bytes, type: 'text/html' } });
  const item = {
    type: 'Feature',
    id: 'i',
    links: [],
    assets: { a: { href: `${server.url}/a.bin`, type: 'image/tiff' } },
  };
  /** @type {string[]} */
  const emitted = [];
  const { emitWarning } = process;
  process.emitWarning = (/** @type {string | Error} */ warning) => void emitted.push(String(warning));
  try {
    const path = join(folder, 'warned');
    const kinds = [];
    for await (const { kind } of downloadAsset(item, 'a', path)) kinds.push(kind);
    assert.equal(kinds.filter((kind) => kind === 'warning').length, 1);
    await downloadAsset(item, 'a', path, { onMessage: () => {} });
    assert.deepEqual(emitted, []);
    await downloadAsset(item, 'a', path);
    assert.equal(emitted.length, 1);
  } finally {
    process.emitWarning = emitWarning;
    server.close();
  }
});

test('iterating a download gives its messages, and throws what it is rejected with', async () => {
  const server = await serveFaults({ '/a.bin': { bytes } });
  /** @type {string[]} */
  const kinds = [];
  for await (const { kind } of downloadFile(`${server.url}/a.bin`, join(folder, 'iterated')))
    kinds.push(kind);
  assert.equal(kinds[0], 'open');
  assert.ok(kinds.slice(1).every((kind) => kind === 'chunk') && kinds.length > 1);
  const error = await errorOf(async () => {
    for await (const message of downloadFile(`${server.url}/b.bin`, join(folder, 'b'))) assert.ok(message);
  });
  assert.equal(error.code, 'ERR_HTTP_STATUS');
  server.close();
});

describe('options that are wrong are refused', () => {
  /** @type {Record<string, any>} */
  const cases = {
    'an unknown one': { httpHeader: {} },
    'a text for a number': { httpClientTimeout: '5' },
    'a number of attempts that is none': { httpMaxAttempts: 0 },
    'a header that is a number': { httpHeaders: { a: 5 } },
    'a list that is none': { include: 'B04' },
    'a strategy that does not exist': { errorStrategy: 'IGNORE' },
    'a store that is none': { store: {} },
    'a signal that is none': { signal: {} },
  };
  for (const [name, options] of Object.entries(cases)) {
    test(name, async () => {
      const error = await errorOf(downloadFile('http://127.0.0.1:1/a', join(folder, 'a'), options));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT', String(error));
    });
  }

  test('null stands for none', async () => {
    const options = { httpClientTimeout: null, clientOverride: null, httpTotalTimeout: null };
    const { error } = await download({ bytes }, options);
    assert.equal(error, undefined);
  });
});
