/**
 * Options without those that are undefined, which count as absent.
 *
 * @module
 */

/**
 * @template {object} T
 * @param {T} options
 * @returns {{ [Name in keyof T]?: Exclude<T[Name], undefined> }}
 */
export const given = (options) =>
  /** @type {any} */ (Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
