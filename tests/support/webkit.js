import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { mustExist } from './nodes.js';
import { kill, start } from './run.js';
import { temporaryFolder } from './tarball.js';

const driverPath = '/usr/bin/WebKitWebDriver';
const browserPath = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKitGTK, driven by WebDriver on a screen that nobody sees. @type {import('./browsers.js').Engine} */
export const webkit = {
  name: 'WebKit',
  async launch() {
    for (const path of ['/usr/bin/Xvfb', driverPath, browserPath]) await mustExist(path);
    const screen = start('Xvfb', '-displayfd 1 -screen 0 1920x1400x24 -nolisten tcp'.split(' '));
    const [number] = await firstOf(once(screen.stdout, 'data'), screen);
    const display = `:${String(number).trim()}`;
    /** @type {Set<Session>} */
    const sessions = new Set();
    /** @param {boolean} dark */
    const sessionFor = async (dark) => {
      const idle = [...sessions].find((session) => session.isIdle && session.dark === dark);
      if (idle) return Object.assign(idle, { isIdle: false });
      const session = await startSession(display, dark);
      sessions.add(session);
      return session;
    };
    return {
      // Starting one takes longer than most tests, so the next page takes the place of one that was closed.
      async open(url, { width = 1280, height = 900, dark = false } = {}) {
        const session = await sessionFor(dark);
        const page = pageOf(session, async () => {
          try {
            await session.ask('POST', '/url', { url: 'about:blank' });
            session.isIdle = true;
          } catch {
            // It may have died.
            sessions.delete(session);
            kill(session.driver);
          }
        });
        await page.resize(width, height);
        await page.goto(url);
        return page;
      },
      async close() {
        for (const { ask, driver } of sessions) {
          await ask('DELETE', '').catch(() => {}); // it may have died, and is killed all the same
          kill(driver);
        }
        // With this signal it takes its lock and its socket away.
        screen.kill('SIGTERM');
        if (screen.exitCode === null) await once(screen, 'exit');
      },
    };
  },
};

/** @typedef {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<any>} Ask */

/**
 * @typedef {object} Session
 * @property {Ask} ask
 * @property {import('node:child_process').ChildProcess} driver  which has this session only
 * @property {boolean} dark
 * @property {boolean} isIdle
 */

/**
 * @param {string} display
 * @param {boolean} dark
 * @returns {Promise<Session>}
 */
async function startSession(display, dark) {
  const port = await freePort();
  const home = temporaryFolder();
  const driver = start(driverPath, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: {
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      HOME: home,
      LIBGL_ALWAYS_SOFTWARE: '1',
      TMPDIR: home,
      // Its sandbox cannot be made by root.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  /** @type {Ask} */
  const askDriver = async (method, path, body) => {
    const init = method === 'POST' ? { method, body: JSON.stringify(body ?? {}) } : { method };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  try {
    while (!(await askDriver('GET', '/status').catch(() => undefined))) {
      if (driver.exitCode !== null) throw new Error(`${driverPath} ended with ${driver.exitCode}`);
      await delay(10);
    }
    const browser = { binary: browserPath, args: ['--automation', ...(dark ? ['--dark-mode'] : [])] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser } };
    const { sessionId } = await askDriver('POST', '/session', { capabilities });
    /** @type {Ask} */
    const ask = (method, path, body) => askDriver(method, `/session/${sessionId}${path}`, body);
    return { ask, driver, dark, isIdle: false };
  } catch (error) {
    kill(driver);
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {() => Promise<void>} close
 * @returns {import('./browsers.js').Page}
 */
function pageOf({ ask }, close) {
  const evaluate = async (work, ...args) => {
    const answer = await ask('POST', '/execute/async', { script: `(${inPage})(${work}, arguments)`, args });
    if ('error' in answer) throw new Error(answer.error);
    return answer.value;
  };
  const find = async (/** @type {string} */ selector) => {
    const element = await ask('POST', '/element', { using: 'css selector', value: selector });
    return { element, path: `/element/${Object.values(element)[0]}` };
  };
  const act = (/** @type {object} */ source) => ask('POST', '/actions', { actions: [source] });
  return {
    async goto(url) {
      await ask('POST', '/url', { url });
      await evaluate(watchErrors);
    },
    evaluate,
    click: async (selector) => ask('POST', `${(await find(selector)).path}/click`),
    async hover(selector) {
      const { element } = await find(selector);
      await evaluate((each) => document.querySelector(each)?.scrollIntoView({ block: 'nearest' }), selector);
      await act({
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [{ type: 'pointerMove', origin: element, x: 0, y: 0, duration: 0 }],
      });
    },
    type: (text) => act(strokes([...text].flatMap((each) => [down(each), up(each)]))),
    async press(key) {
      const keys = key.split('+').map((each) => codes[each] ?? each);
      await act(strokes([...keys.map(down), ...keys.reverse().map(up)]));
    },
    choose: async (selector, path) => ask('POST', `${(await find(selector)).path}/value`, { text: path }),
    async resize(width, height) {
      const inner = () => ({ width: innerWidth, height: innerHeight });
      const [window, { width: w, height: h }] = [await ask('GET', '/window/rect'), await evaluate(inner)];
      const size = { width: width + window.width - w, height: height + window.height - h };
      await ask('POST', '/window/rect', size);
    },
    async screenshot() {
      await evaluate(painted);
      return Buffer.from(await ask('GET', '/screenshot'), 'base64');
    },
    errors: () => evaluate(() => globalThis.redInConsole ?? []),
    close,
  };
}

/** Runs in the page: calls a function and gives what it returns, or how it failed, to the driver. */
const inPage = `async (work, passed) => {
  const args = [...passed];
  const done = args.pop();
  try {
    done({ value: (await work(...args)) ?? null });
  } catch (error) {
    done({ error: String(error) + '\\n' + error?.stack });
  }
}`;

/** Runs in the page: waits until what has changed is on the screen. */
const painted = () =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));

/**
 * Runs in the page: the driver tells nothing of its console. What is said while the page loads is not seen.
 */
function watchErrors() {
  /** @type {string[]} */
  const said = [];
  globalThis.redInConsole = said;
  const { error } = console;
  console.error = (...parts) => {
    said.push(parts.join(' '));
    error.apply(console, parts);
  };
  addEventListener('error', ({ message }) => said.push(message));
  addEventListener('unhandledrejection', ({ reason }) => said.push(String(reason)));
}

/** As WebDriver names keys. @type {Record<string, string>} */
const codes = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  F8: '\uE038',
};

/** @param {object[]} actions */
const strokes = (actions) => ({ type: 'key', id: 'keyboard', actions });
/** @param {string} value */
const down = (value) => ({ type: 'keyDown', value });
/** @param {string} value */
const up = (value) => ({ type: 'keyUp', value });

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<T>} rejects if the child ends before
 */
function firstOf(promise, child) {
  const ended = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
  ended.catch(() => {}); // it may end when nobody waits any more
  return Promise.race([promise, ended]);
}
