/**
 * Cloudflare Workers. They compile modules when they are uploaded and never after, so there is no other
 * way to get one, and no stand-in.
 *
 * @module
 */

import module from '#core.wasm';

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: async () => module,
  glue: async () => (await import('#core.glue')).default,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: async () => (await import('#assets.wasm')).default,
  glue: async () => (await import('#assets.glue')).default,
};

export { commandLine, localFiles, workdirs } from './memory.js';
