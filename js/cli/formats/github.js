/**
 * Workflow commands of GitHub Actions, which become annotations of files.
 *
 * @module
 */

import { normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFileUrl, isUrl } from '../read.js';
import { displayName, painter, printable } from '../terminal.js';
import { formatSummary } from './summary.js';

const commands = /** @type {const} */ ({ error: 'error', warning: 'warning', info: 'notice' });

/** @type {import('./format.js').Format} */
export const githubFormat = {
  each: (result) => ({ stdout: 'failure' in result ? formatFailure(result) : formatReport(result) }),
  // In stdout it would stand among the commands.
  end: (results) => ({ stderr: `${formatSummary(results, painter(false))}\n` }),
};

/** @param {import('./format.js').Unread} unread */
const formatFailure = ({ file, failure }) =>
  command('error', { file: pathOf(file), title: 'unreadable' }, failure);

/** @param {import('./format.js').Checked} checked */
function formatReport({ file, report }) {
  const lines = report.issues.map((issue) => formatIssue(file, issue));
  const more = `${report.omitted} more not listed (--max-issues)`;
  if (report.omitted) lines.push(command('notice', { file: pathOf(file) }, more));
  return lines.join('');
}

/**
 * @param {string} file
 * @param {import('../../report.js').Issue} issue
 */
function formatIssue(file, { severity, code, message, range, hint }) {
  const path = pathOf(file);
  // What has no path in the repository has no lines there.
  const place = range && path === undefined ? `:${range.start.line}:${range.start.column}` : '';
  const prefix = path === undefined ? `${displayName(file)}${place}: ` : '';
  const text = prefix + printable(message) + (hint ? `\n${printable(hint)}` : '');
  return command(
    commands[severity],
    { file: path, ...(path && range ? propertiesOf(range) : {}), title: code },
    text,
  );
}

/**
 * GitHub drops the columns of what has several lines, and shows it at its last, which is the end of the
 * features; the place where it begins says more.
 * @param {import('../../report.js').Range} range
 */
function propertiesOf({ start, end }) {
  const first = { line: start.line, col: start.column };
  return start.line === end.line ? { ...first, endLine: end.line, endColumn: end.column } : first;
}

/**
 * Where the file is in the repository.
 * @param {string} file
 */
function pathOf(file) {
  if (file === '-' || isUrl(file)) return undefined;
  return normalize(isFileUrl(file) ? fileURLToPath(file) : file).replaceAll(sep, '/');
}

/**
 * @param {string} name
 * @param {Record<string, string | number | undefined>} properties
 * @param {string} text
 */
function command(name, properties, text) {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const list = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  return `::${name} ${list}::${escapeData(text)}\n`;
}

/** @param {string} text */
const escapeData = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** @param {string} text */
const escapeProperty = (text) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
