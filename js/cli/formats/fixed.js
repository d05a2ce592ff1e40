/**
 * What `fix` did, for people.
 *
 * @module
 */

import { displayName, painter, printable } from '../terminal.js';
import { formatIssues } from './text.js';

/** Issues that are listed of each kind. */
const mostListed = 100;

/**
 * @param {import('../fix.js').Fixed} fixed
 * @param {boolean} colors
 * @returns {string}
 */
export function formatFixed({ file, valid, result }, colors) {
  const paint = painter(colors);
  const name = displayName(file);
  const { text, applied, remaining } = result;
  const mark = valid ? paint('ok', '✓') : paint('error', '✗');
  const head = `${mark} ${paint('bold', name)}: ${applied.length} fixed, ${remaining.length} left\n`;
  const done = applied.slice(0, mostListed).map((issue) => formatApplied(issue, name, paint));
  const left = formatIssues(remaining.slice(0, mostListed), name, text, paint);
  return [head, ...done, more(applied.length), left, more(remaining.length), formatUnsafe(remaining)].join(
    '',
  );
}

/**
 * @param {import('../../report.js').Issue} issue
 * @param {string} name
 * @param {import('../terminal.js').Paint} paint
 */
function formatApplied({ code, pointer, range, fix }, name, paint) {
  const place = range ? `${name}:${range.start.line}:${range.start.column}` : name;
  const where = pointer === '' ? '' : paint('dim', ` at ${printable(pointer)}`);
  return `  ${place} ${paint('ok', 'fixed')} ${paint('dim', code)}${where}\n    ${printable(fix?.title ?? '')}\n`;
}

/** @param {number} count */
const more = (count) => (count > mostListed ? `  ${count - mostListed} more\n` : '');

/** @param {import('../../report.js').Issue[]} remaining */
function formatUnsafe(remaining) {
  const count = remaining.filter(({ fix }) => fix && !fix.safe).length;
  return count === 0 ? '' : `${count} can be fixed with --unsafe\n`;
}

/**
 * A diff in colours, and on a terminal without what a payload could do to it. Elsewhere it stays exact, so
 * that `patch` takes it.
 * @param {string} diff
 * @param {{ colors: boolean, isTerminal: boolean }} where
 */
export function paintDiff(diff, { colors, isTerminal }) {
  if (!colors && !isTerminal) return diff;
  const paint = painter(colors);
  const styles = /** @type {const} */ ({ '+': 'added', '-': 'removed', '@': 'place' });
  return diff
    .split('\n')
    .map((line, index) => {
      const shown = isTerminal ? printable(line.replace(/\r$/, '')) : line;
      if (line.startsWith('--- ') && index === 0) return paint('bold', shown);
      if (line.startsWith('+++ ') && index === 1) return paint('bold', shown);
      const style = styles[/** @type {keyof typeof styles} */ (line[0])];
      return style ? paint(style, shown) : shown;
    })
    .join('\n');
}
