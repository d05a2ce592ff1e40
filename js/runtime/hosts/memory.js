/**
 * Where there is no file system: work directories are names, and there is no command line.
 *
 * @module
 */

/** @type {import('../host.js').Workdirs} */
export const workdirs = {
  make: (given = `stac-task-${Math.random().toString(36).slice(2)}`) =>
    /^(memory|opfs):./.test(given) ? given : `memory:${given}`,
  store: () => import('#task.memory'),
};

export const commandLine = undefined;

export const localFiles = undefined;
