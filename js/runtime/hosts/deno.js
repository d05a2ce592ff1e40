/** Deno, with or without the permission to read. @module */

import { withFallback } from '../fallback.js';
import { fromFile } from './files.js';

/** @typedef {{ query(what: object): Promise<{ state: string }> }} Permissions */

const deno = () =>
  /** @type {{ readFile(url: URL): Promise<Uint8Array>, permissions: Permissions, errors: Record<string, new () => Error> }} */ (
    /** @type {any} */ (globalThis).Deno
  );

class Denied extends Error {}

/** Asks before it reads, so that nobody is prompted for a file that has a stand-in. @type {import('../compile.js').FileReader} */
const readFile = async (url) => {
  const { state } = await deno().permissions.query({ name: 'read', path: url });
  if (state !== 'granted') throw new Denied(`reading ${url.href} is not permitted`);
  return deno().readFile(url);
};

const isLost = (/** @type {unknown} */ error) => {
  const NotFound = deno().errors.NotFound;
  return error instanceof Denied || (NotFound !== undefined && error instanceof NotFound);
};

const find = (/** @type {() => URL} */ locate) => fromFile(locate, readFile, isLost);

/** @type {import('../host.js').ChunkFiles} */
export const core = {
  wasm: () =>
    withFallback(
      'core.wasm',
      find(() => new URL('./core.wasm', import.meta.url)),
      () => import('#core.inline'),
    ),
  glue: async () => (await import('#core.glue')).default,
  readFile,
};

/** @type {import('../host.js').ChunkFiles} */
export const assets = {
  wasm: () =>
    withFallback(
      'assets.wasm',
      find(() => new URL('./assets.wasm', import.meta.url)),
      () => import('#assets.inline'),
    ),
  glue: async () => (await import('#assets.glue')).default,
  readFile,
};

export { localFiles, workdirs } from './folders.js';

export const commandLine = () => import('#task.cli');
