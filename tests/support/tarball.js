import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { withLock } from './lock.js';
import { buildFolder, distFolder, root } from './paths.js';
import { runOk } from './run.js';

/** @type {string[]} */
const temporaryFolders = [];
process.on('exit', () => {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder outside the repository, removed when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-test-'));
  temporaryFolders.push(folder);
  return folder;
}

/**
 * The tarball that would be published, packed once for each content of dist.
 * STAC_TASK_TARBALL names a finished one to test instead, such as the one a release is about to upload.
 *
 * @returns {Promise<string>} its absolute path
 */
export async function packedTarball() {
  const given = process.env.STAC_TASK_TARBALL;
  if (given) {
    if (!existsSync(given)) throw new Error(`STAC_TASK_TARBALL names a file that does not exist: ${given}`);
    return resolve(given);
  }
  if (!existsSync(distFolder)) throw new Error('there is no dist folder to pack: run `npm run build` first');

  const content = await contentHash();
  const tarball = join(buildFolder, `stac-task-${content}.tgz`);
  if (!existsSync(tarball)) await withLock(join(buildFolder, 'pack.lock'), () => pack(tarball, content));
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} content the hash of what is to be packed
 */
async function pack(tarball, content) {
  if (existsSync(tarball)) return; // another test file did it meanwhile
  const folder = temporaryFolder();
  // Scripts are off: packing must take dist as it is, not build it again under the tests' feet.
  const { stdout } = await runOk(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    {
      cwd: root,
    },
  );
  if ((await contentHash()) !== content)
    throw new Error('dist changed while it was packed: is a build running?');
  const packed = JSON.parse(stdout);
  const { filename } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
  await removeOlderTarballs();
  // The temporary folder may be on another disk, where a rename cannot reach; the name appears only when all is there.
  await cp(join(folder, filename), `${tarball}.part`);
  await rename(`${tarball}.part`, tarball);
}

async function removeOlderTarballs() {
  const names = (await readdir(buildFolder)).filter((name) => name.endsWith('.tgz'));
  await Promise.all(names.map((name) => rm(join(buildFolder, name), { force: true })));
}

/** A hash of everything that ends up in the tarball. */
async function contentHash() {
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packed = ['package.json', 'README.md', 'LICENSE', ...files]
    .map((name) => join(root, name))
    .filter(existsSync);
  const hash = createHash('sha256');
  for (const path of (await Promise.all(packed.map(filesIn))).flat().sort()) {
    hash.update(`${path.slice(root.length)}\0`).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} path a file, or a folder with files at any depth */
async function filesIn(path) {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/**
 * Puts the packed package into a project's node_modules as `npm install` would, without asking a registry.
 *
 * @param {string} folder the project's folder
 * @param {{ with?: Record<string, string> }} [options] `with`: other packages to link, name to folder
 * @returns {Promise<string>} the folder of the installed package
 */
export async function installTarball(folder, { with: others = {} } = {}) {
  const installed = join(folder, 'node_modules', 'stac-task');
  await mkdir(installed, { recursive: true });
  await runOk('tar', ['-xzf', await packedTarball(), '-C', installed, '--strip-components=1']);
  await installDependencies(folder, installed, new Set());
  for (const [name, source] of Object.entries(others)) await link(source, join(folder, 'node_modules', name));
  return installed;
}

/**
 * Copies what the package depends on at run time, and what that depends on, out of the repository's node_modules.
 * A dependency that is used but not declared is therefore missing here, as it would be for a user.
 *
 * @param {string} folder
 * @param {string} packageFolder
 * @param {Set<string>} done
 */
async function installDependencies(folder, packageFolder, done) {
  const { dependencies = {} } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    if (done.has(name)) continue;
    done.add(name);
    const source = join(root, 'node_modules', name);
    if (!existsSync(source))
      throw new Error(`the dependency ${name} is not installed here: run \`npm ci\` first`);
    await cp(source, join(folder, 'node_modules', name), { recursive: true, dereference: true });
    await installDependencies(folder, source, done);
  }
}

/**
 * @param {string} source
 * @param {string} target
 */
async function link(source, target) {
  if (!existsSync(source)) throw new Error(`cannot link ${source}: it does not exist`);
  await mkdir(dirname(target), { recursive: true });
  await symlink(source, target, 'dir');
}

/**
 * @typedef {object} Project
 * @property {string} folder
 * @property {string} installed the folder of the installed package
 * @property {string} version the version in the installed package.json
 */

/**
 * A user's project outside the repository, with the packed package installed.
 *
 * @param {object} [options]
 * @param {Record<string, string>} [options.files] the project's own files, path to text
 * @param {string[]} [options.without] files of the package to take away again, such as 'dist/core.wasm'
 * @param {Record<string, string>} [options.with] other packages to link, name to folder
 * @returns {Promise<Project>}
 */
export async function makeProject({ files = {}, without = [], with: others } = {}) {
  const folder = temporaryFolder();
  const installed = await installTarball(folder, { with: others });
  for (const name of without) await rm(join(installed, name)); // fails when the package has no such file
  await writeFiles(folder, { 'package.json': JSON.stringify({ private: true, type: 'module' }), ...files });
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  return { folder, installed, version };
}

/**
 * @param {string} folder
 * @param {Record<string, string>} files
 */
export async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
