/*
 * Downloads and the file system: what it refuses, what has the name that a file would have, and that no file stays open.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { assetInfo, downloadAsset, downloadFile, downloadItem, StacTaskError } from 'stac-task';
import { runOk } from '../support/run.js';
import { errorOf, root } from './support.js';

const onlyLinux = process.platform !== 'linux' && 'there is no /proc';
const long = 'x'.repeat(300);

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

describe('a folder in the place of a file', () => {
  /** @type {Record<string, { name: string, run: (to: string, options: import('stac-task').HrefOptions) => Promise<unknown> }>} */
  const cases = {
    'of downloadFile()': { name: 'x', run: (to, options) => downloadFile(source, join(to, 'x'), options) },
    'of downloadAsset()': {
      name: 'x',
      run: (to, options) => downloadAsset(itemOf(), 'a', join(to, 'x'), options),
    },
    'of the saved item': { name: 'i.json', run: (to) => downloadItem(itemOf(), to) },
  };
  for (const [name, { name: taken, run }] of Object.entries(cases)) {
    test(`${name} is an error before its first byte`, async () => {
      const to = place();
      await mkdir(join(to, taken), { recursive: true });
      /** @type {string[]} */
      const kinds = [];
      const error = await errorOf(run(to, { onMessage: ({ kind }) => void kinds.push(kind) }));
      assert.equal(error.code, 'ERR_IS_DIRECTORY', String(error));
      assert.ok(error.message.startsWith(`${join(to, taken)} is a folder`));
      assert.ok(!kinds.includes('open'), kinds.join());
      assert.ok((await readdir(to)).every((each) => !each.startsWith('.')));
    });
  }
});

describe('what the file system refuses is an error of this package that names the file', () => {
  /** @type {Record<string, { run: (to: string) => Promise<unknown>, path: string[], cause: string }>} */
  const cases = {
    'a file where the folder would be': {
      run: async (to) => {
        await writeFile(to, '');
        return downloadFile(source, join(to, 'b.bin'));
      },
      path: ['b.bin'],
      cause: 'ENOTDIR',
    },
    'a file where a folder around it would be': {
      run: async (to) => {
        await writeFile(to, '');
        return downloadFile(source, join(to, 'deep', 'b.bin'));
      },
      path: ['deep', 'b.bin'],
      cause: 'ENOTDIR',
    },
    'a name that is too long': {
      run: (to) => downloadFile(source, join(to, long)),
      path: [long],
      cause: 'ENAMETOOLONG',
    },
    'a name of the saved item that is too long': {
      run: (to) => downloadItem(itemOf({}, { id: long }), to),
      path: [`${long}.json`],
      cause: 'ENAMETOOLONG',
    },
  };
  for (const [name, { run, path, cause }] of Object.entries(cases)) {
    test(name, async () => {
      const to = place();
      const error = await errorOf(run(to));
      assert.ok(error instanceof StacTaskError, String(error));
      assert.equal(error.code, 'ERR_WRITE_FAILED');
      assert.equal(error.message, `${join(to, ...path)} cannot be written (${cause})`);
      assert.equal(/** @type {any} */ (error.cause).code, cause);
      assert.equal(error.python?.type, 'OSError');
    });
  }

  test('a disk that takes no more', {
    skip: process.platform === 'win32' && 'there is no ulimit',
  }, async () => {
    const to = place();
    const large = place();
    await writeFile(large, Buffer.alloc(1024 * 1024));
    const program = `
      import { downloadFile } from 'stac-task';
      process.on('SIGXFSZ', () => {});
      const error = await downloadFile(...process.argv.slice(1)).catch((error) => error);
      console.log(JSON.stringify([error.name, error.code, error.message, error.cause.code]));`;
    const args = [
      '-c',
      'ulimit -f 512; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
    ];
    const { stdout } = await runOk('sh', [...args, large, join(to, 'b.bin')], { cwd: root });
    assert.deepEqual(JSON.parse(stdout), [
      'StacTaskError',
      'ERR_WRITE_FAILED',
      `${join(to, 'b.bin')} cannot be written (EFBIG)`,
      'EFBIG',
    ]);
    assert.deepEqual(await readdir(to), []);
  });

  test('a file that is there and cannot be read', { skip: onlyLinux }, async () => {
    const to = place();
    await mkdir(to);
    await symlink('/proc/self/mem', join(to, 'a.bin'));
    const asset = { 'file:checksum': `1220${'0'.repeat(64)}` };
    const { errors } = await errorOf(downloadItem(itemOf(asset), to, { checksum: 'verify' }));
    assert.equal(errors[0].code, 'ERR_READ_FAILED');
    assert.equal(errors[0].message, `${join(to, 'a.bin')} cannot be read (EIO)`);
  });
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
