/**
 * The playground as a person meets it: what he can do on the page and what he reads there.
 *
 * @module
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { until } from '../support/browsers.js';
import { ensureInstalled } from '../support/install.js';
import { packagingFolder, root } from '../support/paths.js';
import { serve } from '../support/server.js';
import { temporaryFolder } from '../support/tarball.js';

/** Where pictures of the page go, for people to look at. */
const pictures = join(root, 'build/playground-pictures');

/** @typedef {import('../support/browsers.js').Page} Page */

/** @returns {Promise<string>} the folder of the built page */
export async function builtPlayground() {
  await ensureInstalled(join(root, 'examples/playground'));
  const { buildPlayground } = await import('../../examples/playground/build.js');
  const { folder } = await buildPlayground(temporaryFolder());
  return folder;
}

/**
 * Serves it below a path, as a host of many pages does.
 * @param {string} folder
 * @param {import('../support/server.js').Site['answers']} [answers]
 */
export async function servePlayground(folder, answers) {
  // The page has a policy of its own.
  const server = await serve({ folders: { '/some/where/': folder }, answers, policy: '' });
  return { ...server, url: `${server.url}/some/where/` };
}

/** Waits until the editor is there and the first check is done. @param {Page} page */
export async function whenReady(page) {
  await until(page, () => document.documentElement.dataset['ready'] === 'true');
  await whenChecked(page);
}

/** Waits until everything that is shown is about the text as it stands. @param {Page} page */
export const whenChecked = (page) =>
  until(page, () => !/Checking/.test(document.querySelector('#verdict')?.textContent ?? 'Checking'));

/** @param {Page} page @returns {Promise<string>} what the live region says */
export const verdict = (page) => page.evaluate(() => document.querySelector('#verdict')?.textContent ?? '');

/** @typedef {{ severity: string, line: number, message: string, code: string }} Listed  a finding, as it is read */

/** @param {Page} page @returns {Promise<Listed[]>} */
export const findings = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('#findings-list .row')].map((row) => {
      const text = (selector) => row.querySelector(selector)?.textContent?.trim() ?? '';
      return {
        severity: text('.severity').toLowerCase(),
        line: Number(text('.line').replace(/\D/g, '')),
        message: text('.message'),
        code: text('.details a'),
      };
    }),
  );

/**
 * Waits until something on the page reads so, and makes it the target.
 *
 * @param {Page} page
 * @param {string} selector
 * @param {string} [name]  a part of what it is called: of its label, or of its text
 * @returns {Promise<string>} a selector of it alone
 */
export async function find(page, selector, name = '') {
  await until(
    page,
    (where, text) => {
      for (const old of document.querySelectorAll('[data-target]')) old.removeAttribute('data-target');
      const found = [...document.querySelectorAll(where)].find((each) =>
        (each.getAttribute('aria-label') ?? each.textContent ?? '').replace(/\s+/g, ' ').includes(text),
      );
      found?.setAttribute('data-target', '');
      return found !== undefined;
    },
    selector,
    name,
  );
  return '[data-target]';
}

/** @param {Page} page @param {string} selector @param {string} [name] */
export const click = async (page, selector, name) => page.click(await find(page, selector, name));

/** @param {Page} page @param {string} selector @returns {Promise<string>} as it is read, spaces made one */
export const textOf = (page, selector) =>
  page.evaluate(
    (where) => (document.querySelector(where)?.textContent ?? '').replace(/\s+/g, ' ').trim(),
    selector,
  );

/** Waits until a part of the page says something. @param {Page} page @param {string} selector @param {string} text */
export const reads = (page, selector, text) =>
  until(
    page,
    (where, wanted) =>
      [...document.querySelectorAll(where)].some((each) =>
        each.textContent?.replace(/\s+/g, ' ').includes(wanted),
      ),
    selector,
    text,
  );

/** Waits until the editor has selected something, and has the focus. @param {Page} page */
const whenSelected = (page) =>
  until(
    page,
    () => document.activeElement?.closest('.cm-editor')?.querySelector('.cm-selectionBackground') != null,
  );

/**
 * Writes another line below the one that the editor has just gone to.
 *
 * @param {Page} page
 * @param {number} below  lines
 * @param {string} line
 */
