/**
 * Work directories as folders: Node's modules, which Deno and Bun have, too.
 *
 * @module
 */

import { StacTaskError } from '../../errors.js';

/** @typedef {[typeof import('node:fs'), typeof import('node:os'), typeof import('node:path')]} Modules */

/** @type {Modules | undefined} */
let modules;

const names = ['node:fs', 'node:os', 'node:path'];

/**
 * A constructor cannot wait for `import()`.
 * @returns {Modules}
 */
function modulesNow() {
  const get = globalThis.process?.getBuiltinModule;
  if (!modules && !get) {
    throw new StacTaskError('ERR_NOT_READY', 'this runtime cannot load its file system at once', {
      hint: 'Make tasks with `await MyTask.from(payload)` or `MyTask.handler(payload)`.',
    });
  }
  modules ??= /** @type {Modules} */ (names.map((name) => get?.(name)));
  return modules;
}

/** @type {import('../host.js').Workdirs} */
export const workdirs = {
  async load() {
    modules ??= await Promise.all([import('node:fs'), import('node:os'), import('node:path')]);
  },
  make(given) {
    const [{ existsSync, mkdirSync, mkdtempSync }, { tmpdir }, { dirname, join, resolve }] = modulesNow();
    if (given === undefined) return mkdtempSync(join(tmpdir(), 'stac-task-'));
    const folder = resolve(given);
    // One by one: where no folder can be made, as below /proc, Node's own recursion has no end.
    const missing = [];
    for (let each = folder; !existsSync(each); each = dirname(each)) missing.push(each);
    for (const each of missing.reverse()) {
      try {
        mkdirSync(each);
      } catch (error) {
        // Somebody else may have made it meanwhile.
        if (!existsSync(each)) throw error;
      }
    }
    // Refuses what is there and no folder.
    mkdirSync(folder, { recursive: true });
    return folder;
  },
  remove: (folder) => modulesNow()[0].promises.rm(folder, { recursive: true, force: true }),
  removeNow: (folder) => modulesNow()[0].rmSync(folder, { recursive: true, force: true }),
  store: () => import('#task.folder'),
  open: (path) => modulesNow()[0].createReadStream(path),
};

/** @type {import('../host.js').LocalFiles} */
export const localFiles = {
  client: () => import('#assets.filesystem'),
  store: () => import('#assets.folder'),
  listener: () => import('#assets.listener'),
  profile: () => import('#assets.profile'),
};
