/*
 * Downloads and the file system: no file stays open.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { assetInfo, downloadFile, downloadItem } from 'stac-task';
import { errorOf } from './support.js';

const onlyLinux = process.platform !== 'linux' && 'there is no /proc';

/** @type {string} */
let folder;
/** @type {string} of a file */
let source;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stac-task-files-'));
  source = join(folder, 'a.bin');
  await writeFile(source, 'the bytes');
});
after(() => rm(folder, { recursive: true }));

let count = 0;
const place = () => join(folder, String(++count));

/** @param {object} [asset] @param {object} [more] */
const itemOf = (asset, more) => ({
  type: 'Feature',
  id: 'i',
  links: [],
  assets: { a: { href: source, ...asset } },
  ...more,
});

describe('no file stays open', { skip: onlyLinux }, () => {
  /** How often this process has the source open. */
  const isOpen = async () => {
    const all = await readdir('/proc/self/fd');
    const links = await Promise.all(all.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
    return links.filter((link) => link === source).length;
  };
  /** @type {Record<string, () => Promise<unknown>>} */
  const cases = {
    'when all is well': () => downloadFile(source, place()),
    'of another size than it should have': () => downloadItem(itemOf({ 'file:size': 5 }), place()),
    'when it was only looked at': () => assetInfo(itemOf(), 'a'),
    'when the call ends as it opens': () => {
      const controller = new AbortController();
      const onMessage = (/** @type {import('stac-task').DownloadMessage} */ { kind }) =>
        void (kind === 'open' && controller.abort());
      return downloadFile(source, place(), { signal: controller.signal, onMessage });
    },
    'when it cannot be written': () => downloadFile(source, join(source, 'b.bin')),
    'when a stream takes nothing': () =>
      downloadFile(source, new WritableStream({ write: () => Promise.reject(new Error('no')) })),
  };
  for (const [name, run] of Object.entries(cases)) {
    test(name, async () => {
      await run().catch(() => {});
      // What is closed in the background takes some turns of the loop.
      for (let turns = 0; turns < 20 && (await isOpen()) > 0; ++turns);
      assert.equal(await isOpen(), 0);
    });
  }

  test('when it is open after the call has ended', async () => {
    /** @type {unknown[]} */
    const closed = [];
    const controller = new AbortController();
    /** @type {(response: import('stac-task').ClientResponse) => void} */
    let arrive = () => {};
    /** @type {Promise<import('stac-task').ClientResponse>} */
    const late = new Promise((resolve) => (arrive = resolve));
    const filesystem = {
      open: () => {
        controller.abort(new Error('enough'));
        return late;
      },
    };
    const options = { signal: controller.signal, clients: { filesystem } };
    assert.equal((await errorOf(downloadFile(source, place(), options))).message, 'enough');
    const body = new ReadableStream({ cancel: () => void closed.push(body) });
    arrive({ status: 200, headers: [], body });
    await late;
    assert.deepEqual(closed, [body]);
  });
});

test('what is read of a file is all of it', async () => {
  const large = place();
  const bytes = Buffer.alloc(1_000_003, 'abcdefg');
  await writeFile(large, bytes);
  const to = place();
  await downloadFile(large, to);
  assert.ok(bytes.equals(await readFile(to)));
});
