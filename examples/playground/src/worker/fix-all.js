/**
 * All fixes at once, with the difference that they make.
 *
 * @module
 */

import { fix } from 'stac-task';

/**
 * @param {string} text
 * @param {boolean} unsafe
 * @param {import('../store.js').Rules} rules
 * @returns {Promise<import('./api.js').FixedText>}
 */
export async function fixAll(text, unsafe, rules) {
  const [fixed, { structuredPatch }] = await Promise.all([
    fix(text, { ...rules, unsafe }),
    import('./diff.js'),
  ]);
  const { hunks } = structuredPatch('', '', text, fixed.text, '', '', { context: 3 });
  return { ...fixed, hunks };
}
