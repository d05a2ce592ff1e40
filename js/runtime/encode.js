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

/** Members of a payload that lint reads; of all others it knows the names. */
const lintedMembers = new Set(['type', 'id', 'href', 'url']);

/** Path templates, as JSON strings. */
const pathTemplates = /"path_template":("(?:[^"\\]|\\.)*")/g;

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
 * @returns {string}
 * @throws {NotJson}
 */
export function encodePayload(payload, { all, items, lint, mostItems = Number.POSITIVE_INFINITY }) {
  const root = toJson(payload, '', []);
  if (all || typeof root !== 'object' || root === null || Array.isArray(root)) return encode(root);
  /** @type {string[]} */
  const members = [];
  const whole = new Encoder(maxDepth, false, root);
  const shallow = new Encoder(1, true, root);
  /** @param {string} key @param {(value: unknown, path: string[]) => string | undefined} encoding */
  const add = (key, encoding) => {
    if (!has(root, key, [key])) return;
    const text = encoding(get(root, key, [key]), [key]);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  };
  if (lint) {
    for (const key of attempt([], () => Object.keys(root))) {
      if (lintedMembers.has(key)) add(key, (value, path) => shallow.encode(value, path));
      else if (key !== 'process' && key !== 'features' && !isLeftOut(root, key)) {
        members.push(`${JSON.stringify(key)}:null`);
      }
    }
  }
  /** @type {Set<string>} */
  let wanted = new Set();
  add('process', (value, path) => {
    const text = whole.encode(value, path);
    if (lint) wanted = variablesIn(text ?? '');
    return text;
  });
  add('features', (value, path) => {
    if (items) return whole.encode(value, path);
    return wanted.size > 0 && Array.isArray(value)
      ? encodeItems(value.slice(0, mostItems), wanted, path)
      : shallow.encode(value, path);
  });
  return `{${members.join(',')}}`;
}

/**
 * Whether JSON leaves out a member, as far as that shows without calling a getter.
 * @param {object} object
 * @param {string} key
 */
function isLeftOut(object, key) {
  const descriptor = attempt([key], () => Object.getOwnPropertyDescriptor(object, key));
  if (!descriptor || descriptor.get) return false;
  return ['undefined', 'function', 'symbol'].includes(typeof descriptor.value);
}

/**
 * Members of items that path templates name: of a variable with dots its first part, and behind
 * `properties.` the next.
 * @param {string} process  as JSON
 */
function variablesIn(process) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const [, template] of process.matchAll(pathTemplates)) {
    for (const [, variable = ''] of JSON.parse(template ?? '""').matchAll(/\{([^{}]*)/g)) {
      if (variable === 'id' || variable === 'collection') continue;
      // The parts of `a!r` and `a:b`: what is named may end there, or not.
      for (const key of [variable, ...variable.split(/[!:]/, 1)]) {
        const [first = '', second = ''] = key.split('.');
        names.add(first === 'properties' ? second : first);
      }
    }
  }
  if (names.size > 0) for (const name of ['datetime', 'start_datetime']) names.add(name);
  return names;
}

/**
 * Items, and their properties, with these members only.
 * @param {unknown[]} features
 * @param {Set<string>} wanted
 * @param {string[]} path
 */
function encodeItems(features, wanted, path) {
  const encoder = new Encoder(maxDepth, false, features);
  /** @param {unknown} given @param {string[]} at @param {(object: object) => string[]} [more] @returns {string} */
  const pick = (given, at, more) => {
    const object = toJson(given, at.at(-1) ?? '', at);
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return 'null';
    const members = more?.(object) ?? [];
    for (const key of wanted) {
      if (!has(object, key, at)) continue;
      const text = encoder.encode(get(object, key, [...at, key]), [...at, key]);
      if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${members.join(',')}}`;
  };
  const items = features.map((feature, index) =>
    pick(feature, [...path, String(index)], (item) => {
      const at = [...path, String(index), 'properties'];
      return has(item, 'properties', at) ? [`"properties":${pick(get(item, 'properties', at), at)}`] : [];
    }),
  );
  return `[${items.join(',')}]`;
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
  `"payload":${encodeForAccess(payload)}}`;

/**
 * @param {unknown} value
 * @returns {string}
 * @throws {NotJson}
 */
export const encode = (value) => new Encoder(maxDepth, false).encode(value, []) ?? 'null';

/** @param {object} root */
function encodeForAccess(root) {
  const encoders = { process: new Encoder(accessDepth, true, root), features: new Encoder(1, true, root) };
  const members = [];
  for (const [key, encoder] of Object.entries(encoders)) {
    if (!has(root, key, [key])) continue;
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
 * Whether JSON has a member of an object.
 * @param {object} object
 * @param {string} key
 * @param {string[]} path
 * @returns {boolean}
 */
const has = (object, key, path) =>
  attempt(path, () => Object.prototype.propertyIsEnumerable.call(object, key));

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
