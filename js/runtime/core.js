/**
 * One instance of the core chunk: texts in, JSON out.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { encodeWtf8, isWellFormed } from './wtf8.js';

/**
 * What the glue makes of an instance: wasm/core.cpp's functions.
 * @typedef {object} CoreExports
 * @property {Uint8Array} HEAPU8  linear memory; replaced whenever memory grows
 * @property {(low: number, high: number) => void} seed
 * @property {(length: number) => number} reserve  0 when there is no memory
 * @property {(length: number) => number} grow     keeps what was written
 * @property {() => number} resultPointer
 * @property {(length: number, flags: number, maxIssues: number) => number} check  `flags`: {@link checkFlags}
 * @property {(length: number, isBytes: boolean) => number} checkSyntax
 * @property {(length: number) => number} describe
 * @property {(length: number) => number} access
 * @property {(length: number) => number} accessRoot
 * @property {(length: number, isBytes: boolean) => number} jsonpathMatch      src/task/calls.hpp says what these ask
 * @property {(length: number, isBytes: boolean) => number} jsonpathFind
 * @property {(length: number, isBytes: boolean) => number} findCollection
 * @property {(length: number, isBytes: boolean) => number} assignCollections
 * @property {(length: number, isBytes: boolean) => number} explain
 * @property {(length: number, isBytes: boolean) => number} unwrapEvent  src/cirrus/event.hpp and calls.hpp
 * @property {(length: number, isBytes: boolean) => number} setId
 * @property {(length: number, isBytes: boolean) => number} nextPayloads
 * @property {(length: number, isBytes: boolean) => number} encodedLength
 * @property {(length: number, kind: number) => number} reads
 * @property {(length: number) => number} fill
 * @property {(length: number, change: number) => number} itemChange  src/task/item_changes.hpp
 */

/** @typedef {import('./host.js').WasmModule} WasmModule */

/**
 * Emscripten's factory. It fills and returns the object that it is given, by way of a promise.
 * @typedef {(module: object) => Promise<CoreExports>} GlueFactory
 */

/** @typedef {Exclude<keyof CoreExports, 'HEAPU8' | 'seed' | 'reserve' | 'grow' | 'resultPointer'>} CoreFunction */

/** What `check` is told, as bits; wasm/core.cpp reads them. */
export const checkFlags = /** @type {const} */ ({ lint: 1, isBytes: 2, hasSource: 4, cirrus: 8, items: 16 });

/** Linear memory never shrinks, so after a text of more than this the instance is replaced. */
const recycleAbove = 16 * 1024 * 1024;

/** As many bytes of an answer, which is ASCII, are not worth to call a decoder. */
const shortAnswer = 64;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder();

export class Core {
  #module;
  #glue;
  /** @type {CoreExports | undefined} */
  #exports;

  /**
   * @param {WasmModule} module
   * @param {GlueFactory} glue
   */
  constructor(module, glue) {
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
      const exports = /** @type {CoreExports} */ (
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
   * Call a function of the core with a text.
   *
   * @param {CoreFunction} name
   * @param {string | Uint8Array} text
   * @param {...(boolean | number)} rest  the function's other arguments
   * @returns {any} the answer, parsed; undefined where the core has nothing to say
   * @throws {StacTaskError} ERR_CORE_TRAP, ERR_OUT_OF_MEMORY; the next call gets a new instance
   */
  call(name, text, ...rest) {
    this.#exports ??= this.#instantiate();
    const core = this.#exports;
    try {
      const length = typeof text === 'string' ? writeText(core, text) : writeBytes(core, text);
      const run = /** @type {(length: number, ...rest: (boolean | number)[]) => number} */ (core[name]);
      const answerLength = run(length, ...rest);
      if (length > recycleAbove) this.#exports = undefined;
      return answerLength === 0 ? undefined : readAnswer(core, answerLength);
    } catch (cause) {
      this.#exports = undefined;
      if (cause instanceof StacTaskError) throw cause;
      throw new StacTaskError('ERR_CORE_TRAP', `the core failed: ${cause}`, {
        cause,
        hint: 'Please report this, with the payload if you can.',
      });
    }
  }

  /** @returns {CoreExports} a new instance, at once: the module is compiled already */
  #instantiate() {
    const exports = /** @type {CoreExports} */ (
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

  /** @param {CoreExports} exports */
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
 * @param {CoreExports} core
 * @param {Uint8Array} bytes
 * @returns {number} how many bytes were written
 */
function writeBytes(core, bytes) {
  const pointer = need(core.reserve(bytes.length), bytes.length);
  core.HEAPU8.set(bytes, pointer);
  return bytes.length;
}

/**
 * Most texts are ASCII and get as many bytes as they have units; the others grow on the way.
 * @param {CoreExports} core
 * @param {string} text
 * @returns {number} how many bytes were written
 */
function writeText(core, text) {
  const { length } = text;
  let pointer = need(core.reserve(length), length);
  let { read, written } = encoder.encodeInto(text, core.HEAPU8.subarray(pointer, pointer + length));
  if (read === length && read === written) return written;
  if (!isWellFormed(text)) return writeBytes(core, encodeWtf8(text));
  const capacity = written + (length - read) * 3;
  pointer = need(core.grow(capacity), capacity);
  const rest = core.HEAPU8.subarray(pointer + written, pointer + capacity);
  written += encoder.encodeInto(text.slice(read), rest).written;
  return written;
}

/**
 * @param {CoreExports} core
 * @param {number} length
 */
function readAnswer(core, length) {
  const pointer = core.resultPointer();
  const bytes = core.HEAPU8.subarray(pointer, pointer + length);
  if (length > shortAnswer) return JSON.parse(decoder.decode(bytes));
  let text = '';
  for (let i = 0; i < length; ++i) text += String.fromCharCode(/** @type {number} */ (bytes[i]));
  return JSON.parse(text);
}
