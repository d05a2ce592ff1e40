/**
 * The playground with what people give it by mistake, or too early, or too much of.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openExample, reads, showTab, textOf, writePayload } from './playground-page.js';

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
}
