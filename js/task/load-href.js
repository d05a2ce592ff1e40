/**
 * The reading of addresses, which is loaded when there is one.
 *
 * @module
 */

import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';

/** @returns {Promise<typeof import('./href.js')>} */
export const loadHref = () => dynamicImport(() => import('#task.href'), bundleHint);
