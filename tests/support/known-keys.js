/**
 * The keys that lint knows, read from the lists in its sources.
 *
 * @module
 */

import { readFileSync } from 'node:fs';

/** @param {string} file */
const read = (file) => readFileSync(new URL(`../../src/payload/${file}`, import.meta.url), 'utf8');

const lint = read('lint.cpp');
const definitionLint = read('definition_lint.cpp');
const headerLint = read('header_lint.cpp');

const literals = String.raw`((?:\s*"[^"]*")+)`;

/**
 * The words in the string literals that a pattern leads to.
 *
 * @param {string} source
 * @param {string} before  a regular expression
 * @returns {string[]}
 */
function wordsAfter(source, before) {
  const found = new RegExp(before + literals).exec(source);
  if (!found) throw new Error(`no list of words after ${before}`);
  return [...String(found[1]).matchAll(/"([^"]*)"/g)].flatMap(([, text]) => String(text).match(/\S+/g) ?? []);
}

/** @param {string} source @param {string} name */
const list = (source, name) => wordsAfter(source, `constexpr std::string_view ${name} =`);

export const knownKeys = {
  root: list(lint, 'root_keys'),
  definition: list(definitionLint, 'definition_keys'),
  uploadOptions: list(definitionLint, 'upload_keys'),
  matcher: list(definitionLint, 'matcher_keys'),
  listedTask: wordsAfter(definitionLint, String.raw`lint_keys\(task,`),
  optionsOfCollection: wordsAfter(definitionLint, String.raw`lint_keys\(options,`),
  header: list(headerLint, 'names'),
};

export const matcherTypes = wordsAfter(definitionLint, String.raw`nearest\(name,`);

/** Headers that take more than strings. */
export const untypedHeaders = wordsAfter(headerLint, String.raw`if \(has_word\(`);

/** Headers that take one of a few values: the name and the values. @type {[string, string[]][]} */
export const headerChoices = [
  ...String(/constexpr Choice choices\[\] = \{(.*?)\n\};/s.exec(headerLint)?.[1]).matchAll(
    /\{"(\w+)",((?:\s*"[^"]*")+)\}/g,
  ),
].map(([, name, values]) => [String(name), wordsAfter(String(values), '')]);

if (headerChoices.length === 0) throw new Error('no header with choices was found');
