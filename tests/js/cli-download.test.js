/*
 * `stac-task download`: what is downloaded, printed and refused.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { start } from '../support/run.js';
import { cli, concurrency, workplace } from './cli-support.js';

const bytes = Buffer.from('the bytes of an asset');

const item = (/** @type {Record<string, string>} */ hrefs, id = 'i') => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id,
  collection: 'c',
  geometry: null,
  properties: { datetime: '2020-01-02T00:00:00Z' },
  links: [],
  assets: Object.fromEntries(Object.entries(hrefs).map(([key, href]) => [key, { href }])),
});

const { folder, stacTask } = workplace({
  'text.json': 'no JSON',
  'list.json': '[]',
  'untyped.json': '{}',
  'catalog.json': '{"type": "Catalog"}',
  'two-hosts.json': JSON.stringify(item({ a: 'http://one.invalid/a', b: 'http://two.invalid/b' })),
  'local.json': JSON.stringify(item({ t: './text.json' })),
});

/** @type {Awaited<ReturnType<typeof serveFaults>>} */
let server;
before(async () => {
  const json = (/** @type {object} */ object) => ({
    bytes: Buffer.from(JSON.stringify(object)),
    type: 'application/json',
  });
  server = await serveFaults({
    '/a.bin': { bytes },
    '/b.bin': { bytes },
    '/item.json': json(item({ a: './a.bin', b: 'b.bin' })),
    '/stalling.bin': { bytes, always: { stallAt: 3 } },
    '/stalling.json': json(item({ a: './a.bin', s: './stalling.bin' })),
    '/partly.json': json(item({ a: './a.bin', x: './missing.bin' })),
    '/collection.json': json({ ...item({ a: './a.bin' }), type: 'Collection' }),
  });
});
after(() => server.close());

let count = 0;
/** @param {string} file  of the server */
const from = (file) => [`${server.url}/${file}`, `out-${++count}`];

/** @param {string | undefined} place */
const filesIn = (place = '') =>
  readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

