/**
 * What to do where the chunk's file is lost: a bundler moved the code without it, a dev server answers
 * with a page. The inlined copy behind `import()` stands in, and nobody needs a plugin.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { compileBytes, NoModule } from './compile.js';
import { dynamicImport } from './dynamic-import.js';

/** @typedef {import('./host.js').WasmModule} WasmModule */
/** @typedef {() => Promise<{ bytes: () => Uint8Array }>} ImportInline */

/**
 * @param {string} file  the chunk's, for messages
 * @param {() => Promise<WasmModule>} find  throws {@link NoModule} where the file is lost
 * @param {ImportInline} importInline
 * @returns {Promise<WasmModule>}
 * @throws {StacTaskError} ERR_LOAD_FAILED, which names both causes; ERR_DYNAMIC_IMPORT
 */
export async function withFallback(file, find, importInline) {
  try {
    return await find();
  } catch (lost) {
    if (!(lost instanceof NoModule)) throw loadFailed(file, [lost]);
    try {
      return await compileInline(file, importInline);
    } catch (error) {
      if (error instanceof StacTaskError && error.code === 'ERR_DYNAMIC_IMPORT') error.cause = lost;
      throw error instanceof StacTaskError ? error : loadFailed(file, [lost, error]);
    }
  }
}

/**
 * @param {string} file  the chunk's, for messages
 * @param {ImportInline} importInline
 * @returns {Promise<WasmModule>}
 */
export async function compileInline(file, importInline) {
  const { bytes } = await dynamicImport(
    importInline,
    `Bundle the worker without code splitting, or serve ${file} beside it.`,
  );
  return compileBytes(bytes(), 'the inlined copy');
}

/**
 * @param {string} file
 * @param {unknown[]} causes
 */
function loadFailed(file, causes) {
  // Some browsers do not say in their own words which module it was.
  const text = causes.map(String).join(`; and ${file.replace('.wasm', '.inline.js')}: `);
  return new StacTaskError('ERR_LOAD_FAILED', `${file} does not load: ${text}`, {
    cause: causes.length === 1 ? causes[0] : new AggregateError(causes, text),
    hint: `Under a Content-Security-Policy, script-src needs 'wasm-unsafe-eval'. Otherwise serve ${file}, or pass it to ready().`,
  });
}
