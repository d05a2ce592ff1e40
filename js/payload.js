/**
 * The payload model, after `stactask/payload.py`.
 *
 * @module
 */

import { invalidInput, payloadError } from './errors.js';
import { checkedOptions, defaultMaxBytes } from './options.js';
import { describeTooLarge, encoded } from './runtime/describe.js';
import { encode, encodeAccess, isMembers } from './runtime/encode.js';
import { load } from './runtime/input.js';
import { loadCore, loadedCore } from './runtime/loader.js';
import { parseText } from './runtime/parse.js';
import { valueAt } from './runtime/value-at.js';
import { validateSync } from './validate.js';

/** @typedef {Record<string, any>} JsonObject */

/**
 * A Cirrus process payload. Making one never validates it, and `data` is live: the accessors look at what
 * it holds now, return the very objects inside it, or throw what Python raises.
 *
 * `Payload.from` loads the core by itself; the constructor and all members need `await ready()` before.
 *
 * @example
 * const payload = await Payload.from(text);
 * payload.validate();
 * const { path_template } = payload.uploadOptions;
 */
export class Payload {
  /**
   * The payload's members: ordinary JSON values, never BigInt. The top level is a copy of the object the
   * payload was made of, all below is shared with it, as in Python.
   * @type {JsonObject}
   */
  data;

  /**
   * @param {object} object  a payload's JSON as an object, or another Payload
   * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY; PayloadTypeError or PayloadValueError
   *   where Python's `dict(…)` would refuse an array
   */
  constructor(object) {
    loadedCore('new Payload()');
    this.data = membersOf(object);
  }

  /**
   * Read a payload.
   *
   * @template {Payload} T
   * @this {new (object: object) => T}
   * @param {import('./runtime/input.js').PayloadInput} input  JSON text, its bytes (UTF-8), a `Response`,
   *   a `Blob`, a stream of bytes, or an object
   * @param {{ maxBytes?: number, file?: string }} [options]  `maxBytes`: default 256 MiB; `file`: a name
   *   for messages
   * @returns {Promise<T>}
   * @throws {import('./errors.js').InvalidInput} with `issues`, when the JSON is malformed or too large; PayloadTypeError or
   *   PayloadValueError when it holds no object; what `validate()` throws while loading and reading
   */
  static async from(input, options) {
    const settings = checkedOptions('Payload.from()', options, { maxBytes: 'number', file: 'string' });
    const { maxBytes = defaultMaxBytes, file } = settings;
    const [core, loaded] = await Promise.all([loadCore(), load(input, maxBytes)]);
    if ('object' in loaded) return new this(loaded.object);
    if ('tooLarge' in loaded) {
      throw invalidInput(describeTooLarge(core, loaded.tooLarge, maxBytes, file).issues, file);
    }
    const { value, text, issues } = parseText(core, 'bytes' in loaded ? loaded.bytes : loaded.text);
    if (issues) throw invalidInput(issues, file);
    // What is no object is read from its text: 1.0 and 1 are one number here, but not in Python.
    return new this(isMembers(value) ? value : resolve(core.call('accessRoot', text), value));
  }

  /** @returns {JsonObject} `data`, so that `JSON.stringify` writes the payload */
  toJSON() {
    return this.data;
  }

  /**
   * Throw Python's first error.
   * @returns {void}
   * @throws {import('./errors.js').StacTaskError} PayloadTypeError, PayloadValueError, PayloadKeyError;
   *   InvalidInput when a member cannot be written as JSON
   */
  validate() {
    const error = this.report({ lint: false }).issues.find(({ severity }) => severity === 'error');
    if (error) throw payloadError(error);
  }

  /**
   * Every finding at once, as `validateSync` gives it.
   * @param {import('./validate.js').ValidateOptions} [options]
   * @returns {import('./report.js').Report}
   */
  report(options) {
    return validateSync(this.data, options);
  }

  /**
   * The deprecations that Python's `validate()` warns about, up to its first error; each once.
   * @type {import('./report.js').Issue[]}
   */
  get warnings() {
    return this.report({ lint: false }).issues.filter(({ severity }) => severity === 'warning');
  }

  /** The first element of `process`, or `process` itself where it is an object (deprecated). @type {JsonObject} */
  get processDefinition() {
    return this.#access('processDefinition');
  }

  /** `process[0].workflow_options`. @type {JsonObject} */
  get workflowOptions() {
    return this.#access('workflowOptions');
  }

  /**
   * Each task's parameters by its name (Python: `task_options_dict`). Of a `tasks` list (deprecated) a
   * new object; names that are no strings are written as JSON.
   * @type {Record<string, JsonObject>}
   */
  get taskOptions() {
    return this.#access('taskOptions');
  }

  /** `process[0].upload_options`. @type {JsonObject} */
  get uploadOptions() {
    return this.#access('uploadOptions');
  }

  /** `upload_options.collections` (deprecated): collection names to patterns. @type {Record<string, string>} */
  get collectionMapping() {
    return this.#access('collectionMapping');
  }

  /** `process[0].collection_matchers`. @type {JsonObject[]} */
  get collectionMatchers() {
    return this.#access('collectionMatchers');
  }

  /** `process[0].collection_options`. @type {Record<string, JsonObject>} */
  get collectionOptions() {
    return this.#access('collectionOptions');
  }

  /** `features` (Python: `items_as_dicts`). @type {JsonObject[]} */
  get items() {
    return this.#access('items');
  }

  /**
   * The options of one collection; empty where there are none.
   * @param {string} name
   * @returns {JsonObject}
   */
  getCollectionOptions(name) {
    return this.#access('getCollectionOptions', String(name));
  }

  /**
   * The upload options of one collection. They replace the global ones and are not merged with them;
   * without a name, or where the collection has none, the global ones.
   * @param {string | null} [name]
   * @returns {JsonObject}
   */
  getCollectionUploadOptions(name) {
    if (name === null || name === undefined) return this.uploadOptions;
    return this.#access('getCollectionUploadOptions', String(name));
  }

  /**
   * @param {string} accessor
   * @param {string} [argument]
   * @returns {any}
   */
  #access(accessor, argument) {
    const core = loadedCore(`Payload's ${accessor}`);
    const call = encoded(core, () => encodeAccess(accessor, argument, this.data));
    return resolve(core.call('access', call), this.data);
  }
}

/**
 * `dict(object)`: of an array, what Python makes of a list of pairs.
 * @param {any} object
 * @returns {JsonObject}
 */
function membersOf(object) {
  const core = loadedCore('new Payload()');
  const plain = typeof object?.toJSON === 'function' ? object.toJSON('') : object;
  if (isMembers(plain)) return { ...plain };
  return resolve(
    core.call(
      'accessRoot',
      encoded(core, () => encode(plain)),
    ),
    plain,
  );
}

/**
 * What an accessor's answer (src/payload/access.hpp) means in the payload.
 * @param {any} answer
 * @param {any} data
 */
function resolve(answer, data) {
  if (answer.error) throw payloadError(answer.error);
  if (answer.empty) return answer.empty === 'array' ? [] : {};
  if (!answer.entries) return valueAt(data, answer.pointer);
  /** @type {JsonObject} */
  const object = {};
  for (const [key, pointer, text] of answer.entries) {
    const value = pointer === null ? (text ?? {}) : valueAt(data, pointer);
    // Not by assignment: a key may be `__proto__`.
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return object;
}
