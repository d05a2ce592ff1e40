/**
 * Installs what building and testing needs on Debian, and is quick when nothing is missing. As root it
 * installs by itself; otherwise it prints the one command to run.
 *
 *     node scripts/bootstrap.js [build] [check] [runtimes]
 *
 * @module
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { output, root, run, say } from './run.js';

/** Debian packages by what they are for, each with a file that shows that it is there. */
const groups = {
  build: {
    emscripten: '/usr/bin/em++',
    'nlohmann-json3-dev': '/usr/include/nlohmann/json.hpp',
    cmake: '/usr/bin/cmake',
    'ninja-build': '/usr/bin/ninja',
    'g++': '/usr/bin/g++',
    'doctest-dev': '/usr/include/doctest/doctest.h',
  },
  check: {
    clang: '/usr/bin/clang++',
    'clang-format': '/usr/bin/clang-format',
    'clang-tidy': '/usr/bin/clang-tidy',
    'libclang-rt-14-dev': '/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a',
  },
  runtimes: {
    chromium: '/usr/bin/chromium',
    'firefox-esr': '/usr/bin/firefox-esr',
    'webkit2gtk-driver': '/usr/bin/WebKitWebDriver',
    xvfb: '/usr/bin/Xvfb',
    'qemu-user-static': '/usr/bin/qemu-aarch64-static',
    'libc6:arm64': '/lib/ld-linux-aarch64.so.1',
    'libstdc++6:arm64': '/usr/lib/aarch64-linux-gnu/libstdc++.so.6',
    'swift-proxy': '/usr/bin/swift-proxy-server',
    'swift-account': '/usr/bin/swift-account-server',
    'swift-container': '/usr/bin/swift-container-server',
    'swift-object': '/usr/bin/swift-object-server',
    memcached: '/usr/bin/memcached',
  },
};

/** @typedef {keyof typeof groups} Group */

/** @param {Group[]} wanted */
export function installPackages(wanted) {
  const missing = wanted
    .flatMap((group) => Object.entries(groups[group]))
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
  if (missing.length === 0) return;

  const isForeign = missing.some((name) => name.endsWith(':arm64'));
  const commands = [
    ...(isForeign ? ['dpkg --add-architecture arm64'] : []),
    'apt-get update -q',
    `apt-get install -y -q --no-install-recommends ${missing.join(' ')}`,
  ];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`Missing: ${missing.join(', ')}. On Debian, run:\n  sudo sh -c '${commands.join(' && ')}'`);
    process.exit(1);
  }
  say(`installing ${missing.join(', ')}`);
  run('sh', ['-c', commands.join(' && ')], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

/** `npm ci`, unless node_modules is what the lock file says already. */
export function installModules() {
  const installed = join(root, 'node_modules/.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say('installing node modules');
  run('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true });
}

export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const least = Number(/\d+/.exec(engines.node)?.[0]);
  if (Number.parseInt(process.versions.node, 10) >= least) return;
  console.error(`Node ${least} or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

/**
 * Debian's Emscripten needs Debian's acorn, which a Node from elsewhere does not look for; and it must
 * not meet the tools of node_modules, which npm puts first in PATH: with them it writes glue whose import
 * names are not those of the wasm.
 */
export const emscriptenEnv = {
  NODE_PATH: '/usr/share/nodejs',
  EM_NODE_JS: process.execPath,
  PATH: (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':'),
};

/** @param {Group[]} wanted */
export function bootstrap(wanted) {
  checkNode();
  installPackages(wanted);
  installModules();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wanted = /** @type {Group[]} */ (process.argv.slice(2));
  bootstrap(wanted.length > 0 ? wanted : ['build']);
  say(`ready: ${output('/usr/bin/em++', ['--version']).split('\n')[0]}`);
}
