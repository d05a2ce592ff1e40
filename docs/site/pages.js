/**
 * Which files of the repository are pages of the site, and where. Everything under docs/ is a page at the top; what a
 * page links to comes along: Markdown as a page, any other file as a page that shows it. So a link that holds in the
 * repository holds on the site, and one that does not hold stops the build.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the pages are laid out for VitePress; made anew by each build. */
export const pagesFolder = join(root, 'build/site/pages');

const markdown = new MarkdownIt({ html: true });

/**
 * @param {string} path of a file of the repository, with slashes
 * @returns {string} its page
 */
export function pageOf(path) {
  if (path === 'README.md' || path === 'docs/README.md') return 'index.md';
  if (path.startsWith('docs/') && path.endsWith('.md')) return path.slice('docs/'.length);
  return path.endsWith('.md') ? path.toLowerCase() : `${path}.md`;
}

/**
 * @param {string} from the file that a link stands in
 * @param {string} href
 * @returns {{ path: string, hash: string } | undefined} the file it leads to; undefined for what is no file of the repository
 */
export function targetOf(from, href) {
  if (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href)) return undefined;
  const [path = '', hash] = href.split('#');
  return {
    path: normalize(join(dirname(from), decodeURI(path))),
    hash: hash === undefined ? '' : `#${hash}`,
  };
}

/** Lays out all pages. @returns {Map<string, string>} page to the file that it comes from */
export function layOutPages() {
  rmSync(pagesFolder, { recursive: true, force: true });
  /** @type {Map<string, string>} */
  const sources = new Map();
  const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const waiting = ['CHANGELOG.md', 'CONTRIBUTING.md', ...names.map((name) => `docs/${name}`)];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const page = pageOf(path);
    // The readme is the page of the registry and of the repository; here the list of pages is the front page.
    if (sources.has(page) || path === 'README.md') continue;
    sources.set(page, path);
    write(page, textOf(path));
    if (path.endsWith('.md')) waiting.push(...filesLinkedFrom(path));
  }
  for (const entry of readdirSync(join(root, 'docs'), { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isFile() && !name.endsWith('.md')) write(name, readFileSync(join(root, 'docs', name)));
  }
  return sources;
}

/** @param {string} path */
function textOf(path) {
  const text = readFileSync(join(root, path), 'utf8');
  // The title of the list of pages is on the front page already.
  if (path === 'docs/README.md')
    return readFileSync(join(root, 'docs/site/home.md'), 'utf8') + text.replace(/^# .*\n/, '');
  if (path.endsWith('.md')) return text;
  const language = /\.(\w+)$/.exec(path)?.[1] ?? 'text';
  return `# ${path}\n\n\`\`\`\`${language.replace(/^(mjs|cjs)$/, 'js').replace('capnp', 'text')}\n${text}\n\`\`\`\`\n`;
}

/** @param {string} path */
function filesLinkedFrom(path) {
  return linksIn(readFileSync(join(root, path), 'utf8')).flatMap((href) => {
    const target = targetOf(path, href);
    if (target === undefined) return [];
    const file = join(root, target.path);
    if (!existsSync(file) || !statSync(file).isFile())
      throw new Error(`${path} links to ${href}: no such file`);
    return target.path.endsWith('.svg') ? [] : [target.path];
  });
}

/** @param {string} text */
function linksIn(text) {
  return markdown
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'link_open')
    .map((token) => token.attrGet('href') ?? '');
}

/**
 * @param {string} page
 * @param {string | Buffer} content
 */
function write(page, content) {
  const file = join(pagesFolder, page);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
