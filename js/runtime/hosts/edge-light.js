/** Vercel's edge runtime, as Next.js bundles for it. @module */

import module from '#core.wasm?module';

/** @type {import('../host.js').Host} */
export const host = {
  core: async () => module,
  glue: async () => (await import('#core.glue')).default,
};

export { commandLine, workdirs } from './memory.js';
