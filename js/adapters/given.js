/**
 * Options without those that are undefined, which count as absent.
 *
 * @module
 */

/**
 * @template {object} T
 * @param {T} options
 * @returns {any}
 */
export const given = (options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
