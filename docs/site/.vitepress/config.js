/**
 * VitePress's configuration. What it builds from is laid out by build.js before.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { defineConfig } from 'vitepress';
import { pageOf, pagesFolder, root, targetOf } from '../pages.js';

const { sources, reference, hasPlayground, base } = JSON.parse(
  readFileSync(join(root, 'build/site/site.json'), 'utf8'),
);
const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

export default defineConfig({
  title: 'stac-task',
  description,
  lang: 'en',
  base,
  srcDir: pagesFolder,
  outDir: join(root, 'build/site/dist'),
  cacheDir: join(root, 'build/site/cache'),
  // A folder of files that any server, and none but a server of files, can answer from.
  cleanUrls: false,
  // The front page of the theme has no landmark for its content.
  transformHtml: (code) => code.replace('class="VPContent is-home"', '$& role="main"'),
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      md.core.ruler.push('links of the repository', rewriteLinks);
      keepBraces(md, 'text');
      keepBraces(md, 'code_inline');
    },
  },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start-browser' },
      { text: 'Findings', link: '/findings' },
      { text: 'API', link: '/api/' },
      ...(hasPlayground ? [{ text: 'Playground', link: '/playground/', target: '_self' }] : []),
      { text: version, link: '/changelog' },
    ],
    sidebar: [...sidebar(), { text: 'API', collapsed: true, link: '/api/', items: reference }],
    outline: [2, 3],
    search: { provider: 'local', options: { detailedView: true } },
  },
});

/** The sections and pages that docs/README.md lists, in its order. */
function sidebar() {
  /** @type {{ text: string, items: { text: string, link: string }[] }[]} */
  const sections = [];
  const tokens = new MarkdownIt().parse(readFileSync(join(root, 'docs/README.md'), 'utf8'), {});
  tokens.forEach((token, index) => {
    const children = tokens[index + 1]?.children ?? [];
    if (token.type === 'heading_open' && token.tag === 'h2') {
      sections.push({ text: children.map(({ content }) => content).join(''), items: [] });
    }
    if (token.type !== 'paragraph_open' || token.level === 0) return;
    const href = children[0]?.attrGet('href');
    const target = href && targetOf('docs/README.md', href);
    if (target) {
      const link = `/${pageOf(target.path).replace(/\.md$/, '')}`;
      sections.at(-1)?.items.push({ text: children[1]?.content ?? '', link });
    }
  });
  return sections;
}

/**
 * Links are written for the repository; here they lead to the page that the file became.
 *
 * @param {import('markdown-it').StateCore} state
 */
function rewriteLinks({ tokens, env }) {
  const source = sources[env.relativePath];
  if (source === undefined) return; // the reference, whose links are those of the site
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type !== 'link_open') continue;
    const target = targetOf(source, token.attrGet('href') ?? '');
    if (!target) continue;
    const page = posix.relative(posix.dirname(env.relativePath), pageOf(target.path));
    token.attrSet('href', `${page.startsWith('.') ? '' : './'}${page}${target.hash}`);
  }
}

/**
 * Two braces are text here, and no expression of Vue.
 *
 * @param {import('markdown-it').default} markdown
 * @param {'text' | 'code_inline'} rule
 */
function keepBraces({ renderer: { rules } }, rule) {
  const render = rules[rule];
  rules[rule] = (...given) => render?.(...given).replaceAll('{{', '&#123;&#123;') ?? '';
}
