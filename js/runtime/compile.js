/**
 * From whatever holds a chunk to a compiled module.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';

/** @typedef {import('./host.js').WasmModule} WasmModule */
/** @typedef {(url: URL) => Promise<Uint8Array>} FileReader  how a runtime reads a `file:` URL */

const kind = (/** @type {unknown} */ value) => Object.prototype.toString.call(value);

/** Says why there is no module, and whether the inlined copy may stand in for it. */
export class NoModule extends Error {
  /**
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(message, cause) {
    super(message, { cause });
    this.name = 'NoModule';
  }
}

/** @param {Uint8Array} bytes */
const isWasm = (bytes) => bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;

/**
 * @param {Uint8Array} bytes
 * @param {string} from  for the message
 * @returns {Promise<WasmModule>}
 * @throws {NoModule} when the bytes are something else, a dev server's HTML page for example
 */
export async function compileBytes(bytes, from) {
  if (!isWasm(bytes)) throw new NoModule(`${from} is no WebAssembly`);
  return WebAssembly.compile(/** @type {BufferSource} */ (bytes));
}

/**
 * Compile while the bytes arrive where the server names their type; otherwise after.
 * @param {Response} response
 * @returns {Promise<WasmModule>}
 */
export async function compileResponse(response) {
  const from = response.url || 'the response';
  if (!response.ok) {
    await response.body?.cancel();
    throw new NoModule(`${from} answered with status ${response.status}`);
  }
  const type = response.headers.get('content-type') ?? '';
  if (!WebAssembly.compileStreaming || !/^application\/wasm\b/i.test(type)) {
    return compileBytes(new Uint8Array(await response.arrayBuffer()), from);
  }
  const copy = response.clone();
  try {
    const module = await WebAssembly.compileStreaming(response);
    await copy.body?.cancel();
    return module;
  } catch (error) {
    const bytes = new Uint8Array(await copy.arrayBuffer());
    if (!isWasm(bytes)) throw new NoModule(`${from} is no WebAssembly`, error);
    throw error;
  }
}

/**
 * Compile what a user handed to `ready`. Nothing stands in for it when it is wrong.
 * @param {any} source
 * @param {FileReader} [readFile]
 * @returns {Promise<WasmModule>}
 * @throws {StacTaskError} ERR_LOAD_FAILED, ERR_INVALID_ARGUMENT
 */
export async function compileSource(source, readFile) {
  try {
    let value = await source;
    if (typeof value === 'object' && value !== null && 'default' in value) value = value.default;
    if (kind(value) === '[object WebAssembly.Module]') return value;
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value;
      return await compileBytes(new Uint8Array(buffer, byteOffset, byteLength), 'the source');
    }
    if (/^\[object (Shared)?ArrayBuffer\]$/.test(kind(value))) {
      return await compileBytes(new Uint8Array(value), 'the source');
    }
    if (typeof value?.arrayBuffer === 'function' && 'status' in value) {
      return await compileResponse(value);
    }
    if (typeof value === 'string' || kind(value) === '[object URL]') {
      return await compileUrl(value, readFile);
    }
    throw invalidArgument('ready() takes a WebAssembly.Module, bytes, a Response, a URL or a promise of one');
  } catch (cause) {
    if (cause instanceof StacTaskError) throw cause;
    throw new StacTaskError('ERR_LOAD_FAILED', `the source given to ready() does not load: ${cause}`, {
      cause,
    });
  }
}

/**
 * @param {URL | string} address  absolute, or relative to the page
 * @param {FileReader} [readFile]
 */
async function compileUrl(address, readFile) {
  const base = typeof location === 'undefined' ? undefined : location.href;
  const url = new URL(address, base);
  if (url.protocol === 'file:' && readFile) return compileBytes(await readFile(url), url.href);
  return compileResponse(await fetch(url));
}
