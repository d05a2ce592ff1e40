/**
 * Cold start of a function in AWS Lambda: a fresh process each time, under AWS's own runtime client and a local runtime
 * API, from the start of the process to the first answer. The same task on stac-task, on ajv and jsonpath-plus, and as
 * nothing at all; and on Python's stactask where STACTASK_PYTHON names one that has it, there without a client of AWS.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { startLambda } from '../tests/support/lambda.js';
import { readExample } from './make-payload.js';
import { inTime, inTimes, median, printTable } from './measure.js';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** What the task does with its items, the same for all. */
const keepClear = `items.filter((item) => !(item.properties['eo:cloud_cover'] > maxCloudCover))`;

const task = `
import { Task } from 'stac-task';
class KeepClear extends Task {
  static name = 'keep-clear';
  static version = '1.0.0';
  process({ maxCloudCover = 100 }) {
    const { items } = this;
    return ${keepClear};
  }
  postProcessItem(item) {
    return KeepClear.addSoftwareVersionToItem(item);
  }
}`;

/** Each is bundled as `index.mjs`. @type {Record<string, string>} */
const programs = {
  'nothing: it returns the payload': 'export const handler = async (payload) => payload;',
  'stac-task: toLambdaHandler': `${task}
    import { toLambdaHandler } from 'stac-task';
    export const handler = toLambdaHandler(KeepClear);`,
  'stac-task: Task.handler, loaded by the first call': `${task}
    export const handler = (payload) => KeepClear.handler(payload);`,
  'ajv and jsonpath-plus': `
    import Ajv from 'ajv';
    import { JSONPath } from 'jsonpath-plus';
    import schema from './payload.schema.json';
    const validate = new Ajv({ allErrors: true, strictTuples: false }).compile(schema);
    export const handler = async (payload) => {
      if (!validate(payload)) throw new Error(JSON.stringify(validate.errors));
      const [{ collection_matchers, workflow_options = {}, tasks = {} }] = payload.process;
      const { maxCloudCover = 100 } = { ...workflow_options, ...tasks['keep-clear'] };
      const items = payload.features;
      const features = ${keepClear};
      for (const item of features) {
        item.stac_extensions = [...new Set([...(item.stac_extensions ?? []), 'https://stac-extensions.github.io/processing/v1.1.0/schema.json'])].sort();
        item.properties['processing:software'] = { 'keep-clear': '1.0.0' };
        const found = collection_matchers.find(({ type, pattern }) =>
          type === 'catch_all' || JSONPath({ path: pattern.replace(/=~ '(.*?)'/, '.match(/$1/)').replace(' .match', '.match'), json: [item] }).length === 1);
        if (found) item.collection = found.collection_name;
      }
      return { ...payload, features };
    };`,
};

const matchers = [
  { type: 'jsonpath', pattern: "$[?(@.id =~ '^LC08')]", collection_name: 'landsat' },
  { type: 'jsonpath', pattern: "$[?(@.id =~ '^S2')]", collection_name: 'sentinel-2' },
  { type: 'catch_all', collection_name: 'others' },
];

export async function benchLambda(rounds = 15) {
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-bench-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    for (const [name, place] of [
      ['stac-task', '..'],
      ['ajv', '../node_modules/ajv'],
      ['jsonpath-plus', './peers/node_modules/jsonpath-plus'],
    ])
      symlinkSync(here(place), join(folder, 'node_modules', name), 'dir');
    await measureAll(folder, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {number} rounds
 */
async function measureAll(folder, rounds) {
  const base = readExample();
  const payload = { ...base, process: [{ workflow: 'bench', collection_matchers: matchers }] };
  const text = JSON.stringify(payload);
  const functions = await Promise.all(
    Object.entries(programs).map(async ([name, program], index) => ({
      name,
      place: await bundle(folder, String(index), program),
      times: /** @type {number[]} */ ([]),
      answer: '',
    })),
  );
  /** @type {number[]} */
  const python = [];
  for (let round = 0; round < rounds; ++round) {
    for (const each of functions) {
      const lambda = await startLambda({ folder: each.place, handler: 'index.handler' });
      const { result, error } = await lambda.invoke(payload);
      each.times.push(performance.now() - lambda.startedAt);
      lambda.stop();
      if (error) throw new Error(`${each.name}: ${JSON.stringify(error)}`);
      each.answer = JSON.stringify(result.features.map(({ id, collection }) => [id, collection]));
    }
    const time = pythonTime(text);
    if (time !== undefined) python.push(time);
  }
  const [nothing, own, ...others] = functions;
  if (!nothing || !own) throw new Error('there is nothing to compare');
  for (const { name, answer } of others) {
    if (answer !== own.answer) throw new Error(`${name} gives ${answer}, and not ${own.answer}`);
  }
  const bare = median(nothing.times);
  const unit = median(own.times);
  const row = (/** @type {string} */ name, /** @type {number} */ time, /** @type {string[]} */ bytes) => [
    name,
    ...bytes,
    inTime(time),
    inTime(Math.max(0, time - bare)),
    inTimes(time / unit),
  ];
  printTable(
    `AWS Lambda: from the start of the process to the first answer, median of ${rounds} processes, payload of ${(text.length / 1000).toFixed(0)} KB`,
    [
      'function, bundled by esbuild',
      'bytes',
      'brotli',
      'first answer',
      'beyond nothing',
      '× toLambdaHandler',
    ],
    [
      ...functions.map(({ name, place, times }) => row(name, median(times), bytesIn(place))),
      ...(python.length > 0 ? [row("Python's stactask: import and handler", median(python), ['', ''])] : []),
    ],
  );
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} program
 * @returns {Promise<string>} the function's folder
 */
async function bundle(folder, name, program) {
  const place = join(folder, name);
  cpSync(here('../dist/payload.schema.json'), join(folder, 'payload.schema.json'));
  await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'main.mjs' },
    outfile: join(place, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    // ajv and others still ask for modules of Node by require().
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  if (program.includes('stac-task')) cpSync(here('../dist/core.wasm'), join(place, 'core.wasm'));
  return place;
}

/** @param {string} place */
function bytesIn(place) {
  const files = readdirSync(place).map((name) => readFileSync(join(place, name)));
  const sizes = [
    files.reduce((sum, { length }) => sum + length, 0),
    files.reduce((sum, bytes) => sum + brotliCompressSync(bytes).length, 0),
  ];
  return sizes.map((size) => `${(size / 1000).toFixed(1)} KB`);
}

/**
 * @param {string} input
 * @returns {number | undefined} milliseconds, of the whole process
 */
function pythonTime(input) {
  const python = process.env.STACTASK_PYTHON;
  if (!python) return undefined;
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(python, [here('./peers/handler.py')], {
    input,
    encoding: 'utf8',
  });
  const time = performance.now() - start;
  if (status !== 0 || !stdout.includes('sentinel-2')) throw new Error(stderr || stdout);
  return time;
}
