/**
 * What a browser keeps from a page of other origins, and what it lets it ask for: Cross-Origin Resource Sharing.
 *
 * @module
 */

import { parsedUrl } from '../runtime/parsed-url.js';

/** @typedef {import('../clients/client.js').ClientResponse} ClientResponse */

/**
 * Whether the browser shows of an answer only what the server allows.
 * @param {ClientResponse} response
 */
export const isFiltered = (response) => 'type' in response && response.type === 'cors';

/**
 * Headers that a server need not allow. `range` is such a one; `if-range` is not, and few servers do.
 * @param {Record<string, string>} headers
 * @returns {Record<string, string>}
 */
export const askable = ({ 'if-range': _condition, ...headers }) => headers;

/**
 * What an answer says, as if the condition had gone along: of another version no range is of use.
 * @param {Record<string, string>} headers  of the answer
 * @param {string | undefined} condition
 * @returns {Record<string, string>}
 */
export function underCondition({ 'content-range': range, ...headers }, condition) {
  const isSame = condition === headers['etag'] || condition === headers['last-modified'];
  return range !== undefined && isSame ? { ...headers, 'content-range': range } : headers;
}

/**
 * Whether a length may be another than that of what arrives: an encoding is shown to few, and what is compressed grows.
 * @param {ClientResponse} response
 * @param {Record<string, string>} headers  of it
 */
export const isLengthUnsure = (response, headers) => isFiltered(response) && !('content-encoding' in headers);

/**
 * What may help where no answer came at all: browsers do not say why.
 * @param {import('./failure.js').Failure} failure
 * @param {string} href
 * @returns {import('./failure.js').Failure}
 */
export function hinted(failure, href) {
  const page = globalThis.location?.origin;
  const isOwn = page === undefined || parsedUrl(href)?.origin === page;
  if (isOwn || failure.code !== 'ERR_NETWORK') return failure;
  const hint =
    "A page reads of other origins what their servers allow by CORS; the browser's console may say what is missing.";
  return { ...failure, hint };
}
