/*
 * What a call loads in a Worker. All files are uploaded, and each is evaluated when it is first imported: every file here
 * says so when it is, and workerd is given those alone that the call should load, so that one too few fails as well.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { serveFaults } from '../support/fault-server.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { makeProject, writeFiles } from '../support/tarball.js';
import { serveWithWorkerd } from '../support/workerd.js';

const dist = 'node_modules/stac-task/dist';
const core = ['core.glue.js'];
const chunk = ['assets-download.js', 'assets.glue.js'];

/** A bucket, as far as a short file needs one. */
const bucket = '{ head: async () => null, put: async () => {}, createMultipartUpload() {} }';
const s3 = (/** @type {string} */ more) => `{ s3EndpointUrl: url, ${more} }`;
const item = (/** @type {string} */ more = '') =>
  `{ type: 'Feature', id: 'i', links: [], assets: { a: { href: url + '/a.bin'${more} } } }`;

/** @type {Record<string, { action: string, files: string[], instances: number, requests?: string[] }>} */
const calls = {
  'the import loads nothing': { action: '', files: [], instances: 0 },
  'validate() loads the core': { action: "await all.validate('{}')", files: core, instances: 1 },
  'DownloadConfig loads nothing': {
    action: 'new all.DownloadConfig({ warn: true })',
    files: [],
    instances: 0,
  },
  'downloadItem() over HTTP to a Map loads the chunk and the client, and no core': {
    action: `await all.downloadItem(${item()}, 'out', { store: new Map() })`,
    files: [...chunk, 'assets-http.js'],
    instances: 1,
    requests: ['/a.bin'],
  },
  'downloadItem() to a bucket loads what writes to it, too': {
    action: `await all.downloadItem(${item()}, 'out', { store: ${bucket} })`,
    files: [...chunk, 'assets-http.js', 'assets-r2.js'],
    instances: 1,
    requests: ['/a.bin'],
  },
  'a checksum loads what computes it': {
    action: `await all.downloadItem(${item(`, 'file:checksum': '1220${'0'.repeat(64)}'`)}, 'out', { store: new Map() }).catch(() => {})`,
    files: [...chunk, 'assets-hashes.js', 'assets-http.js'],
    instances: 1,
    requests: ['/a.bin'],
  },
  'S3 without a signature loads its client, and no signer': {
    action: `await all.readHref('s3://b/k', ${s3("s3Sign: 'never'")})`,
    files: [...chunk, 'assets-http.js', 'assets-s3.js'],
    instances: 1,
    requests: ['/b/k'],
  },
  'S3 with a signature loads the signer': {
    action: `await all.readHref('s3://b/k', ${s3("s3Credentials: { accessKeyId: 'a', secretAccessKey: 'b' }")})`,
    files: [...chunk, 'assets-http.js', 'assets-s3-sign.js', 'assets-s3.js'],
    instances: 1,
    requests: ['/b/k'],
  },
  'Earthdata loads its client': {
    action: "await all.readHref(url + '/a.bin', { clientOverride: 'earthdata', earthdataToken: 'x' })",
    files: [...chunk, 'assets-earthdata.js', 'assets-http.js'],
    instances: 1,
    requests: ['/a.bin'],
  },
  'the Planetary Computer loads its client': {
    action: "await all.readHref(url + '/a.bin', { clientOverride: 'planetary-computer' })",
    files: [...chunk, 'assets-http.js', 'assets-planetary.js'],
    instances: 1,
    requests: ['/a.bin'],
  },
  'OAuth2 loads what asks for tokens': {
    action:
      "await all.readHref(url + '/a.bin', { oauth2Grant: 'client_credentials', oauth2TokenUrl: url + '/token', oauth2ClientId: 'c', oauth2ClientSecret: 's' })",
    files: [...chunk, 'assets-http.js', 'assets-oauth2.js'],
    instances: 1,
    requests: ['/token', '/a.bin'],
  },
};

/** Tells how often wasm was instantiated; imported first. */
const spy = `
globalThis.evaluated = [];
globalThis.instances = 0;
const { instantiate, Instance } = WebAssembly;
WebAssembly.instantiate = (...args) => (globalThis.instances++, instantiate(...args));
WebAssembly.Instance = new Proxy(Instance, { construct: (target, args) => (globalThis.instances++, Reflect.construct(target, args)) });
`;

/** @param {string} action */
const worker = (action) => `
import './spy.js';
import * as all from './${dist}/workerd.js';
const atImport = [...globalThis.evaluated];
export default {
  async fetch(request) {
    try {
      const { url } = await request.json();
      ${action};
      const used = globalThis.evaluated.slice(atImport.length).sort();
      return Response.json({ atImport, used, instances: globalThis.instances });
    } catch (error) {
      return new Response(error.stack + JSON.stringify(error.errors?.map(String)), { status: 500 });
    }
  },
};
`;

describe('in workerd', { timeout: 120_000 }, () => {
  /** @type {string} */
  let folder;
  before(async () => {
    await ensureInstalled(runtimesFolder);
    const project = await makeProject({ files: { 'spy.js': spy } });
    folder = project.folder;
    const names = (await readdir(join(project.installed, 'dist'))).filter((name) => name.endsWith('.js'));
    for (const name of names) {
      const path = `${dist}/${name}`;
      const text = await readFile(join(folder, path), 'utf8');
      await writeFiles(folder, {
        [path]: `globalThis.evaluated?.push('${name}');${text.replace(/^#!.*/, '')}`,
      });
    }
  });

  for (const [name, { action, files, instances, requests = [] }] of Object.entries(calls)) {
    test(name, async () => {
      await writeFiles(folder, { 'worker.js': worker(action) });
      // The core is compiled with the entry, which imports it; the chunk of assets is imported later.
      const wasm = files.includes('assets.glue.js') ? ['core.wasm', 'assets.wasm'] : ['core.wasm'];
      const needed = ['workerd.js', ...wasm, ...files].map((file) => `${dist}/${file}`);
      const token = JSON.stringify({ access_token: 'token', token_type: 'bearer' });
      const site = await serveFaults({
        '/a.bin': { bytes: Buffer.from('a') },
        '/b/k': { bytes: Buffer.from('k') },
        '/token': { bytes: Buffer.from(token), type: 'application/json' },
      });
      const modules = ['worker.js', 'spy.js', ...needed];
      const { url, log, stop } = await serveWithWorkerd(folder, modules, { network: true });
      try {
        const body = JSON.stringify({ url: site.url });
        const response = await fetch(url, { method: 'POST', body });
        const text = await response.text();
        assert.equal(response.status, 200, `${text}\n${log()}`);
        assert.deepEqual(JSON.parse(text), {
          atImport: ['workerd.js'],
          used: files.toSorted(),
          instances,
        });
        assert.deepEqual(
          site.requests.map(({ path }) => path),
          requests,
        );
      } finally {
        stop();
        site.close();
      }
    });
  }
});
