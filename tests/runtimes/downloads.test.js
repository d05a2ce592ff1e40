/*
 * Downloads in Deno and Bun, of the packed tarball: into a folder, with what breaks and what is killed, and with
 * credentials. Deno gets the permissions that the documentation names, and no others.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { kill, runForJson, start } from '../support/run.js';
import { knownCredentials, serveS3 } from '../support/s3.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';

const deno = join(runtimesFolder, 'node_modules/@deno/linux-x64-glibc/deno');
const bun = join(runtimesFolder, 'node_modules/@oven/bun-linux-x64/bin/bun');
const env = { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1' };
const secret = 'the-secret-of-this-test';

/** Bytes of which none stands where another does. */
const bytes = Buffer.alloc(300_000);
for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(i, i);
const middle = 123_456;

/** @typedef {{ hosts: string[], to: string, without?: string }} Needs */

/** @type {import('../support/tarball.js').Project} */
let project;
before(async () => {
  await ensureInstalled(runtimesFolder);
  const file = new URL('../support/runtime-download.mjs', import.meta.url);
  project = await makeProject({ files: { 'main.mjs': await readFile(file, 'utf8') } });
});

/** How each is started. @type {Record<string, (needs: Needs) => string[]>} */
const runtimes = {
  Deno: ({ hosts, to, without }) => [
    deno,
    'run',
    '--no-prompt',
    ...[`--allow-read=.,${to}`, `--allow-write=${to}`, `--allow-net=${hosts.join(',')}`].filter(
      (permission) => without === undefined || !permission.startsWith(without),
    ),
    'main.mjs',
  ],
  Bun: () => [bun, 'run', '--no-install', 'main.mjs'],
};

/**
 * @param {string} runtime
 * @param {Needs} needs
 * @param {object} step
 */
function perform(runtime, needs, step) {
  const [command = '', ...args] = runtimes[runtime]?.(needs) ?? [];
  return runForJson(command, [...args, JSON.stringify(step)], { cwd: project.folder, env });
}

const hostOf = (/** @type {string} */ url) => new URL(url).host;

/** @param {string} href */
const itemOf = (href) => ({
  type: 'Feature',
  id: 'i',
  geometry: null,
  properties: {},
  links: [],
  assets: { a: { href } },
});

