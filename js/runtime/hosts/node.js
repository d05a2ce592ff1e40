/** Node, and whatever looks like it. @module */

import { withFallback } from '../fallback.js';
import { fromFile } from './files.js';

/** @type {import('../compile.js').FileReader} */
const readFile = async (url) => (await import('node:fs/promises')).readFile(url);

const isLost = (/** @type {any} */ error) => error?.code === 'ENOENT' || error?.code === 'ENOTDIR';

const find = (/** @type {() => URL} */ locate) => fromFile(locate, readFile, isLost);

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: () =>
    withFallback(
      'core.wasm',
      find(() => new URL('./core.wasm', import.meta.url)),
      () => import('#core.inline'),
    ),
  glue: async () => (await import('#core.glue')).default,
  readFile,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: () =>
    withFallback(
      'assets.wasm',
      find(() => new URL('./assets.wasm', import.meta.url)),
      () => import('#assets.inline'),
    ),
  glue: async () => (await import('#assets.glue')).default,
  readFile,
};

export { localFiles, workdirs } from './folders.js';

export const commandLine = () => import('#task.cli');
