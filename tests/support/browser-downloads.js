import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';

import { launchChromium, openPage } from './chromium.js';
import { serve } from './server.js';
import { makeProject } from './tarball.js';

/** What a page allows that downloads from servers of this machine. */
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' blob: http://127.0.0.1:*";

const files = {
  '/perform.js': await readFile(new URL('./browser-perform.js', import.meta.url), 'utf8'),
  '/page.html': '<!doctype html><title>page</title><script type="module" src="/page.js"></script>',
  '/page.js': `import { perform } from '/perform.js'; globalThis.perform = perform;`,
  '/host.html': '<!doctype html><title>host</title>',
  '/worker.js': `
    import { perform } from '/perform.js';
    addEventListener('message', async ({ data, ports }) => ports[0].postMessage(await perform(data)));`,
};

/** How a test reaches perform.js in each place. Runs in the page. */
const places = {
  'a page': {
    page: '/page.html',
    open: async () => {
      while (!globalThis.perform) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  },
  'a module worker': {
    page: '/host.html',
    open: async () => {
      const worker = new Worker('/worker.js', { type: 'module' });
      globalThis.perform = (/** @type {unknown} */ step) =>
        new Promise((resolve, reject) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
          worker.postMessage(step, [port2]);
        });
    },
  },
};

/** @typedef {import('./browser-perform.js').Step} Step */
/** @typedef {import('./browser-perform.js').Outcome} Outcome */

/**
 * @callback OnPage
 * @param {Parameters<typeof onPage>[2]} work
 * @param {Parameters<typeof onPage>[3]} [options]
 * @returns {Promise<void>}
 */

/**
 * For the tests of a file: `onPage` with Chromium, which runs while they do, and the unpacked tarball.
 *
 * @returns {OnPage}
 */
export function pagesInChromium() {
  /** @type {import('./tarball.js').Project} */
  let project;
  /** @type {import('playwright-core').Browser} */
  let browser;
  before(async () => {
    project = await makeProject();
    browser = await launchChromium();
  });
  after(() => browser?.close());
  return (work, options) => onPage(browser, project.installed, work, options);
}

/**
 * Serves the package as it is in the tarball, opens it in a fresh profile, and lets `work` download.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} installed  the package's folder
 * @param {(page: { perform: (step: Step) => Promise<Outcome>, reload: (last: Promise<unknown>) => Promise<void>, newRequests: () => string[], url: string, errors: string[] }) => Promise<void>} work
 * @param {{ place?: keyof typeof places, site?: import('./server.js').Site }} [options]
 */
async function onPage(browser, installed, work, { place = 'a page', site = {} } = {}) {
  const folders = { '/stac-task/': join(installed, 'dist') };
  const server = await serve({ files, folders, policy, ...site });
  const { page, errors, orFail, close } = await openPage(browser, `${server.url}${places[place].page}`);
  try {
    await orFail(page.evaluate(places[place].open));
    const perform = (/** @type {Step} */ step) =>
      orFail(page.evaluate((given) => globalThis.perform(given), step));
    /** Load the page anew, when it says that it wants to end. @param {Promise<unknown>} last */
    const reload = async (last) => {
      last.catch(() => {}); // its page is gone
      await orFail(page.waitForFunction(() => globalThis.wantsToEnd));
      await page.reload();
      await orFail(page.evaluate(places[place].open));
    };
    await work({ perform, reload, newRequests: server.newRequests, url: server.url, errors });
  } finally {
    await close();
    server.close();
  }
}
