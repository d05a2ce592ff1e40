/**
 * Objects as JSON text, as far as the core looks at them: what `JSON.stringify` would write, but that a
 * BigInt is its integer, and NaN and Infinity stay.
 *
 * @module
 */

import { JsonBytes } from './json-bytes.js';

/** Containers inside containers, at most: the core's limit (src/json/syntax.hpp). */
const maxDepth = 1000;

/** Levels that accessors look at; of the names of tasks, which messages print, they look at all. */
const accessDepth = 6;

/** Why a value cannot be written, and where. */
export class NotJson extends Error {
  /**
   * @param {'not-json' | 'json-too-deep'} code
   * @param {string} pointer
   * @param {string} argument
   */
  constructor(code, pointer, argument) {
    super(argument);
    this.code = code;
    this.pointer = pointer;
    this.argument = argument;
  }
}

/** Members of a payload that lint reads; of all others it knows the names. */
const lintedMembers = ['type', 'href', 'url'];

/** The classes of boxed values, as `Object.prototype.toString` names them. */
const boxes = ['Number', 'String', 'Boolean', 'BigInt'].map((name) => `[object ${name}]`);

/**
 * How much of a payload is looked at.
 * @typedef {object} Look
 * @property {boolean} all    everything
 * @property {boolean} items  features as a whole
 * @property {boolean} lint   the names of members, and where path templates ask for them, properties of items
 * @property {number | undefined} [mostItems]  items whose properties are looked at
 */

/**
 * A payload as far as validation looks at it: all of `process`, of `features` at least whether it is a list.
 * @param {object} payload
 * @param {Look} look
 * @returns {Uint8Array}
 * @throws {NotJson}
 */
export const encodePayload = (payload, look) => written((encoder) => writeRoot(payload, look, encoder));

/**
 * A call of an accessor (src/payload/access.hpp). Accessors look at a payload's upper levels only.
 * @param {string} accessor
 * @param {string | undefined} argument
 * @param {object} payload
 * @returns {Uint8Array}
 * @throws {NotJson}
 */
export const encodeAccess = (accessor, argument, payload) =>
  written((encoder) => {
    const { out } = encoder;
    out.raw('{"accessor":');
    out.string(accessor);
    out.raw(',"argument":');
    out.string(argument ?? '');
    out.raw(',"payload":{');
    encoder.open.add(payload);
    encoder.member(payload, 'process', (value) => encoder.cut(value, accessDepth));
    encoder.member(payload, 'features', (value) => encoder.cut(value, 1));
    out.raw('}}');
  });

/**
 * @param {unknown} value
 * @returns {Uint8Array} to keep
 * @throws {NotJson}
 */
export const encode = (value) => encodeForNow(value).slice();

/** @param {unknown} value */
const encodeForNow = (value) => written((encoder) => encoder.plain(toJson(value, '')));

/**
 * The same as text.
 * @param {unknown} value
 * @returns {string}
 * @throws {NotJson}
 */
export const encodeAsText = (value) => new TextDecoder().decode(encodeForNow(value));

/**
 * The value that JSON.stringify writes for another: what `toJSON` returns, and a boxed value's own.
 * @param {any} value
 * @param {string | number} key  where it stands in its container
 * @returns {unknown}
 */
export function toJson(value, key) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'bigint')) return value;
  const plain = typeof value.toJSON === 'function' ? value.toJSON(`${key}`) : value;
  if (typeof plain !== 'object' || plain === null) return plain;
  // To ask for the class takes ten times as long.
  const prototype = Object.getPrototypeOf(plain);
  if (prototype === Object.prototype || prototype === Array.prototype) return plain;
  return boxes.includes(Object.prototype.toString.call(plain)) ? plain.valueOf() : plain;
}

/** The one of the call before. @type {Encoder | undefined} */
let spare;

/**
 * Writing may run a user's code: a getter, a proxy, `toJSON`. What that throws is caught once, here.
 * @param {(encoder: Encoder) => void} write
 * @returns {Uint8Array} for as long as nothing else is written: for the next call of the core and no more
 * @throws {NotJson}
 */
