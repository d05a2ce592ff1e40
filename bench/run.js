/**
 * `npm run bench`: side by side with peers, in one process and one run, as ratios.
 *
 *     node bench/run.js [validate] [cold-start]
 *
 * @module
 */

import { cpus } from 'node:os';
import { benchColdStart } from './cold-start.js';
import { benchValidate } from './validate.js';

const groups = { validate: benchValidate, 'cold-start': benchColdStart };
const named = process.argv.slice(2);
const chosen = named.length > 0 ? named : Object.keys(groups);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
for (const name of chosen) {
  const group = groups[/** @type {keyof typeof groups} */ (name)];
  if (!group) throw new Error(`there is no group '${name}'; there are ${Object.keys(groups).join(', ')}`);
  await group();
}
