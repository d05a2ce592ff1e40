/**
 * The unpacked tarball, served as it is: no bundler. The same small script runs in a page, in a module worker and in a
 * service worker; each step is asked for by the test, and the requests that it makes are counted on the server.
 *
 * @module
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { exerciseModule } from '../support/exercise.js';
import { serve } from '../support/server.js';
import { makeProject } from '../support/tarball.js';

export const entry = '/stac-task/browser.js';
/** Where a user put the wasm who names it to `ready`. */
export const location = '/assets/the-core.wasm';

/** What `ready` can be given, as text for the script below. */
export const sources = {
  'a URL as text': `() => '${location}'`,
  'a URL object': `() => new URL('${location}', self.location)`,
  'a promise of a Response': `() => fetch('${location}')`,
  'a promise of bytes': `() => fetch('${location}').then((response) => response.arrayBuffer())`,
  'a compiled module': `() => WebAssembly.compileStreaming(fetch('${location}'))`,
  'an object that names the core': `() => ({ core: '${location}' })`,
};

/** What each place can be asked to do, with what the test passes along. */
const steps = `import { downloadItem } from '${entry}';
${exerciseModule(entry, '/exercise.js')}
const sources = {
  ${Object.entries(sources)
    .map(([name, source]) => `'${name}': ${source}`)
    .join(',\n  ')},
};
const say = (report) => ({ valid: report.valid, message: report.issues[0]?.python?.message ?? null });
const told = ({ name, code, message, errors }) => ({ name, code, message, errors: errors?.map(told) });
let store;
class Files extends Task {
  async process() {
    store = await this.openWorkdir();
    const hrefs = [await store.write('a/b.txt', 'été'), await store.write('c', new Blob(['c']))];
    await store.remove('c');
    const missing = await store.read('c').catch(({ code }) => code);
    const text = new TextDecoder().decode(await store.read('a/b.txt'));
    return [{ hrefs, missing, text, names: await store.list() }];
  }
}
const namesIn = async (folder) => {
  const names = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
};
const steps = {
  'a private folder': async () => {
    const { features } = await Files.handler({}, { workdir: 'opfs:mine', saveWorkdir: false, logger: {} });
    const root = await navigator.storage.getDirectory();
    const late = await store.write('d/e', '').catch(({ code }) => code);
    return [...features, late, await namesIn(root)];
  },
  'download to a Map': async ({ item, options }) => {
    const files = new Map();
    const local = await downloadItem(item, 'scene', { ...options, store: files });
    const texts = [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
    return { hrefs: Object.values(local.assets).map(({ href }) => href), files: Object.fromEntries(texts) };
  },
  'download to a private folder': async ({ item, options }) => {
    const root = await navigator.storage.getDirectory();
    const local = await downloadItem(item, 'scene', { ...options, store: root });
    const folder = await root.getDirectoryHandle('scene');
    const names = await namesIn(folder);
    const texts = names.map(async (name) => {
      const file = await (await folder.getFileHandle(name)).getFile();
      return ['scene/' + name, await file.text()];
    });
    const files = Object.fromEntries(await Promise.all(texts));
    return { hrefs: Object.values(local.assets).map(({ href }) => href), files };
  },
  'be Safari 18': async () => delete FileSystemFileHandle.prototype.createWritable,
  import: async () => typeof validate,
  validate: async () => (await Promise.all([validate('{}'), validate('{"process": 5}')])).map(say),
  exercise: run,
  ...Object.fromEntries(Object.entries(sources).map(([name, source]) => [
    name,
    async () => {
      await ready(source());
      return [validateSync('{}'), validateSync('{"process": 5}')].map(say);
    },
  ])),
};
const perform = ([step, argument]) => steps[step](argument).then(
  (value) => ({ value }),
  (error) => ({ error: told(error) }),
);
`;

const files = {
  '/exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
  '/blank.html': '<!doctype html><title>blank</title>',
  '/page.html': '<!doctype html><title>page</title><script type="module" src="/page.js"></script>',
  '/page.js': `${steps} globalThis.perform = perform;`,
  '/worker.js': `${steps} addEventListener('message', async ({ data, ports }) => ports[0].postMessage(await perform(data)));`,
};

/** How a test reaches the script in each place. Runs in the page. */
export const places = {
  'a page': {
    page: '/page.html',
    scripts: ['/page.html', '/page.js'],
    open: async () => {
      while (!globalThis.perform) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  },
  'a module worker': {
    page: '/blank.html',
    scripts: ['/blank.html', '/worker.js'],
    open: async () => {
      const worker = new Worker('/worker.js', { type: 'module' });
      globalThis.perform = (request) =>
        new Promise((resolve, reject) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
          worker.postMessage(request, [port2]);
        });
    },
  },
  'a service worker': {
    page: '/blank.html',
    scripts: ['/blank.html', '/worker.js'],
    open: async () => {
      await navigator.serviceWorker.register('/worker.js', { type: 'module' });
      const { active } = await navigator.serviceWorker.ready;
      globalThis.perform = (request) =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          active.postMessage(request, [port2]);
        });
    },
  },
};

/** @typedef {keyof typeof places} Place */

/**
 * @typedef {object} Visit
 * @property {(step: string, argument?: object) => Promise<any>} perform
 * @property {() => string[]} newRequests  the paths that the server was asked for since the last call
 * @property {() => Promise<string[]>} errors  what is red in the page's console
 */

/**
 * Opens one of the places in a fresh profile and lets `work` use it.
 * @typedef {(place: Place, site: import('../support/server.js').Site, work: (visit: Visit) => Promise<void>) => Promise<void>} VisitPlace
 */

/**
 * Describes tests in one browser, which runs while they do.
 *
 * @param {import('../support/browsers.js').Engine} engine
 * @param {(visit: VisitPlace, project: () => import('../support/tarball.js').Project) => void} tests
 */
export function inBrowser(engine, tests) {
  /** @type {import('../support/tarball.js').Project} */
  let project;
  /** @type {import('../support/browsers.js').Browser} */
  let browser;

  describe(`in ${engine.name}`, () => {
    before(async () => {
      project = await makeProject();
      browser = await engine.launch();
    });
    after(() => browser?.close());
    tests(visit, () => project);
  });

  /** @type {VisitPlace} */
  async function visit(place, site, work) {
    const server = await serve({
      files,
      folders: { '/stac-task/': join(project.installed, 'dist') },
      ...site,
    });
    try {
      const page = await browser.open(`${server.url}${places[place].page}`);
      const { errors } = page;
      const said = async () => (await errors()).join('\n');
      try {
        await within(
          10_000,
          page.evaluate(places[place].open),
          async () => `${place} did not open\n${await said()}`,
        );
        const perform = (/** @type {string} */ step, /** @type {object} */ argument = {}) =>
          within(
            20_000,
            page.evaluate((request) => globalThis.perform(request), [step, argument]),
            async () => `no answer to ${step}\n${await said()}`,
          );
        await work({ perform, newRequests: server.newRequests, errors });
      } finally {
        await page.close();
      }
    } finally {
      server.close();
    }
  }
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @param {() => Promise<string>} message
 * @returns {Promise<T>}
 */
async function within(milliseconds, promise, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => message().then((text) => reject(new Error(text)), reject), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
