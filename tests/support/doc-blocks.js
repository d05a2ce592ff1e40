import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './paths.js';

/**
 * A block of code on a page, with what the comment above it says of it: `<!-- with: item, text; file: a.js -->`. These
 * comments are for the tests and show nowhere; tests/js/docs.test.js has a list of what they may say.
 *
 * @typedef {object} Block
 * @property {string} page      the file, such as docs/tasks.md
 * @property {number} line      of its fence
 * @property {string} language
 * @property {string} code
 * @property {Record<string, string>} notes  by name; '' where a note is only a name
 */

/** All pages with blocks of code that a user reads. */
export const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
    .sort(),
];

/**
 * @param {string} page
 * @returns {Block[]}
 */
export function blocksOf(page) {
  const text = readFileSync(join(root, page), 'utf8');
  const found = text.matchAll(/(?:^<!-- ([^\n]*) -->\n)?^(`{3,})(\S*)[^\n]*\n(.*?)^\2$/gms);
  return [...found].map(({ 1: comment = '', 2: fence, 3: language = '', 4: code = '', 0: all, index }) => ({
    page,
    line: text.slice(0, index + all.indexOf(`${fence}`)).split('\n').length,
    language,
    code,
    notes: notesIn(comment),
  }));
}

/** How many fences a page opens, by another count than that of `blocksOf`. @param {string} page */
export function fencesOf(page) {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  return lines.filter((line) => /^\s*(`{3}|~{3})/.test(line)).length / 2;
}

/** @param {string} comment */
function notesIn(comment) {
  const notes = comment.split('; ').filter((each) => each !== '');
  return Object.fromEntries(
    notes.map((each) => {
      const [name = '', ...value] = each.split(': ');
      return [name, value.join(': ')];
    }),
  );
}