for (const runtime of Object.keys(runtimes)) {
  describe(runtime, () => {
    const folder = temporaryFolder();
    let count = 0;
    const newFolder = () => join(folder, `${runtime}-${++count}`);

    /**
     * @param {Partial<import('../support/fault-server.js').Served>} served
     * @param {object} [more]
     */
    async function download(served, more) {
      const server = await serveFaults({ '/a.bin': { bytes, ...served } });
      const to = newFolder();
      try {
        const step = { call: 'downloadItem', args: [itemOf(`${server.url}/a.bin`), to], ...more };
        const outcome = await perform(runtime, { hosts: [hostOf(server.url)], to }, step);
        const names = await readdir(to).catch(() => []);
        return { ...outcome, to, names: names.sort(), requests: server.requests };
      } finally {
        server.close();
      }
    }

    test('downloads an item into a folder', async () => {
      const { value, error, names, to } = await download({});
      assert.equal(error, null, JSON.stringify(error));
      assert.equal(value.assets.a.href, './a.bin');
      assert.deepEqual(names, ['a.bin', 'i.json']);
      assert.ok(bytes.equals(await readFile(join(to, 'a.bin'))));
    });

    test('asks for the rest of what breaks', async () => {
      const { error, to, requests } = await download({ faults: [{ dropAt: middle }] });
      assert.equal(error, null, JSON.stringify(error));
      assert.ok(bytes.equals(await readFile(join(to, 'a.bin'))));
      assert.equal(requests.length, 2);
      assert.match(requests[1]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
      assert.equal(requests[1]?.headers['if-range'], '"first"');
    });

    test('leaves nothing of what is ended', async () => {
      const { error, names } = await download({ always: { stallAt: middle } }, { abortAt: 'chunk' });
      assert.equal(error?.message, 'that is enough');
      assert.deepEqual(names, []);
    });

    for (const signal of /** @type {const} */ (['SIGINT', 'SIGKILL'])) {
      test(`has nothing under the file's name after ${signal}, and the next run finishes`, async () => {
        const server = await serveFaults({ '/a.bin': { bytes, faults: [{ stallAt: middle }] } });
        const to = newFolder();
        const needs = { hosts: [hostOf(server.url)], to };
        const step = { call: 'downloadItem', args: [itemOf(`${server.url}/a.bin`), to] };
        const [command = '', ...args] = runtimes[runtime]?.(needs) ?? [];
        const child = start(command, [...args, JSON.stringify(step)], { cwd: project.folder, env });
        try {
          const exited = once(child, 'exit');
          const [said] = await Promise.race([once(child.stderr, 'data'), exited]);
          assert.match(String(said), /a chunk has come/);
          child.kill(signal);
          await exited;
          assert.deepEqual(
            (await readdir(to)).filter((name) => !name.startsWith('.')),
            [],
          );
          const { error } = await perform(runtime, needs, step);
          assert.equal(error, null, JSON.stringify(error));
          // Deno does not say, unless permitted, whether the process that has left a part is still running.
          const left = (await readdir(to)).filter((name) => runtime !== 'Deno' || !name.startsWith('.'));
          assert.deepEqual(left.sort(), ['a.bin', 'i.json']);
          assert.ok(bytes.equals(await readFile(join(to, 'a.bin'))));
        } finally {
          kill(child);
          server.close();
        }
      });
    }

    test('sends a header to its origin, also after a redirect, and along to no other', async () => {
      const away = await serveFaults({ '/a.bin': { bytes } });
      const own = await serveFaults({
        '/a.bin': { bytes, always: { redirect: '/b.bin' } },
        '/b.bin': { bytes, always: { redirect: `${away.url}/a.bin` } },
      });
      const needs = { hosts: [hostOf(own.url), hostOf(away.url)], to: newFolder() };
      try {
        for (const httpHeaders of [{ 'x-key': secret }, { authorization: secret, cookie: secret }]) {
          own.requests.length = 0;
          away.requests.length = 0;
          const args = [`${own.url}/a.bin`];
          const { error } = await perform(runtime, needs, {
            call: 'readHref',
            args,
            options: { httpHeaders },
          });
          assert.equal(error, null, JSON.stringify(error));
          assert.equal(own.requests.length, 2);
          for (const { headers } of own.requests) assert.ok(JSON.stringify(headers).includes(secret));
          assert.equal(away.requests.length, 1);
          assert.ok(!JSON.stringify(away.requests).includes(secret), JSON.stringify(away.requests));
        }
      } finally {
        own.close();
        away.close();
      }
    });

    describe('S3', () => {
      /** @type {Awaited<ReturnType<typeof serveS3>>} */
      let server;
      before(async () => {
        server = await serveS3('bucket', { 'a b+c.txt': 'object' });
      });
      after(() => server.close());

      test('is signed, and a wrong signature refused', async () => {
        const needs = { hosts: [hostOf(server.url)], to: newFolder() };
        const step = (/** @type {string} */ secretAccessKey) => ({
          call: 'readHref',
          args: ['s3://bucket/a%20b%2Bc.txt'],
          options: {
            s3EndpointUrl: server.url,
            s3Sign: 'always',
            s3Credentials: { ...knownCredentials, secretAccessKey },
          },
        });
        const { value, error } = await perform(runtime, needs, step(knownCredentials.secretAccessKey));
        assert.equal(error, null, JSON.stringify(error));
        assert.equal(value, 'object');
        const refused = await perform(runtime, needs, step(secret));
        assert.match(refused.error?.message ?? '', /SignatureDoesNotMatch/);
      });
    });
  });
}

describe('Deno without the permission', () => {
  /** @type {Record<string, [without: string, RegExp]>} */
  const cases = {
    'to reach the host': ['--allow-net', /--allow-net/],
    'to write to the folder': ['--allow-write', /--allow-write/],
  };
  for (const [what, [without, expected]] of Object.entries(cases)) {
    test(`${what} says so`, async () => {
      const server = await serveFaults({ '/a.bin': { bytes } });
      const to = join(temporaryFolder(), 'scene');
      try {
        const step = {
          call: 'downloadItem',
          args: [itemOf(`${server.url}/a.bin`), to],
          options: { httpMaxAttempts: 1 },
        };
        const { error } = await perform('Deno', { hosts: [hostOf(server.url)], to, without }, step);
        const [first] = error?.errors ?? [];
        assert.match(`${first?.message} ${first?.hint}`, expected, JSON.stringify(error));
        assert.deepEqual(server.requests, []);
        await assert.rejects(readFile(join(to, 'a.bin')), { code: 'ENOENT' });
      } finally {
        server.close();
      }
    });
  }
});
