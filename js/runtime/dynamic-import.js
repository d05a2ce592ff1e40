/**
 * What is loaded when it is needed, in the words of one error where that is forbidden.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';

/**
 * @template T
 * @param {() => Promise<T>} load  an `import()`
 * @param {string} hint  what to do in a service worker
 * @returns {Promise<T>}
 * @throws {StacTaskError} ERR_DYNAMIC_IMPORT in a service worker, where the standard forbids it
 */
export async function dynamicImport(load, hint) {
  try {
    return await load();
  } catch (cause) {
    if (!('ServiceWorkerGlobalScope' in globalThis)) throw cause;
    throw new StacTaskError('ERR_DYNAMIC_IMPORT', 'a service worker may not import() anything', {
      cause,
      hint,
    });
  }
}

/** What to do where nothing can be loaded later, for all but the core. */
export const bundleHint = 'Bundle the worker into one file, without code splitting.';
