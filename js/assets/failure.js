/**
 * The errors of downloads, of what the chunk says.
 *
 * @module
 */

import { AssetOverwriteError, ConfigError, ContentTypeError, StacTaskError } from '../errors.js';
import { withoutSecrets } from '../task/href.js';

/**
 * src/assets/error.hpp
 * @typedef {object} Failure
 * @property {string} type  Python's class
 * @property {string} code
 * @property {string} message
 * @property {string} [hint]
 * @property {number} [status]
 */

/** The chunk's text where an asset has no address, and it was not told of which. */
export const noAddress = 'asset does not have an absolute href';

const classes = /** @type {Record<string, typeof StacTaskError>} */ ({
  AssetOverwriteError,
  ConfigError,
  ContentTypeError,
});

/**
 * @param {Failure} failure
 * @param {string} [suffix]  of the message
 * @returns {StacTaskError}
 */
export function errorOf({ type, code, message, hint, status }, suffix = '') {
  // What ends with an address as it was given, or with all alternates.
  const text =
    message
      .replace(/( href: |from here: )(.*)$/s, (_, before, href) => before + withoutSecrets(href))
      .replace(/ \(missing href\): .*$/s, ' (missing href)') + suffix;
  return new (classes[type] ?? StacTaskError)(code, text, {
    hint,
    status,
    python: { type, message: text },
  });
}

/**
 * Whether nobody need ask again: a client says so, or Deno does not permit it, which says itself what is missing.
 * @param {any} error
 * @returns {boolean}
 */
export const isFinal = (error) => error instanceof StacTaskError || error?.name === 'NotCapable';
