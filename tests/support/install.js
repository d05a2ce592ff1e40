import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { withLock } from './lock.js';
import { buildFolder, packagingFolder } from './paths.js';
import { runOk } from './run.js';

const installMinutes = 10;

/**
 * Makes sure that a folder's node_modules is what its lock file says, and does nothing when it already is.
 * Install scripts are not run: nothing here needs one, and some would try to download.
 *
 * @param {string} folder
 */
export async function ensureInstalled(folder) {
  const wanted = await fingerprint(folder);
  const stamp = join(folder, 'node_modules', '.installed-from');
  const isCurrent = async () => (await readFile(stamp, 'utf8').catch(() => '')) === wanted;

  if (await isCurrent()) return;
  await withLock(join(buildFolder, `install-${wanted.slice(0, 16)}.lock`), async () => {
    if (await isCurrent()) return; // another test file did it meanwhile
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await runOk('npm', args, { cwd: folder, timeout: installMinutes * 60_000 });
    await writeFile(stamp, wanted);
  });
}

/** @param {string} folder */
async function fingerprint(folder) {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    hash.update(await readFile(join(folder, name)));
  return hash.digest('hex');
}

/**
 * Imports a tool from tests/packaging, where the bundlers and the browser driver are installed.
 *
 * @param {string} name
 */
export const packagingTool = (name) => importFrom(packagingFolder, name);

/**
 * Imports a package from another folder's node_modules. CommonJS and ES modules look the same to the caller.
 *
 * @param {string} folder a folder that has a load.js
 * @param {string} name
 */
export async function importFrom(folder, name) {
  await ensureInstalled(folder);
  const { load } = await import(pathToFileURL(join(folder, 'load.js')).href);
  const module = await load(name);
  const hasOnlyDefault = Object.keys(module).every((key) => key === 'default' || key === 'module.exports');
  return hasOnlyDefault ? module.default : module;
}

if (process.argv[1] === import.meta.filename) {
  // `node tests/support/install.js FOLDER …` does the set-up without running a test.
  for (const folder of process.argv.slice(2)) await ensureInstalled(folder);
}
