/** Vercel's edge runtime, as Next.js bundles for it. @module */

import module from '#core.wasm?module';
import { workdirs } from './memory.js';

/** @type {import('../host.js').Host} */
export const host = {
  core: async () => module,
  glue: async () => (await import('#core.glue')).default,
  workdirs,
};
