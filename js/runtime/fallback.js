/**
 * What to do where the chunk's file is lost: a bundler moved the code without it, a dev server answers
 * with a page. The inlined copy behind `import()` stands in, and nobody needs a plugin.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { compileBytes, NoModule } from './compile.js';
import { dynamicImport } from './dynamic-import.js';

const hint = 'Bundle the worker without code splitting, or serve core.wasm beside it.';

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
  const { bytes } = await dynamicImport(importInline, hint);
  return compileBytes(bytes(), 'the inlined copy');
}

/** @param {unknown[]} causes */
function loadFailed(causes) {
  const text = causes.map(String).join('; and the inlined copy: ');
  return new StacTaskError('ERR_LOAD_FAILED', `the core does not load: ${text}`, {
    cause: causes.length === 1 ? causes[0] : new AggregateError(causes, text),
    hint: "Under a Content-Security-Policy, script-src needs 'wasm-unsafe-eval'. Otherwise serve core.wasm, or pass it to ready().",
  });
}
