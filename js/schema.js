/**
 * The JSON Schema of payloads.
 *
 * @module
 */

import { StacTaskError } from './errors.js';
import { dynamicImport } from './runtime/dynamic-import.js';

/**
 * The JSON Schema (draft-07) of a payload, for editors and other validators. It is the same as the file
 * `stac-task/payload.schema.json`, loaded at the first call. What it accepts and Python refuses, and the
 * other way round, is what JSON Schema cannot say; `validate` decides.
 *
 * @returns {Promise<object>} a new object for each call, to change at will
 * @throws {StacTaskError} ERR_LOAD_FAILED; ERR_DYNAMIC_IMPORT in a service worker that is not bundled
 * @example
 * const isPayload = new Ajv().compile(await payloadSchema());
 */
export async function payloadSchema() {
  const { default: text } = await load();
  return JSON.parse(text);
}

async function load() {
  try {
    return await dynamicImport(
      () => import('#payload.schema'),
      'Bundle the worker without code splitting, or fetch payload.schema.json.',
    );
  } catch (cause) {
    if (cause instanceof StacTaskError) throw cause;
    throw new StacTaskError('ERR_LOAD_FAILED', `the JSON Schema does not load: ${cause}`, {
      cause,
      hint: 'payload.schema.js must stand beside the entry, or be bundled with it.',
    });
  }
}
