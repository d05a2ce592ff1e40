/**
 * A Worker in workerd: the same task with this package, and with ajv and jsonpath-plus. Bytes that are uploaded, time
 * from the start of the process to the first answer, requests per second, and memory over 100,000 requests.
 *
 * ajv is given as the code that it makes of the schema at build time, since Workers have no eval, and jsonpath-plus
 * evaluates in its safe mode. Both tasks check the payload, assign collections and rewrite hrefs.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { serveWithWorkerd } from '../tests/support/workerd.js';
import { inTime, inTimes, median, printTable } from './measure.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = (/** @type {string} */ path) => JSON.stringify(join(root, path));

const matchers = [
  ['landsat', "$[?(@.id =~ '^LC0[89]_')]", '$[?(@.id.match(/^LC0[89]_/))]'],
  ['radar', "$[?(@.properties.platform == 'sentinel-1a')]", "$[?(@.properties.platform == 'sentinel-1a')]"],
  ['sentinel-2', "$[?(@.id =~ '^S2[AB]_')]", '$[?(@.id.match(/^S2[AB]_/))]'],
];

/** Keeps count of the wasm memory, which answers to GET tell. */
const spy = `
const { instantiate, Instance } = WebAssembly;
const memories = new Set();
const seen = (instance) => {
  for (const each of Object.values(instance.exports)) if (each instanceof WebAssembly.Memory) memories.add(new WeakRef(each));
  return instance;
};
WebAssembly.instantiate = async (...args) => seen(await instantiate(...args));
WebAssembly.Instance = new Proxy(Instance, { construct: (target, args) => seen(Reflect.construct(target, args)) });
globalThis.wasmBytes = () => [...memories].reduce((sum, each) => sum + (each.deref()?.buffer.byteLength ?? 0), 0);
`;

const rewrite = `(item) => {
  for (const asset of Object.values(item.assets)) {
    if (asset.href.startsWith('s3://')) asset.href = 'https://data.example.com/' + asset.href.slice(5);
  }
  return item;
}`;

const serve = `export default {
  fetch: (request) => request.method === 'GET' ? new Response(String(globalThis.wasmBytes?.() ?? 0)) : handle(request),
};`;

/** Each exports `handle`. */
const workers = {
  'stac-task': () => `
    import './spy.js';
    import { Task, toFetchHandler } from ${from('dist/workerd.js')};
    class Publish extends Task {
      static name = 'publish';
      process() { return this.items.map(${rewrite}); }
    }
    const handle = toFetchHandler(Publish);
    ${serve}`,
  'ajv and jsonpath-plus': () => `
    import validate from './validate.cjs';
    import { JSONPath } from ${from('bench/peers/jsonpath-plus.js')};
    const rewrite = ${rewrite};
    async function handle(request) {
      const payload = await request.json();
      if (!validate(payload)) return Response.json({ errors: validate.errors }, { status: 400 });
      payload.features = payload.features.map(rewrite);
      for (const item of payload.features) {
        for (const { pattern: path, collection_name } of payload.process[0].collection_matchers) {
          if (JSONPath({ path, json: [item], eval: 'safe' }).length !== 1) continue;
          item.collection = collection_name;
          break;
        }
      }
      return Response.json(payload);
    }
    ${serve}`,
};

