/*
 * The start in a browser, in Chromium: its files in a folder, with the package beside them as the page says.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { launchChromium, openPage } from '../support/chromium.js';
import { blocksOf } from '../support/doc-blocks.js';
import { distFolder } from '../support/paths.js';
import { serve } from '../support/server.js';

describe('the start in a browser', () => {
  const blocks = blocksOf('docs/start-browser.md').filter(({ notes }) => 'page' in notes);
  const files = Object.fromEntries(
    blocks.flatMap(({ notes, code }) => (notes.file ? [[`/${notes.file}`, code]] : [])),
  );
  const shown = blocks.find(({ notes }) => 'output' in notes)?.code ?? '';
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;

  before(async () => {
    site = await serve({ files, folders: { '/stac-task/': distFolder } });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  test('shows what it says, and loads what it says', async () => {
    assert.deepEqual(Object.keys(files).sort(), ['/index.html', '/main.js']);
    const { page, errors, orFail, close } = await openPage(browser, `${site.url}/index.html`);
    const findings = page.locator('#findings');
    await orFail(findings.filter({ hasText: 'valid' }).waitFor());
    assert.equal(`${await findings.textContent()}\n`, shown);
    const loaded = ['/index.html', '/main.js', '/stac-task/browser.js', '/stac-task/core.wasm'];
    assert.deepEqual(site.newRequests(), loaded);

    await page.locator('#payload').fill('{"type": "FeatureCollection", "process": [{}]}');
    await orFail(findings.filter({ hasText: /^valid$/ }).waitFor());
    assert.deepEqual(site.newRequests(), []);
    assert.deepEqual(errors, []);
    await close();
  });
});
