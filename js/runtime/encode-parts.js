/**
 * Values as JSON with those members only that expressions look at.
 *
 * @module
 */

import { isMembers, isWritten, toJson, written } from './encode.js';

/**
 * What is looked at: everything, of an object these members, of a list this of each element.
 * @typedef {true | { members: Part[] } | { elements: Parts }} Parts
 *
 * @typedef {object} Part  a member
 * @property {string} key
 * @property {string} name  as JSON, with its colon
 * @property {Parts} parts  what of its value
 */

/**
 * @param {any} reads  what the core says (src/jsonpath/read_parts.hpp: write_reads): `true`, or an object of members
 *   with the same of each. In a list stands what is looked at in elements
 * @returns {Parts}
 */
export function partsOf(reads) {
  if (Array.isArray(reads)) return { elements: partsOf(reads[0]) };
  if (!isMembers(reads)) return true;
  return {
    members: Object.keys(reads).map((key) => ({
      key,
      name: `${asciiJson(key)}:`,
      parts: partsOf(reads[key]),
    })),
  };
}

/** @param {string} text */
const asciiJson = (text) =>
  JSON.stringify(text).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** @typedef {import('./encode.js').Encoder} Encoder */

/**
 * @param {Uint8Array} question  JSON, which goes before the value
 * @param {unknown} value
 * @param {Parts} parts
 * @returns {Uint8Array} UTF-8
 * @throws {import('./encode.js').NotJson}
 */
export const encodeParts = (question, value, parts) =>
  written((encoder) => {
    encoder.out.bytes(question);
    writePart(encoder, toJson(value, ''), parts);
  });

/**
 * @param {Encoder} encoder
 * @param {unknown} value  what `toJson` gave
 * @param {Parts} parts
 */
function writePart(encoder, value, parts) {
  if (parts === true || typeof value !== 'object' || value === null) return encoder.plain(value);
  if (Array.isArray(value)) {
    if ('elements' in parts) writeElements(encoder, value, parts.elements);
    else encoder.plain(value);
  } else if ('members' in parts) {
    writeMembers(encoder, value, parts.members);
  } else {
    encoder.plain(value);
  }
}

/**
 * @param {Encoder} encoder
 * @param {any} object
 * @param {Part[]} members
 */
function writeMembers(encoder, object, members) {
  const { out, path } = encoder;
  const depth = path.length;
  out.raw('{');
  for (const { key, name, parts } of members) {
    path[depth] = key;
    if (!Object.prototype.propertyIsEnumerable.call(object, key)) continue;
    const value = toJson(object[key], key);
    if (!isWritten(value)) continue;
    out.separate();
    out.raw(name);
    writePart(encoder, value, parts);
  }
  path.length = depth;
  out.raw('}');
}

/**
 * @param {Encoder} encoder
 * @param {unknown[]} array
 * @param {Parts} parts
 */
function writeElements(encoder, array, parts) {
  const { out, path } = encoder;
  const depth = path.length;
  out.raw('[');
  for (let index = 0; index < array.length; ++index) {
    path[depth] = index;
    out.separate();
    writePart(encoder, toJson(array[index], index), parts);
  }
  path.length = depth;
  out.raw(']');
}