export async function benchWorker() {
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-bench-'));
  try {
    const names = /** @type {(keyof typeof workers)[]} */ (Object.keys(workers));
    /** @type {Record<string, Worker>} */
    const made = {};
    for (const name of names) made[name] = await makeWorker(folder, name);
    const starts = await timesToFirstAnswer(made);
    /** @type {Record<string, Load>} */
    const loads = {};
    for (const name of names) loads[name] = await load(/** @type {Worker} */ (made[name]));
    print(made, starts, loads);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @typedef {object} Worker
 * @property {string} folder
 * @property {string[]} modules
 * @property {Buffer} request  bytes to send
 * @property {number} bytes   that are uploaded
 * @property {number} brotli  the same, compressed
 */

/**
 * @param {string} parent
 * @param {keyof typeof workers} name
 * @returns {Promise<Worker>}
 */
async function makeWorker(parent, name) {
  const folder = mkdtempSync(join(parent, 'worker-'));
  writeFileSync(join(folder, 'spy.js'), spy);
  writeFileSync(join(folder, 'validate.cjs'), standaloneValidator());
  writeFileSync(join(folder, 'source.js'), workers[name]());
  const outfile = join(folder, 'worker.js');
  await build({
    entryPoints: [join(folder, 'source.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outfile,
    conditions: ['workerd', 'worker', 'browser'],
    external: ['*.wasm'],
    logLevel: 'error',
    nodePaths: [join(root, 'node_modules')],
  });
  const modules = ['worker.js'];
  if (name === 'stac-task') {
    copyFileSync(join(root, 'dist/core.wasm'), join(folder, 'core.wasm'));
    modules.push('core.wasm');
  }
  const files = modules.map((each) => readFileSync(join(folder, each)));
  const sum = (/** @type {(file: Buffer) => number} */ size) =>
    files.reduce((total, file) => total + size(file), 0);
  return {
    folder,
    modules,
    request: requestOf(name),
    bytes: sum((file) => file.length),
    brotli: sum((file) => brotliCompressSync(file).length),
  };
}

/** The code that ajv makes of the payload's schema. */
function standaloneValidator() {
  const require = createRequire(import.meta.url);
  const { Ajv } = require('ajv');
  const standalone = require('ajv/dist/standalone').default;
  const schema = JSON.parse(readFileSync(join(root, 'js/schema/payload.schema.json'), 'utf8'));
  const ajv = new Ajv({ allErrors: true, strictTuples: false, code: { source: true } });
  return standalone(ajv, ajv.compile(schema));
}

/**
 * A payload of 3 KB with one item; each worker gets the patterns that its library reads.
 * @param {keyof typeof workers} name
 */
function requestOf(name) {
  const example = JSON.parse(readFileSync(join(root, 'examples/payloads/sentinel-2.json'), 'utf8'));
  const [{ assets, ...item }] = example.features;
  const kept = Object.fromEntries(Object.entries(assets).slice(0, 3));
  const column = name === 'stac-task' ? 1 : 2;
  const collection_matchers = matchers.map((row) => ({
    type: 'jsonpath',
    pattern: row[column],
    collection_name: row[0],
  }));
  const payload = {
    type: 'FeatureCollection',
    id: example.id,
    process: [{ workflow: 'publish', tasks: { publish: {} }, collection_matchers }],
    features: [{ ...item, links: item.links.slice(0, 2), assets: kept }],
  };
  const body = Buffer.from(JSON.stringify(payload));
  const head = `POST / HTTP/1.1\r\nhost: worker\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/**
 * From before the process starts to the first answer, one process after another.
 * @param {Record<string, Worker>} made
 */
async function timesToFirstAnswer(made, rounds = 11) {
  /** @type {Record<string, number[]>} */
  const times = {};
  for (let round = 0; round < rounds; ++round) {
    for (const [name, { folder, modules, request }] of Object.entries(made)) {
      const start = performance.now();
      const { url, stop, log } = await serveWithWorkerd(folder, modules);
      const client = new Client(Number(new URL(url).port), request);
      const answer = await client.ask();
      const time = performance.now() - start;
      times[name] = [...(times[name] ?? []), time];
      client.close();
      stop();
      if (!isRight(answer)) throw new Error(`${name} answered ${answer}\n${log()}`);
    }
  }
  return times;
}

/** @param {string} answer */
const isRight = (answer) =>
  answer.startsWith('HTTP/1.1 200') &&
  answer.includes('"collection":"sentinel-2"') &&
  answer.includes('https://data.example.com/');

/**
 * @typedef {object} Load
 * @property {number} perSecond
 * @property {number} cpu  milliseconds of the process's time for each request
 * @property {number[]} resident  bytes after as many requests as {@link marks} say
 * @property {number[]} wasm      bytes of wasm memory at the same times
 */

/** After how many requests memory is noted. */
const marks = [1000, 25_000, 50_000, 75_000, 100_000];

const clientsAtOnce = 8;

/**
 * Sends 100,000 requests over keep-alive connections.
 * @param {Worker} worker
 * @returns {Promise<Load>}
 */
async function load({ folder, modules, request }) {
  const { url, pid, stop } = await serveWithWorkerd(folder, modules);
  const port = Number(new URL(url).port);
  const clients = Array.from({ length: clientsAtOnce }, () => new Client(port, request));
  try {
    /** @type {number[]} */
    const resident = [];
    /** @type {number[]} */
    const wasm = [];
    let sent = 0;
    const sendUntil = async (/** @type {number} */ mark) => {
      const work = clients.map(async (client) => {
        while (sent < mark) {
          ++sent;
          const answer = await client.ask();
          if (!isRight(answer)) throw new Error(`the worker answered ${answer}`);
        }
      });
      await Promise.all(work);
      resident.push(residentBytes(pid));
      wasm.push(Number(await (await fetch(url)).text()));
    };
    const [warm = 0, ...rest] = marks;
    await sendUntil(warm);
    const start = { time: performance.now(), cpu: cpuTime(pid) };
    for (const mark of rest) await sendUntil(mark);
    const count = sent - warm;
    return {
      perSecond: (count / (performance.now() - start.time)) * 1000,
      cpu: (cpuTime(pid) - start.cpu) / count,
      resident,
      wasm,
    };
  } finally {
    for (const client of clients) client.close();
    stop();
  }
}

/** One keep-alive connection that sends the same request again and again; it costs less than an HTTP client. */
class Client {
  #socket;
  #request;
  #heard = '';
  /** @type {(answer: string) => void} */
  #answered = () => {};

  /**
   * @param {number} port
   * @param {Buffer} request
   */
  constructor(port, request) {
    this.#request = request;
    this.#socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    this.#socket.on('data', (text) => this.#hear(String(text)));
    this.#socket.on('error', (error) => this.#answered(String(error)));
  }

  /** @returns {Promise<string>} the whole answer */
  ask() {
    this.#heard = '';
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(this.#request);
    });
  }

  close() {
    this.#socket.destroy();
  }

  /** @param {string} text */
  #hear(text) {
    this.#heard += text;
    const head = this.#heard.indexOf('\r\n\r\n');
    const [, length] = /content-length: (\d+)/i.exec(this.#heard.slice(0, head)) ?? [];
    if (head >= 0 && this.#heard.length >= head + 4 + Number(length)) this.#answered(this.#heard);
  }
}

/** @param {number} pid */
const residentBytes = (pid) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/**
 * Milliseconds that a process has spent on any core.
 * @param {number} pid
 */
function cpuTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

/**
 * @param {Record<string, Worker>} made
 * @param {Record<string, number[]>} starts
 * @param {Record<string, Load>} loads
 */
function print(made, starts, loads) {
  const first = (/** @type {string} */ name) => median(starts[name] ?? []);
  const [own = ''] = Object.keys(made);
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const rows = Object.entries(made).map(([name, { bytes, brotli }]) => {
    const { perSecond = 0, cpu = 0 } = loads[name] ?? {};
    return [
      name,
      kilobytes(bytes),
      kilobytes(brotli),
      inTime(first(name)),
      inTimes(first(name) / first(own)),
      perSecond.toFixed(0),
      inTimes(perSecond / (loads[own]?.perSecond ?? Number.NaN)),
      inTime(cpu),
    ];
  });
  const head = [
    'worker',
    'bytes',
    'brotli',
    'start to first answer',
    '×',
    'requests/s',
    '×',
    'CPU a request',
  ];
  printTable(`a Worker in workerd, a payload of ${made[own]?.request.length} bytes`, head, rows);
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const memory = Object.entries(loads).flatMap(([name, { resident, wasm }]) => [
    [`${name}, resident`, ...resident.map(megabytes)],
    [`${name}, wasm`, ...wasm.map(megabytes)],
  ]);
  printTable('memory after as many requests', ['', ...marks.map(String)], memory);
}
