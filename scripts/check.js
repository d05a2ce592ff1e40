/**
 * `npm run check`: what `npm test` does not say: formatting, lint, types, packaging, the site of docs/ and its
 * links, sizes, fuzzing.
 *
 *     node scripts/check.js [lint] [types] [packaging] [docs] [size] [fuzz]
 *
 * @module
 */

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawArchitecture, picture } from './architecture.js';
import { bootstrap } from './bootstrap.js';
import { build, buildNative } from './build.js';
import { buildDocs } from './docs.js';
import { bin, cmakeBuild, output, root, run, say } from './run.js';

/** Seconds for each fuzzer. */
const fuzzSeconds = 20;

const checks = {
  lint() {
    run(bin('biome'), ['check', '--error-on-warnings', '.']);
    const sources = output('git', ['ls-files', '--', '*.cpp', '*.hpp']).split('\n');
    run('clang-format', ['--dry-run', '--Werror', ...sources]);
    say('clang-tidy');
    const core = sources.filter((file) => /^src\/.*\.cpp$/.test(file));
    const tidy = `printf '%s\\n' ${core.join(' ')} | xargs -P 2 -n 2 clang-tidy -p build/native --quiet`;
    run('sh', ['-c', tidy], { quiet: true });
    checkLockFiles();
  },
  async types() {
    run(bin('tsc'), ['-p', root]);
    const playground = join(root, 'examples/playground');
    const { ensureInstalled } = await import(join(root, 'tests/support/install.js'));
    await ensureInstalled(playground);
    run(bin('tsc'), ['-p', playground]);
  },
  async packaging() {
    const { packedTarball } = await import(join(root, 'tests/support/tarball.js'));
    const tarball = await packedTarball();
    run(bin('publint'), ['run', tarball, '--strict']);
    run(bin('attw'), [tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'core.wasm', 'assets.wasm']);
  },
  async docs() {
    if ((await drawArchitecture()) !== readFileSync(picture, 'utf8')) {
      console.error('✗ docs/architecture.svg is old: node scripts/architecture.js');
      process.exit(1);
    }
    await buildDocs();
    const { lookAtSite } = await import(join(root, 'docs/site/look.js'));
    const problems = await lookAtSite();
    if (problems.length > 0) {
      console.error(`✗ the site\n${problems.join('\n')}`);
      process.exit(1);
    }
  },
  size() {
    run(process.execPath, ['scripts/size.js', '--check']);
  },
  fuzz() {
    const folder = join(root, 'build/fuzz');
    cmakeBuild(folder, ['cmake', '-DSTACTASK_FUZZ=ON'], { CXX: 'clang++' });
    const binaries = join(folder, 'tests/native');
    const targets = readdirSync(binaries).filter((name) => /^fuzz_\w+$/.test(name));
    if (targets.length === 0) throw new Error('there is no fuzz target');
    for (const target of targets) {
      say(`${target}, ${fuzzSeconds} s`);
      const corpus = join(folder, `corpus-${target}`);
      mkdirSync(corpus, { recursive: true });
      const seeds = ['tests/native/fuzz/seeds', 'examples/payloads'];
      const options = [
        `-max_total_time=${fuzzSeconds}`,
        '-dict=tests/native/fuzz/json.dict',
        '-rss_limit_mb=4096',
      ];
      run(join(binaries, target), [...options, `-artifact_prefix=${folder}/`, corpus, ...seeds], {
        quiet: true,
      });
    }
  },
};

/** A new machine must get the same packages, from whatever registry it knows. */
function checkLockFiles() {
  for (const file of output('git', ['ls-files', '--', '*package-lock.json']).split('\n')) {
    const addresses = readFileSync(join(root, file), 'utf8').match(/"resolved": "http/g) ?? [];
    if (addresses.length === 0) continue;
    console.error(`✗ ${file} has download addresses; see .npmrc`);
    process.exit(1);
  }
}

bootstrap(['build', 'check', 'runtimes']);
await build();
buildNative();
const named = process.argv.slice(2);
for (const [name, check] of Object.entries(checks)) {
  if (named.length > 0 && !named.includes(name)) continue;
  say(name);
  await check();
}
say('all checks passed');
