/**
 * Values as JSON with those members only that expressions look at.
 *
 * @module
 */

import { isMembers, isWritten, toJson, written } from './encode.js';

/**
 * What is looked at: everything, of an object these members, of a list this of each element.
 * @typedef {true | { members: Part[] | undefined, elements: Parts | undefined }} Parts
 *
 * @typedef {object} Part  a member
 * @property {string} key
 * @property {string} next  the key as JSON with its colon, and a comma before it
 * @property {string} first the same without the comma
 * @property {Parts} parts  what of its value
 */

/**
 * @param {any} reads  what the core says (src/jsonpath/read_parts.hpp: write_reads): `true`, or an object of members
 *   with the same of each. In a list stands what is looked at in elements
 * @returns {Parts}
 */
export function partsOf(reads) {
  if (Array.isArray(reads)) return { members: undefined, elements: partsOf(reads[0]) };
  if (!isMembers(reads)) return true;
  return {
    members: Object.keys(reads).map((key) => {
      const first = `${asciiJson(key)}:`;
      return { key, first, next: `,${first}`, parts: partsOf(reads[key]) };
    }),
    elements: undefined,
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
  if (typeof value === 'string') encoder.out.string(value);
  else if (parts === true || typeof value !== 'object' || value === null) encoder.plain(value);
  else if (parts.members && !Array.isArray(value)) writeMembers(encoder, value, parts.members);
  else if (parts.elements && Array.isArray(value)) writeElements(encoder, value, parts.elements);
  else encoder.plain(value);
}

/**
 * @param {Encoder} encoder
 * @param {any} object
 * @param {Part[]} members
 */
function writeMembers(encoder, object, members) {
  const { out, path } = encoder;
  const depth = path.length;
  path.push('');
  out.raw('{');
  let isFirst = true;
  for (let i = 0; i < members.length; ++i) {
    const { key, first, next, parts } = /** @type {Part} */ (members[i]);
    path[depth] = key;
    if (!Object.prototype.propertyIsEnumerable.call(object, key)) continue;
    const value = toJson(object[key], key);
    if (!isWritten(value)) continue;
    out.raw(isFirst ? first : next);
    isFirst = false;
    writePart(encoder, value, parts);
  }
  path.pop();
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
  path.push(0);
  out.raw('[');
  for (let index = 0; index < array.length; ++index) {
    path[depth] = index;
    if (index > 0) out.raw(',');
    writePart(encoder, toJson(array[index], index), parts);
  }
  path.pop();
  out.raw(']');
}
