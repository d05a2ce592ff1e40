/**
 * Addresses that may be none.
 *
 * @module
 */

/**
 * @param {string} text
 * @returns {URL | undefined} undefined for what is no URL. Not every runtime has URL.canParse: Workers with old dates
 *   have not
 */
export function parsedUrl(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
