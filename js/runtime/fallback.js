/**
 * What to do where the chunk's file is lost: a bundler moved the code without it, a dev server answers
 * with a page. The inlined copy behind `import()` stands in, and nobody needs a plugin.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { compileBytes, NoModule } from './compile.js';

/** @typedef {import('./host.js').WasmModule} WasmModule */
/** @typedef {() => Promise<{ bytes: () => Uint8Array }>} ImportInline */

/**
 * @param {() => Promise<WasmModule>} find  throws {@link NoModule} where the file is lost
 * @param {ImportInline} importInline
 * @returns {Promise<WasmModule>}
 * @throws {StacTaskError} ERR_LOAD_FAILED, which names both causes; ERR_DYNAMIC_IMPORT
 */
export async function withFallback(find, importInline) {
  try {
    return await find();
  } catch (lost) {
    if (!(lost instanceof NoModule)) throw loadFailed([lost]);
    try {
      return await compileInline(importInline);
    } catch (error) {
      if (error instanceof StacTaskError && error.code === 'ERR_DYNAMIC_IMPORT') error.cause = lost;
      throw error instanceof StacTaskError ? error : loadFailed([lost, error]);
    }
  }
}

/**
 * @param {ImportInline} importInline
 * @returns {Promise<WasmModule>}
 */
export async function compileInline(importInline) {
  const { bytes } = await dynamicImport(importInline);
  return compileBytes(bytes(), 'the inlined copy');
}

/**
 * @template T
 * @param {() => Promise<T>} load  an `import()`
 * @returns {Promise<T>}
 * @throws {StacTaskError} ERR_DYNAMIC_IMPORT in a service worker, where the standard forbids it
 */
export async function dynamicImport(load) {
  try {
    return await load();
  } catch (cause) {
    if (!('ServiceWorkerGlobalScope' in globalThis)) throw cause;
    throw new StacTaskError('ERR_DYNAMIC_IMPORT', 'a service worker may not import() anything', {
      cause,
      hint: 'Bundle the worker without code splitting, or serve core.wasm beside it.',
    });
  }
}

/** @param {unknown[]} causes */
function loadFailed(causes) {
  const text = causes.map(String).join('; and the inlined copy: ');
  return new StacTaskError('ERR_LOAD_FAILED', `the core does not load: ${text}`, {
    cause: causes.length === 1 ? causes[0] : new AggregateError(causes, text),
    hint: "Under a Content-Security-Policy, script-src needs 'wasm-unsafe-eval'. Otherwise serve core.wasm, or pass it to ready().",
  });
}
