/**
 * The item, collection or item collection that a command is about.
 *
 * @module
 */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
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
  const self = isUrl(href) || isFileUrl(href) ? href : pathToFileURL(resolve(href)).href;
  const links = Array.isArray(object.links) ? object.links : [];
  const isOther = (/** @type {any} */ link) => link?.rel !== 'self';
  return { ...object, links: [{ rel: 'self', href: self }, ...links.filter(isOther)] };
}
