/**
 * `npm run bench`: side by side with peers, in one process and one run, as ratios.
 *
 *     node bench/run.js [validate] [cold-start] [items]
 *
 * @module
 */

import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../tests/support/install.js';

const groups = {
  validate: async () => (await import('./validate.js')).benchValidate(),
  'cold-start': async () => (await import('./cold-start.js')).benchColdStart(),
  items: async () => {
    await ensureInstalled(fileURLToPath(new URL('./peers/', import.meta.url)));
    await (await import('./items.js')).benchItems();
  },
};
const named = process.argv.slice(2);
const chosen = named.length > 0 ? named : Object.keys(groups);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
for (const name of chosen) {
  const group = groups[/** @type {keyof typeof groups} */ (name)];
  if (!group) throw new Error(`there is no group '${name}'; there are ${Object.keys(groups).join(', ')}`);
  await group();
}
