/**
 * Finds the core chunk, once, when it is first needed.
 *
 * @module
 */

import { host } from '#host';
import { invalidArgument, StacTaskError } from '../errors.js';
import { version } from '../version.js';
import { compileSource } from './compile.js';
import { Core } from './core.js';

/**
 * Where a chunk comes from: a compiled module, its bytes, a response, an address, or what a bundler makes
 * of `import('stac-task/core.wasm')`.
 * @typedef {import('./host.js').WasmModule | ArrayBuffer | ArrayBufferView | Response | URL | string | { default: unknown }} WasmBinary
 */

/**
 * @typedef {WasmBinary | PromiseLike<WasmBinary> | { core?: WasmBinary | PromiseLike<WasmBinary>, assets?: WasmBinary | PromiseLike<WasmBinary> }} WasmSource
 */

/** @type {Core | undefined} */
let core;
/** @type {Promise<Core> | undefined} */
let loading;
/** What `ready` was told, so that telling it the same again is no mistake. @type {unknown} */
let given;

/**
 * Load the core chunk now, instead of at the first call that needs it. Needed once before anything
 * synchronous; optional otherwise.
 *
 * @param {WasmSource} [source]  where the core is, when this package should not look for it: a
 *   `WebAssembly.Module`, bytes, a `Response`, a URL or a promise of one of these, or `{ core, assets }`
 * @returns {Promise<void>}
 * @throws {StacTaskError} ERR_ALREADY_LOADED if the core came or comes from elsewhere; ERR_LOAD_FAILED;
 *   ERR_DYNAMIC_IMPORT; ERR_INVALID_ARGUMENT. After a failure the next call tries again.
 */
export async function ready(source) {
  const wanted = coreOf(source);
  if (wanted === undefined) {
    await loadCore();
    return;
  }
  if (loading && given !== wanted) {
    throw new StacTaskError('ERR_ALREADY_LOADED', 'the core is loaded already, from another source', {
      hint: 'Call ready(source) before anything else of this package.',
    });
  }
  given = wanted;
  await loadCore();
}

/** @returns {Promise<Core>} */
export function loadCore() {
  loading ??= load().catch((error) => {
    loading = undefined;
    given = undefined;
    throw error;
  });
  return loading;
}

/**
 * @param {string} caller  for the message
 * @returns {Core}
 * @throws {StacTaskError} ERR_NOT_READY
 */
export function loadedCore(caller) {
  if (core) return core;
  throw new StacTaskError('ERR_NOT_READY', `${caller} is synchronous and the core is not loaded yet`, {
    hint: 'Call `await ready()` once, or use what returns a promise.',
  });
}

async function load() {
  const glue = host.glue();
  const module = given === undefined ? host.core() : compileSource(given, host.readFile);
  // Neither may stay unhandled when the other fails first.
  await Promise.allSettled([glue, module]);
  const loaded = new Core(await module, await glue);
  try {
    await loaded.start();
  } catch (cause) {
    throw new StacTaskError('ERR_LOAD_FAILED', `this is not the core of stac-task ${version}: ${cause}`, {
      cause,
      hint: 'core.wasm and the package must come from the same version.',
    });
  }
  core = loaded;
  return loaded;
}

/**
 * @param {any} source
 * @returns {unknown} what is said of the core; undefined where nothing is
 */
function coreOf(source) {
  if (source === undefined) return undefined;
  if (source === null) throw invalidArgument('ready(null): pass a module, bytes, a response or a URL');
  const isPair = typeof source === 'object' && ('core' in source || 'assets' in source);
  const core = isPair ? source.core : source;
  // Two URL objects may be the same address.
  return Object.prototype.toString.call(core) === '[object URL]' ? String(core) : core;
}
