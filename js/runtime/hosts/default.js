/** Every other runtime: nothing is assumed but `import()`. @module */

import { compileInline } from '../fallback.js';

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: () => compileInline('core.wasm', () => import('#core.inline')),
  glue: async () => (await import('#core.glue')).default,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: () => compileInline('assets.wasm', () => import('#assets.inline')),
  glue: async () => (await import('#assets.glue')).default,
};

export { commandLine, localFiles, workdirs } from './memory.js';