export function written(write) {
  // A getter may run while this one writes, and begin another.
  const encoder = spare ?? new Encoder();
  spare = undefined;
  try {
    encoder.reset();
    write(encoder);
    spare = encoder;
    return encoder.out.take();
  } catch (error) {
    if (error instanceof NotJson) throw error;
    let text = 'something';
    try {
      text = String(error);
    } catch {
      // What was thrown has no text.
    }
    throw new NotJson('not-json', encoder.pointer, `it threw ${text}`);
  }
}

/**
 * @param {object} payload
 * @param {Look} look
 * @param {Encoder} encoder
 */
function writeRoot(payload, { all, items, lint, mostItems = Number.POSITIVE_INFINITY }, encoder) {
  const { out, path } = encoder;
  const root = toJson(payload, '');
  if (all || !isMembers(root)) return encoder.plain(root);
  encoder.open.add(root);
  out.raw('{');
  const shallow = (/** @type {unknown} */ value) => encoder.cut(value, 1);
  if (lint) {
    for (const key of Object.keys(root)) {
      if (key === 'process' || key === 'features') continue;
      if (lintedMembers.includes(key)) encoder.member(root, key, shallow);
      else if (!isLeftOut(root, key, path)) encoder.named(key, 'null');
    }
  }
  encoder.member(root, 'process');
  const wanted = lint && !items ? variablesIn(encoder.templates) : [];
  encoder.member(root, 'features', (value) => {
    if (items) encoder.plain(value);
    else if (wanted.length === 0 || !Array.isArray(value)) shallow(value);
    else writeItems(value, mostItems, wanted, encoder);
  });
  out.raw('}');
}

/**
 * Whether JSON leaves out a member, as far as that shows without calling a getter.
 * @param {object} object
 * @param {string} key
 * @param {(string | number)[]} path
 */
function isLeftOut(object, key, path) {
  path.push(key);
  const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
  path.pop();
  return !get && !isWritten(value);
}

/**
 * Members of items that path templates name: of a variable with dots its first part, and behind
 * `properties.` and `extra_fields.` the next.
 * @param {string[]} templates
 * @returns {string[]}
 */
function variablesIn(templates) {
  /** @type {Set<string>} */
  const names = new Set();
  const add = (/** @type {string} */ variable) => {
    const first = upTo('.', variable);
    const isInside = first === 'properties' || first === 'extra_fields';
    names.add(isInside ? upTo('.', variable.slice(first.length + 1)) : first);
  };
  for (const template of templates) {
    for (const field of template.split('{').slice(1)) {
      const variable = upTo('}', field);
      if (variable === 'id' || variable === 'collection') continue;
      // What is named by `a!r` and `a:b` may end there, or not.
      for (const mark of '}!:') add(upTo(mark, variable));
    }
  }
  if (names.has('proj:code')) names.add('proj:epsg');
  return names.size > 0 ? [...names.add('datetime').add('start_datetime').add('stac_version')] : [];
}

/** @param {string} mark @param {string} text */
function upTo(mark, text) {
  const end = text.indexOf(mark);
  return end < 0 ? text : text.slice(0, end);
}

/**
 * Items, and their properties, with these members only.
 * @param {unknown[]} features
 * @param {number} most  how many of them
 * @param {string[]} wanted
 * @param {Encoder} encoder
 */
function writeItems(features, most, wanted, encoder) {
  const { out, open, path } = encoder;
  /** @param {unknown} object @param {boolean} isItem */
  const pick = (object, isItem) => {
    if (!isMembers(object)) return out.raw('null');
    out.raw('{');
    if (isItem) encoder.member(object, 'properties', (properties) => pick(properties, false));
    for (const key of wanted) encoder.member(object, key);
    out.raw('}');
  };
  open.add(features);
  out.raw('[');
  for (let index = 0; index < features.length && index < most; ++index) {
    path.push(index);
    out.separate();
    pick(toJson(features[index], index), true);
    path.pop();
  }
  out.raw(']');
  open.delete(features);
}

