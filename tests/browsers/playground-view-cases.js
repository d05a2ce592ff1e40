/**
 * What the playground shows beside the text: items, destinations, the map, the tester, assets.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { explain } from 'stac-task';
import { until } from '../support/browsers.js';
import { example } from './playground-expected.js';
import {
  click,
  loadedFiles,
  openExample,
  paste,
  payloadText,
  reads,
  rewriteLine,
  showTab,
  textOf,
  whenReady,
} from './playground-page.js';
import { privateFiles } from './playground-probes.js';

/** @param {import('./playground-visit.js').Tools} tools */
export function testViews({ visit }) {
  test('an item changes its collection while the matcher is written', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'sentinel-2.json');
      const [{ collection, id, matchers }] = (await explain(example('sentinel-2.json'))).items;
      await reads(page, '#items .card .badge', collection);
      await reads(page, '#items .card .id', id);
      await looksWell('items');
      await click(page, '#items .matcher-head .link', collection);
      await rewriteLine(page, 3, '"collection_name": "mine"');
      await reads(page, '#items .card .badge', 'mine');
      await reads(page, '#items .conclusion', 'So its collection is mine.');
      assert.equal(
        await page.evaluate(
          () => document.querySelectorAll('#items .card:first-child .matchers > li').length,
        ),
        matchers.length,
      );
    });
  });

  test('destinations follow the template, and what an item lacks is marked', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'sentinel-2.json');
      const change = async (/** @type {string} */ template) => {
        await click(page, '#items .reason .link', 'Show the options');
        await rewriteLine(page, 1, `"path_template": "${template}",`);
      };
      await change('s3://bucket/${nothing}/${id}');
      await reads(page, '#items .places .missing', '${nothing}');
      await reads(page, '#items .pattern .missing', '${nothing}');
      await looksWell('missing variable');
      await change('s3://bucket/${year}/${id}');
      const { items } = await explain(await payloadText(page));
      await reads(page, '#items .places .url', items[0].upload.item.url);
    });
  });

  test('the tester says why a pattern matches, fills a template, and points at mistakes', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'sentinel-2.json');
      await showTab(page, 'tester');
      const write = async (/** @type {string} */ text) => {
        await page.click('#tested');
        await page.press('Control+a');
        await paste(page, text);
      };
      await write("$[?(@.id =~ '^S2')]");
      await reads(page, '#tested-result', 'The item matches');
      await write("$[?(@.id =~ '^LC')]");
      await reads(page, '#tested-result', 'The item does not match');
      await looksWell('tester');
      await write('$[?(@.id =~)]');
      await reads(page, '#tested-result .problem', 'at character');
      assert.equal(await textOf(page, '#tested-result mark'), ')');
      await click(page, '#tester label', 'Template');
      await write('${collection}/${year}/${nothing}');
      await reads(page, '#tested-result', 'Cannot be filled');
      await reads(page, '#tested-result mark', '${nothing}');
      await write('${year}');
      await reads(page, '#tested-result .pattern', '2024');
    });
  });

  test('an item is chosen on the map and lit in the text, and the other way', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'scene.json');
      await showTab(page, 'map');
      await reads(page, '#map .map-note', '2 of 2 items are on the map');
      const bold = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('#map path.footprint')].map(
            (each) => each.getAttribute('stroke-width') === '3',
          ),
        );
      assert.deepEqual((await bold()).filter(Boolean), []);
      await page.evaluate(() => {
        document.querySelectorAll('#map path.footprint')[1]?.setAttribute('data-target', '');
      });
      await page.click('[data-target]');
      await until(page, () => document.querySelector('.lit-item') !== null);
      assert.match(await textOf(page, '.cm-content'), /VANUATU/);
      await looksWell('map');
      assert.equal((await bold()).filter(Boolean).length, 1);
      await showTab(page, 'items');
      await reads(page, '#items .card.selected .id', 'VANUATU_20240504');

      await page.click('.cm-content');
      await page.press('Control+End');
      for (let line = 0; line < 8; ++line) await page.press('ArrowUp');
      await reads(page, '#items .card.selected .id', 'VANUATU_20240504');
      await click(page, '#items .card-body button', 'FIJI_20240504');
      await reads(page, '#items .card.selected .id', 'FIJI_20240504');
      await reads(page, '.lit-item', '"id": "FIJI_20240504"');
    });
  });

  test('private files are listed when the page is loaded anew, and removed; two tabs do not write the same', async () => {
    await visit(async ({ page, server, looksWell }) => {
      await openExample(page, 'scene.json');
      await showTab(page, 'assets');
      await reads(page, '#assets .assets', 'ndvi');
      await click(page, '#assets button', 'Download assets');
      await until(page, () => document.querySelectorAll('#assets > .files li').length === 4);
      if ((await textOf(page, '#assets')).includes('In memory')) return; // there are no private files to keep
      await page.goto(server.url);
      await whenReady(page);
      await showTab(page, 'assets');
      await reads(page, '#assets .kept', 'FIJI_20240504 4 files');
      await click(page, '#assets .kept summary', 'FIJI_20240504');
      await looksWell('private files');

      // As another tab does that is downloading it.
      await page.evaluate(
        () =>
          new Promise((held) => {
            const wait = new Promise((letGo) => {
              globalThis.letGo = letGo;
            });
            void navigator.locks.request('stac-task-playground/FIJI_20240504', () => {
              held(null);
              return wait;
            });
          }),
      );
      await click(page, '#assets button', 'Download assets');
      await reads(page, '#assets .said', 'Another tab is downloading FIJI_20240504');
      await page.evaluate(() => globalThis.letGo());

      await click(page, '#assets .kept button', 'Remove FIJI_20240504');
      await reads(page, '#assets .said', 'FIJI_20240504 is removed');
      await until(page, () => !document.querySelector('#assets .kept'));
    });
  });

  test('assets are downloaded, and only then the chunk for it is loaded', async () => {
    await visit(async ({ page, server, looksWell }) => {
      await openExample(page, 'scene.json');
      await showTab(page, 'loaded');
      await reads(page, '#loaded tbody', 'core.wasm');
      assert.ok(!(await loadedFiles(page)).includes('assets.wasm'));
      await showTab(page, 'assets');
      await reads(page, '#assets .assets', 'ndvi');
      await until(page, () => navigator.serviceWorker.ready.then(() => true));
      assert.ok(!server.newRequests().some((path) => /assets\.|assets-/.test(path)));
      await click(page, '#assets button', 'Download assets');
      await until(page, () => document.querySelectorAll('#assets > .files li').length === 4);
      await looksWell('assets');
      const names = server.newRequests().map((path) => path.split('/').at(-1));
      const kept = await page.evaluate(privateFiles, 'FIJI_20240504');
      if (kept) assert.deepEqual(kept, ['FIJI_20240504.json', 'metadata.json', 'ndvi.tif', 'thumbnail.png']);
      else await reads(page, '#assets', 'In memory');
      for (const name of ['assets.wasm', 'assets.glue.js', 'ndvi.tif', 'thumbnail.png', 'metadata.json']) {
        assert.ok(names.includes(name), `${name} is asked for: ${names}`);
      }
      assert.ok(!names.some((name) => /s3|oauth2|earthdata|planetary/.test(name)), String(names));
      await showTab(page, 'loaded');
      await reads(
        page,
        '#loaded [aria-label="Files that were loaded"] tr',
        'assets.wasm Download assets (worker)',
      );
      await looksWell('loaded');
    });
  });
}
