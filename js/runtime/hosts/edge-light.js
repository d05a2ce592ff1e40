/** Vercel's edge runtime, as Next.js bundles for it. @module */

import module from '#core.wasm?module';

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: async () => module,
  glue: async () => (await import('#core.glue')).default,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: async () => (await import('#assets.wasm?module')).default,
  glue: async () => (await import('#assets.glue')).default,
};

export { commandLine, localFiles, workdirs } from './memory.js';
