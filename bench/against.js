/**
 * Validation of clean payloads by this build, with lint and without, against an older build of the package:
 *
 *     npm run bench -- validate --against DIR     a `dist` folder, such as that of a git worktree
 *
 * @module
 */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ready, validateSync } from 'stac-task';
import { makePayload, readExample } from './make-payload.js';
import { inTime, inTimes, measure, printTable } from './measure.js';

/** @typedef {Pick<typeof import('stac-task'), 'ready' | 'validateSync'>} Build */

/** @param {string} dist  of the other build */
export async function benchAgainst(dist) {
  /** @type {Build} */
  const other = await import(pathToFileURL(resolve(dist, 'node.js')).href);
  await Promise.all([ready(), other.ready()]);
  /** @type {string[][]} */
  const rows = [];
  for (const [name, payload] of Object.entries(payloads())) {
    const text = JSON.stringify(payload);
    const inputs = { text, bytes: new TextEncoder().encode(text), object: payload };
    for (const [kind, input] of Object.entries(inputs)) rows.push(rowOf(`${name}, ${kind}`, [input], other));
    // No two in a row have the same `process`, so none is known to be clean.
    rows.push(rowOf(`${name}, text, another process each time`, withOtherProcesses(text), other));
  }
  printTable(
    'validate() of a payload without findings, against another build: × says how many times its time',
    // Without lint there is Python's warning about a key that is absent, and a report to write.
    ['payload', 'other', 'this', '×', 'lint: false, one warning', '×'],
    rows,
  );
}

/** @returns {Record<string, import('./make-payload.js').JsonObject>} */
function payloads() {
  const base = readExample();
  const item = {
    type: 'Feature',
    id: 'a',
    properties: {
      datetime: '2024-01-01T00:00:00Z',
      'mgrs:utm_zone': 32,
      'mgrs:latitude_band': 'T',
      'mgrs:grid_square': 'MS',
    },
  };
  return {
    '1 KB': { ...base, features: [item] },
    '3 KB': { ...base, features: Array.from({ length: 12 }, (_, i) => ({ ...item, id: `item-${i}` })) },
    '35 KB': base,
    '7 MB': makePayload(base, 600),
  };
}

/** @param {string} text */
function withOtherProcesses(text) {
  return ['one', 'two', 'three'].map((description) => {
    const payload = JSON.parse(text);
    payload.process[0].description = description;
    return JSON.stringify(payload);
  });
}

/**
 * @param {string} name
 * @param {(string | object)[]} inputs  taken in turn
 * @param {Build} other
 */
function rowOf(name, inputs, other) {
  for (const input of inputs) {
    const { issues } = validateSync(input);
    if (issues.length > 0)
      throw new Error(`the benchmark's payload has findings: ${JSON.stringify(issues[0])}`);
  }
  const inTurn = (/** @type {(input: string | object) => unknown} */ run) => {
    let turn = 0;
    return () => run(/** @type {string | object} */ (inputs[turn++ % inputs.length]));
  };
  const {
    before = 0,
    now = 0,
    unlinted = 0,
  } = measure({
    before: inTurn((input) => other.validateSync(input)),
    now: inTurn((input) => validateSync(input)),
    unlinted: inTurn((input) => validateSync(input, { lint: false })),
  });
  return [
    name,
    inTime(before),
    inTime(now),
    inTimes(now / before),
    inTime(unlinted),
    inTimes(unlinted / before),
  ];
}