describe('stac-task download', concurrency, () => {
  test('puts the files into a folder, and prints the item with their addresses', async () => {
    const [href = '', out = ''] = from('item.json');
    const { code, stdout, stderr } = await stacTask(['download', href, out]);
    assert.equal(code, 0, stderr);
    const { assets, links } = JSON.parse(stdout);
    assert.deepEqual(assets, {
      a: { href: join(folder, out, 'a.bin') },
      b: { href: join(folder, out, 'b.bin') },
    });
    assert.deepEqual(links, [{ rel: 'derived_from', href }]);
    assert.deepEqual(filesIn(out), ['a.bin', 'b.bin']);
    assert.match(stderr, /^[ab]: 21 bytes\n[ab]: 21 bytes\n2 downloaded, 42 bytes at /);
  });

  test('saves the item where a name is given', async () => {
    const [href = '', out = ''] = from('item.json');
    const { code, stdout } = await stacTask(['download', href, out, '-f', 'saved.json', '-i', 'a']);
    assert.equal(code, 0);
    assert.equal(stdout, `Output STAC JSON written to ${join(out, 'saved.json')}\n`);
    const saved = JSON.parse(readFileSync(join(folder, out, 'saved.json'), 'utf8'));
    assert.deepEqual(saved.assets, { a: { href: './a.bin' } });
  });

  test('uses a template of folders for a single item, too', async () => {
    const [href = '', out = ''] = from('item.json');
    const { code } = await stacTask(['download', href, out, '-p', '${collection}/${id}', '-q', '-x', 'b']);
    assert.equal(code, 0);
    assert.ok(existsSync(join(folder, out, 'c/i/a.bin')));
  });

  test('an item cannot choose a folder outside of the given one', async () => {
    const input = JSON.stringify(item({ a: `${server.url}/a.bin` }, '../../escape'));
    const out = `out-${++count}`;
    const { code, stdout, stderr } = await stacTask(['download', '-', `${out}/deep`, '-p', '${id}'], {
      input,
    });
    assert.equal(code, 1);
    assert.match(stderr, /'\.\.\/\.\.\/escape' is no name of a file or folder below the destination/);
    assert.equal(stdout, '');
    assert.ok(!existsSync(join(folder, out)) && !existsSync(join(folder, 'escape')));
  });

  for (const [how, file, keys] of /** @type {[string, string, string[]][]} */ ([
    ['is there', 'item.json', ['a', 'b']],
    ['has failed in part', 'partly.json', ['a']],
  ])) {
    test(`saves an item that ${how} in the folder of a template, and says so`, async () => {
      const [href = '', out = ''] = from(file);
      const { stdout } = await stacTask(['download', href, out, '-p', '${id}', '-f', 'saved.json']);
      assert.equal(stdout, `Output STAC JSON written to ${join(out, 'i/saved.json')}\n`);
      const saved = JSON.parse(readFileSync(join(folder, out, 'i/saved.json'), 'utf8'));
      assert.deepEqual(Object.keys(saved.assets), keys);
      assert.equal(saved.assets.a.href, './a.bin');
      assert.equal(saved.links.at(-1).href, join(folder, out, 'i/saved.json'));
      assert.deepEqual(filesIn(out), [...keys.map((key) => `${key}.bin`), 'saved.json']);
    });
  }

  test('saves an item also with --json after a failure', async () => {
    const [href = '', out = ''] = from('partly.json');
    const { code, stdout } = await stacTask(['download', href, out, '--json', '-f', 'i.json']);
    assert.equal(code, 1);
    const saved = JSON.parse(readFileSync(join(folder, out, 'i.json'), 'utf8'));
    assert.deepEqual(saved, JSON.parse(stdout).result);
  });

  test('saves no item through a symbolic link out of the folder', async () => {
    const [href = '', out = ''] = from('partly.json');
    const elsewhere = join(folder, `${out}-elsewhere`);
    mkdirSync(join(folder, out));
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, out, 'i'));
    const { code, stderr } = await stacTask(['download', href, out, '-p', '${id}', '-f', 'i.json']);
    assert.equal(code, 1);
    assert.match(stderr, /by a symbolic link/);
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  test('lists what fails, keeps the rest, and exits with 1', async () => {
    const [href = '', out = ''] = from('partly.json');
    const { code, stdout, stderr } = await stacTask(['download', href, out]);
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(JSON.parse(stdout).assets), ['a']);
    assert.match(stderr, /404, message='Not Found', url='http:\/\/127\.0\.0\.1:\d+\/missing\.bin'\n/);
    assert.match(stderr, /1 asset could not be downloaded\n$/);
    assert.deepEqual(filesIn(out), ['a.bin']);
  });

  test('keeps in the item what fails, with --keep, and saves it', async () => {
    const [href = '', out = ''] = from('partly.json');
    const { code } = await stacTask(['download', href, out, '--keep', '--file-name', 'i.json']);
    assert.equal(code, 1);
    const { assets } = JSON.parse(readFileSync(join(folder, out, 'i.json'), 'utf8'));
    assert.deepEqual(assets, { a: { href: './a.bin' }, x: { href: `${server.url}/missing.bin` } });
  });

  test('prints one document with --json, failures in it', async () => {
    const [href = '', out = ''] = from('partly.json');
    const { code, stdout, stderr } = await stacTask(['download', href, out, '--json']);
    assert.equal(code, 1);
    const { result, failures } = JSON.parse(stdout);
    assert.deepEqual(Object.keys(result.assets), ['a']);
    assert.deepEqual(
      failures.map((/** @type {any} */ failure) => failure.code),
      ['ERR_HTTP_STATUS'],
    );
    assert.doesNotMatch(stderr, /a: 21 bytes/);
  });

  test('reads standard input', async () => {
    const input = JSON.stringify(item({ a: `${server.url}/a.bin` }));
    const out = `out-${++count}`;
    const { code } = await stacTask(['download', '-', out, '-q'], { input });
    assert.equal(code, 0);
    assert.deepEqual(filesIn(out), ['a.bin']);
  });

  test('reads an item from a file, whose assets stand beside it', async () => {
    const out = `out-${++count}`;
    const { code, stderr } = await stacTask(['download', 'local.json', out, '-q']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(filesIn(out), ['text.json']);
  });

  test('takes item collections and collections', async () => {
    const input = JSON.stringify({
      type: 'FeatureCollection',
      features: [item({ a: `${server.url}/a.bin` }, 'i'), item({ a: `${server.url}/a.bin` }, 'j')],
    });
    const out = `out-${++count}`;
    assert.equal((await stacTask(['download', '-', out, '-q'], { input })).code, 0);
    assert.ok(existsSync(join(folder, out, 'i/a.bin')) && existsSync(join(folder, out, 'j/a.bin')));
    const [href = '', other = ''] = from('collection.json');
    assert.equal((await stacTask(['download', href, other, '-q'])).code, 0);
    assert.deepEqual(filesIn(other), ['a.bin']);
  });

  test('adds checksums, and downloads again what is spoilt, with --checksum', async () => {
    const [href = '', out = ''] = from('item.json');
    const added = await stacTask(['download', href, out, '-q', '-f', 'i.json', '--checksum', 'add']);
    assert.equal(added.code, 0, added.stderr);
    const saved = join(folder, out, 'i.json');
    const { assets } = JSON.parse(readFileSync(saved, 'utf8'));
    const sum = `1220${createHash('sha256').update(bytes).digest('hex')}`;
    assert.deepEqual([assets.a['file:size'], assets.a['file:checksum']], [bytes.length, sum]);
    writeFileSync(join(folder, out, 'a.bin'), 'THE BYTES OF AN ASSET');
    const input = JSON.stringify(item({}, 'i')).replace(
      '"assets":{}',
      `"assets":{"a":{"href":"${server.url}/a.bin","file:checksum":"${sum}"}}`,
    );
    const again = await stacTask(['download', '-', out, '--checksum', 'verify'], { input });
    assert.equal(again.code, 0);
    assert.match(again.stderr, /a\.bin is downloaded again: its checksum is not the asset's/);
    assert.deepEqual(readFileSync(join(folder, out, 'a.bin')), bytes);
    const required = await stacTask(['download', href, `${out}-2`, '--checksum', 'require']);
    assert.equal(required.code, 1);
    assert.match(required.stderr, /asset 'a' has no file:checksum/);
  });

  test('sends headers', async () => {
    const [href = '', out = ''] = from('item.json');
    await stacTask(['download', href, out, '-q', '-i', 'a', '--http-header', 'x-mine=a=b']);
    const seen = server.requests.filter(({ path, headers }) => path === '/a.bin' && headers['x-mine']);
    assert.deepEqual(
      seen.map(({ headers }) => headers['x-mine']),
      ['a=b'],
    );
  });

  /** @type {Record<string, { args: string[], code: number, failure: { name: string, code: string | null, message: RegExp } }>} */
  const ended = {
    'the first failure': {
      args: ['{server}/partly.json', '--fail-fast', '-i', 'x'],
      code: 1,
      failure: { name: 'StacTaskError', code: 'ERR_HTTP_STATUS', message: /404/ },
    },
    'headers for whom nobody knows': {
      args: ['two-hosts.json', '--http-header', 'x-secret=s'],
      code: 1,
      failure: { name: 'ConfigError', code: 'ERR_CONFIG', message: /x-secret: for which of/ },
    },
    'a name that leads out': {
      args: ['local.json', '-f', '../i.json'],
      code: 1,
      failure: { name: 'StacTaskError', code: 'ERR_ASSET_NAME', message: /below the destination/ },
    },
    'an input that is not there': {
      args: ['none.json'],
      code: 1,
      failure: { name: 'Error', code: null, message: /none\.json: no such file/ },
    },
    'an input that has no assets': {
      args: ['catalog.json'],
      code: 2,
      failure: { name: 'Error', code: null, message: /^unsupported 'type' field: Catalog$/ },
    },
  };
  for (const [how, { args, code, failure }] of Object.entries(ended)) {
    test(`prints one document with --json when it is ended by ${how}`, async () => {
      const [href = '', ...more] = args;
      const given = ['download', href.replace('{server}', server.url), `out-${++count}`, ...more, '--json'];
      const outcome = await stacTask(given);
      assert.equal(outcome.code, code, outcome.stderr);
      const { result, failures } = JSON.parse(outcome.stdout);
      assert.equal(result, null);
      const [{ message, ...found }, ...others] = failures;
      assert.deepEqual([found, others], [{ name: failure.name, code: failure.code }, []]);
      assert.match(message, failure.message);
    });
  }

  for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    test(`${signal} ends it, and leaves nothing that is not whole: exit code ${code}`, async () => {
      const [href = '', out = ''] = from('stalling.json');
      const child = start(process.execPath, [cli, 'download', href, out], { cwd: folder });
      const ended = once(child, 'close');
      let said = '';
      for await (const line of createInterface({ input: child.stderr })) {
        said += `${line}\n`;
        if (line.startsWith('a: ')) child.kill(signal);
      }
      assert.deepEqual(await ended, [code, null], said);
      assert.match(said, new RegExp(`interrupted by ${signal}`));
      assert.deepEqual(filesIn(out), ['a.bin']);
    });
  }

  /** @type {Record<string, { args: string[], code: number, says: RegExp }>} */
  const refused = {
    'what is no JSON': { args: ['text.json'], code: 1, says: /text\.json is no JSON/ },
    'what is no object': { args: ['list.json'], code: 1, says: /list\.json is no JSON object/ },
    'what has no type': { args: ['untyped.json'], code: 1, says: /missing 'type' field on input dictionary/ },
    'what has no assets': { args: ['catalog.json'], code: 2, says: /unsupported 'type' field: Catalog/ },
    'what is not there': { args: ['none.json'], code: 1, says: /none\.json: no such file/ },
    'three arguments': { args: ['a', 'b', 'c'], code: 2, says: /takes an HREF and a DIR/ },
    'an unknown client': { args: ['local.json', '-c', 'ftp'], code: 2, says: /--client takes filesystem/ },
    'a header without a value': { args: ['local.json', '--http-header', 'x'], code: 2, says: /KEY=VALUE/ },
    'a word for checksums that is none': {
      args: ['local.json', '--checksum', 'always'],
      code: 2,
      says: /--checksum takes arriving, ignore/,
    },
    'a number that is none': { args: ['local.json', '--concurrency', 'x'], code: 2, says: /takes a number/ },
    'what is included and excluded': {
      args: ['local.json', '-i', 'a', '-x', 'b', '--json'],
      code: 2,
      says: /takes --include or --exclude, not both/,
    },
    'to download no file at once': {
      args: ['local.json', '--concurrency', '0'],
      code: 2,
      says: /--concurrency takes a number of 1 or more, not '0'/,
    },
    'a template that is none': {
      args: ['local.json', '-p', '${id'],
      code: 2,
      says: /--path-template: /,
    },
  };
  for (const [name, { args, code, says }] of Object.entries(refused)) {
    test(`refuses ${name}`, async () => {
      const outcome = await stacTask(['download', ...args]);
      assert.equal(outcome.code, code, outcome.stderr);
      assert.match(outcome.stderr, says);
      assert.equal(outcome.stdout, '');
    });
  }
});
