/**
 * Browsers: page, worker or service worker. The glue is imported statically, since service workers may
 * not call `import()`.
 *
 * @module
 */

import glue from '#core.glue';
import { compileResponse, NoModule } from '../compile.js';
import { withFallback } from '../fallback.js';

async function find() {
  /** @type {URL} */
  let url;
  try {
    url = new URL('./core.wasm', import.meta.url);
  } catch (error) {
    throw new NoModule('the address of core.wasm cannot be formed', error);
  }
  return compileResponse(await fetch(url));
}

/** @type {import('../host.js').Host} */
export const host = {
  core: () => withFallback(find, () => import('#core.inline')),
  glue: async () => glue,
};

export { commandLine, workdirs } from './memory.js';