export async function rewriteLine(page, below, line) {
  await whenSelected(page);
  await page.press('ArrowRight'); // nothing is selected any more
  for (let count = 0; count < below; ++count) await page.press('ArrowDown');
  await page.press('Home');
  await page.press('Shift+End');
  await paste(page, line);
}

/** Copies a text elsewhere, and pastes it over what is selected. @param {Page} page @param {string} text */
export async function paste(page, text) {
  await page.evaluate((copied) => {
    globalThis.focused = document.activeElement;
    const elsewhere = document.createElement('textarea');
    elsewhere.id = 'elsewhere';
    elsewhere.value = copied;
    document.body.append(elsewhere);
    elsewhere.select();
  }, text);
  await page.press('Control+c');
  await page.evaluate(() => {
    document.querySelector('#elsewhere')?.remove();
    globalThis.focused.focus();
  });
  await page.press('Control+v');
}

/** Replaces the whole payload as a person does. @param {Page} page @param {string} text */
export async function writePayload(page, text) {
  await page.click('.cm-content');
  await page.press('Control+a');
  await paste(page, text);
}

/** Copies the whole payload, and reads it elsewhere. @param {Page} page @returns {Promise<string>} */
export async function payloadText(page) {
  await page.click('.cm-content');
  await page.press('Control+a');
  await page.press('Control+c');
  await page.evaluate(() => {
    const elsewhere = document.createElement('textarea');
    elsewhere.id = 'elsewhere';
    document.body.append(elsewhere);
    elsewhere.focus();
  });
  await page.press('Control+v');
  return page.evaluate(() => {
    const elsewhere = document.querySelector('#elsewhere');
    elsewhere?.remove();
    return elsewhere instanceof HTMLTextAreaElement ? elsewhere.value : '';
  });
}

/** Opens a payload of the menu. @param {Page} page @param {string} file */
export async function openExample(page, file) {
  await page.evaluate((name) => {
    const menu = document.querySelector('#example');
    if (!(menu instanceof HTMLSelectElement)) throw new Error('there is no menu');
    menu.value = name;
    menu.dispatchEvent(new Event('change'));
  }, file);
  await reads(page, '#notice', `${file} is open`);
  await until(page, (name) => document.querySelector('#name')?.textContent === name, file);
}

/** Opens a payload of one's own as a file. @param {Page} page @param {string} name @param {string | Buffer} text */
export async function openFile(page, name, text) {
  const path = join(temporaryFolder(), name);
  await writeFile(path, text);
  await page.choose('#file', path);
  await until(page, (wanted) => document.querySelector('#name')?.textContent === wanted, name);
}

/** Chooses in a menu, by what is read there. @param {Page} page @param {string} menu @param {string} choice */
export const choose = (page, menu, choice) =>
  until(
    page,
    (where, wanted) => {
      const select = document.querySelector(where);
      const option = [...(select?.options ?? [])].find((each) => each.textContent === wanted);
      if (!option || select.disabled) return false;
      select.value = option.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    },
    menu,
    choice,
  );

/** @param {Page} page @param {'items' | 'map' | 'tester' | 'assets' | 'loaded'} panel */
export const showTab = (page, panel) => page.click(`#tab-${panel}`);

let axe;

/** What axe finds wrong with the page as it stands. @param {Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  axe ??= new Function(
    await readFile(
      createRequire(join(packagingFolder, 'package.json')).resolve('axe-core/axe.min.js'),
      'utf8',
    ),
  );
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.map(({ id, nodes: [{ html, failureSummary }, ...more] }) =>
      [`${id}, ${more.length + 1} times: ${html}`, failureSummary].join('\n'),
    );
  });
}

/** @param {Page} page @param {string} name */
export async function picture(page, name) {
  await mkdir(pictures, { recursive: true });
  await writeFile(join(pictures, `${name.replaceAll(' ', '-')}.png`), await page.screenshot());
}

/** @param {Page} page @returns {Promise<string[]>} as the panel lists them */
export const loadedFiles = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('#loaded [aria-label="Files that were loaded"] th[scope=row]')].map(
      (each) => each.textContent ?? '',
    ),
  );
