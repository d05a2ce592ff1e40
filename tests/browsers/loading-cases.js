/**
 * What each way of using the package loads in a browser, and what happens when that cannot be loaded.
 *
 * @module
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { expectedAnswers } from '../support/exercise.js';
import { entry, location, places, sources } from './site.js';

const bothVerdicts = [
  { valid: true, message: null },
  { valid: false, message: "unable to parse 'process': must be type list" },
];
const wasm = '/stac-task/core.wasm';
const inlined = '/stac-task/core.inline.js';

/**
 * @param {import('./site.js').VisitPlace} visit
 * @param {() => import('../support/tarball.js').Project} project
 */
export function testLoading(visit, project) {
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
          assert.deepEqual(await errors(), []);
        });
      });

      test('everything works', async () => {
        await visit(place, {}, async ({ perform, newRequests, errors }) => {
          const value = expectedAnswers(project().version);
          if (place === 'a service worker') value.schema = 'ERR_DYNAMIC_IMPORT';
          assert.deepEqual(await perform('exercise'), { value });
          assert.equal(newRequests().filter((path) => path === wasm).length, 1);
          assert.deepEqual(await errors(), []);
        });
      });
    });
  }

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
              (await errors()).filter((text) => !text.startsWith('Failed to load resource')),
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
        const body = await readFile(join(project().installed, 'dist/core.wasm'));
        await visit(
          'a page',
          { answers: { [wasm]: { status: 200, type, body } } },
          async ({ perform, newRequests, errors }) => {
            await perform('import');
            newRequests();
            assert.deepEqual(await perform('validate'), { value: bothVerdicts });
            assert.deepEqual(newRequests(), [wasm]);
            assert.deepEqual(await errors(), []);
          },
        );
      });
    }
  });

  describe('when the user names the source', () => {
    for (const source of Object.keys(sources)) {
      for (const place of ['a page', 'a service worker']) {
        test(`${source}: ${place} uses it and asks for no other`, async () => {
          const body = await readFile(join(project().installed, 'dist/core.wasm'));
          const answers = { [location]: { status: 200, type: 'application/wasm', body } };
          await visit(place, { answers }, async ({ perform, newRequests, errors }) => {
            await perform('import');
            newRequests();
            assert.deepEqual(await perform(source), { value: bothVerdicts });
            assert.deepEqual(newRequests(), [location]);
            assert.deepEqual(await errors(), []);
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
            assert.match(
              `${error.name} ${error.message}`,
              /wasm-unsafe-eval|Content Security Policy|CSP|policy/i,
            );
            assert.ok(!newRequests().includes(inlined));
          },
        );
      });
    }
  });
}
