/**
 * Downloads from a server on this machine: many small files, a few large ones and a very large one, against Node's
 * fetch with nothing around it, `curl --parallel`, and Python's stac-asset where STACTASK_PYTHON names one that has it.
 * Each is a fresh process, so that what it takes from start to end counts: time, processor time, and memory at its peak,
 * as Linux has them.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTime, inTimes, median, printTable } from './measure.js';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

const loads = [
  { title: '2,000 files of 100 KB', count: 2000, size: 100_000, rounds: 3 },
  { title: '4 files of 1 GB', count: 4, size: 1_000_000_000, rounds: 2 },
  { title: '1 file of 5 GB', count: 1, size: 5_000_000_000, rounds: 1 },
];

/** As many files at once, for all. */
const atOnce = 64;

/** @typedef {{ milliseconds: number, cpu: number, memory: number }} Cost  memory in MB */

export async function benchDownload() {
  const server = spawn(process.execPath, [here('./peers/file-server.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(server.stdout, 'data');
    for (const load of loads) await compare(load, `http://127.0.0.1:${String(port).trim()}`);
  } finally {
    server.kill();
  }
}

/**
 * @param {(typeof loads)[number]} load
 * @param {string} base
 */
async function compare({ title, count, size, rounds }, base) {
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-bench-'));
  try {
    const names = Array.from({ length: count }, (_, index) => `file-${index}.bin`);
    const hrefs = names.map((name) => `${base}/${size}/${name}`);
    const item = join(folder, 'item.json');
    writeFileSync(item, JSON.stringify(itemOf(hrefs)));
    const list = join(folder, 'list.txt');
    const places = (/** @type {string} */ out) =>
      names.map((name, index) => `url = "${hrefs[index]}"\noutput = "${join(out, name)}"`).join('\n');
    /** @type {Record<string, (out: string) => string[]>} */
    const programs = {
      'stac-task: downloadItem': (out) => [
        process.execPath,
        here('./download-item.js'),
        item,
        out,
        `${atOnce}`,
      ],
      "Node's fetch alone": (out) => [
        process.execPath,
        here('./peers/fetch-files.js'),
        item,
        out,
        `${atOnce}`,
      ],
      'curl --parallel': (out) => {
        writeFileSync(list, places(out));
        return ['curl', '--parallel', '--parallel-max', `${atOnce}`, '--create-dirs', '-sS', '-K', list];
      },
    };
    const python = process.env['STACTASK_PYTHON'];
    if (python) {
      programs["Python's stac-asset"] = (out) => [
        python,
        here('./peers/stac_asset_download.py'),
        item,
        out,
        `${atOnce}`,
      ];
    }
    /** @type {Record<string, Cost[]>} */
    const costs = {};
    for (let round = 0; round < rounds; ++round) {
      for (const [name, commandOf] of Object.entries(programs)) {
        const out = join(folder, 'out');
        const cost = await run(commandOf(out));
        check(out, names, size);
        rmSync(out, { recursive: true });
        costs[name] ??= [];
        costs[name].push(cost);
      }
    }
    print(title, costs, count * size);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string[]} hrefs */
const itemOf = (hrefs) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'bench',
  geometry: null,
  properties: { datetime: '2020-01-01T00:00:00Z' },
  links: [],
  assets: Object.fromEntries(hrefs.map((href, index) => [`file-${index}`, { href }])),
});

/**
 * @param {string[]} command
 * @returns {Promise<Cost>}
 */
async function run([name = '', ...args]) {
  const start = performance.now();
  // The shell knows what its child took.
  const shell = spawn('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', name, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  shell.stderr.on('data', (text) => {
    said += text;
  });
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, peakOfChild(shell.pid ?? 0));
  }, 20);
  const [code] = await once(shell, 'close');
  const milliseconds = performance.now() - start;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${name} failed: ${said}`);
  const [user = Number.NaN, system = Number.NaN] = (said.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { milliseconds, cpu: (user + system) * 1000, memory };
}

/**
 * @param {number} pid
 * @returns {number} MB that its child had at most, so far
 */
function peakOfChild(pid) {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    // It has not begun, or has ended.
    return 0;
  }
}

/**
 * @param {string} out
 * @param {string[]} names
 * @param {number} size
 */
function check(out, names, size) {
  const isThere = names.every((name) => statSync(join(out, name)).size === size);
  if (!isThere) throw new Error(`not all is there: ${readdirSync(out).length} files`);
}

/**
 * @param {string} title
 * @param {Record<string, Cost[]>} costs
 * @param {number} bytes
 */
function print(title, costs, bytes) {
  const middle = (/** @type {string} */ name) => {
    const of = (/** @type {keyof Cost} */ part) => median((costs[name] ?? []).map((cost) => cost[part]));
    return { milliseconds: of('milliseconds'), cpu: of('cpu'), memory: of('memory') };
  };
  const ours = middle('stac-task: downloadItem');
  const rows = Object.keys(costs).map((name) => {
    const { milliseconds, cpu, memory } = middle(name);
    return [
      name,
      inTime(milliseconds),
      `${(bytes / 1e3 / milliseconds).toFixed(0)} MB/s`,
      inTimes(milliseconds / ours.milliseconds),
      inTime(cpu),
      inTimes(cpu / ours.cpu),
      `${memory.toFixed(0)} MB`,
      inTimes(memory / ours.memory),
    ];
  });
  printTable(title, ['', 'time', 'rate', '÷ ours', 'processor', '÷ ours', 'memory', '÷ ours'], rows);
}
