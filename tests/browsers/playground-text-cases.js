/**
 * The payload in the playground: what is found in it, how it is mended, and how it comes and goes.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fix, validate } from 'stac-task';
import { until } from '../support/browsers.js';
import { temporaryFolder } from '../support/tarball.js';
import { broken, edited, example, without } from './playground-expected.js';
import {
  click,
  loadedFiles,
  openExample,
  payloadText,
  reads,
  showTab,
  textOf,
  writePayload,
} from './playground-page.js';
import { linksToNowhere } from './playground-probes.js';

/** @param {import('./playground-visit.js').Tools} tools */
export function testText({ visit, shows }) {
  test('an example with mistakes is there at once: each is listed, and their number is said', async () => {
    await visit(async ({ page, looksWell }) => {
      await shows(page, broken);
      assert.deepEqual(await page.evaluate(linksToNowhere), []);
      const [long, high] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
      assert.equal(long, high, 'the parts scroll, and not the page');
      assert.equal(
        await page.evaluate(() => document.querySelector('#verdict')?.getAttribute('role')),
        'status',
      );
      await looksWell('first');
    });
  });

  test('what is pasted is checked, and what is underlined says why', async () => {
    await visit(async ({ page, looksWell }) => {
      const text = '{\n  "process": [{ "tasks": 5, "workflow_options": {} }],\n  "features": []\n}\n';
      await writePayload(page, text);
      await shows(page, text);
      const underline = () => {
        const marked = document.querySelector('.cm-lintRange-error');
        return marked && getComputedStyle(marked).textDecorationStyle;
      };
      assert.equal(await page.evaluate(underline), 'wavy');
      await page.hover('.cm-lintRange-error');
      const [first] = (await validate(text)).issues.filter(({ severity }) => severity === 'error');
      await reads(page, '.cm-tooltip', first.message);
      await looksWell('hovered');
    });
  });

  test('what can be written is offered, and only then the schema is loaded', async () => {
    await visit(async ({ page, looksWell }) => {
      await showTab(page, 'loaded');
      assert.ok(!(await loadedFiles(page)).includes('payload.schema.js'));
      await writePayload(page, '{\n\n}\n');
      await page.click('.cm-content');
      await page.press('Control+Home');
      await page.press('ArrowDown');
      await page.type('"');
      await reads(page, '.cm-tooltip-autocomplete li', 'process');
      await reads(page, '#loaded [aria-label="Files that were loaded"]', 'payload.schema.js');
      await looksWell('completion');
    });
  });

  test('text that ends too early is one finding, and nothing else is claimed', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'truncated.json');
      await shows(page, example('truncated.json'));
      await looksWell('truncated');
    });
  });

  test('a finding is mended by its button', async () => {
    await visit(async ({ page }) => {
      const { issues } = await validate(broken);
      const [mendable] = issues.filter((issue) => issue.fix);
      await click(page, '#findings-list .fix', mendable.fix.title);
      await reads(page, '#notice', `Fixed: ${mendable.fix.title}`);
      const mended = edited(broken, mendable.fix.edits);
      await shows(page, mended);
      assert.equal(await payloadText(page), mended);
    });
  });

  test('all are mended at once, after a look at the difference', async () => {
    await visit(async ({ page, looksWell }) => {
      const fixed = await fix(broken);
      await page.click('#fix-all');
      await reads(page, 'dialog', `${fixed.applied.length} findings would be fixed`);
      const lines = (/** @type {string} */ kind) =>
        page.evaluate(
          (which) => [...document.querySelectorAll(`dialog .${which} code`)].map((each) => each.textContent),
          kind,
        );
      assert.deepEqual(await lines('removed'), without(broken, fixed.text));
      assert.deepEqual(await lines('added'), without(fixed.text, broken));
      await looksWell('fix all');

      await page.press('Escape');
      await until(page, () => !document.querySelector('dialog'));
      assert.equal(await payloadText(page), broken);

      await page.click('#fix-all');
      await reads(page, 'dialog', 'would be fixed');
      await click(page, 'dialog button', 'Apply');
      await shows(page, fixed.text);
      assert.equal(await payloadText(page), fixed.text);
    });
  });

  test('the profile, the items and lint are switched', async () => {
    await visit(async ({ page, looksWell }) => {
      await openExample(page, 'legacy.json');
      const text = example('legacy.json');
      await shows(page, text);
      await click(page, '#rules label', 'Cirrus');
      await shows(page, text, { profile: 'cirrus' });
      await click(page, '#rules label', 'Check items');
      await shows(page, text, { profile: 'cirrus', items: 'core' });
      await looksWell('Cirrus');
      await click(page, '#rules label', 'Lint');
      await shows(page, text, { profile: 'cirrus', items: 'core', lint: false });
    });
  });

  test('a link holds the payload and the rules, and no server sees them', async () => {
    let link = '';
    const text = '{"process": [{"tasks": {"only here": {}}}], "features": []}\n';
    await visit(async ({ page, server, looksWell }) => {
      await writePayload(page, text);
      await shows(page, text);
      await click(page, '#rules label', 'Cirrus');
      await shows(page, text, { profile: 'cirrus' });
      await until(page, () => navigator.serviceWorker.ready.then(() => true));
      server.newRequests();
      await page.click('#share');
      await reads(page, 'dialog', 'A link with the payload in it');
      link = await page.evaluate(() => document.querySelector('#link')?.value ?? '');
      await looksWell('share');
      assert.deepEqual(server.newRequests(), []);
    });
    const fragment = link.slice(link.indexOf('#'));
    assert.ok(fragment.length > 20, link);
    await visit(
      async ({ page, server }) => {
        await shows(page, text, { profile: 'cirrus' });
        assert.equal(await payloadText(page), text);
        const sent = server.requests.map(({ method, target }) => `${method} ${target}`);
        assert.deepEqual(
          sent.filter((each) => !/^GET [^?#]+$/.test(each)),
          [],
        );
      },
      { fragment },
    );
  });

  test('a file is opened', async () => {
    const path = join(temporaryFolder(), 'of-mine.json');
    const text = '{"process": {}, "features": []}\n';
    writeFileSync(path, text);
    await visit(async ({ page }) => {
      await page.choose('#file', path);
      await reads(page, '#notice', 'of-mine.json is open');
      await shows(page, text);
      assert.equal(await textOf(page, '#name'), 'of-mine.json');
    });
  });
}
