import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';

import { bundleForEdge, edgeRuntimeOf } from '../support/edge.js';
import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { runtimesFolder } from '../support/paths.js';
import { makeProject } from '../support/tarball.js';

/*
 * edge-runtime runs one classic script. As Vercel does, the bundler turns `import … from './core.wasm?module'` into a
 * compiled module that the host hands over. This is edge-runtime, not Vercel: it allows things that Vercel may not.
 */

const app = `${exerciseModule()}
addEventListener('fetch', (event) => {
  const answer = run().then((answers) => Response.json(answers), (error) => new Response(String(error.stack), { status: 500 }));
  event.respondWith(answer);
});
`;

before(() => ensureInstalled(runtimesFolder));

test('validates in edge-runtime', async () => {
  const { folder, installed, version } = await makeProject({
    files: {
      'app.js': app,
      'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
    },
  });
  const { code, wasmNames } = await bundleForEdge(folder);
  assert.deepEqual(
    wasmNames,
    ['core.wasm', 'assets.wasm'],
    'the wasm is imported as compiled modules, and nothing else is',
  );

  const runtime = await edgeRuntimeOf(installed, code);
  const response = await runtime.dispatchFetch('http://localhost/');
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.deepEqual(JSON.parse(text), expectedAnswers(version));
});
