/**
 * Work directories where there is no file system: names.
 *
 * @module
 */

/** @type {import('../host.js').Workdirs} */
export const workdirs = {
  make: (given = `stac-task-${Math.random().toString(36).slice(2)}`) =>
    /^(memory|opfs):./.test(given) ? given : `memory:${given}`,
  store: () => import('#task.memory'),
};
