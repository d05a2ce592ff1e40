/**
 * How payloads come into the playground, and what is not lost on the way.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { until } from '../support/browsers.js';
import { temporaryFolder } from '../support/tarball.js';
import { broken, example } from './playground-expected.js';
import {
  choose,
  click,
  openExample,
  openFile,
  payloadText,
  reads,
  textOf,
  whenReady,
  writePayload,
} from './playground-page.js';
import { savedBytes } from './playground-probes.js';

/** An answer that comes when it is let go. */
function held() {
  /** @type {(answer: import('../support/server.js').Answer) => void} */
  let letGo = () => {};
  /** @type {Promise<import('../support/server.js').Answer>} */
  const answer = new Promise((resolve) => {
    letGo = resolve;
  });
  return {
    answer,
    letGo: (/** @type {string} */ body) => letGo({ status: 200, type: 'application/json', body }),
  };
}

/** A service worker that keeps nothing: so that every file is asked for. */
const keepsNothing = { '/some/where/sw.js': { status: 200, type: 'text/javascript', body: '' } };

/** Goes to the server and back, so that what came before has arrived. @param {import('./playground-page.js').Page} page */
const roundTrip = (page) =>
  page.evaluate(() => fetch('./examples/broken.json').then((answer) => answer.text()));

/** @param {import('./playground-visit.js').Tools} tools */
export function testOpening({ visit, shows }) {
  test('an address that is cancelled is not opened when it answers', async () => {
    const slow = held();
    await visit(
      async ({ page }) => {
        await page.click('#open-url');
        await page.click('#url');
        await page.type(await page.evaluate(() => String(new URL('slow.json', document.baseURI))));
        await page.press('Enter');
        await until(page, () => document.querySelector('dialog .primary')?.disabled);
        await click(page, 'dialog button', 'Cancel');
        await until(page, () => !document.querySelector('dialog'));
        slow.letGo('{"process": [], "features": []}');
        await roundTrip(page);
        assert.equal(await textOf(page, '#name'), 'broken.json');
        assert.equal(await payloadText(page), broken);
      },
      { answers: { '/some/where/slow.json': slow.answer } },
    );
  });

  test('of two examples the one that was chosen last is shown, whichever comes first', async () => {
    const slow = held();
    await visit(
      async ({ page }) => {
        await choose(page, '#example', 'Landsat');
        await openExample(page, 'legacy.json');
        slow.letGo(example('landsat.json'));
        await roundTrip(page);
        assert.equal(await textOf(page, '#name'), 'legacy.json');
        await shows(page, example('legacy.json'));
      },
      { answers: { ...keepsNothing, '/some/where/examples/landsat.json': slow.answer } },
    );
  });

  test('what was written is there when the page is loaded anew', async () => {
    await visit(async ({ page, server }) => {
      const text = '{"process": [], "features": [], "mine": true}\n';
      await openFile(page, 'mine.json', '{}');
      await writePayload(page, text);
      await click(page, '#rules label', 'Cirrus');
      await shows(page, text, { profile: 'cirrus' });
      await page.goto(server.url);
      await whenReady(page);
      await shows(page, text, { profile: 'cirrus' });
      assert.equal(await textOf(page, '#name'), 'mine.json');
      assert.equal(await payloadText(page), text);
    });
  });

  test('a link is opened once: what is opened after it stays', async () => {
    const text = '{"process": {}, "features": []}\n';
    let fragment = '';
    await visit(async ({ page }) => {
      await writePayload(page, text);
      await page.click('#share');
      await reads(page, 'dialog', 'A link with the payload in it');
      fragment = await page.evaluate(() => new URL(document.querySelector('#link')?.value).hash);
    });
    await visit(
      async ({ page }) => {
        await shows(page, text);
        const address = await page.evaluate(() => location.href);
        assert.equal(new URL(address).hash, '');
        await openExample(page, 'landsat.json');
        await page.goto(address);
        await whenReady(page);
        assert.equal(await textOf(page, '#name'), 'landsat.json');
        await shows(page, example('landsat.json'));
      },
      { fragment },
    );
  });

  test('what is undone after another payload was opened has its own name again', async () => {
    await visit(async ({ page }) => {
      await openFile(page, 'other.json', '{"process": []}\r\n');
      await page.evaluate(() => document.querySelector('.cm-content')?.focus());
      await page.press('Control+z');
      await shows(page, broken);
      assert.equal(await textOf(page, '#name'), 'broken.json');
      assert.deepEqual(await page.evaluate(savedBytes), [...Buffer.from(broken)]);
      await page.evaluate(() => document.querySelector('.cm-content')?.focus());
      await page.press('Control+y');
      await until(page, () => document.querySelector('#name')?.textContent === 'other.json');
    });
  });

  test('a file keeps its line ends, and one that is not UTF-8 is not opened', async () => {
    await visit(async ({ page }) => {
      const text = '{\r\n  "process": []\r\n}\r\n';
      await openFile(page, 'windows.json', text);
      assert.deepEqual(await page.evaluate(savedBytes), [...Buffer.from(text)]);
      const path = join(temporaryFolder(), 'latin1.json');
      writeFileSync(path, Buffer.from('{\n"id": "caf\xe9"}', 'latin1'));
      await page.choose('#file', path);
      await reads(page, '#notice', 'latin1.json is not opened: line 2 is not UTF-8');
    });
  });

  test('a folder that is dropped is refused, and said so', async () => {
    await visit(async ({ page }) => {
      // A browser gives a folder as a file that cannot be read.
      await page.evaluate(() => {
        const folder = new File([], 'folder');
        folder.arrayBuffer = () =>
          Promise.reject(new DOMException('it could not be read', 'NotReadableError'));
        folder.text = folder.arrayBuffer;
        const drop = new Event('drop', { cancelable: true });
        Object.defineProperty(drop, 'dataTransfer', { value: { files: [folder], types: ['Files'] } });
        dispatchEvent(drop);
      });
      await reads(page, '#notice', 'folder is not opened: it cannot be read. Is it a folder?');
      await shows(page, broken);
    });
  });
}
