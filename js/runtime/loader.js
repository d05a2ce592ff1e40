/**
 * Finds each chunk, once, when it is first needed.
 *
 * @module
 */

import { core } from '#host';
import { invalidArgument, StacTaskError } from '../errors.js';
import { version } from '../version.js';
import { Chunk } from './chunk.js';
import { compileSource } from './compile.js';

/**
 * Where a chunk comes from: a compiled module, its bytes, a response, an address, or what a bundler makes
 * of `import('stac-task/core.wasm')`.
 * @typedef {import('./host.js').WasmModule | ArrayBuffer | ArrayBufferView | Response | URL | string | { default: unknown }} WasmBinary
 */

/**
 * @typedef {WasmBinary | PromiseLike<WasmBinary> | { core?: WasmBinary | PromiseLike<WasmBinary>, assets?: WasmBinary | PromiseLike<WasmBinary> }} WasmSource
 */

/** @typedef {import('./core.js').Core} Core */

/**
 * What is known of a chunk.
 * @typedef {object} Slot
 * @property {string} name  for messages
 * @property {Chunk<any>} [chunk]  once it is loaded
 * @property {Promise<Chunk<any>> | undefined} [loading]
 * @property {unknown} [given]  what `ready` was told, so that telling it the same again is no mistake
 */

/** @type {{ core: Slot, assets: Slot }} */
const slots = { core: { name: 'the core' }, assets: { name: 'the assets chunk' } };

/**
 * Load the core chunk now, instead of at the first call that needs it. Needed once before anything
 * synchronous; optional otherwise.
 *
 * @param {WasmSource} [source]  where the core is, when this package should not look for it: a
 *   `WebAssembly.Module`, bytes, a `Response`, a URL or a promise of one of these, or `{ core, assets }`, of which
 *   `assets` is kept for the first download
 * @returns {Promise<void>}
 * @throws {StacTaskError} ERR_ALREADY_LOADED if a chunk came or comes from elsewhere; ERR_LOAD_FAILED;
 *   ERR_DYNAMIC_IMPORT; ERR_INVALID_ARGUMENT. After a failure the next call tries again.
 */
export async function ready(source) {
  const wanted = sourcesOf(source);
  for (const key of /** @type {const} */ (['core', 'assets'])) take(slots[key], wanted[key]);
  await loadCore();
}

/** @returns {Promise<Core>} */
export const loadCore = () => loadChunk('core', core);

/**
 * Once for each chunk. It is told how to find it, so that a bundle has no more of a chunk than it uses.
 *
 * @param {'core' | 'assets'} key
 * @param {import('./host.js').ChunkFiles} files
 * @returns {Promise<Chunk<any>>}
 */
export function loadChunk(key, files) {
  const slot = slots[key];
  slot.loading ??= load(slot, key, files).catch((error) => {
    slot.loading = undefined;
    slot.given = undefined;
    throw error;
  });
  return slot.loading;
}

/**
 * @param {string} caller  for the message
 * @returns {Core}
 * @throws {StacTaskError} ERR_NOT_READY
 */
export function loadedCore(caller) {
  if (slots.core.chunk) return slots.core.chunk;
  throw new StacTaskError('ERR_NOT_READY', `${caller} is synchronous and the core is not loaded yet`, {
    hint: 'Call `await ready()` once, or use what returns a promise.',
  });
}

/**
 * @param {Slot} slot
 * @param {string} key
 * @param {import('./host.js').ChunkFiles} files
 */
async function load(slot, key, files) {
  const { given, name } = slot;
  const glue = files.glue();
  const module = given === undefined ? files.wasm() : compileSource(given, files.readFile);
  // Neither may stay unhandled when the other fails first.
  await Promise.allSettled([glue, module]);
  const loaded = new Chunk(name, await module, await glue);
  try {
    await loaded.start();
  } catch (cause) {
    throw new StacTaskError('ERR_LOAD_FAILED', `this is not ${name} of stac-task ${version}: ${cause}`, {
      cause,
      hint: `${key}.wasm and the package must come from the same version.`,
    });
  }
  slot.chunk = loaded;
  return loaded;
}

/**
 * @param {Slot} slot
 * @param {any} wanted
 */
function take(slot, wanted) {
  if (wanted === undefined) return;
  if (slot.loading && slot.given !== wanted) {
    throw new StacTaskError('ERR_ALREADY_LOADED', `${slot.name} is loaded already, from another source`, {
      hint: 'Call ready(source) before anything else of this package.',
    });
  }
  slot.given = wanted;
  // It may fail long before it is used, which is nothing that nobody handles.
  if (typeof wanted?.then === 'function') wanted.then(undefined, () => {});
}

/**
 * @param {any} source
 * @returns {{ core?: unknown, assets?: unknown }} what is said of each chunk
 */
function sourcesOf(source) {
  if (source === undefined) return {};
  if (source === null) throw invalidArgument('ready(null): pass a module, bytes, a response or a URL');
  const isPair = typeof source === 'object' && ('core' in source || 'assets' in source);
  const { core, assets } = isPair ? source : { core: source, assets: undefined };
  return { core: comparable(core), assets: comparable(assets) };
}

/**
 * Two URL objects may be the same address.
 * @param {unknown} source
 */
const comparable = (source) =>
  Object.prototype.toString.call(source) === '[object URL]' ? String(source) : source;
