/**
 * The licenses of what is in the bundles: they ask to be passed on.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string[]} inputs  paths of modules
 * @returns {string}
 * @throws where a package has no license that could be passed on
 */
export function licensesOf(inputs) {
  /** Folders by the package's name. @type {Map<string, string>} */
  const packages = new Map();
  for (const input of inputs) {
    const [folder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
    if (folder && name) packages.set(name, folder);
  }
  const texts = [...packages].sort().map(([name, folder]) => {
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : declared(name, folder);
    return `${name}\n\n${text}\n`;
  });
  return texts.join('\n----\n\n');
}

/**
 * Of a package that only names its license.
 * @param {string} name
 * @param {string} folder
 */
function declared(name, folder) {
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} has no license that could be passed on`);
  return [`License: ${license}`, ...(author ? [`Author: ${author.name ?? author}`] : [])].join('\n');
}
