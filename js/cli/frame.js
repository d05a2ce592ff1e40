/**
 * The line of a finding, with carets under it.
 *
 * @module
 */

import stringWidth from 'string-width';
import { printable } from './terminal.js';

/** Characters of a line that are shown; of a longer line, those around the finding. */
const shownLength = 100;
const shownBefore = 40;

/** Columns of a terminal. @param {string} text */
const widthOf = (text) => stringWidth(text, { countAnsiEscapeCodes: true });

/**
 * The first line of a range.
 * @param {import('../report.js').Range} range
 * @param {string[]} lines  of the whole text
 * @param {import('./terminal.js').Paint} paint
 * @param {import('../report.js').Severity} severity
 * @returns {string} two lines; nothing where the text has no such line
 */
export function formatFrame({ start, end }, lines, paint, severity) {
  const line = lines[start.line - 1];
  if (line === undefined) return '';
  const at = start.column - 1;
  const from = wholeCharacter(line, Math.max(0, Math.min(at - shownBefore, line.length - shownLength)));
  const to = wholeCharacter(line, Math.min(from + shownLength, line.length));
  const stop = end.line === start.line ? Math.min(end.column - 1, to) : to;
  // Columns are units of the text; where a character stands on the terminal is another matter.
  const before = (from > 0 ? '…' : '') + printable(line.slice(from, at));
  const marked = printable(line.slice(at, stop));
  const after = printable(line.slice(Math.max(at, stop), to)) + (to < line.length ? '…' : '');
  const number = String(start.line);
  const gutter = ' '.repeat(number.length);
  const indent = ' '.repeat(widthOf(before));
  const carets = '^'.repeat(Math.max(1, widthOf(marked)));
  return (
    `    ${paint('dim', `${number} │`)} ${before}${marked}${after}\n` +
    `    ${gutter} ${paint('dim', '│')} ${indent}${paint(severity, carets)}\n`
  );
}

/**
 * The index, or the one before where it would cut a pair of surrogates.
 * @param {string} text
 * @param {number} index
 */
const wholeCharacter = (text, index) =>
  index > 0 &&
  index < text.length &&
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1))
    ? index - 1
    : index;
