/**
 * Reports for people: place, severity, code, message, the line with a caret, the hint.
 *
 * @module
 */

/** Columns of a source line that are shown; of a longer line, those around the finding. */
const frameWidth = 100;

const paints = /** @type {const} */ ({
  error: '31',
  warning: '33',
  info: '36',
  ok: '32',
  dim: '2',
  bold: '1',
});

/**
 * @param {boolean} colors
 * @returns {(style: keyof typeof paints, text: string) => string}
 */
const painter = (colors) => (style, text) => (colors ? `\x1b[${paints[style]}m${text}\x1b[0m` : text);

/**
 * @param {{ file: string, bytes: Uint8Array, report: import('../report.js').Report }} checked
 * @param {boolean} colors
 * @returns {string}
 */
export function formatReport({ file: name, bytes, report }, colors) {
  const paint = painter(colors);
  const file = printable(name);
  if (report.issues.length === 0) return `${paint('ok', '✓')} ${file}\n`;
  const mark = report.valid ? paint('ok', '✓') : paint('error', '✗');
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  const issues = report.issues.map((issue) => formatIssue(issue, file, lines, paint));
  return `${mark} ${paint('bold', file)}\n${issues.join('')}`;
}

/**
 * @param {import('../report.js').Issue} issue
 * @param {string} file
 * @param {string[]} lines
 * @param {ReturnType<typeof painter>} paint
 */
function formatIssue(issue, file, lines, paint) {
  const { severity, code, message, pointer, range, hint } = issue;
  const place = range ? `${file}:${range.start.line}:${range.start.column}` : file;
  const where = pointer === '' ? '' : paint('dim', ` at ${printable(pointer)}`);
  const head = `  ${place} ${paint(severity, severity)} ${paint('dim', code)}${where}\n`;
  const frame = range ? formatFrame(range, lines, severity, paint) : '';
  const advice = hint ? `    ${paint('dim', `→ ${hint}`)}\n` : '';
  return `${head}    ${printable(message)}\n${frame}${advice}`;
}

/**
 * The first line of the range with a line of carets under it.
 * @param {import('../report.js').Range} range
 * @param {string[]} lines
 * @param {import('../report.js').Severity} severity
 * @param {ReturnType<typeof painter>} paint
 */
function formatFrame({ start, end }, lines, severity, paint) {
  const line = lines[start.line - 1];
  if (line === undefined) return '';
  const from = Math.max(0, Math.min(start.column - 1 - 40, line.length - frameWidth));
  const shown = printable(line.slice(from, from + frameWidth));
  const column = start.column - 1 - from;
  const stop = end.line === start.line ? end.column - 1 - from : shown.length;
  const carets = '^'.repeat(Math.max(1, Math.min(stop, shown.length) - column));
  const number = String(start.line);
  const gutter = ' '.repeat(number.length);
  return (
    `    ${paint('dim', `${number} │`)} ${from > 0 ? '…' : ''}${shown}\n` +
    `    ${gutter} ${paint('dim', '│')} ${' '.repeat(column + (from > 0 ? 1 : 0))}${paint(severity, carets)}\n`
  );
}

/**
 * Control characters would move the cursor, or worse: a payload must not write to the terminal.
 * @param {string} text
 */
export const printable = (text) =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => (c === '\t' ? ' ' : '�'));

/**
 * JSON that leaves the terminal alone, too: it escapes what `JSON.stringify` does not.
 * @param {unknown} value
 */
export const formatJson = (value) =>
  JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (characters) =>
    characters.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/**
 * @param {({ report: import('../report.js').Report } | { failure: string })[]} results
 * @param {boolean} colors
 * @returns {string}
 */
export function formatSummary(results, colors) {
  const paint = painter(colors);
  const counts = { error: 0, warning: 0, info: 0 };
  let invalid = 0;
  let unread = 0;
  for (const result of results) {
    if ('failure' in result) {
      ++unread;
      continue;
    }
    if (!result.report.valid) ++invalid;
    for (const severity of /** @type {const} */ (['error', 'warning', 'info'])) {
      counts[severity] += result.report.counts[severity];
    }
  }
  const parts = [`${plural(results.length, 'payload')}: ${results.length - invalid - unread} valid`];
  if (invalid) parts.push(paint('error', `${invalid} invalid`));
  if (unread) parts.push(paint('error', `${unread} unreadable`));
  const found = [];
  if (counts.error) found.push(plural(counts.error, 'error'));
  if (counts.warning) found.push(plural(counts.warning, 'warning'));
  if (counts.info) found.push(plural(counts.info, 'note'));
  return parts.join(', ') + (found.length ? ` (${found.join(', ')})` : '');
}

/** @param {number} count @param {string} noun */
const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
