/**
 * The environment, where there is one, and what Deno permits. Nobody is prompted for what can be done without.
 *
 * @module
 */

/** @typedef {{ permissions?: { querySync(what: object): { state: string } } }} Deno */

/**
 * @param {{ name: 'env', variable: string } | { name: 'sys', kind: string } | { name: 'run' }} what  for Deno; elsewhere all is
 * @returns {boolean}
 */
export function isPermitted(what) {
  const { permissions } = /** @type {{ Deno?: Deno }} */ (globalThis).Deno ?? {};
  return !permissions || permissions.querySync(what).state === 'granted';
}

/**
 * @param {string} name
 * @returns {string | undefined} undefined, too, where it is not permitted
 */
export const fromEnvironment = (name) =>
  isPermitted({ name: 'env', variable: name }) ? globalThis.process?.env?.[name] : undefined;
