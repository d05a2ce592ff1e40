/**
 * What tasks do to items. The core decides (src/task/item_changes.hpp); of an item only what it looks at goes there.
 *
 * @module
 */

import { pythonError, StacTaskError } from '../errors.js';
import { encoded } from '../runtime/describe.js';
import { toJson } from '../runtime/encode.js';
import { encodeParts, partsOf } from '../runtime/encode-parts.js';
import { loadedCore } from '../runtime/loader.js';
import { noQuestion } from '../runtime/question.js';

/** The core's numbers. */
const changes = /** @type {const} */ ({ postProcess: 0, software: 1, derive: 2 });

const processingSchema = 'https://stac-extensions.github.io/processing/v1.1.0/schema.json';

/**
 * @param {any} item
 * @param {number} change  one of {@link changes}
 * @param {object} reads  what of the item the core looks at, as for `partsOf`
 * @returns {number[]} the core's answer
 */
function changeOf(item, change, reads) {
  const core = loadedCore('a method of Task');
  const text = encoded(core, () => encodeParts(noQuestion.bytes, item, partsOf(reads)));
  const answer = core.call('itemChange', text, change) ?? [];
  if (answer.error) throw pythonError(answer.error.type, answer.error.message);
  return answer;
}

/**
 * Sort an item's `stac_extensions`, in place.
 * @param {any} item
 */
export function sortExtensions(item) {
  const order = changeOf(item, changes.postProcess, { stac_extensions: true });
  if (order.length === 0) return;
  const { stac_extensions: extensions } = item;
  const sorted = order.map((index) => extensions[index]);
  for (const [index, extension] of sorted.entries()) extensions[index] = extension;
  // A getter may have made this list for us alone: then the sorted one takes the getter's place.
  if (item.stac_extensions === extensions) return;
  const property = { value: sorted, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(item, 'stac_extensions', property);
}

/**
 * @param {any} item
 * @param {string} name
 * @param {string} version
 */
export function addSoftware(item, name, version) {
  const kept = changeOf(item, changes.software, { stac_extensions: true, properties: {} });
  const extensions = [...(item.stac_extensions ?? []), processingSchema];
  item.stac_extensions = kept.map((index) => extensions[index]);
  item.properties ??= {};
  item.properties['processing:software'] = { [name]: version };
}

/**
 * @template T
 * @param {T} item
 * @returns {T} a copy
 */
export function derive(item) {
  const plain = toJson(item, '');
  const [source] = changeOf(plain, changes.derive, { links: [{ rel: true, href: true }] });
  const derived = copyOf(plain);
  if (source !== undefined) {
    const { href } = derived.links[source];
    derived.links.push({ title: 'Source STAC Item', rel: 'derived_from', href, type: 'application/json' });
  }
  return derived;
}

/**
 * @param {any} item
 * @returns {any}
 */
function copyOf(item) {
  try {
    return structuredClone(item);
  } catch (cause) {
    const hint = 'Items are plain objects: no proxies, and no functions in them.';
    throw new StacTaskError('ERR_INVALID_ARGUMENT', `the item cannot be copied: ${cause}`, { cause, hint });
  }
}

/**
 * @param {any} result  of `process`
 * @returns {Iterable<any> | AsyncIterable<any>} the same
 * @throws {import('../errors.js').StacTaskError} PayloadTypeError
 */
export function iterable(result) {
  // Elements are awaited one by one: what fails before its turn comes must not end the whole process.
  if (Array.isArray(result) || result instanceof Set) {
    for (const each of result) if (each instanceof Promise) each.catch(() => {});
  }
  if (result?.[Symbol.asyncIterator] || result?.[Symbol.iterator]) return result;
  const types = /** @type {Record<string, string>} */ ({ number: 'int', boolean: 'bool', object: 'dict' });
  const type = result === undefined || result === null ? 'NoneType' : (types[typeof result] ?? typeof result);
  const hint = 'process() gives the items: an array, or whatever is iterable.';
  throw pythonError('TypeError', `'${type}' object is not iterable`, hint);
}
