/**
 * The table of `stac-task info`, after `stac_asset/_cli.py: info_async`, which has tabulate make it.
 *
 * @module
 */

import { printable } from './terminal.js';

/**
 * @typedef {import('#package').AssetInfo} AssetInfo
 * @typedef {{ key: string, client: string, exists: string, type: string, notes: Set<string> }} Row
 */

const headings = ['Asset', 'Client', 'Exists', 'Media type', 'Note'];

/** Notes of one key that are shown; an item collection may have thousands. */
const mostNotes = 5;

/**
 * @param {AssetInfo[]} infos
 * @param {import('./terminal.js').Paint} paint
 * @returns {string} a line for each key, in their order
 */
export function infoTable(infos, paint) {
  const rows = rowsOf(infos).flatMap(linesOf);
  const widths = headings.map((heading, column) =>
    // As wide as tabulate makes them: two more than a heading that is wider than all below it.
    Math.max(heading.length + 2, ...rows.map((cells) => widthOf(cells[column] ?? ''))),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  const all = [headings, rule, ...rows].map((cells, index) =>
    cells
      .map((cell, column) => {
        const padded = cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        if (index < 2) return paint('dim', padded);
        return column === 2 ? paint(styles[cell] ?? 'warning', padded) : padded;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${all.join('\n')}\n`;
}

const styles = /** @type {Record<string, 'ok' | 'error'>} */ ({ True: 'ok', False: 'error' });

/** @param {string} text */
const widthOf = (text) => [...text].length;

/**
 * @param {AssetInfo[]} infos
 * @returns {Row[]}
 */
function rowsOf(infos) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const info of infos) {
    const found = cellsOf(info);
    const row = rows.get(info.key);
    if (!row) {
      rows.set(info.key, found);
      continue;
    }
    if (row.exists !== found.exists) row.exists = 'Sometimes';
    if (row.client !== found.client) row.client = 'Various';
    if (row.type !== found.type) row.type = 'Various';
    for (const note of found.notes) row.notes.add(note);
  }
  return [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * In Python's words.
 * @param {AssetInfo} info
 * @returns {Row}
 */
const cellsOf = ({ key, client, exists, type, note }) => ({
  key,
  client: client ?? 'n/a',
  exists: exists ? 'True' : 'False',
  type: type ?? '',
  notes: new Set(note === '' ? [] : note.split('\n')),
});

/**
 * @param {Row} row
 * @returns {string[][]} more than one where there are several notes
 */
function linesOf({ key, client, exists, type, notes }) {
  const shown = [...notes].slice(0, mostNotes);
  if (notes.size > mostNotes) shown.push(`and ${notes.size - mostNotes} more`);
  const [first = '', ...rest] = shown;
  const lines = [[key, client, exists, type, first], ...rest.map((note) => ['', '', '', '', note])];
  return lines.map((cells) => cells.map((cell) => printable(cell)));
}
