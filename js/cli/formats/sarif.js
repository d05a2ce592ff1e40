/**
 * A log in the Static Analysis Results Interchange Format, SARIF 2.1.0, for code scanning and editors.
 *
 * @module
 */

import { isAbsolute, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '#package';
import { isFileUrl, isUrl } from '../read.js';
import { displayName, formatJson } from '../terminal.js';

/**
 * @typedef {import('../../report.js').Issue} Issue
 * @typedef {import('../../report.js').Range} Range
 */

const levels = /** @type {const} */ ({ error: 'error', warning: 'warning', info: 'note' });

/** @type {import('./format.js').Format} */
export const sarifFormat = {
  end: (results) => ({ stdout: formatJson(logOf(results)) }),
};

/** @param {import('./format.js').Results} results */
function logOf(results) {
  const found = results.flatMap((result) =>
    'failure' in result ? [] : result.report.issues.map((issue) => ({ file: result.file, issue })),
  );
  const rules = [...new Map(found.map(({ issue }) => [issue.code, issue])).values()].map(ruleOf);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'stac-task', version, semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(results)],
        results: found.map(({ file, issue }) => resultOf(file, issue, indexes.get(issue.code) ?? 0)),
      },
    ],
  };
}

/** @param {Issue} issue  the first of its code */
const ruleOf = ({ code, severity, hint }) => ({
  id: code,
  shortDescription: { text: code.replaceAll('-', ' ') },
  defaultConfiguration: { level: levels[severity] },
  ...(hint ? { help: { text: hint } } : {}),
});

/**
 * @param {string} file
 * @param {Issue} issue
 * @param {number} ruleIndex
 */
function resultOf(file, { code, severity, message, pointer, range, fix }, ruleIndex) {
  const artifactLocation = artifactOf(file);
  const location = {
    physicalLocation: { artifactLocation, ...(range ? { region: regionOf(range) } : {}) },
    ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
  };
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [location],
    ...(fix && file !== '-' ? { fixes: [fixOf(fix, artifactLocation)] } : {}),
  };
}

/** Ends are exclusive here, too. @param {Range} range */
const regionOf = ({ start, end }) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
  charOffset: start.offset,
  charLength: end.offset - start.offset,
});

/**
 * @param {import('../../report.js').Fix} fix
 * @param {ReturnType<typeof artifactOf>} artifactLocation
 */
const fixOf = ({ title, edits }, artifactLocation) => ({
  description: { text: title },
  artifactChanges: [
    {
      artifactLocation,
      replacements: edits.map(({ range, text }) => ({
        deletedRegion: regionOf(range),
        ...(text === '' ? {} : { insertedContent: { text } }),
      })),
    },
  ],
});

/** @param {import('./format.js').Results} results */
function invocationOf(results) {
  const notifications = results.flatMap((result) => {
    if ('failure' in result) return [notificationOf(result.file, 'error', 'unreadable', result.failure)];
    if (!result.report.omitted) return [];
    const text = `${displayName(result.file)}: ${result.report.omitted} more not listed (--max-issues)`;
    return [notificationOf(result.file, 'warning', 'omitted', text)];
  });
  return {
    executionSuccessful: results.every((result) => 'report' in result),
    toolExecutionNotifications: notifications,
  };
}

/**
 * @param {string} file
 * @param {'error' | 'warning'} level
 * @param {string} id
 * @param {string} text
 */
function notificationOf(file, level, id, text) {
  return {
    descriptor: { id },
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(file) } }],
  };
}

/**
 * Where a file is. A relative path stays one, so that the log means the same in every checkout; standard
 * input has no address.
 * @param {string} file
 * @returns {{ uri: string } | { description: { text: string } }}
 */
function artifactOf(file) {
  if (file === '-') return { description: { text: 'standard input' } };
  if (isUrl(file) || isFileUrl(file))
    return { uri: URL.canParse(file) ? new URL(file).href : encodeURI(file) };
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: normalize(file).split(sep).map(encodeURIComponent).join('/') };
}
