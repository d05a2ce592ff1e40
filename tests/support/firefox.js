import { packagingTool } from './install.js';
import { mustExist } from './nodes.js';
import { temporaryFolder } from './tarball.js';

const executablePath = '/usr/bin/firefox-esr';

/** Firefox ESR, driven by WebDriver BiDi. @type {import('./browsers.js').Engine} */
export const firefox = {
  name: 'Firefox',
  async launch() {
    await mustExist(executablePath);
    /** One for each colour scheme, which is the same for all of its pages. @type {Map<boolean, Promise<any>>} */
    const started = new Map();
    const inScheme = (/** @type {boolean} */ dark) => {
      const running = started.get(dark) ?? start(dark);
      started.set(dark, running);
      return running;
    };
    await inScheme(false);
    return {
      async open(url, { width = 1280, height = 900, dark = false } = {}) {
        const context = await (await inScheme(dark)).createBrowserContext();
        const page = await context.newPage();
        const opened = pageOf(page, () => context.close());
        await opened.resize(width, height);
        await opened.goto(url);
        return opened;
      },
      async close() {
        for (const browser of started.values()) await (await browser).close();
      },
    };
  },
};

/** @param {boolean} dark */
async function start(dark) {
  const puppeteer = await packagingTool('puppeteer-core');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: temporaryFolder(),
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      // Nothing is asked of the network.
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': 'data:,',
    },
  });
}

/**
 * @param {any} page  of puppeteer
 * @param {() => Promise<void>} close
 * @returns {import('./browsers.js').Page}
 */
function pageOf(page, close) {
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  return {
    async goto(url) {
      await page.goto(url);
    },
    evaluate: (work, ...args) => page.evaluate(work, ...args),
    click: (selector) => page.click(selector),
    hover: (selector) => page.hover(selector),
    type: (text) => page.keyboard.type(text),
    async press(key) {
      const keys = key.split('+');
      const last = keys.pop();
      for (const each of keys) await page.keyboard.down(each);
      await page.keyboard.press(last);
      for (const each of keys.reverse()) await page.keyboard.up(each);
    },
    async choose(selector, path) {
      await (await page.$(selector)).uploadFile(path);
    },
    resize: (width, height) => page.setViewport({ width, height }),
    screenshot: async () => Buffer.from(await page.screenshot()),
    errors: async () => errors,
    close,
  };
}
