/**
 * Which collection an item belongs to.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { encoded } from './runtime/describe.js';
import { encodeAsText, isMembers, NotJson } from './runtime/encode.js';
import { encodeParts, partsOf } from './runtime/encode-parts.js';
import { noQuestion, questionOf } from './runtime/question.js';
import { ask, subjectNow, subjectOf } from './runtime/subject.js';

/**
 * `collection_matchers`, or the legacy mapping from collection names to expressions, or either as JSON text.
 * An object has its keys in the order of JavaScript, which puts those first that look like array indexes; a text
 * keeps them as they are written.
 * @typedef {object[] | Record<string, string> | string} CollectionConfig
 */

/**
 * The collection that the first matching rule gives to an item; null where none matches.
 *
 * Follows `stactask/utils.py: find_collection`.
 *
 * @param {CollectionConfig} config
 * @param {unknown} item  as for `jsonpathMatch`
 * @returns {Promise<string | null>}
 * @throws {import('./errors.js').StacTaskError} PayloadTypeError, PayloadValueError or PayloadKeyError for rules
 *   that Python fails on, once it comes to them; as `jsonpathMatch`, with the `pointer` of the rule
 * @example
 * await findCollection([{ type: 'catch_all', collection_name: 'all' }], item); // 'all'
 */
export async function findCollection(config, item) {
  return find(questionOfConfig('findCollection()', config), await subjectOf(item));
}

/**
 * The same at once, for what needs no waiting. Needs `await ready()` before.
 *
 * @param {CollectionConfig} config
 * @param {unknown} item
 * @returns {string | null}
 * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, and as `findCollection`
 */
export function findCollectionSync(config, item) {
  return find(questionOfConfig('findCollectionSync()', config), subjectNow('findCollectionSync()', item));
}

/**
 * The collections that a payload's rules give to its items: a name for each item, or null where no rule matches
 * or the name is empty, so that the item keeps what it has. The payload stays as it is.
 *
 * Follows `stactask/task.py: assign_collections`.
 *
 * @param {import('./runtime/input.js').PayloadInput} payload  text keeps the order of the legacy mapping and
 *   all digits of numbers
 * @returns {Promise<(string | null)[]>} as many as there are `features`
 * @throws {import('./errors.js').StacTaskError} what `Payload.validate()` throws; as `findCollection`, with the
 *   `item` that was looked at; PayloadKeyError when there are no `features`
 */
export async function assignCollections(payload) {
  return assign(await subjectOf(payload));
}

/**
 * The same at once, for what needs no waiting. Needs `await ready()` before.
 *
 * @param {import('./runtime/input.js').SyncPayloadInput} payload
 * @returns {(string | null)[]}
 * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, and as `assignCollections`
 */
export function assignCollectionsSync(payload) {
  return assign(subjectNow('assignCollectionsSync()', payload));
}

/** @typedef {import('./runtime/subject.js').Subject} Subject */

/**
 * @param {import('./runtime/question.js').Question} config
 * @param {Subject} subject
 * @returns {string | null}
 */
const find = (config, subject) => ask(subject, 'findCollection', config).collection;

const rulesOnly = /* @__PURE__ */ partsOf({ process: true });

/**
 * @param {Subject} subject
 * @returns {(string | null)[]}
 */
function assign({ core, loaded }) {
  const given = 'object' in loaded ? { bytes: bytesOfRules(core, loaded.object) } : loaded;
  /** @type {{ names: (string | null)[], rules: (number | null)[] }} */
  const { names, rules } = ask({ core, loaded: given }, 'assignCollections', noQuestion);
  return rules.map((rule) => (rule === null ? null : (names[rule] ?? null)));
}

/**
 * A payload as far as its rules look at it.
 * @param {import('./runtime/core.js').Core} core
 * @param {object} payload
 */
function bytesOfRules(core, payload) {
  return encoded(core, () => {
    const rules = new TextDecoder().decode(encodeParts(noQuestion.bytes, payload, rulesOnly));
    return encodeParts(noQuestion.bytes, payload, questionOf('payload', rules).parts(core));
  });
}

/** The list of matchers that was asked of last. @type {{ held: unknown[], question: import('./runtime/question.js').Question } | undefined} */
let last;

/**
 * @param {string} caller
 * @param {unknown} config
 */
function questionOfConfig(caller, config) {
  if (config === undefined) throw invalidArgument(`${caller} takes the rules first, then the item`);
  if (typeof config === 'string') return questionOf('config', config);
  // Items come one by one, and mostly with the rules of the one before, which need not be written again.
  const held = heldBy(config);
  if (held && last?.held.length === held.length && held.every((value, i) => value === last?.held[i])) {
    return last.question;
  }
  const question = questionOf('config', jsonOf(caller, config));
  last = held && { held, question };
  return question;
}

/**
 * @param {string} caller
 * @param {unknown} config
 */
function jsonOf(caller, config) {
  try {
    return encodeAsText(config);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw invalidArgument(
      `${caller}: the rules cannot be written as JSON: ${error.message}, at '${error.pointer}'`,
    );
  }
}

const matcherKeys = ['type', 'collection_name', 'pattern'];

/**
 * All that the core looks at in a list of matchers, if there is nothing but texts in it.
 * @param {unknown} config
 * @returns {unknown[] | undefined}
 */
function heldBy(config) {
  if (!Array.isArray(config) || hasToJson(config)) return undefined;
  const held = [];
  for (const matcher of config) {
    if (!isMembers(matcher) || hasToJson(matcher)) return undefined;
    for (const key of matcherKeys) {
      const value = Object.prototype.propertyIsEnumerable.call(matcher, key) ? matcher[key] : undefined;
      if (value !== undefined && typeof value !== 'string') return undefined;
      held.push(value);
    }
  }
  return held;
}

/** @param {any} value */
const hasToJson = (value) => typeof value.toJSON === 'function';
