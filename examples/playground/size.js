/**
 * What the playground loads: at first, and with the editor.
 *
 * @module
 */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureInstalled } from '../../tests/support/install.js';

/** What comes later, when it is asked for or after the first paint. */
const later = /^(codemirror|map|diff)[-.]|^schema\.js$/;

/** Brotli bytes at most. */
const budgets = { first: 200_000, editor: 125_000 };

/**
 * @param {(file: string) => [raw: number, gzip: number, brotli: number]} sizesOf
 * @returns {Promise<Record<string, { sizes: [number, number, number][], budget: number }>>}
 */
export async function playgroundSizes(sizesOf) {
  await ensureInstalled(import.meta.dirname);
  const { buildPlayground } = await import('./build.js');
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  try {
    const { app } = await buildPlayground(folder);
    const own = readdirSync(join(folder, app)).filter((name) => /\.(js|css)$/.test(name));
    const inApp = (/** @type {string[]} */ names) => names.map((name) => sizesOf(join(folder, app, name)));
    const page = ['index.html', 'icon.svg'].map((name) => sizesOf(join(folder, name)));
    const core = inApp(['stac-task/browser.js', 'stac-task/core.wasm']);
    const editor = own.filter((name) => name.startsWith('codemirror'));
    if (editor.length !== 1) throw new Error('the editor is not one file');
    return {
      "the playground's first load": {
        sizes: [...page, ...core, ...inApp(own.filter((name) => !later.test(name)))],
        budget: budgets.first,
      },
      "the playground's editor": { sizes: inApp(editor), budget: budgets.editor },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
