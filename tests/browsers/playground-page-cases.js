/**
 * The playground as a page: without a network, with much text, by keyboard, on a phone, in the dark, and its weight.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { until } from '../support/browsers.js';
import { temporaryFolder } from '../support/tarball.js';
import { broken, example } from './playground-expected.js';
import { findings, openExample, reads, showTab, textOf, whenReady } from './playground-page.js';
import { watchThread } from './playground-probes.js';

/** Brotli bytes of what is loaded before the page can be used, without the editor. */
const budget = 200_000;

/** @param {import('./playground-visit.js').Tools} tools */
export function testPage({ visit, shows, folder }) {
  test('after the first visit it works without a server', async () => {
    await visit(async ({ page, server }) => {
      await until(page, () =>
        navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'),
      );
      server.close();
      await page.goto(server.url);
      await whenReady(page);
      await shows(page, broken);
      await openExample(page, 'legacy.json');
      await shows(page, example('legacy.json'));
      await showTab(page, 'map');
      await reads(page, '#map .map-note', 'on the map');
    });
  });

  test('a payload of 5 MB is checked while the page goes on', async () => {
    const path = join(temporaryFolder(), 'large.json');
    const large = JSON.parse(example('landsat.json'));
    const [item] = large.features;
    const count = Math.ceil(5_000_000 / JSON.stringify(item, null, 2).length);
    large.features = Array.from({ length: count }, (_, index) => ({ ...item, id: `${item.id}-${index}` }));
    const text = JSON.stringify(large, null, 2);
    writeFileSync(path, text);
    await visit(async ({ page, looksWell }) => {
      await page.choose('#file', path);
      await shows(page, text);
      await reads(page, '#items .count', `${count} items`);
      await page.click('.cm-content');
      await page.press('Control+Home');
      await page.evaluate(watchThread);
      await page.type('x');
      await reads(page, '#verdict', 'Invalid');
      const { longest, parse } = await page.evaluate(() => globalThis.stopWatching());
      assert.ok(longest < 10 * parse, `busy for ${longest} ms; JSON.parse takes ${parse} ms for as much`);
      await looksWell('large');
    });
  });

  test('a keyboard is enough', async () => {
    await visit(async ({ page }) => {
      const focused = () =>
        page.evaluate(() => {
          const { activeElement: each } = document;
          return each?.id || each?.className || each?.tagName;
        });
      await page.press('Tab');
      assert.equal(await focused(), 'skip');
      await page.press('Enter');
      await until(page, () => document.activeElement?.id === 'findings');
      await page.press('Tab');
      assert.equal(await focused(), 'fix-all');
      await page.press('Enter');
      await reads(page, 'dialog', 'would be fixed');
      await page.press('Escape');
      await until(page, () => !document.querySelector('dialog') && document.activeElement?.id === 'fix-all');

      // Through the findings by arrows, from one of them into the text, and out of it again.
      await page.press('Tab');
      assert.equal(await focused(), 'locate');
      await page.press('ArrowDown');
      const [, second] = await findings(page);
      await page.press('Enter');
      await until(page, () => document.activeElement?.classList.contains('cm-content'));
      assert.equal(await textOf(page, '.cm-activeLineGutter'), String(second.line));
      await page.press('Tab');
      await until(page, () => !document.activeElement?.classList.contains('cm-content'));

      for (let count = 0; count < 60 && (await focused()) !== 'tab-items'; ++count) await page.press('Tab');
      assert.equal(await focused(), 'tab-items');
      await page.press('ArrowRight');
      await reads(page, '#map:not([hidden]) .map-note', 'no items');
      await page.press('End');
      await reads(page, '#loaded:not([hidden])', 'core.wasm');
      assert.equal(await focused(), 'tab-loaded');
    });
  });

  test('on a phone nothing is wider than the screen', async () => {
    await visit(
      async ({ page, looksWell }) => {
        await shows(page, broken);
        await looksWell('phone');
        await openExample(page, 'scene.json');
        await reads(page, '#items .card .id', 'FIJI');
        for (const tab of /** @type {const} */ (['items', 'map', 'tester', 'assets', 'loaded'])) {
          await showTab(page, tab);
          const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          assert.ok(widths[0] <= widths[1], `${tab}: ${widths}`);
          await page.evaluate(() => document.querySelector('.tabs')?.scrollIntoView());
          await looksWell(`phone ${tab}`);
        }
      },
      { width: 390, height: 844 },
    );
  });

  test('in the dark it is dark', async () => {
    await visit(
      async ({ page, looksWell }) => {
        await shows(page, broken);
        const isDark = () =>
          page.evaluate(() => {
            const [red, green, blue] =
              getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
            return red + green + blue < 150;
          });
        assert.equal(await isDark(), true);
        await looksWell('dark');
        await openExample(page, 'scene.json');
        for (const tab of /** @type {const} */ (['items', 'map', 'tester', 'assets', 'loaded'])) {
          await showTab(page, tab);
          await looksWell(`dark ${tab}`);
        }
      },
      { dark: true },
    );
  });

  test('the first load, without the editor, is within its budget', async () => {
    // A service worker that keeps nothing asks for nothing.
    const answers = { '/some/where/sw.js': { status: 200, type: 'text/javascript', body: '' } };
    await visit(
      async ({ server }) => {
        const paths = new Set(server.requests.map(({ path }) => path));
        const loaded = [...paths].filter((path) => !/codemirror|sw\.js/.test(path));
        assert.ok(
          loaded.some((path) => path.endsWith('/core.wasm')),
          String(loaded),
        );
        const sizes = loaded.map((path) => {
          const file = join(folder(), path.slice('/some/where/'.length) || 'index.html');
          return { path, size: brotliCompressSync(readFileSync(file)).length };
        });
        const total = sizes.reduce((sum, { size }) => sum + size, 0);
        const each = sizes.map(({ path, size }) => `${path}: ${size}`).join('\n');
        assert.ok(total < budget, `${total} bytes:\n${each}`);
      },
      { answers },
    );
  });
}
