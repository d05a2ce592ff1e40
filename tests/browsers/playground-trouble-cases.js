/**
 * The playground with what people give it by mistake, or too early, or too much of.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fix } from 'stac-task';
import { until } from '../support/browsers.js';
import { without } from './playground-expected.js';
import {
  choose,
  click,
  openExample,
  openFile,
  reads,
  showTab,
  textOf,
  whenReady,
  writePayload,
} from './playground-page.js';

/** A payload with these items. @param {object[]} features */
const payloadWith = (...features) =>
  JSON.stringify(
    { type: 'FeatureCollection', process: [{ tasks: {}, upload_options: {} }], features },
    null,
    2,
  );

/** @param {string} id @param {object} [more] */
const item = (id, more) => ({
  type: 'Feature',
  stac_version: '1.0.0',
  id,
  geometry: null,
  properties: { datetime: '2024-01-01T00:00:00Z' },
  links: [],
  assets: {},
  ...more,
});

/** @param {import('./playground-visit.js').Tools} tools */
export function testTroubles({ visit, shows }) {
  test('a payload that is no object has its findings, and nothing of the one before', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'scene.json');
      await showTab(page, 'tester');
      await reads(page, '#tested-item option', 'FIJI');
      for (const text of ['null', '5', '"x"', '[{"type": "Feature"}]']) {
        await writePayload(page, text);
        await shows(page, text);
        await reads(page, '#tested-result', 'This payload has no items.');
      }
      assert.equal(await textOf(page, '#tested-item'), '');
      await showTab(page, 'map');
      await reads(page, '#map .map-note', 'This payload has no items.');
      await showTab(page, 'assets');
      await reads(page, '#assets', 'This payload has no items.');
      await showTab(page, 'items');
      await reads(page, '#items', 'Python fails on this payload');
      await looksWell('no object');
    });
  });

  test('what was downloaded of one item is not said of another', async () => {
    await visit(async ({ page }) => {
      const files = await page.evaluate(() => String(new URL('examples/scene/', document.baseURI)));
      const [a, b] = ['a', 'b'].map((id) =>
        item(id, {
          assets: { there: { href: `${files}metadata.json` }, missing: { href: `${files}${id}.tif` } },
        }),
      );
      await openFile(page, 'two.json', payloadWith(a, b));
      await showTab(page, 'assets');
      await reads(page, '#assets .href', 'a.tif');
      await click(page, '#assets button', 'Download assets');
      await reads(page, '#assets .said', '1 asset failed');
      assert.match(await textOf(page, '#assets > .files'), /metadata\.json/);

      await choose(page, '#assets-item', 'b');
      await reads(page, '#assets .href', 'b.tif');
      assert.equal(await textOf(page, '#assets .said'), '');
      assert.equal(await textOf(page, '#assets > .files'), '');
      assert.equal(await textOf(page, '#assets .assets .problem'), '');
    });
  });

  test('the item that was picked for a test stays while the text is written', async () => {
    await visit(async ({ page }) => {
      const text = payloadWith(item('a'), item('b'), item('c'));
      await openFile(page, 'three.json', text);
      await click(page, '#items .card-body button', 'Show in text');
      await reads(page, '#items .card.selected .id', 'a');
      await page.click('.cm-content');
      await page.press('Control+End'); // behind the items
      const picked = (/** @type {string} */ id) =>
        page.evaluate((where) => document.querySelector(where)?.selectedOptions[0]?.textContent, id);
      for (const tab of /** @type {const} */ (['tester', 'assets'])) {
        await showTab(page, tab);
        await choose(page, `#${tab === 'tester' ? 'tested' : 'assets'}-item`, 'c');
      }
      await page.evaluate(() => document.querySelector('.cm-content')?.focus());
      for (const [end, key] of [
        ['x', 'x'],
        ['', 'Backspace'],
      ]) {
        await page.press(key);
        await shows(page, text + end);
      }
      assert.equal(await picked('#assets-item'), 'c');
      await showTab(page, 'tester');
      assert.equal(await picked('#tested-item'), 'c');
    });
  });

  test('an asset that cannot be downloaded says why, and the others are there', async () => {
    await visit(async ({ page, looksWell }) => {
      const there = await page.evaluate(() =>
        String(new URL('examples/scene/metadata.json', document.baseURI)),
      );
      const assets = {
        ftp: { href: 'ftp://example.com/b.tif' },
        there: { href: there },
        checked: {
          href: there.replace('metadata.json', 'ndvi.tif'),
          'file:checksum': `1220${'0'.repeat(64)}`,
        },
        relative: { href: './c.tif' },
        unreachable: { href: 'http://127.0.0.1:1/d.tif' },
      };
      await openFile(page, 'trouble.json', payloadWith(item('a', { assets })));
      await showTab(page, 'assets');
      const problem = (/** @type {string} */ key) =>
        page.evaluate((name) => {
          const row = [...document.querySelectorAll('#assets .assets li')].find(
            (each) => each.querySelector('.check')?.textContent?.trim() === name,
          );
          return row?.querySelector('.problem')?.textContent?.replace(/\s+/g, ' ') ?? '';
        }, key);
      await reads(page, '#assets .assets', 'unreachable');
      assert.match(await problem('relative'), /It is left out: its address is relative/);
      await click(page, '#assets button', 'Download assets');
      await reads(page, '#assets .said', '1 file is there, 3 assets failed');
      assert.match(await problem('ftp'), /ftp/);
      assert.match(await problem('checked'), /checksum/i);
      assert.match(await problem('unreachable'), /\. The server may not let pages/);
      assert.equal(await problem('there'), '');
      assert.match(await textOf(page, '#assets > .files'), /metadata\.json/);
      const [wide, room] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('#assets') ?? {};
        return [scrollWidth, clientWidth];
      });
      assert.equal(wide, room, 'nothing runs out of the panel');
      await looksWell('failed assets');
    });
  });

  test('of many items each is explained as itself', async () => {
    await visit(async ({ page }) => {
      const ids = Array.from({ length: 60 }, (_, at) => `item-${at}`);
      await openFile(page, 'many.json', payloadWith(...ids.map((id) => item(id))));
      await reads(page, '#items .count', '60 items');
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll('#items .card')].map((each) => [
          each.getAttribute('data-index'),
          each.querySelector('.id')?.textContent,
        ]),
      );
      assert.deepEqual(
        shown,
        ids.map((id, at) => [String(at), id]),
      );
    });
  });

  test('an item that goes nowhere has no destinations, and what is no object is no item', async () => {
    await visit(async ({ page, looksWell }) => {
      const text = JSON.stringify({
        process: [{ tasks: {} }],
        features: [item('a', { assets: { b: { href: 'c' } } }), null],
      });
      await openFile(page, 'nowhere.json', text);
      await reads(page, '#items .card .reason', 'There are no upload options.');
      assert.equal(await textOf(page, '#items .card .problem'), '');
      await click(page, '#items .toggle', 'Item 2');
      await reads(page, '#items .card .problem', 'This is no item, since it is no object.');
      await looksWell('nowhere');
    });
  });

  test('in a text of one line the item that is chosen comes into view, and it alone is lit', async () => {
    await visit(async ({ page, looksWell }) => {
      const items = Array.from({ length: 9 }, (_, at) => item(`item-${at}`));
      await openFile(page, 'line.json', JSON.stringify({ process: [{ tasks: {} }], features: items }));
      await click(page, '#items .toggle', 'item-8');
      await click(page, '#items .card-body button', 'Show in text: item-8');
      await until(page, () => {
        const lit = document.querySelector('.lit-item')?.getBoundingClientRect();
        const editor = document.querySelector('.cm-scroller')?.getBoundingClientRect();
        return lit && editor && lit.left >= editor.left && lit.left < editor.right;
      });
      const lit = await page.evaluate(() =>
        [...document.querySelectorAll('.lit-item')].map((each) => each.textContent).join(''),
      );
      assert.equal(lit, JSON.stringify(items[8]));
      await looksWell('one line');
    });
  });

  test('of a long difference the beginning is shown, and all of it is made', async () => {
    await visit(async ({ page, looksWell }) => {
      const collections = Object.fromEntries(
        Array.from({ length: 500 }, (_, at) => [`collection-${at}`, `$[?(@.id =~ '${at}')]`]),
      );
      const process = [{ tasks: {}, upload_options: { path_template: 's3://b/${id}', collections } }];
      const text = JSON.stringify({ type: 'FeatureCollection', process, features: [] }, null, 2);
      const fixed = await fix(text);
      const changed = without(fixed.text, text).length + without(text, fixed.text).length;
      assert.ok(changed > 500, String(changed));
      await openFile(page, 'long.json', text);
      await shows(page, text);
      await page.click('#fix-all');
      await reads(page, 'dialog .diff', 'more lines, which are changed as well.');
      assert.equal(await page.evaluate(() => document.querySelectorAll('dialog .diff-line').length), 400);
      await looksWell('long difference');
      await click(page, 'dialog button', 'Apply');
      await shows(page, fixed.text);
    });
  });

  test('without a network a download says what it lacks', async () => {
    await visit(async ({ page, server }) => {
      await until(page, () =>
        navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'),
      );
      server.close();
      await page.goto(server.url);
      await whenReady(page);
      await openFile(
        page,
        'offline.json',
        payloadWith(item('a', { assets: { b: { href: 'http://127.0.0.1:1/b' } } })),
      );
      await showTab(page, 'assets');
      await reads(page, '#assets .href', '127.0.0.1');
      await click(page, '#assets button', 'Download assets');
      await reads(page, '#assets .said', 'could not be loaded: is there a network?');
    });
  });

  test('the narrowest phones show all of it', async () => {
    await visit(
      async ({ page, looksWell }) => {
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${wide} of ${room}`);
        const { right } = await page.evaluate(() =>
          document.querySelector('#tab-loaded').getBoundingClientRect().toJSON(),
        );
        assert.ok(right <= room, `the last tab ends at ${right} of ${room}`);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('.actions button, .tabs button')]
            .filter((each) => each.scrollWidth > each.clientWidth)
            .map((each) => each.textContent),
        );
        assert.deepEqual(cut, []);
        await looksWell('narrow');
      },
      { width: 320, height: 640 },
    );
  });
}
