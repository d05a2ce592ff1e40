import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { answersOnPage, launchChromium, openPage } from '../support/chromium.js';
import { exerciseModule, expectedAnswers } from '../support/exercise.js';
import { ensureInstalled } from '../support/install.js';
import { packagingFolder } from '../support/paths.js';
import { kill, runOk, start } from '../support/run.js';
import { contentOf } from '../support/server.js';
import { makeProject } from '../support/tarball.js';

/* A Next.js app without configuration for this package: an edge route, a Node route and a page that validates. */

/** @param {'edge' | 'nodejs'} runtime */
const route = (runtime) => `${exerciseModule('stac-task', '../../exercise.js')}
export const runtime = '${runtime}';
export const dynamic = 'force-dynamic';
let answers; // the module stays loaded between requests, and the package with it
export async function GET() {
  try {
    return Response.json({ isEdge: typeof EdgeRuntime === 'string', answers: await (answers ??= run()) });
  } catch (error) {
    return new Response(String(error.stack), { status: 500 });
  }
}
`;

const files = {
  'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
  'app/on-edge/route.js': route('edge'),
  'app/on-node/route.js': route('nodejs'),
  'app/layout.js': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
  'app/page.js': `'use client';
    import { useEffect } from 'react';
    ${exerciseModule('stac-task', '../exercise.js')}
    export default function Page() {
      useEffect(() => {
        run().then((answers) => (globalThis.answers = answers), (error) => (globalThis.failure = String(error.stack)));
      }, []);
      return <p>app</p>;
    }`,
  // The test links Next into the project from elsewhere; a user's project needs no such line.
  'next.config.js': "export default { turbopack: { root: '/' } };",
};

const env = { NEXT_TELEMETRY_DISABLED: '1' };

/** @type {{ url: string, version: string, stop: () => void }} */
let app;
before(async () => (app = await buildAndStart()));
after(() => app?.stop());

for (const { path, isEdge } of [
  { path: '/on-edge', isEdge: true },
  { path: '/on-node', isEdge: false },
]) {
  test(`a Next.js route validates ${path.replace('/on-', 'on ')}`, async () => {
    const response = await fetch(app.url + path);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    assert.deepEqual(JSON.parse(text), { isEdge, answers: expectedAnswers(app.version) });
  });
}

test('a Next.js page validates in Chromium, served by core.wasm', async () => {
  const browser = await launchChromium();
  try {
    /** @type {Promise<string>[]} */
    const contents = [];
    const opened = await openPage(browser, 'about:blank');
    const { page, errors } = opened;
    page.on('response', (response) => contents.push(response.body().then(contentOf, () => 'nothing')));
    await page.goto(app.url);
    assert.deepEqual(await answersOnPage(opened), expectedAnswers(app.version));
    const special = (await Promise.all(contents)).filter(
      (content) => content === 'wasm' || content === 'inlined copy',
    );
    assert.deepEqual(special, ['wasm']);
    assert.deepEqual(
      errors.filter((text) => !/favicon|404/.test(text)),
      [],
    );
  } finally {
    await browser.close();
  }
});

async function buildAndStart() {
  await ensureInstalled(packagingFolder);
  const modules = join(packagingFolder, 'node_modules');
  const others = Object.fromEntries(
    ['next', 'react', 'react-dom'].map((name) => [name, join(modules, name)]),
  );
  const { folder, version } = await makeProject({ files, with: others });
  const next = join(modules, 'next/dist/bin/next');
  await runOk(process.execPath, [next, 'build'], { cwd: folder, env, timeout: 300_000 });

  const child = start(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', '0'], { cwd: folder, env });
  return { url: await addressFrom(child), version, stop: () => kill(child) };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function addressFrom(child) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (/** @type {string} */ why) => {
      kill(child);
      reject(new Error(`next start ${why}\n${log}`));
    };
    const timer = setTimeout(() => fail('did not get ready in 30 seconds'), 30_000);
    child.once('close', (code) => fail(`ended with exit code ${code}`));
    child.stderr.on('data', (chunk) => (log += chunk));
    child.stdout.on('data', (chunk) => {
      log += chunk;
      const address = log.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (!address || !log.includes('Ready')) return;
      clearTimeout(timer);
      resolve(address[0]);
    });
  });
}
