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

/** Chromium, driven by playwright. @type {import('./browsers.js').Engine} */
export const chromium = {
  name: 'Chromium',
  async launch() {
    const browser = await launchChromium();
    return {
      async open(url, { width = 1280, height = 900, dark = false } = {}) {
        const viewport = { width, height };
        const { page, errors, close } = await openPage(browser, url, {
          viewport,
          colorScheme: dark ? 'dark' : 'light',
        });
        return {
          async goto(next) {
            await page.goto(next);
          },
          evaluate: (work, ...args) => page.evaluate(`(${work})(...${JSON.stringify(args)})`),
          click: (selector) => page.click(selector),
          hover: (selector) => page.hover(selector),
          type: (text) => page.keyboard.type(text),
          press: (key) => page.keyboard.press(key),
          choose: (selector, path) => page.setInputFiles(selector, path),
          resize: (width, height) => page.setViewportSize({ width, height }),
          screenshot: () => page.screenshot(),
          errors: async () => errors,
          close,
        };
      },
      close: () => browser.close(),
    };
  },
};

/**
 * Opens a page in a fresh profile and collects what a developer would see in red in the console. `orFail` waits for
 * something on the page, but no longer than until a script on it fails: after that there is nothing to wait for.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage(browser, url, options) {
  const context = await browser.newContext(options);
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
