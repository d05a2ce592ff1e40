/** Node, and whatever looks like it. @module */

import { withFallback } from '../fallback.js';
import { fromFile } from './files.js';

/** @type {import('../compile.js').FileReader} */
const readFile = async (url) => (await import('node:fs/promises')).readFile(url);

const isLost = (/** @type {any} */ error) => error?.code === 'ENOENT' || error?.code === 'ENOTDIR';

const find = fromFile(() => new URL('./core.wasm', import.meta.url), readFile, isLost);

/** @type {import('../host.js').Host} */
export const host = {
  core: () => withFallback(find, () => import('#core.inline')),
  glue: async () => (await import('#core.glue')).default,
  readFile,
};

export { workdirs } from './folders.js';

export const commandLine = () => import('#task.cli');
