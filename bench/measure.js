/**
 * Timing: many rounds, in each every candidate once, so that all meet the same machine; the median counts.
 *
 * @module
 */

/**
 * @param {Record<string, () => unknown>} candidates
 * @param {number} [milliseconds]  to spend on each, about
 * @returns {Record<string, number>} the median time of one call, in milliseconds
 */
export function measure(candidates, milliseconds = 1500) {
  const names = Object.keys(candidates);
  /** @type {Record<string, { times: number[], batch: number, call: () => unknown }>} */
  const runs = {};
  for (const name of names) {
    const call = /** @type {() => unknown} */ (candidates[name]);
    for (let i = 0; i < 5; ++i) call();
    const once = time(call, 3);
    runs[name] = { call, times: [], batch: Math.max(1, Math.ceil(2 / once)) };
  }
  const end = performance.now() + milliseconds * names.length;
  while (performance.now() < end) {
    for (const run of Object.values(runs)) run.times.push(time(run.call, run.batch));
  }
  return Object.fromEntries(names.map((name) => [name, median(runs[name]?.times ?? [])]));
}

/**
 * The same for calls that return promises and take milliseconds.
 *
 * @param {Record<string, () => unknown>} candidates
 * @param {number} [milliseconds]  to spend on each, about
 * @returns {Promise<Record<string, number>>} the median time of one call, in milliseconds
 */
export async function measureAsync(candidates, milliseconds = 1500) {
  const runs = Object.entries(candidates).map(([name, call]) => ({
    name,
    call,
    times: /** @type {number[]} */ ([]),
  }));
  for (const { call } of runs) for (let i = 0; i < 3; ++i) await call();
  const end = performance.now() + milliseconds * runs.length;
  while (performance.now() < end) {
    for (const { call, times } of runs) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
  }
  return Object.fromEntries(runs.map(({ name, times }) => [name, median(times)]));
}

/**
 * @param {() => unknown} call
 * @param {number} batch
 */
function time(call, batch) {
  const start = performance.now();
  for (let i = 0; i < batch; ++i) call();
  return (performance.now() - start) / batch;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * @param {string} title
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function printTable(title, head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  console.log(`${title}\n\n${[line(head), rule, ...rows.map(line)].join('\n')}\n`);
}

/** @param {number} milliseconds */
export const inTime = (milliseconds) =>
  milliseconds >= 1 ? `${milliseconds.toFixed(2)} ms` : `${(milliseconds * 1000).toFixed(1)} µs`;

/** @param {number} value */
export const inTimes = (value) => `${value.toFixed(2)} ×`;
