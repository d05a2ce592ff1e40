/**
 * `npm run bench`: side by side with peers, in one process and one run, as ratios.
 *
 *     node bench/run.js [validate] [cold-start] [collections] [items] [lambda] [worker] [download] [download-worker]
 *     node bench/run.js validate --against DIR     only the ratios to another build
 *
 * @module
 */

import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../tests/support/install.js';

const { values: options, positionals: named } = parseArgs({
  options: { against: { type: 'string' } },
  allowPositionals: true,
});
const { against } = options;
const groups = {
  validate: async () =>
    against === undefined
      ? (await import('./validate.js')).benchValidate()
      : (await import('./against.js')).benchAgainst(against),
  'cold-start': async () => (await import('./cold-start.js')).benchColdStart(),
  collections: async () => {
    await ensureInstalled(fileURLToPath(new URL('./peers/', import.meta.url)));
    await (await import('./collections.js')).benchCollections();
  },
  items: async () => {
    await ensureInstalled(fileURLToPath(new URL('./peers/', import.meta.url)));
    await (await import('./items.js')).benchItems();
  },
  lambda: async () => {
    await ensureInstalled(fileURLToPath(new URL('./peers/', import.meta.url)));
    await (await import('./lambda.js')).benchLambda();
  },
  worker: async () => {
    await ensureInstalled(fileURLToPath(new URL('./peers/', import.meta.url)));
    await (await import('./worker.js')).benchWorker();
  },
  download: async () => (await import('./download.js')).benchDownload(),
  'download-worker': async () => (await import('./download-worker.js')).benchDownloadWorker(),
};
const chosen = named.length > 0 ? named : Object.keys(groups);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
for (const name of chosen) {
  const group = groups[/** @type {keyof typeof groups} */ (name)];
  if (!group) throw new Error(`there is no group '${name}'; there are ${Object.keys(groups).join(', ')}`);
  await group();
}
