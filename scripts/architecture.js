/**
 * The picture in docs/building.md: which folder uses which, from the `import` and `#include` lines.
 *
 *     node scripts/architecture.js      writes docs/architecture.svg
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { output, root } from './run.js';

/**
 * `lazy`: only by an `import()` that waits until something is needed. `up`: against the order of the parts.
 * @typedef {{ from: string, to: string, lazy: boolean, up: boolean }} Edge
 */

/** All parts, such that each is used by those above it. */
export const parts = [
  'js/cli',
  'js: the calls',
  'js/adapters',
  'js/assets',
  'js/clients',
  'js/task',
  'js/stores',
  'js/runtime',
  'js: what all share',
  'core.wasm',
  'assets.wasm',
  'src/cirrus',
  'src/task',
  'src/payload',
  'src/layout',
  'src/jsonpath',
  'src/regex',
  'src/assets',
  'src/json',
];

export const picture = join(root, 'docs/architecture.svg');

/** Imports that stand for a file of dist: modules of here, as tsc knows them, and the two chunks. */
const modules = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions.paths;
const chunks = { '#core.glue': 'core.wasm', '#assets.glue': 'assets.wasm' };
const chunkNames = Object.values(chunks);

/**
 * Who uses whom. @returns {Edge[]} sorted
 */
export function readArchitecture() {
  const uses = readUses();
  const shared = sharedModules(uses);
  /** @type {Map<string, boolean>} */
  const edges = new Map();
  for (const [file, found] of uses) {
    for (const { target, lazy } of found) {
      for (const from of partsOf(file, shared)) {
        for (const to of chunkNames.includes(target) ? [target] : partsOf(target, shared)) {
          // What the chunks share is in both, and belongs to neither.
          if (from === to || (chunkNames.includes(from) && chunkNames.includes(to))) continue;
          const name = `${from} → ${to}`;
          edges.set(name, lazy && (edges.get(name) ?? true));
        }
      }
    }
  }
  return [...edges]
    .map(([name, lazy]) => {
      const [from = '', to = ''] = name.split(' → ');
      for (const part of [from, to]) {
        if (!parts.includes(part)) throw new Error(`where in the order of the parts is ${part}?`);
      }
      return { from, to, lazy, up: parts.indexOf(from) > parts.indexOf(to) };
    })
    .sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

/** Which file uses which. @returns {Map<string, Use[]>} */
export function readUses() {
  const files = output('git', ['ls-files', '--', 'js', 'wasm', 'src'])
    .split('\n')
    .filter((file) => /\.(js|cpp|hpp|def)$/.test(file));
  const known = new Set(files);
  return new Map(files.map((file) => [file, usesOf(file, known)]));
}

/** @typedef {{ target: string, lazy: boolean }} Use */

/**
 * @param {string} file
 * @param {Set<string>} known
 * @returns {Use[]}
 */
function usesOf(file, known) {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.js')) {
    return [...text.matchAll(/^#include "([^"]+)"/gm)].map(([, path = '']) => {
      const places = [posix.join(posix.dirname(file), path), `src/${path}`, `wasm/${path}`];
      const target = places.find((place) => known.has(place));
      if (!target) throw new Error(`${file} includes ${path}, which is nowhere`);
      return { target, lazy: false };
    });
  }
  const code = text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');
  const imports = code.matchAll(/(\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g);
  return [...imports].flatMap(([, how = '', name = '']) => {
    const target = moduleOf(file, name);
    return target === undefined ? [] : [{ target, lazy: how.startsWith('import(') }];
  });
}

/**
 * @param {string} file
 * @param {string} name  as an import has it
 * @returns {string | undefined} the file or chunk; undefined for what is not written here
 */
function moduleOf(file, name) {
  if (name.startsWith('.')) return posix.join(posix.dirname(file), name);
  return chunks[/** @type {keyof chunks} */ (name)] ?? modules[name]?.[0].replace('./', '');
}

/**
 * Modules of js/ itself that use no folder: the errors, the shapes and checks that all others share.
 *
 * @param {Map<string, Use[]>} uses
 */
function sharedModules(uses) {
  const shared = new Set([...uses.keys()].filter((file) => /^js\/[^/]+$/.test(file)));
  for (let before = -1; before !== shared.size; ) {
    before = shared.size;
    for (const file of shared) {
      if (uses.get(file)?.some(({ target }) => !shared.has(target))) shared.delete(file);
    }
  }
  return shared;
}

/**
 * @param {string} file
 * @param {Set<string>} shared
 * @returns {string[]} the part that it belongs to; what the two chunks share belongs to both
 */
function partsOf(file, shared) {
  const [top = '', folder = ''] = file.split('/');
  if (top === 'wasm') {
    const chunk = `${folder.split('.')[0]}.wasm`;
    return chunkNames.includes(chunk) ? [chunk] : chunkNames;
  }
  if (!folder.includes('.')) return [`${top}/${folder}`];
  return [shared.has(file) ? 'js: what all share' : 'js: the calls'];
}

/** The picture as text, one arrow on each line. @param {Edge[]} edges */
export const textOf = (edges) =>
  edges.map(({ from, to, lazy }) => `${from} ${lazy ? '⇢' : '→'} ${to}`).join('\n');

/** @returns {Promise<string>} SVG */
export async function drawArchitecture() {
  const { ensureInstalled } = await import(join(root, 'tests/support/install.js'));
  await ensureInstalled(join(root, 'docs/site'));
  const { draw } = await import(join(root, 'docs/site/draw.js'));
  const edges = readArchitecture();
  return draw(edges, textOf(edges));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(picture, await drawArchitecture());
}
