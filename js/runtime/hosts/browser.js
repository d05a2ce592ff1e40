/**
 * Browsers: page, worker or service worker. The core's glue is imported statically, since service workers may
 * not call `import()`.
 *
 * @module
 */

import coreGlue from '#core.glue';
import { compileResponse, NoModule } from '../compile.js';
import { withFallback } from '../fallback.js';

/** @param {() => URL} locate */
const fetched = (locate) => async () => {
  /** @type {URL} */
  let url;
  try {
    url = locate();
  } catch (error) {
    throw new NoModule('its address cannot be formed', error);
  }
  return compileResponse(await fetch(url));
};

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: () =>
    withFallback(
      'core.wasm',
      fetched(() => new URL('./core.wasm', import.meta.url)),
      () => import('#core.inline'),
    ),
  glue: async () => coreGlue,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: () =>
    withFallback(
      'assets.wasm',
      fetched(() => new URL('./assets.wasm', import.meta.url)),
      () => import('#assets.inline'),
    ),
  glue: async () => (await import('#assets.glue')).default,
};

export { commandLine, localFiles, workdirs } from './memory.js';
