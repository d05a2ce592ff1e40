import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { launchChromium, openPage } from '../support/chromium.js';
import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { serve } from '../support/server.js';
import { makeProject } from '../support/tarball.js';

/*
 * The unpacked tarball, served as it is: no bundler. The same small script runs in a page, in a module worker and in a
 * service worker; each step is asked for by the test, and the requests that it makes are counted on the server.
 */

const entry = '/stac-task/browser.js';
/** Where a user put the wasm who names it to `ready`. */
const location = '/assets/the-core.wasm';

/** What `ready` can be given, as text for the script below. */
const sources = {
  'a URL as text': `() => '${location}'`,
  'a URL object': `() => new URL('${location}', self.location)`,
  'a promise of a Response': `() => fetch('${location}')`,
  'a promise of bytes': `() => fetch('${location}').then((response) => response.arrayBuffer())`,
  'a compiled module': `() => WebAssembly.compileStreaming(fetch('${location}'))`,
  'an object that names the core': `() => ({ core: '${location}' })`,
};

/** What each place can be asked to do. */
const steps = `${exerciseModule(entry, '/exercise.js')}
const sources = {
  ${Object.entries(sources)
    .map(([name, source]) => `'${name}': ${source}`)
    .join(',\n  ')},
};
const say = (report) => ({ valid: report.valid, message: report.issues[0]?.python?.message ?? null });
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
const steps = {
  'a private folder': async () => {
    const { features } = await Files.handler({}, { workdir: 'opfs:mine', saveWorkdir: false, logger: {} });
    const root = await navigator.storage.getDirectory();
    const late = await store.write('d/e', '').catch(({ code }) => code);
    return [...features, late, await Array.fromAsync(root.keys())];
  },
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
const perform = (step) => steps[step]().then(
  (value) => ({ value }),
  (error) => ({ error: { name: error.name, code: error.code, message: error.message } }),
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
const places = {
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
      globalThis.perform = (step) =>
        new Promise((resolve, reject) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
          worker.postMessage(step, [port2]);
        });
    },
  },
  'a service worker': {
    page: '/blank.html',
    scripts: ['/blank.html', '/worker.js'],
    open: async () => {
      await navigator.serviceWorker.register('/worker.js', { type: 'module' });
      const { active } = await navigator.serviceWorker.ready;
      globalThis.perform = (step) =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          active.postMessage(step, [port2]);
        });
    },
  },
};

/** @type {import('../support/tarball.js').Project} */
let project;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  project = await makeProject();
  browser = await launchChromium();
});
after(() => browser?.close());

const bothVerdicts = [
  { valid: true, message: null },
  { valid: false, message: "unable to parse 'process': must be type list" },
];
const wasm = '/stac-task/core.wasm';
const inlined = '/stac-task/core.inline.js';

for (const place of Object.keys(places)) {
  describe(`in ${place}, under the policy script-src 'self' 'wasm-unsafe-eval'`, () => {
    test('importing asks for no wasm, the first validation for core.wasm once, later ones for nothing', async () => {
      await visit(place, {}, async ({ perform, newRequests, errors }) => {
        assert.deepEqual(await perform('import'), { value: 'function' });
        const atImport = newRequests();
        const modules = atImport.filter(
          (path) => !places[place].scripts.includes(path) && path !== '/exercise.js',
        );
        assert.ok(modules.includes(entry));
        assert.deepEqual(new Set(modules).size, modules.length, `no module is asked for twice: ${modules}`);
        assert.deepEqual(
          modules.filter((path) => path === wasm || path === inlined),
          [],
        );

        assert.deepEqual(await perform('validate'), { value: bothVerdicts });
        assert.deepEqual(newRequests(), [wasm]);

        assert.deepEqual(await perform('validate'), { value: bothVerdicts });
        assert.deepEqual(newRequests(), []);
        assert.deepEqual(errors, []);
      });
    });

    test('everything works', async () => {
      await visit(place, {}, async ({ perform, newRequests, errors }) => {
        const value = expectedAnswers(project.version);
        if (place === 'a service worker') value.schema = 'ERR_DYNAMIC_IMPORT';
        assert.deepEqual(await perform('exercise'), { value });
        assert.equal(newRequests().filter((path) => path === wasm).length, 1);
        assert.deepEqual(errors, []);
      });
    });
  });
}

describe('a work directory in the private files of the origin', () => {
  for (const place of ['a page', 'a module worker']) {
    test(`${place}: is written, read and removed`, async () => {
      await visit(place, {}, async ({ perform, errors }) => {
        const item = {
          hrefs: ['opfs:mine/a/b.txt', 'opfs:mine/c'],
          missing: 'ERR_NO_SUCH_FILE',
          text: 'été',
          names: ['a/b.txt'],
        };
        assert.deepEqual(await perform('a private folder'), { value: [item, 'ERR_WORKDIR_REMOVED', []] });
        assert.deepEqual(errors, []);
      });
    });
  }

  test('a service worker may not load what reads it, and is told so', async () => {
    await visit('a service worker', {}, async ({ perform }) => {
      const { error } = await perform('a private folder');
      assert.equal(error?.code, 'ERR_DYNAMIC_IMPORT', JSON.stringify(error));
    });
  });
});

describe('when the server does not give core.wasm', () => {
  /** @type {{ what: string, answer: import('../support/server.js').Answer }[]} */
  const cases = [
    {
      what: "a dev server's HTML page with status 200",
      answer: { status: 200, type: 'text/html', body: '<!doctype html><title>my app</title>' },
    },
    {
      what: 'an HTML page that claims to be wasm',
      answer: { status: 200, type: 'application/wasm', body: '<!doctype html><title>my app</title>' },
    },
    {
      what: 'status 404',
      answer: { status: 404, type: 'text/html', body: '<!doctype html><title>not found</title>' },
    },
    { what: 'status 500', answer: { status: 500, type: 'text/plain', body: '' } },
    { what: 'an empty file', answer: { status: 200, type: 'application/wasm', body: '' } },
  ];
  for (const { what, answer } of cases) {
    for (const place of ['a page', 'a module worker']) {
      test(`${what}: ${place} falls back to the inlined copy`, async () => {
        await visit(place, { answers: { [wasm]: answer } }, async ({ perform, newRequests, errors }) => {
          await perform('import');
          newRequests();
          assert.deepEqual(await perform('validate'), { value: bothVerdicts });
          assert.deepEqual(newRequests(), [wasm, inlined]);
          // The browser itself reports the status; the package must add nothing to it.
          assert.deepEqual(
            errors.filter((text) => !text.startsWith('Failed to load resource')),
            [],
          );
        });
      });
    }
  }

  test('a service worker, which may not load the inlined copy, says so and can try again', async () => {
    const answers = { [wasm]: { status: 404, type: 'text/plain', body: 'not found' } };
    await visit('a service worker', { answers }, async ({ perform }) => {
      const { error } = await perform('validate');
      assert.equal(error?.code, 'ERR_DYNAMIC_IMPORT', JSON.stringify(error));
      delete answers[wasm]; // the server is repaired
      assert.deepEqual(await perform('validate'), { value: bothVerdicts });
    });
  });

  test('core.wasm and the inlined copy both missing: one error names both causes, and the next call tries again', async () => {
    const missing = { status: 404, type: 'text/plain', body: 'not found' };
    const answers = { [wasm]: missing, [inlined]: missing };
    await visit('a page', { answers }, async ({ perform }) => {
      const { error } = await perform('validate');
      assert.equal(error?.code, 'ERR_LOAD_FAILED', JSON.stringify(error));
      assert.match(error.message, /core\.wasm/);
      assert.match(error.message, /core\.inline/);
      delete answers[wasm];
      assert.deepEqual(await perform('validate'), { value: bothVerdicts });
    });
  });
});

describe('when the server names the wrong type for core.wasm', () => {
  for (const type of ['application/octet-stream', 'text/plain', undefined]) {
    test(`${type ?? 'no type at all'}: it is used all the same, and fetched once`, async () => {
      const body = await readFile(join(project.installed, 'dist/core.wasm'));
      await visit(
        'a page',
        { answers: { [wasm]: { status: 200, type, body } } },
        async ({ perform, newRequests, errors }) => {
          await perform('import');
          newRequests();
          assert.deepEqual(await perform('validate'), { value: bothVerdicts });
          assert.deepEqual(newRequests(), [wasm]);
          assert.deepEqual(errors, []);
        },
      );
    });
  }
});

describe('when the user names the source', () => {
  for (const source of Object.keys(sources)) {
    for (const place of ['a page', 'a service worker']) {
      test(`${source}: ${place} uses it and asks for no other`, async () => {
        const body = await readFile(join(project.installed, 'dist/core.wasm'));
        const answers = { [location]: { status: 200, type: 'application/wasm', body } };
        await visit(place, { answers }, async ({ perform, newRequests, errors }) => {
          await perform('import');
          newRequests();
          assert.deepEqual(await perform(source), { value: bothVerdicts });
          assert.deepEqual(newRequests(), [location]);
          assert.deepEqual(errors, []);
        });
      });
    }
  }

  for (const source of ['a URL as text', 'a promise of a Response']) {
    test(`${source}, but the file is not there: it is an error, and nothing else is tried`, async () => {
      await visit('a page', {}, async ({ perform, newRequests }) => {
        await perform('import');
        newRequests();
        const { error } = await perform(source);
        assert.equal(error?.code, 'ERR_LOAD_FAILED', JSON.stringify(error));
        assert.match(error.message, /404/);
        assert.deepEqual(newRequests(), [location]);
      });
    });
  }
});

describe("when the page's policy forbids wasm", () => {
  for (const place of Object.keys(places)) {
    test(`${place} is told so, and the inlined copy, which could not help, is not fetched`, async () => {
      await visit(
        place,
        { policy: "default-src 'self'; script-src 'self'" },
        async ({ perform, newRequests }) => {
          assert.deepEqual(await perform('import'), { value: 'function' });
          newRequests();
          const { error } = await perform('validate');
          assert.ok(error, 'validate rejects');
          assert.match(`${error.name} ${error.message}`, /wasm-unsafe-eval|Content Security Policy|policy/i);
          assert.ok(!newRequests().includes(inlined));
        },
      );
    });
  }
});

/**
 * Serves the package, opens one of the places in a fresh profile and lets `work` use it.
 *
 * @param {keyof typeof places} place
 * @param {import('../support/server.js').Site} site
 * @param {(place: { perform: (step: string) => Promise<any>, newRequests: () => string[], errors: string[] }) => Promise<void>} work
 */
async function visit(place, site, work) {
  const server = await serve({ files, folders: { '/stac-task/': join(project.installed, 'dist') }, ...site });
  const { page, errors, orFail, close } = await openPage(browser, `${server.url}${places[place].page}`);
  try {
    await within(
      10_000,
      orFail(page.evaluate(places[place].open)),
      () => `${place} did not open\n${errors.join('\n')}`,
    );
    const perform = (/** @type {string} */ step) =>
      within(
        20_000,
        page.evaluate((name) => globalThis.perform(name), step),
        () => `no answer to ${step}\n${errors.join('\n')}`,
      );
    await work({ perform, newRequests: server.newRequests, errors });
  } finally {
    await close();
    server.close();
  }
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @param {() => string} message
 * @returns {Promise<T>}
 */
async function within(milliseconds, promise, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(message())), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
