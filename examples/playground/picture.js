/**
 * Makes docs/playground.png, the picture in the README.
 *
 *     npm run playground -- --build && node examples/playground/picture.js [FILE]
 *
 * @module
 */

import { fileURLToPath } from 'node:url';

import { launchChromium, openPage } from '../../tests/support/chromium.js';
import { defaultFolder } from './build.js';
import { serve } from './serve.js';

const file = process.argv[2] ?? fileURLToPath(new URL('../../docs/playground.png', import.meta.url));
const server = await serve(defaultFolder);
const browser = await launchChromium();
try {
  const { page, orFail } = await openPage(browser, server.url);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await orFail(page.waitForSelector('html[data-ready]'));
  await page.getByLabel('Example').selectOption('legacy.json');
  await orFail(page.getByRole('button', { name: /Show in text/ }).click());
  await orFail(page.waitForSelector('.lit-item'));
  await page.waitForFunction(() => document.querySelector('#notice')?.textContent === '');
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  await server.close();
}
