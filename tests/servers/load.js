/**
 * Imports a package from this folder's node_modules; a module of its own because packages are looked up from where the
 * importing file is.
 *
 * @param {string} name
 */
export const load = (name) => import(name);
