/**
 * What the playground should show, by what the package answers here.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { examplePayloads } from '../support/paths.js';

/** The text of an example. @param {string} name */
export const example = (name) => readFileSync(join(examplePayloads, name), 'utf8');

/** What the page begins with. */
export const broken = example('broken.json');

/** @param {import('stac-task').Report} report @returns {import('./playground-page.js').Listed[]} what the list should say */
export const listed = ({ issues }) =>
  issues.map(({ severity, range, message, code }) => ({
    severity,
    line: range?.start.line ?? 0,
    message,
    code,
  }));

/** @param {import('stac-task').Report} report */
export function verdictOf({ valid, counts }) {
  const counted = [
    [counts.error, 'error', 'errors'],
    [counts.warning, 'warning', 'warnings'],
    [counts.info, 'info', 'infos'],
  ].flatMap(([count, one, many]) => (count === 0 ? [] : `${count} ${count === 1 ? one : many}`));
  return [valid ? 'Valid' : 'Invalid', counted.join(', ')].filter((part) => part !== '').join(': ');
}

/**
 * @param {string} text
 * @param {import('stac-task').Edit[]} edits
 */
export function edited(text, edits) {
  let result = text;
  for (const { range, text: insert } of edits.toSorted(
    (a, b) => b.range.start.offset - a.range.start.offset,
  )) {
    result = result.slice(0, range.start.offset) + insert + result.slice(range.end.offset);
  }
  return result;
}

/** The lines of a text that another does not have. @param {string} text @param {string} other */
export function without(text, other) {
  const left = other.split('\n');
  return text.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
