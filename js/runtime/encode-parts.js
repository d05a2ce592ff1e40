/**
 * Values as JSON with those members only that expressions look at.
 *
 * @module
 */

import { isMembers, toJson, written } from './encode.js';
import { encodeText } from './wtf8.js';

/**
 * What is looked at: everything, of an object these members, of a list this of each element.
 * @typedef {true | ReadsOfMembers | ReadsOfElements} Reads
 *
 * @typedef {{ [key: string]: Reads }} ReadsOfMembers
 * @typedef {[Reads]} ReadsOfElements
 */

/** @typedef {import('./encode.js').Encoder} Encoder */

/**
 * @param {string} question  JSON, which goes before the value
 * @param {unknown} value
 * @param {Reads} reads
 * @returns {Uint8Array} UTF-8
 * @throws {import('./encode.js').NotJson}
 */
export const encodeParts = (question, value, reads) =>
  written((encoder) => {
    encoder.out.bytes(encodeText(question));
    writePart(encoder, toJson(value, ''), reads);
  });

/**
 * @param {Encoder} encoder
 * @param {unknown} value  what `toJson` gave
 * @param {Reads} reads
 */
function writePart(encoder, value, reads) {
  if (reads !== true && Array.isArray(reads) && Array.isArray(value)) {
    writeElements(encoder, value, reads[0]);
  } else if (reads !== true && !Array.isArray(reads) && isMembers(value)) {
    encoder.out.raw('{');
    for (const key of Object.keys(reads)) {
      encoder.member(value, key, (member) => writePart(encoder, member, reads[key] ?? true));
    }
    encoder.out.raw('}');
  } else {
    encoder.plain(value);
  }
}

/**
 * @param {Encoder} encoder
 * @param {unknown[]} array
 * @param {Reads} reads
 */
function writeElements(encoder, array, reads) {
  encoder.out.raw('[');
  for (let index = 0; index < array.length; ++index) {
    encoder.path.push(index);
    encoder.out.separate();
    writePart(encoder, toJson(array[index], index), reads);
    encoder.path.pop();
  }
  encoder.out.raw(']');
}
