import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { ensureInstalled } from './install.js';
import { runtimesFolder } from './paths.js';
import { runOk } from './run.js';

/**
 * The Nodes that the package is tested in: the one that runs the tests and two pinned ones.
 *
 * @type {{ name: string, path: string, major: number }[]}
 */
export const nodes = [
  { name: 'Node 20', path: process.execPath, major: 20 },
  { name: 'Node 22', path: join(runtimesFolder, 'node_modules/n22/bin/node'), major: 22 },
  { name: 'Node 26', path: join(runtimesFolder, 'node_modules/n26/bin/node'), major: 26 },
];

/** Installs what is missing and fails unless each Node is there and is the version its name says. */
export async function ensureNodes() {
  await ensureInstalled(runtimesFolder);
  for (const { name, path, major } of nodes) {
    const { stdout } = await runOk(path, ['--version']);
    if (!stdout.startsWith(`v${major}.`)) throw new Error(`${name} is in fact ${stdout.trim()} (${path})`);
  }
}

/**
 * The path of a binary that a test cannot do without.
 *
 * @param {string} path
 */
export async function mustExist(path) {
  await access(path).catch(() => {
    throw new Error(`${path} does not exist, so there is nothing to test`);
  });
  return path;
}
