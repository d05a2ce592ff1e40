/**
 * Looks at the built site as a reader would: pages in Chromium, in light and dark and on a phone. Nothing comes from
 * elsewhere, the search finds, pictures appear, and axe-core has nothing to say.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../tests/support/chromium.js';
import { serve } from '../../tests/support/server.js';
import { siteFolder } from './build.js';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');

// VitePress sets the theme in an inline script before the first paint.
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

const looks = [
  { page: 'index', colorScheme: 'light', width: 1280 },
  { page: 'index', colorScheme: 'dark', width: 390 },
  { page: 'start-node', colorScheme: 'dark', width: 1280 },
  { page: 'findings', colorScheme: 'light', width: 1280 },
  { page: 'migration', colorScheme: 'light', width: 390 },
  { page: 'building', colorScheme: 'dark', width: 1280 },
  { page: 'api/functions/validate', colorScheme: 'light', width: 1280 },
];

/** @returns {Promise<string[]>} what is wrong */
export async function lookAtSite() {
  const site = await serve({ folders: { '/': siteFolder }, policy });
  const browser = await launchChromium();
  try {
    const problems = [];
    for (const look of looks) {
      const name = `${look.page}, ${look.colorScheme}, ${look.width} px wide`;
      for (const problem of await lookAt(browser, site.url, look)) problems.push(`${name}: ${problem}`);
    }
    return problems;
  } finally {
    await browser.close();
    site.close();
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {{ page: string, colorScheme: any, width: number }} look
 */
async function lookAt(browser, url, { page: path, colorScheme, width }) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      problems.push(`asks ${request.url()}`);
  });
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${url}/${path}.html`, { waitUntil: 'load' });
  const broken = await page.evaluate(() =>
    [...document.images].filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src),
  );
  problems.push(...broken.map((src) => `${src} does not appear`));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) problems.push(`is ${overflow} px too wide`);
  if (path === 'index') problems.push(...(await search(page)));
  await page.evaluate(axe);
  const rules = {
    'empty-table-header': { enabled: false }, // the last column of many tables needs no name
    'label-content-name-mismatch': { enabled: false }, // the button 'Search' shows its key, too
  };
  const { violations } = await page.evaluate((given) => globalThis['axe'].run(given), { rules });
  for (const { id, nodes } of violations)
    problems.push(`${id}: ${nodes[0].html.slice(0, 160)} (${nodes.length})`);
  await context.close();
  return problems;
}

/** @param {import('playwright-core').Page} page */
async function search(page) {
  await page.locator('.VPNavBarSearch button').click();
  await page.locator('input.search-input').fill('json-trailing-text');
  const first = page.locator('.results .result').first();
  await first.waitFor();
  const title = await first.textContent();
  await page.keyboard.press('Escape');
  return title?.includes('json-trailing-text') ? [] : [`the search finds ${title}`];
}
