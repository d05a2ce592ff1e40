/**
 * Objects as JSON text, as far as the core looks at them: what `JSON.stringify` would write, but that a
 * BigInt is its integer, and NaN and Infinity stay.
 *
 * @module
 */

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

/**
 * A payload as far as validation looks at it: all of `process`, of `features` whether it is a list.
 * @param {object} payload
 * @returns {string}
 * @throws {NotJson}
 */
export function encodePayload(payload) {
  const root = toJson(payload, '', []);
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return encode(root);
  return encodeMembers(root, maxDepth, false);
}

/**
 * A call of an accessor (src/payload/access.hpp). Accessors look at a payload's upper levels only.
 * @param {string} accessor
 * @param {string | undefined} argument
 * @param {object} payload
 * @returns {string}
 * @throws {NotJson}
 */
export const encodeAccess = (accessor, argument, payload) =>
  `{"accessor":${JSON.stringify(accessor)},"argument":${JSON.stringify(argument ?? '')},` +
  `"payload":${encodeMembers(payload, accessDepth, true)}}`;

/**
 * @param {unknown} value
 * @returns {string}
 * @throws {NotJson}
 */
export const encode = (value) => new Encoder(maxDepth, false).encode(value, []) ?? 'null';

/**
 * @param {object} root
 * @param {number} levels
 * @param {boolean} cut
 */
function encodeMembers(root, levels, cut) {
  const encoders = { process: new Encoder(levels, cut, root), features: new Encoder(1, true, root) };
  const members = [];
  for (const [key, encoder] of Object.entries(encoders)) {
    if (!attempt([key], () => Object.prototype.propertyIsEnumerable.call(root, key))) continue;
    const text = encoder.encode(get(root, key, [key]), [key]);
    if (text !== undefined) members.push(`"${key}":${text}`);
  }
  return `{${members.join(',')}}`;
}

class Encoder {
  /** The containers around the value that is being written. @type {Set<object>} */
  #open = new Set();
  #levels;
  #cut;

  /**
   * @param {number} levels  how many levels of containers to write
   * @param {boolean} cut    whether those below, and cycles, are written as empty; otherwise they are errors
   * @param {object} [root]  the container, already written, that the value stands in
   */
  constructor(levels, cut, root) {
    this.#levels = levels;
    this.#cut = cut;
    if (root) this.#open.add(root);
  }

  /**
   * @param {unknown} given
   * @param {string[]} path  where the value stands
   * @returns {string | undefined} undefined for what JSON leaves out
   */
  encode(given, path) {
    const value = toJson(given, path.at(-1) ?? '', path);
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
        return value === 0 ? '0' : String(value);
      case 'bigint':
      case 'boolean':
        return String(value);
      case 'object':
        return value === null ? 'null' : this.#encodeContainer(value, path);
      default:
        return undefined;
    }
  }

  /**
   * @param {object} value
   * @param {string[]} path
   */
  #encodeContainer(value, path) {
    const isArray = Array.isArray(value);
    const levels = this.#cut && isTaskName(path) ? maxDepth : this.#levels;
    if (this.#open.size >= levels) {
      if (this.#cut) return isArray ? '[]' : '{}';
      throw new NotJson('json-too-deep', pointerOf(path), String(maxDepth));
    }
    if (this.#open.has(value)) {
      if (this.#cut) return isArray ? '[]' : '{}';
      throw new NotJson('not-json', pointerOf(path), 'it contains itself');
    }
    this.#open.add(value);
    const text = isArray ? this.#encodeArray(value, path) : this.#encodeObject(value, path);
    this.#open.delete(value);
    return text;
  }

  /**
   * @param {unknown[]} array
   * @param {string[]} path
   */
  #encodeArray(array, path) {
    const elements = [];
    for (let index = 0; index < array.length; ++index) {
      path.push(String(index));
      elements.push(this.encode(get(array, index, path), path) ?? 'null');
      path.pop();
    }
    return `[${elements.join(',')}]`;
  }

  /**
   * @param {object} object
   * @param {string[]} path
   */
  #encodeObject(object, path) {
    const members = [];
    for (const key of attempt(path, () => Object.keys(object))) {
      path.push(key);
      const text = this.encode(get(object, key, path), path);
      path.pop();
      if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${members.join(',')}}`;
  }
}

/**
 * Whether a place is in the name of a task, `/process/0/tasks/0/name` or, where `process` is an object,
 * `/process/tasks/0/name`.
 * @param {string[]} path
 */
const isTaskName = (path) => path[3] === 'name' || path[4] === 'name';

/**
 * Do what may run a user's code: a getter, a proxy, `toJSON`.
 * @template T
 * @param {string[]} path
 * @param {() => T} action
 * @returns {T}
 */
function attempt(path, action) {
  try {
    return action();
  } catch (error) {
    let text = 'something';
    try {
      text = String(error);
    } catch {
      // What was thrown has no text.
    }
    throw new NotJson('not-json', pointerOf(path), `it threw ${text}`);
  }
}

/**
 * @param {any} container
 * @param {string | number} key
 * @param {string[]} path
 * @returns {unknown}
 */
const get = (container, key, path) => attempt(path, () => container[key]);

/**
 * The value that JSON.stringify writes for another: what `toJSON` returns, and a boxed value's own.
 * @param {any} value
 * @param {string} key
 * @param {string[]} path
 * @returns {unknown}
 */
export const toJson = (value, key, path) =>
  attempt(path, () => {
    const mayHaveMethod = (typeof value === 'object' && value !== null) || typeof value === 'bigint';
    const plain = mayHaveMethod && typeof value.toJSON === 'function' ? value.toJSON(key) : value;
    const isBoxed = /^\[object (Number|String|Boolean|BigInt)\]$/;
    return typeof plain === 'object' && isBoxed.test(Object.prototype.toString.call(plain))
      ? plain.valueOf()
      : plain;
  });

/** @param {string[]} path */
const pointerOf = (path) =>
  path.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
