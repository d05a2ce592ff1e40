/**
 * The reading of addresses, which is loaded when there is one.
 *
 * @module
 */

import { openHref } from './assets.js';
import { bundleHint, dynamicImport } from './runtime/dynamic-import.js';

/** @returns {Promise<typeof import('./task/href.js')>} */
const load = () => dynamicImport(() => import('#task.href'), bundleHint);

/**
 * As `follow` of task/href.js, which reads `s3://` as downloads do.
 *
 * @template Payload
 * @param {{ href?: unknown, url?: unknown }} payload
 * @param {(input: any) => Promise<Payload>} read
 * @param {Omit<import('./task/href.js').ReadOptions, 'openObject'>} options
 * @returns {Promise<Payload>}
 */
export async function follow(payload, read, options) {
  const { follow } = await load();
  return follow(payload, read, { ...options, openObject: openHref });
}
