import assert from 'node:assert/strict';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { exerciseModule, exerciseProgram, expectedAnswers } from '../support/exercise.js';
import { packagingTool } from '../support/install.js';
import { ensureNodes, nodes } from '../support/nodes.js';
import { runForJson } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';

/*
 * What stac-task issue 179 deploys: one JavaScript file made by esbuild, uploaded alone to a function. The wasm file is
 * lost on the way, so the inlined copy has to serve.
 */

const files = {
  'main.js': exerciseProgram,
  // CommonJS output knows no top-level await.
  'main-for-cjs.js': `${exerciseModule()} run().then((answers) => console.log(JSON.stringify(answers)));`,
  'exercise.js': await readFile(new URL('../support/exercise.js', import.meta.url), 'utf8'),
};

/** @type {{ format: 'esm' | 'cjs', entry: string, file: string, minify: boolean }[]} */
const bundles = [
  { format: 'esm', entry: 'main.js', file: 'bundle.mjs', minify: false },
  { format: 'cjs', entry: 'main-for-cjs.js', file: 'bundle.cjs', minify: false },
  { format: 'cjs', entry: 'main-for-cjs.js', file: 'bundle.min.cjs', minify: true },
];

before(ensureNodes);

for (const { format, entry, file, minify } of bundles) {
  test(`esbuild --platform=node --format=${format}${minify ? ' --minify' : ''}, alone in an empty folder`, async (t) => {
    const { folder, version } = await makeProject({ files });
    const esbuild = await packagingTool('esbuild');
    const { warnings } = await esbuild.build({
      entryPoints: [entry],
      outfile: file,
      absWorkingDir: folder,
      bundle: true,
      platform: 'node',
      format,
      minify,
      // CommonJS has no import.meta; the package is made for that, and esbuild cannot know it.
      logOverride: format === 'cjs' ? { 'empty-import-meta': 'silent' } : {},
      logLevel: 'silent',
    });
    assert.deepEqual(
      warnings.map(({ text }) => text),
      [],
    );

    const empty = temporaryFolder();
    await cp(join(folder, file), join(empty, file));
    assert.deepEqual(await readdir(empty), [file]);
    for (const { name, path } of nodes) {
      for (const flags of [[], ['--disallow-code-generation-from-strings']]) {
        await t.test([name, ...flags].join(' '), async () => {
          assert.deepEqual(
            await runForJson(path, [...flags, file], { cwd: empty }),
            expectedAnswers(version),
          );
        });
      }
    }
  });
}
