/**
 * The item, collection or item collection that a command is about.
 *
 * @module
 */

import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFileUrl, isUrl, readInput } from './read.js';
import { displayName } from './terminal.js';

/**
 * @param {string} href
 * @param {number} maxBytes
 * @returns {Promise<Record<string, any>>} whose self link says where it was read, so that relative addresses are found
 * @throws {Error} which names the input, or in Python's words where it has no type
 */
export async function readObject(href, maxBytes) {
  const bytes = await readInput(href, maxBytes);
  if (bytes.length > maxBytes) throw new Error(`${displayName(href)} has more than ${maxBytes} bytes`);
  let object;
  try {
    object = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`${displayName(href)} is no JSON: ${/** @type {Error} */ (error).message}`);
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new Error(`${displayName(href)} is no JSON object`);
  }
  if (object.type === undefined) throw new Error("missing 'type' field on input dictionary");
  if (href === '-') return object;
  const links = Array.isArray(object.links) ? object.links : [];
  const isOther = (/** @type {any} */ link) => link?.rel !== 'self';
  return { ...object, links: [{ rel: 'self', href: placeOf(href) }, ...links.filter(isOther)] };
}

/**
 * Of a file it is the path, since addresses beside a path are taken literally, as they were saved.
 * @param {string} href
 */
function placeOf(href) {
  if (isUrl(href)) return href;
  return resolve(isFileUrl(href) ? fileURLToPath(href) : href).replaceAll(sep, '/');
}
