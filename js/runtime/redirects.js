/**
 * Redirects that are followed here and not by the runtime.
 *
 * @module
 */

/** As many as browsers follow. */
export const mostRedirects = 20;

const statuses = [301, 302, 303, 307, 308];

/**
 * @param {Response} response
 * @returns {string | null} where it leads, as the server says it; null where it leads nowhere
 */
export function locationOf({ status, headers }) {
  const location = statuses.includes(status) ? headers.get('location') : null;
  // A header has bytes, and these are mostly UTF-8 where they are not ASCII.
  if (location === null || !/^[\0-\xff]*$/.test(location)) return location;
  try {
    const bytes = Uint8Array.from(location, (each) => each.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return location;
  }
}
