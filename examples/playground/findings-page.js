/**
 * docs/findings.md as one page, so that the links of findings lead somewhere without the docs site, offline too.
 *
 * @module
 */

import GithubSlugger from 'github-slugger';
import { Marked } from 'marked';

/**
 * @param {string} markdown
 * @param {string} style  address of the style sheet
 */
export function findingsPage(markdown, style) {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slugger.slug(text.replaceAll('`', ''));
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      // The other pages of the docs are not here.
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return /^(#|https?:)/.test(href) ? `<a href="${href}">${text}</a>` : text;
      },
      // What is long is scrolled, also by keyboard.
      code({ text }) {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        return `<pre tabindex="0"><code>${escaped}</code></pre>\n`;
      },
    },
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'">
<title>Findings · stac-task playground</title>
<link rel="icon" href="../icon.svg">
<link rel="stylesheet" href="${style}">
<body class="prose">
<main>
<p><a href="../">Playground</a></p>
<h1>Findings</h1>
${marked.parse(markdown)}
</main>
</body>
</html>
`;
}
