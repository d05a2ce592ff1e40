/**
 * Builds the site of docs/: lays the pages out, writes the reference, has VitePress make HTML of them, and reads the
 * result once more for dead links.
 *
 * @module
 */

import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { build } from 'vitepress';
import { checkLinks } from './check-links.js';
import { layOutPages, root } from './pages.js';
import { writeReference } from './reference.js';

/** What is built, to be copied to a server of files. */
export const siteFolder = join(root, 'build/site/dist');

/**
 * @param {object} options
 * @param {string} options.base the path that the site will have on its host, with slashes around it
 * @param {string} [options.playground] the folder of a built playground, which becomes `playground/`
 */
export async function buildSite({ base, playground }) {
  const sources = Object.fromEntries(layOutPages());
  const reference = await writeReference();
  const hasPlayground = playground !== undefined && existsSync(join(playground, 'index.html'));
  mkdirSync(join(root, 'build/site'), { recursive: true });
  writeFileSync(
    join(root, 'build/site/site.json'),
    JSON.stringify({ sources, reference, hasPlayground, base }),
  );
  await build(fileURLToPath(new URL('.', import.meta.url)));
  if (hasPlayground) cpSync(playground, join(siteFolder, 'playground'), { recursive: true });
  const { pages, problems } = checkLinks(siteFolder, base);
  if (problems.length > 0) throw new Error(`dead links:\n${problems.join('\n')}`);
  return { pages };
}

/** Serves what was built, until the process ends. @param {string} base @returns {Promise<string>} its address */
export async function serveSite(base) {
  const server = await preview({
    configFile: false,
    base,
    build: { outDir: siteFolder },
    preview: { host: '127.0.0.1' },
  });
  return server.resolvedUrls?.local[0] ?? '';
}
