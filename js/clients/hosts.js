/**
 * Hosts that a service's credentials are for.
 *
 * @module
 */

/** Where what is sent stays on this machine. @param {URL} url */
export const isLoopback = ({ hostname }) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * @param {URL} url
 * @param {string[]} hosts  each stands for itself and for those below it, with a port that is not the usual one
 */
export const isBelow = ({ host }, hosts) =>
  hosts.some((each) => host === each.toLowerCase() || host.endsWith(`.${each.toLowerCase()}`));
