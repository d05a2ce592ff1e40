/**
 * Unified diffs. A file of its own in dist, which only `fix --diff` loads.
 *
 * @module
 */

import { createTwoFilesPatch, FILE_HEADERS_ONLY, formatPatch } from 'diff';

/** Lines around a change. */
const context = 3;

/** Lines that differ, beyond which the shortest diff is not looked for: the search is quadratic in them. */
const maxEditLength = 2000;

/**
 * @param {string} before  the name of the old text
 * @param {string} after   the name of the new text
 * @param {string} oldText
 * @param {string} newText
 * @returns {string} empty where the texts are the same
 */
export function unifiedDiff(before, after, oldText, newText) {
  if (oldText === newText) return '';
  const options = { context, maxEditLength, headerOptions: FILE_HEADERS_ONLY };
  return (
    createTwoFilesPatch(before, after, oldText, newText, undefined, undefined, options) ??
    oneHunk(before, after, linesOf(oldText), linesOf(newText))
  );
}

/**
 * Everything between the first and the last line that differ.
 * @param {string} oldFileName
 * @param {string} newFileName
 * @param {string[]} before
 * @param {string[]} after
 */
function oneHunk(oldFileName, newFileName, before, after) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) ++head;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) ++tail;

  const first = Math.max(0, head - context);
  const more = Math.min(context, tail);
  const [oldEnd, newEnd] = [before.length - tail, after.length - tail];
  const lines = [
    ...before.slice(first, head).flatMap((line) => hunkLine(' ', line)),
    ...before.slice(head, oldEnd).flatMap((line) => hunkLine('-', line)),
    ...after.slice(head, newEnd).flatMap((line) => hunkLine('+', line)),
    ...before.slice(oldEnd, oldEnd + more).flatMap((line) => hunkLine(' ', line)),
  ];
  const hunk = {
    oldStart: first + 1,
    oldLines: oldEnd + more - first,
    newStart: first + 1,
    newLines: newEnd + more - first,
    lines,
  };
  const patch = { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks: [hunk] };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** Lines with their ends. @param {string} text */
const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * @param {string} sign
 * @param {string} line
 */
const hunkLine = (sign, line) =>
  line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'];
