/**
 * What of an object expressions look at, so that only that crosses into the core.
 *
 * @module
 */

/** Questions of a kind that are remembered, at most. */
const capacity = 256;

/** By kind and question. @typedef {Map<string, import('./encode-parts.js').Reads>} Remembered */
/** @type {Remembered[]} */
const remembered = [new Map(), new Map(), new Map()];

/** What a question is; src/task/calls.hpp knows them by their places. */
const kinds = /** @type {const} */ (['expression', 'config', 'payload']);

/**
 * @param {import('./subject.js').Subject} subject
 * @param {(typeof kinds)[number]} kind
 * @param {string} question  JSON
 * @returns {import('./encode-parts.js').Reads}
 */
export function readsOf({ core, loaded }, kind, question) {
  if (!('object' in loaded)) return true;
  const index = kinds.indexOf(kind);
  const all = /** @type {Remembered} */ (remembered[index]);
  const known = all.get(question);
  if (known !== undefined) return known;
  const reads = core.call('reads', question, index);
  if (all.size >= capacity) all.clear();
  all.set(question, reads);
  return reads;
}
