/**
 * One instance of a chunk of wasm: texts in, JSON out.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { encodeWtf8, isWellFormed } from './wtf8.js';

/** @typedef {import('./host.js').WasmModule} WasmModule */

/**
 * What the glue makes of an instance: what every chunk has (wasm/call_memory.hpp), and its own functions.
 * @typedef {object} ChunkExports
 * @property {Uint8Array} HEAPU8  linear memory; replaced whenever memory grows
 * @property {(low: number, high: number) => void} seed
 * @property {(length: number) => number} reserve  0 when there is no memory
 * @property {(length: number) => number} grow     keeps what was written
 * @property {() => number} resultPointer
 */

/**
 * Emscripten's factory. It fills and returns the object that it is given, by way of a promise.
 * @typedef {(module: object) => Promise<any>} GlueFactory
 */

/** Linear memory never shrinks, so after a text of more than this the instance is replaced. */
const recycleAbove = 16 * 1024 * 1024;

/** As many bytes of an answer, which is ASCII, are not worth to call a decoder. */
const shortAnswer = 64;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder();

/**
 * @template {ChunkExports} Exports
 */
export class Chunk {
  #module;
  #glue;
  /** @type {Exports | undefined} */
  #exports;

  #name;

  /**
   * @param {string} name  for messages
   * @param {WasmModule} module
   * @param {GlueFactory} glue
   */
  constructor(name, module, glue) {
    this.#name = name;
    this.#module = module;
    this.#glue = glue;
  }

  /**
   * Make the first instance. Asynchronous, because browsers may refuse to do it synchronously.
   * @returns {Promise<void>}
   */
  async start() {
    // The glue never settles its promise when the hook fails, so this one does.
    await new Promise((resolve, reject) => {
      const exports = /** @type {Exports} */ (
        /** @type {unknown} */ ({
          instantiateWasm: (
            /** @type {WebAssembly.Imports} */ imports,
            /** @type {(instance: WebAssembly.Instance) => void} */ receive,
          ) => {
            WebAssembly.instantiate(/** @type {WebAssembly.Module} */ (this.#module), imports)
              .then(receive)
              .catch(reject);
            return {};
          },
        })
      );
      this.#glue(exports)
        .then(() => resolve(this.#adopt(exports)))
        .catch(reject);
    });
  }

  /**
   * Call a function of the chunk with a text.
   *
   * @param {Exclude<keyof Exports, keyof ChunkExports>} name
   * @param {string | Uint8Array} text
   * @param {...(boolean | number)} rest  the function's other arguments
   * @returns {any} the answer, parsed; undefined where the chunk has nothing to say
   * @throws {StacTaskError} ERR_CORE_TRAP, ERR_OUT_OF_MEMORY; the next call gets a new instance
   */
  call(name, text, ...rest) {
    this.#exports ??= this.#instantiate();
    const chunk = this.#exports;
    try {
      const length = typeof text === 'string' ? writeText(chunk, text) : writeBytes(chunk, text);
      const run = /** @type {(length: number, ...rest: (boolean | number)[]) => number} */ (chunk[name]);
      const answerLength = run(length, ...rest);
      if (length > recycleAbove) this.#exports = undefined;
      return answerLength === 0 ? undefined : readAnswer(chunk, answerLength);
    } catch (cause) {
      this.#exports = undefined;
      if (cause instanceof StacTaskError) throw cause;
      throw new StacTaskError('ERR_CORE_TRAP', `${this.#name} failed: ${cause}`, {
        cause,
        hint: 'Please report this, with the payload if you can.',
      });
    }
  }

  /** @returns {Exports} a new instance, at once: the module is compiled already */
  #instantiate() {
    const exports = /** @type {Exports} */ (
      /** @type {unknown} */ ({
        instantiateWasm: (
          /** @type {WebAssembly.Imports} */ imports,
          /** @type {(instance: WebAssembly.Instance) => void} */ receive,
        ) => {
          const instance = new WebAssembly.Instance(
            /** @type {WebAssembly.Module} */ (this.#module),
            imports,
          );
          receive(instance);
          return instance.exports;
        },
      })
    );
    this.#glue(exports);
    return this.#adopt(exports);
  }

  /** @param {Exports} exports */
  #adopt(exports) {
    const word = () => Math.floor(Math.random() * 0x1_0000_0000);
    exports.seed(word(), word());
    this.#exports = exports;
    return exports;
  }
}

/**
 * @param {number} pointer
 * @param {number} length
 */
function need(pointer, length) {
  if (pointer !== 0) return pointer;
  throw new StacTaskError('ERR_OUT_OF_MEMORY', `there is no memory for a text of ${length} bytes`, {
    hint: 'Pass less at once, or set maxBytes to refuse such texts.',
  });
}

/**
 * @param {ChunkExports} chunk
 * @param {Uint8Array} bytes
 * @returns {number} how many bytes were written
 */
function writeBytes(chunk, bytes) {
  const pointer = need(chunk.reserve(bytes.length), bytes.length);
  chunk.HEAPU8.set(bytes, pointer);
  return bytes.length;
}

/**
 * Most texts are ASCII and get as many bytes as they have units; the others grow on the way.
 * @param {ChunkExports} chunk
 * @param {string} text
 * @returns {number} how many bytes were written
 */
function writeText(chunk, text) {
  const { length } = text;
  let pointer = need(chunk.reserve(length), length);
  let { read, written } = encoder.encodeInto(text, chunk.HEAPU8.subarray(pointer, pointer + length));
  if (read === length && read === written) return written;
  if (!isWellFormed(text)) return writeBytes(chunk, encodeWtf8(text));
  const capacity = written + (length - read) * 3;
  pointer = need(chunk.grow(capacity), capacity);
  const rest = chunk.HEAPU8.subarray(pointer + written, pointer + capacity);
  written += encoder.encodeInto(text.slice(read), rest).written;
  return written;
}

/**
 * @param {ChunkExports} chunk
 * @param {number} length
 */
function readAnswer(chunk, length) {
  const pointer = chunk.resultPointer();
  const bytes = chunk.HEAPU8.subarray(pointer, pointer + length);
  if (length > shortAnswer) return JSON.parse(decoder.decode(bytes));
  let text = '';
  for (let i = 0; i < length; ++i) text += String.fromCharCode(/** @type {number} */ (bytes[i]));
  return JSON.parse(text);
}
