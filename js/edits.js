/**
 * Edits of a text: which can be made together, and making them.
 *
 * @module
 */

/**
 * @typedef {import('./report.js').Issue & { fix: import('./report.js').Fix }} FixableIssue
 * @typedef {import('./report.js').Fix['edits'][number]} Edit
 */

const startOf = (/** @type {Edit} */ edit) => edit.range.start.offset;
const endOf = (/** @type {Edit} */ edit) => edit.range.end.offset;
/** By position; where two start together, what only inserts comes first. */
const byPosition = (/** @type {Edit} */ a, /** @type {Edit} */ b) =>
  startOf(a) - startOf(b) || endOf(a) - endOf(b);

/**
 * The issues whose fixes can be made at once, since no edit of one touches an edit of another. Of two that
 * do, the one whose first edit stands earlier in the text goes first, then the one that is listed first.
 *
 * @param {FixableIssue[]} issues
 * @returns {FixableIssue[]} in the order of their first edits
 */
export function compatible(issues) {
  const ranked = issues
    .map((issue) => ({ issue, start: Math.min(...issue.fix.edits.map(startOf)) }))
    .sort((a, b) => a.start - b.start)
    .map(({ issue }) => issue);
  const placed = ranked
    .flatMap(({ fix }, rank) => fix.edits.map((edit) => ({ edit, rank })))
    .sort((a, b) => byPosition(a.edit, b.edit) || a.rank - b.rank);

  /** @type {Set<number>} */
  const waiting = new Set();
  /** The edit before. @type {{ edit: Edit, rank: number } | undefined} */
  let last;
  for (const next of placed) {
    if (waiting.has(next.rank)) continue;
    if (last && !waiting.has(last.rank) && areTouching(last.edit, next.edit)) {
      // What is put off here may have put off a third one for nothing: the next round has that.
      waiting.add(Math.max(last.rank, next.rank));
    }
    if (!waiting.has(next.rank)) last = next;
  }
  return ranked.filter((_issue, rank) => !waiting.has(rank));
}

/**
 * @param {Edit} first
 * @param {Edit} second  which does not start before
 */
const areTouching = (first, second) => startOf(second) < endOf(first) || startOf(second) === startOf(first);

/**
 * The text after some edits, none of which overlaps another. Takes time in proportion to the text.
 *
 * @param {string} text
 * @param {Edit[]} edits
 * @returns {string}
 */
export function applyEdits(text, edits) {
  const pieces = [];
  let end = 0;
  for (const edit of [...edits].sort(byPosition)) {
    pieces.push(text.slice(end, startOf(edit)), edit.text);
    end = endOf(edit);
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}
