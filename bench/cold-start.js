/**
 * Cold start: a fresh process each time, from its start to the first verdict, against one that loads ajv
 * and compiles the schema, and one that does nothing.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inTime, inTimes, median, printTable } from './measure.js';

const here = (/** @type {string} */ path) => JSON.stringify(new URL(path, import.meta.url).href);
const payload = fileURLToPath(new URL('../examples/payloads/sentinel-2.json', import.meta.url));
const readText = `const text = readFileSync(${JSON.stringify(payload)}, 'utf8');`;

/** Each prints the milliseconds from before its imports to its verdict. */
const programs = {
  nothing: `import { readFileSync } from 'node:fs'; ${readText} console.log(0);`,
  'stac-task': `import { readFileSync } from 'node:fs'; ${readText}
    const start = performance.now();
    const { validate } = await import(${here('../dist/node.js')});
    const { valid } = await validate(text);
    if (!valid) throw new Error('invalid');
    console.log(performance.now() - start);`,
  ajv: `import { readFileSync } from 'node:fs'; ${readText}
    const start = performance.now();
    const { Ajv } = (await import(${here('../node_modules/ajv/dist/ajv.js')})).default;
    const schema = JSON.parse(readFileSync(new URL(${here('../js/schema/payload.schema.json')}), 'utf8'));
    const valid = new Ajv({ allErrors: true, strictTuples: false }).compile(schema)(JSON.parse(text));
    if (!valid) throw new Error('invalid');
    console.log(performance.now() - start);`,
};

export async function benchColdStart(rounds = 25) {
  /** @type {Record<string, { inside: number[], whole: number[] }>} */
  const times = {};
  for (let round = 0; round < rounds; ++round) {
    for (const [name, program] of Object.entries(programs)) {
      const start = performance.now();
      const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
      });
      const whole = performance.now() - start;
      if (status !== 0) throw new Error(stderr);
      times[name] ??= { inside: [], whole: [] };
      times[name]?.inside.push(Number(stdout));
      times[name]?.whole.push(whole);
    }
  }
  const bare = median(times['nothing']?.whole ?? []);
  const own = median(times['stac-task']?.inside ?? []);
  const rows = Object.entries(times).map(([name, { inside, whole }]) => [
    name,
    inTime(median(whole)),
    inTime(Math.max(0, median(whole) - bare)),
    inTime(median(inside)),
    inTimes(median(inside) / own),
  ]);
  printTable(
    `cold start, median of ${rounds} processes`,
    ['program', 'process', 'beyond Node', 'import to verdict', '× stac-task'],
    rows,
  );
}
