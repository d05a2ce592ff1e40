import { packagingTool } from './install.js';
import { mustExist } from './nodes.js';

const executablePath = '/usr/bin/chromium';

/** Starts Chromium; the caller closes it. */
export async function launchChromium() {
  await mustExist(executablePath);
  const { chromium } = await packagingTool('playwright-core');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

/**
 * Opens a page in a fresh profile and collects what a developer would see in red in the console. `orFail` waits for
 * something on the page, but no longer than until a script on it fails: after that there is nothing to wait for.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
export async function openPage(browser, url) {
  const context = await browser.newContext();
  /** @type {string[]} */
  const errors = [];
  context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const failure = new Promise((_, reject) => {
    context.on('weberror', (error) => {
      errors.push(error.error().message);
      reject(new Error(`a script on the page failed: ${errors.join('\n')}`));
    });
  });
  failure.catch(() => {}); // nobody may be waiting
  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  const orFail = (promise) => Promise.race([promise, /** @type {Promise<never>} */ (failure)]);
  const page = await context.newPage();
  await page.goto(url);
  return { page, errors, orFail, close: () => context.close() };
}

/**
 * Waits for the page's own script to set globalThis.answers or globalThis.failure, and gives what it set.
 *
 * @param {Awaited<ReturnType<typeof openPage>>} opened
 */
export async function answersOnPage({ page, errors, orFail }) {
  const given = () => globalThis.answers ?? (globalThis.failure && { failure: globalThis.failure });
  try {
    const handle = await orFail(page.waitForFunction(given, null, { timeout: 30_000 }));
    return await handle.jsonValue();
  } catch (error) {
    throw new Error(`the page gave no answer: ${error.message}\nconsole: ${errors.join('\n')}`);
  }
}
