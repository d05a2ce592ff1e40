/**
 * Findings that are made on this side of the core. Their texts stand in its table, as all do.
 *
 * @module
 */

/**
 * @param {import('./core.js').Core} core
 * @param {{ code: string, pointer: string, argument: string }} finding
 * @returns {import('../report.js').Report} a report of this one
 */
export const describe = (core, { code, pointer, argument }) =>
  core.call('describe', JSON.stringify({ code, pointer, argument }));

/**
 * @param {import('./core.js').Core} core
 * @param {number} size
 * @param {number} maxBytes
 * @param {string} [file]
 */
export const describeTooLarge = (core, size, maxBytes, file = 'the input') =>
  describe(core, {
    code: 'input-too-large',
    pointer: '',
    argument: `${file} has ${size} bytes or more; maxBytes is ${maxBytes}`,
  });
