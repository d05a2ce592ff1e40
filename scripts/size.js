/**
 * `npm run size`: the bytes that the default import, the first validation, the first download and the playground load,
 * raw, gzip and brotli, and whether they are within the budget. `--check` fails when they are not.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from './build.js';
import { root } from './run.js';

/** Brotli bytes at most, a little above what is; docs/building.md says where they go. */
const budgets = {
  'the import (Node)': { files: ['node.js'], budget: 15_800 },
  'the first validation (Node)': { files: ['core.glue.js', 'core.wasm'], budget: 119_600 },
  'both together (Node)': { files: ['node.js', 'core.glue.js', 'core.wasm'], budget: 135_400 },
  'the first download (Node)': {
    files: ['assets.glue.js', 'assets.wasm', 'assets-download.js', 'assets-http.js', 'assets-folder.js'],
    budget: 47_200,
  },
  'the first download (Worker)': {
    files: ['assets.glue.js', 'assets.wasm', 'assets-download.js', 'assets-http.js', 'assets-r2.js'],
    budget: 46_000,
  },
  'its chunk and HTTP client': {
    files: ['assets.glue.js', 'assets.wasm', 'assets-http.js'],
    budget: 40_000,
  },
  'the import (browser)': { files: ['browser.js'], budget: 18_400 },
  'both together (browser)': { files: ['browser.js', 'core.wasm'], budget: 134_500 },
};

await build();
let isOver = false;
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} KB`;
console.log(`${''.padEnd(28)}       raw      gzip    brotli    budget`);
const { playgroundSizes } = await import(join(root, 'examples/playground/size.js'));
/** @type {Record<string, { sizes: [number, number, number][], budget: number }>} */
const measured = {};
for (const [name, { files, budget }] of Object.entries(budgets)) {
  measured[name] = { sizes: files.map((file) => sizesOf(join(root, 'dist', file))), budget };
}
Object.assign(measured, await playgroundSizes(sizesOf));
for (const [name, { sizes, budget }] of Object.entries(measured)) {
  const total = (/** @type {0 | 1 | 2} */ column) => sizes.reduce((sum, size) => sum + size[column], 0);
  const over = total(2) > budget;
  isOver ||= over;
  const columns = [total(0), total(1), total(2), budget].map(kilobytes).join(' ');
  console.log(`${name.padEnd(28)} ${columns}${over ? '  OVER' : ''}`);
}
if (isOver && process.argv.includes('--check')) process.exit(1);

/**
 * @param {string} file
 * @returns {[raw: number, gzip: number, brotli: number]}
 */
function sizesOf(file) {
  const bytes = readFileSync(file);
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
}
