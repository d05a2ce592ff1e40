/**
 * For people: place, severity, code, message, the line with carets, the hint.
 *
 * @module
 */

import { decodeText } from '../../runtime/wtf8.js';
import { formatFrame } from '../frame.js';
import { displayName, painter, printable } from '../terminal.js';
import { formatSummary } from './summary.js';

/**
 * @param {boolean} colors
 * @returns {import('./format.js').Format}
 */
export function textFormat(colors) {
  const paint = painter(colors);
  return {
    each: (result) =>
      'failure' in result
        ? { stderr: `stac-task: ${printable(result.failure)}\n` }
        : { stdout: formatReport(result, paint) },
    end: (results) => ({ stdout: `${formatSummary(results, paint)}\n${formatFixable(results)}` }),
  };
}

/**
 * @param {import('./format.js').Checked} checked
 * @param {import('../terminal.js').Paint} paint
 * @returns {string}
 */
function formatReport({ file, bytes, report }, paint) {
  const name = displayName(file);
  const isClean = report.issues.length === 0 && !report.omitted;
  const mark = report.valid ? paint('ok', '✓') : paint('error', '✗');
  if (isClean) return `${mark} ${name}\n`;
  return `${mark} ${paint('bold', name)}\n${formatIssues(report.issues, name, decodeText(bytes), paint)}${formatOmitted(report, paint)}`;
}

/**
 * @param {import('../../report.js').Issue[]} issues
 * @param {string} name
 * @param {string} text
 * @param {import('../terminal.js').Paint} paint
 * @returns {string}
 */
export function formatIssues(issues, name, text, paint) {
  const lines = text.split(/\r\n|\n|\r/);
  return issues.map((issue) => formatIssue(issue, name, lines, paint)).join('');
}

/**
 * @param {import('../../report.js').Issue} issue
 * @param {string} name
 * @param {string[]} lines
 * @param {import('../terminal.js').Paint} paint
 */
function formatIssue(issue, name, lines, paint) {
  const { severity, code, message, pointer, range, hint } = issue;
  const place = range ? `${name}:${range.start.line}:${range.start.column}` : name;
  const where = pointer === '' ? '' : paint('dim', ` at ${printable(pointer)}`);
  const head = `  ${place} ${paint(severity, severity)} ${paint('dim', code)}${where}\n`;
  const frame = range ? formatFrame(range, lines, paint, severity) : '';
  const advice = hint ? `    ${paint('dim', `→ ${printable(hint)}`)}\n` : '';
  return `${head}    ${printable(message)}\n${frame}${advice}`;
}

/**
 * @param {import('../../report.js').Report} report
 * @param {import('../terminal.js').Paint} paint
 */
const formatOmitted = ({ omitted }, paint) =>
  omitted ? `  ${paint('dim', `${omitted} more not listed (--max-issues)`)}\n` : '';

/** @param {import('./format.js').Results} results */
function formatFixable(results) {
  const issues = results.flatMap((result) => ('failure' in result ? [] : result.report.issues));
  const fixes = issues.flatMap(({ fix }) => (fix ? [fix] : []));
  const safe = fixes.filter((fix) => fix.safe).length;
  const unsafe = fixes.length - safe;
  const parts = [];
  if (safe) parts.push(`${safe} can be fixed with \`stac-task fix\``);
  if (unsafe) parts.push(`${unsafe}${safe ? ' more' : ' can be fixed'} with \`stac-task fix --unsafe\``);
  return parts.length === 0 ? '' : `${parts.join(', ')}\n`;
}
