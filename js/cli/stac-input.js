/**
 * The item, collection or item collection that a command is about.
 *
 * @module
 */

import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf } from '../task/href.js';
import { isFileUrl, readInput } from './read.js';
import { isAddress, readAddress } from './read-address.js';
import { displayName } from './terminal.js';

/** @typedef {import('#package').InfoOptions} InfoOptions */

/**
 * @param {string} href
 * @param {number} maxBytes
 * @param {InfoOptions} settings  how addresses are read
 * @returns {Promise<{ object: Record<string, any>, audience: InfoOptions }>} the object, whose self link says where it was
 *   read, so that relative addresses are found; and options for those, over the settings
 * @throws {Error} which names the input, or in Python's words where it has no type
 */
export async function readObject(href, maxBytes, settings) {
  const name = displayName(isAddress(href) ? nameOf(href) : href);
  const { bytes, audience } = isAddress(href)
    ? await readAddress(href, maxBytes, settings)
    : { bytes: await readInput(href, maxBytes), audience: {} };
  if (bytes.length > maxBytes) throw new Error(`${name} has more than ${maxBytes} bytes`);
  let object;
  try {
    object = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`${name} is no JSON: ${/** @type {Error} */ (error).message}`);
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new Error(`${name} is no JSON object`);
  }
  if (object.type === undefined) throw new Error("missing 'type' field on input dictionary");
  if (href === '-') return { object, audience };
  const links = Array.isArray(object.links) ? object.links : [];
  const isOther = (/** @type {any} */ link) => link?.rel !== 'self';
  const self = { rel: 'self', href: placeOf(href) };
  return { object: { ...object, links: [self, ...links.filter(isOther)] }, audience };
}

/**
 * Of a file it is the path, since addresses beside a path are taken literally, as they were saved. A user and a query may
 * be secret, and links are saved.
 * @param {string} href
 */
function placeOf(href) {
  if (isAddress(href)) return /^s3:/i.test(href) ? href : nameOf(href);
  return resolve(isFileUrl(href) ? fileURLToPath(href) : href).replaceAll(sep, '/');
}
