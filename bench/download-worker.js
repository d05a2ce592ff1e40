/**
 * A Worker that brings 200 MB from a server on this machine into a bucket of R2, both in miniflare: time, and memory of
 * workerd at its peak above what it has when it idles, which includes miniflare's R2. Side by side with what is written by
 * hand: the body of a response as it is, which verifies nothing and keeps what breaks, and all of it in memory.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { miniflareOf } from '../tests/support/workerd.js';
import { inTime, inTimes, median, printTable } from './measure.js';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

const size = 200_000_000;
const rounds = 1;

/** What each does with `url` and `bucket`. */
const ways = {
  'stac-task: one put': "await downloadFile(url, 'file', { store: bucket })",
  'stac-task: length unknown, parts': "await downloadFile(url + '?chunked', 'file', { store: bucket })",
  'stac-task: with a checksum':
    "await downloadItem(item(url), 'out', { store: bucket, fileName: null, warn: true })",
  'by hand: streamed': "await bucket.put('file', (await fetch(url)).body)",
  'by hand: in memory': "await bucket.put('file', await (await fetch(url)).arrayBuffer())",
};

/** @param {string} way */
const worker = (way) => `
import { downloadFile, downloadItem } from ${JSON.stringify(here('../dist/workerd.js'))};
// It is computed to the end, and is another.
const checksum = '1220' + '0'.repeat(64);
const item = (href) => ({ type: 'Feature', id: 'i', links: [], assets: { a: { href, 'file:checksum': checksum } } });
export default {
  async fetch(request, { BUCKET: bucket }) {
    const url = await request.text();
    if (url) ${way};
    return new Response('done');
  },
};
`;

/** @typedef {{ milliseconds: number, memory: number }} Cost  memory in MB */

export async function benchDownloadWorker() {
  const server = spawn(process.execPath, [here('./peers/file-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-bench-'));
  try {
    const [port] = await once(server.stdout, 'data');
    const url = `http://127.0.0.1:${String(port).trim()}/${size}/file.bin`;
    /** @type {Record<string, Cost[]>} */
    const costs = {};
    for (let round = 0; round < rounds; ++round) {
      for (const [name, way] of Object.entries(ways)) {
        costs[name] ??= [];
        costs[name].push(await run(folder, way, url));
      }
    }
    print(costs);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {string} way
 * @param {string} url
 * @returns {Promise<Cost>}
 */
async function run(folder, way, url) {
  writeFileSync(join(folder, 'source.js'), worker(way));
  await build({
    entryPoints: [join(folder, 'source.js')],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd'],
    loader: { '.wasm': 'copy' },
    logLevel: 'error',
  });
  const before = childrenOf(process.pid);
  const miniflare = await miniflareOf(folder, { r2Buckets: ['BUCKET'] });
  try {
    const ask = async (/** @type {string} */ body) => {
      const response = await miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body });
      if (!response.ok) throw new Error(await response.text());
    };
    await ask('');
    const pid = childrenOf(process.pid).find((each) => !before.includes(each) && nameOf(each) === 'workerd');
    if (!pid) throw new Error('workerd is not found among the processes');
    const idle = megabytesOf(pid, 'VmRSS');
    const start = performance.now();
    await ask(url);
    return { milliseconds: performance.now() - start, memory: megabytesOf(pid, 'VmHWM') - idle };
  } finally {
    await miniflare.dispose();
  }
}

/** @param {number} pid  @returns {string[]} the processes that it has started */
const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);

/** @param {string} pid */
const nameOf = (pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

/**
 * @param {string} pid
 * @param {'VmRSS' | 'VmHWM'} what
 */
function megabytesOf(pid, what) {
  const [, kilobytes] =
    new RegExp(`${what}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** @param {Record<string, Cost[]>} costs */
function print(costs) {
  const middle = (/** @type {string} */ name, /** @type {keyof Cost} */ part) =>
    median((costs[name] ?? []).map((cost) => cost[part]));
  const [ours = ''] = Object.keys(ways);
  const rows = Object.keys(costs).map((name) => [
    name,
    inTime(middle(name, 'milliseconds')),
    inTimes(middle(name, 'milliseconds') / middle(ours, 'milliseconds')),
    `${middle(name, 'memory').toFixed(0)} MB`,
    inTimes(middle(name, 'memory') / middle(ours, 'memory')),
  ]);
  printTable('200 MB to R2 in a Worker', ['', 'time', '÷ ours', 'memory', '÷ ours'], rows);
}
