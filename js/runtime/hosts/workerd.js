/**
 * Cloudflare Workers. They compile modules when they are uploaded and never after, so there is no other
 * way to get one, and no stand-in.
 *
 * @module
 */

import module from '#core.wasm';

/** @type {import('../host.js').Host} */
export const host = {
  core: async () => module,
  glue: async () => (await import('#core.glue')).default,
};

export { commandLine, workdirs } from './memory.js';
