/**
 * The reading of addresses, which is loaded when there is one.
 *
 * @module
 */

import { dynamicImport } from '../runtime/dynamic-import.js';

/** For where `import()` is refused. */
export const bundleHint = 'Bundle the worker into one file, without code splitting.';

/** @returns {Promise<typeof import('./href.js')>} */
export const loadHref = () => dynamicImport(() => import('#task.href'), bundleHint);
