import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { ensureInstalled, importFrom } from './install.js';
import { mustExist } from './nodes.js';
import { runtimesFolder } from './paths.js';
import { kill, start } from './run.js';
import { writeFiles } from './tarball.js';

const binary = join(runtimesFolder, 'node_modules/workerd-newest/bin/workerd');

/** A date that all the installed versions of workerd know. */
export const compatibilityDate = '2026-01-01';

/**
 * Dates at which Workers are not the same. The old one is the first that R2's bindings want: before the standard's URL
 * (2022-10-31), its streams (2022-11-30), and before fetch takes `Authorization` off a redirect to elsewhere (2025-09-01).
 */
export const datesOfWorkers = { 'an old date': '2022-04-18', 'a new date': compatibilityDate };

/**
 * Serves a folder's modules with workerd itself.
 *
 * @param {string} folder
 * @param {string[]} modules paths in the folder; the first is the worker, and no file that is not listed exists for it
 * @param {{ network?: boolean }} [options] whether it may ask servers of this machine
 * @returns {Promise<{ url: string, pid: number, log: () => string, stop: () => void }>}
 */
export async function serveWithWorkerd(folder, modules, options = {}) {
  await ensureInstalled(runtimesFolder);
  await mustExist(binary);
  await writeFiles(folder, { 'config.capnp': configuration(modules, options) });

  // workerd tells on the control channel which port it was given.
  const child = start(binary, ['serve', '--socket-addr=http=127.0.0.1:0', '--control-fd=3', 'config.capnp'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (log += text));
  const stop = () => kill(child);
  try {
    const port = await portFrom(child);
    return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, log: () => log, stop };
  } catch (error) {
    stop();
    throw new Error(`workerd did not start: ${error.message}\n${log}`);
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function portFrom(child) {
  return new Promise((resolve, reject) => {
    let heard = '';
    const timer = setTimeout(() => reject(new Error('it named no port in 20 seconds')), 20_000);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`it ended with exit code ${code}`)));
    child.stdio[3].on('data', (chunk) => {
      heard += chunk;
      const { port } = heard.match(/"event":"listen".*?"port":(?<port>\d+)/)?.groups ?? {};
      if (!port) return;
      clearTimeout(timer);
      resolve(port);
    });
  });
}

/**
 * @param {string[]} modules
 * @param {{ network?: boolean }} options
 */
function configuration(modules, { network = false }) {
  const kind = (/** @type {string} */ path) => (path.endsWith('.wasm') ? 'wasm' : 'esModule');
  const lines = modules.map((path) => `    (name = "${path}", ${kind(path)} = embed "${path}"),`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)${network ? ', (name = "internet", network = (allow = ["private"]))' : ''}],
  sockets = [(name = "http", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "${compatibilityDate}",
  modules = [
${lines.join('\n')}
  ],
);
`;
}

/**
 * The package's modules as paths in a project: what a worker there can import.
 *
 * @param {string} folder
 */
export async function packageModules(folder) {
  const names = await readdir(join(folder, 'node_modules/stac-task/dist'), { recursive: true });
  // The command line is for Node; no worker can import it.
  return names
    .filter((name) => /\.(js|wasm)$/.test(name) && !/^cli/.test(name))
    .map((name) => `node_modules/stac-task/dist/${name}`);
}

/**
 * A Worker of a project, `worker.js`, in miniflare.
 * @param {string} folder  the project's
 * @param {object} [options]  bindings and the like
 * @returns {Promise<any>} to be disposed of
 */
export async function miniflareOf(folder, options = {}) {
  const { Miniflare } = await importFrom(runtimesFolder, 'miniflare');
  return new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, 'worker.js'),
    modulesRules: [
      { type: 'ESModule', include: ['**/*.js'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
    ],
    compatibilityDate,
    host: '127.0.0.1',
    port: 0,
    cf: false,
    ...options,
  });
}
