/**
 * Builds the playground into a folder that works from any host, under any path: every address in it is relative.
 *
 *     FOLDER/index.html, sw.js, icon.svg, licenses.txt, docs/, examples/
 *     FOLDER/app-HASH/   all code and styles, named by their content
 *     FOLDER/app-HASH/stac-task/   the package as it is published, not bundled: so its files load as its users' do
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { findingsPage } from './findings-page.js';
import { licensesOf } from './licenses.js';
import { sceneFiles } from './scene.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(here, 'src');
const dist = join(root, 'dist');

/** Where the build goes unless it is told. */
export const defaultFolder = join(root, 'build/playground');

/** The files of dist that a browser can come to need. */
const packageFiles = () =>
  readdirSync(dist)
    .filter((name) =>
      /^(browser|payload\.schema|assets[-.\w]*|core\.inline)\.js$|^(core|assets)\.wasm$/.test(name),
    )
    .filter((name) => !/listener|profile|filesystem|folder|info|r2/.test(name))
    .sort();

/** What is loaded for downloads only: it is not kept for offline use before it was used. */
const isForDownloads = (/** @type {string} */ name) => /^assets[-.]/.test(basename(name));

/**
 * Build the playground. The package must be built, and this folder's packages installed.
 *
 * @param {string} [folder]  is made anew
 * @param {{ docs?: string }} [options]  `docs`: the address of the page of findings, relative to the playground, in the
 *   place of the copy that is built into it
 */
export async function buildPlayground(folder = defaultFolder, { docs } = {}) {
  const files = packageFiles();
  const { app, licenses } = await bundle(files);
  const hash = createHash('sha256');
  for (const { name, bytes } of app) hash.update(name).update(bytes);
  for (const name of files) hash.update(name).update(readFileSync(join(dist, name)));
  const appFolder = `app-${hash.digest('hex').slice(0, 10)}`;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, appFolder, 'stac-task'), { recursive: true });
  for (const { name, bytes } of app) writeFileSync(join(folder, appFolder, name), bytes);
  for (const name of files) cpSync(join(dist, name), join(folder, appFolder, 'stac-task', name));
  writeFileSync(join(folder, 'licenses.txt'), licenses);
  cpSync(join(source, 'icon.svg'), join(folder, 'icon.svg'));
  cpSync(join(root, 'examples/payloads'), join(folder, 'examples'), { recursive: true });
  writeScene(join(folder, 'examples'));
  if (docs === undefined) {
    mkdirSync(join(folder, 'docs'));
    writeFileSync(
      join(folder, 'docs/findings.html'),
      findingsPage(readFileSync(join(root, 'docs/findings.md'), 'utf8'), `../${appFolder}/style.css`),
    );
  }
  writeFileSync(join(folder, 'index.html'), page(appFolder, docs ?? 'docs/findings.html'));
  writeServiceWorker(folder);
  return { folder, app: appFolder };
}

/**
 * @param {string[]} files  of the package
 * @returns {Promise<{ app: { name: string, bytes: Uint8Array }[], licenses: string }>}
 */
async function bundle(files) {
  const esbuild = await import('esbuild');
  const sizes = files.map((name) => {
    const bytes = readFileSync(join(dist, name));
    return { name, size: bytes.length, brotli: brotliCompressSync(bytes).length };
  });
  // The page and each worker share no file, so that the panel of what was loaded can say for whom a file came.
  const parts = [['main.js', 'style.css', 'map.css'], ['worker/check.js'], ['worker/schema.js']];
  const built = await Promise.all(
    parts.map((names) =>
      esbuild.build({
        entryPoints: names.map((name) => ({
          in: join(source, name),
          out: basename(name).replace(/\.\w+$/, ''),
        })),
        outdir: folderOfNames,
        absWorkingDir: here,
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        chunkNames: '[name]-[hash]',
        mainFields: ['module', 'main'],
        loader: { '.png': 'dataurl' },
        define: { PACKAGE_FILES: JSON.stringify(sizes) },
        write: false,
        metafile: true,
        legalComments: 'none',
        logLevel: 'warning',
        plugins: [publishedPackage],
      }),
    ),
  );
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const licenses = licensesOf(inputs.map((input) => join(here, input)));
  const app = built
    .flatMap(({ outputFiles }) =>
      outputFiles.map(({ path, contents }) => ({ name: basename(path), bytes: contents })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { app, licenses };
}

/** esbuild wants one, though it writes nothing. */
const folderOfNames = '/out';

/** The package is not bundled: the page loads the files that are published, and the panel shows them. @type {import('esbuild').Plugin} */
const publishedPackage = {
  name: 'published-package',
  setup(build) {
    build.onResolve({ filter: /^stac-task$/ }, () => ({ path: './stac-task/browser.js', external: true }));
  },
};

/**
 * @param {string} app
 * @param {string} docs
 */
function page(app, docs) {
  const example = readFileSync(join(root, 'examples/payloads/broken.json'), 'utf8');
  /** @type {Record<string, string>} */
  const values = { app, docs: escapeHtml(docs), example: escapeHtml(example) };
  return readFileSync(join(source, 'index.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`index.html asks for {{${name}}}, which there is not`);
    return value;
  });
}

/** @param {string} text */
const escapeHtml = (text) =>
  text.replace(
    /[&<>"]/g,
    (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[each] ?? each,
  );

/** @param {string} folder */
function writeScene(folder) {
  mkdirSync(join(folder, 'scene'));
  for (const [name, bytes] of Object.entries(sceneFiles())) {
    writeFileSync(join(folder, name === 'scene.json' ? name : `scene/${name}`), bytes);
  }
}

/** @param {string} folder */
function writeServiceWorker(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  const hash = createHash('sha256');
  for (const name of all) hash.update(name).update(readFileSync(join(folder, name)));
  const kept = all.filter(
    (name) => !isForDownloads(name) && !name.startsWith('examples/scene/') && !/inline\.js$/.test(name),
  );
  const text = readFileSync(join(source, 'sw.js'), 'utf8')
    .replace("'{{version}}'", JSON.stringify(hash.digest('hex').slice(0, 10)))
    .replace("['{{files}}']", JSON.stringify(kept.map((name) => (name === 'index.html' ? './' : name))));
  if (text.includes('{{')) throw new Error('sw.js has a place that was not filled');
  writeFileSync(join(folder, 'sw.js'), text);
}
