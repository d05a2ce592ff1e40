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
export const locationOf = ({ status, headers }) =>
  statuses.includes(status) ? headers.get('location') : null;