export class Encoder {
  out = new JsonBytes();
  /** Where the value stands that is being read. @type {(string | number)[]} */
  path = [];
  /** The containers around the value that is being written. @type {Set<object>} */
  open = new Set();
  /** Path templates that were written. @type {string[]} */
  templates = [];
  /** How many levels of containers are written. If fewer than may be, those below and cycles are empty. */
  #levels = maxDepth;

  reset() {
    this.out.reset();
    this.path.length = 0;
    this.open.clear();
    this.templates.length = 0;
  }

  get pointer() {
    return this.path.map((token) => `/${`${token}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  }

  /**
   * Write a member unless JSON leaves it out.
   * @param {any} object
   * @param {string} key
   * @param {(value: unknown) => void} [write]  its value, whatever `toJSON` has to say said
   */
  member(object, key, write) {
    this.path.push(key);
    if (Object.prototype.propertyIsEnumerable.call(object, key)) this.#member(key, object[key], write);
    this.path.pop();
  }

  /**
   * @param {string} key
   * @param {string} text  ASCII
   */
  named(key, text) {
    this.out.separate();
    this.out.string(key);
    this.out.raw(`:${text}`);
  }

  /**
   * Write the upper levels of a value.
   * @param {unknown} value
   * @param {number} levels
   */
  cut(value, levels) {
    this.#levels = levels;
    this.plain(value);
    this.#levels = maxDepth;
  }

  /**
   * Write a value that {@link toJson} returned; null for what JSON leaves out.
   * @param {unknown} value
   */
  plain(value) {
    if (typeof value === 'string') return this.out.string(value);
    if (typeof value === 'object' && value !== null) return this.#container(value);
    this.out.raw(value === 0 ? '0' : isWritten(value) ? String(value) : 'null');
  }

  /**
   * @param {string} key
   * @param {unknown} given
   * @param {(value: unknown) => void} [write]
   */
  #member(key, given, write) {
    const value = toJson(given, key);
    if (!isWritten(value)) return;
    if (key === 'path_template' && typeof value === 'string') this.templates.push(value);
    this.named(key, '');
    if (write) write(value);
    else this.plain(value);
  }

  /** @param {object} value */
  #container(value) {
    const isArray = Array.isArray(value);
    const cuts = this.#levels < maxDepth;
    const isTooDeep = this.open.size >= (cuts && !isTaskName(this.path) ? this.#levels : maxDepth);
    if (isTooDeep || this.open.has(value)) {
      if (cuts) return this.out.raw(isArray ? '[]' : '{}');
      const code = isTooDeep ? 'json-too-deep' : 'not-json';
      throw new NotJson(code, this.pointer, isTooDeep ? `${maxDepth}` : 'it contains itself');
    }
    this.open.add(value);
    if (isArray) this.#array(value);
    else this.#object(value);
    this.open.delete(value);
  }

  /** @param {unknown[]} array */
  #array(array) {
    this.out.raw('[');
    for (let index = 0; index < array.length; ++index) {
      this.path.push(index);
      this.out.separate();
      this.plain(toJson(array[index], index));
      this.path.pop();
    }
    this.out.raw(']');
  }

  /** @param {any} object */
  #object(object) {
    this.out.raw('{');
    for (const key of Object.keys(object)) {
      this.path.push(key);
      this.#member(key, object[key]);
      this.path.pop();
    }
    this.out.raw('}');
  }
}

/**
 * Whether JSON has the value; otherwise it leaves it out.
 * @param {unknown} value
 */
export const isWritten = (value) =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';

/**
 * Whether a value has members rather than elements.
 * @param {unknown} value
 * @returns {value is { [key: string]: any }}
 */
export const isMembers = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether a place is in the name of a task, `/process/0/tasks/0/name` or, where `process` is an object,
 * `/process/tasks/0/name`.
 * @param {(string | number)[]} path
 */
const isTaskName = (path) => path[3] === 'name' || path[4] === 'name';
