/**
 * Reads the built site as a browser would: each address of the site exists, each fragment too, and nothing that a page
 * loads comes from elsewhere.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';

/** Attributes that lead somewhere, and those that load something. */
const leading = { a: 'href' };
const loading = { link: 'href', script: 'src', img: 'src', source: 'src', iframe: 'src' };

/**
 * @param {string} folder
 * @param {string} base the site's path, with slashes around it
 * @returns {{ pages: number, problems: string[] }}
 */
export function checkLinks(folder, base) {
  const pages = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html') && !name.startsWith('playground/'))
      .map((name) => [name, readPage(join(folder, name))]),
  );
  const problems = [...pages].flatMap(([name, { links }]) =>
    links.flatMap(({ href, loads }) => {
      const problem = problemOf(new URL(href, `http://site.invalid${base}${name}`), loads);
      return problem ? [`${name}: ${href}: ${problem}`] : [];
    }),
  );
  return { pages: pages.size, problems };

  /**
   * @param {URL} url
   * @param {boolean} loads
   */
  function problemOf({ host, pathname, hash, protocol }, loads) {
    if (protocol === 'data:') return undefined;
    if (host !== 'site.invalid') return loads ? 'is loaded from elsewhere' : undefined;
    if (!pathname.startsWith(base)) return 'is outside the site';
    const path = decodeURIComponent(pathname.slice(base.length));
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    if (!existsSync(join(folder, file)) || !statSync(join(folder, file)).isFile())
      return 'there is no such file';
    const id = decodeURIComponent(hash.slice(1));
    if (id !== '' && pages.has(file) && !pages.get(file)?.ids.has(id))
      return 'there is no such place on the page';
    return undefined;
  }
}

/** @param {string} file */
function readPage(file) {
  const ids = new Set();
  /** @type {{ href: string, loads: boolean }[]} */
  const links = [];
  visit(parse(readFileSync(file, 'utf8')), ({ tagName, attrs }) => {
    const attributes = Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
    if (attributes.id) ids.add(attributes.id);
    const href =
      attributes[leading[/** @type {'a'} */ (tagName)] ?? loading[/** @type {'link'} */ (tagName)] ?? ''];
    if (href) links.push({ href, loads: !(tagName in leading) });
  });
  return { ids, links };
}

/**
 * @param {any} node
 * @param {(element: { tagName: string, attrs: { name: string, value: string }[] }) => void} see
 */
function visit(node, see) {
  if (node.tagName) see(node);
  for (const child of node.childNodes ?? []) visit(child, see);
}
