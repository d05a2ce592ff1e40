/**
 * Graphviz lays the parts out; the colours are CSS, for light and dark.
 *
 * @module
 */

import { instance } from '@viz-js/viz';

/** @typedef {import('../../scripts/architecture.js').Edge} Edge */

const groups = {
  'JavaScript, js/': (/** @type {string} */ part) => part.startsWith('js'),
  'WebAssembly, wasm/': (/** @type {string} */ part) => part.endsWith('.wasm'),
  'C++, src/': (/** @type {string} */ part) => part.startsWith('src/'),
};

const style = `
    svg { color-scheme: light dark; font-family: system-ui, sans-serif; }
    .graph > polygon { fill: #ffffff; stroke: none; }
    text { fill: #1f2328; stroke: none; }
    .cluster polygon, .cluster path { fill: #f6f8fa; stroke: #d1d9e0; }
    .node polygon, .node path { fill: #ffffff; stroke: #59636e; }
    .edge path { fill: none; stroke: #59636e; }
    .edge polygon { fill: #59636e; stroke: #59636e; }
    .lazy path { stroke: #0969da; stroke-dasharray: 5 3; }
    .lazy polygon { fill: #0969da; stroke: #0969da; }
    .up path { stroke: #9a6700; stroke-dasharray: 1 3; }
    .up polygon { fill: #9a6700; stroke: #9a6700; }
    @media (prefers-color-scheme: dark) {
      .graph > polygon { fill: #1b1b1f; }
      text { fill: #e6edf3; }
      .cluster polygon, .cluster path { fill: #25262b; stroke: #3d444d; }
      .node polygon, .node path { fill: #1b1b1f; stroke: #9198a1; }
      .edge path { stroke: #9198a1; }
      .edge polygon { fill: #9198a1; stroke: #9198a1; }
      .lazy path { stroke: #4493f8; }
      .lazy polygon { fill: #4493f8; stroke: #4493f8; }
      .up path { stroke: #d29922; }
      .up polygon { fill: #d29922; stroke: #d29922; }
    }
`;

/**
 * @param {Edge[]} edges
 * @param {string} description  the same in words
 * @returns {Promise<string>}
 */
export async function draw(edges, description) {
  const svg = (await instance()).renderString(dotOf(edges), { format: 'svg', engine: 'dot' });
  const [, viewBox] = /viewBox="([^"]+)"/.exec(svg) ?? [];
  const [, drawing] = /<svg[^>]*>(.*)<\/svg>/s.exec(svg) ?? [];
  if (!viewBox || !drawing) throw new Error('Graphviz has changed its output');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" role="img">
  <title>Which part of the code uses which</title>
  <desc>${description}</desc>
  <style>${style}  </style>${drawing
    .replace(/<!--.*?-->/gs, '')
    .replace(/<title>.*?<\/title>/g, '')
    .replace(/ (fill|stroke|stroke-dasharray|font-family)="[^"]*"/g, '')
    .replace(/\n\s*\n/g, '\n')}</svg>
`;
}

/** @param {Edge[]} edges */
function dotOf(edges) {
  const parts = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  const clusters = Object.entries(groups).map(
    ([label, holds], index) =>
      `subgraph cluster_${index} { label="${label}"; style=rounded; labeljust=l; ${parts
        .filter(holds)
        .map((part) => `"${part}" [label="${part.replace(/^(js|src)\//, '').replace(/^js: /, '')}"];`)
        .join(' ')} }`,
  );
  const arrows = withoutShortcuts(edges).map(({ from, to, lazy, up }) => {
    const attributes = [lazy ? 'class=lazy' : up ? 'class=up' : '', up ? 'constraint=false' : ''];
    return `"${from}" -> "${to}" [${attributes.filter((each) => each !== '').join(', ')}];`;
  });
  return `digraph { rankdir=TB; nodesep=0.3; ranksep=0.45; fontname="Helvetica"; fontsize=13;
    node [shape=box, style=rounded, fontname="Helvetica", fontsize=13, height=0.4]; edge [arrowsize=0.7];
    ${clusters.join('\n')}\n${arrows.join('\n')} }`;
}

/**
 * An arrow from a to c is left out where arrows lead from a over b to c.
 *
 * @param {Edge[]} edges
 */
function withoutShortcuts(edges) {
  const down = edges.filter(({ lazy, up }) => !lazy && !up);
  return edges.filter((edge) => {
    if (edge.lazy || edge.up) return true;
    return !isReachable(
      edge.from,
      edge.to,
      down.filter((other) => other !== edge),
    );
  });
}

/**
 * @param {string} from
 * @param {string} to
 * @param {Edge[]} edges
 */
function isReachable(from, to, edges) {
  const seen = new Set([from]);
  for (const part of seen) for (const edge of edges) if (edge.from === part) seen.add(edge.to);
  return seen.has(to);
}
