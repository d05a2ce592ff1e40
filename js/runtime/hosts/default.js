/** Every other runtime: nothing is assumed but `import()`. @module */

import { compileInline } from '../fallback.js';

/** @type {import('../host.js').Host} */
export const host = {
  core: () => compileInline(() => import('#core.inline')),
  glue: async () => (await import('#core.glue')).default,
};

export { commandLine, workdirs } from './memory.js';
