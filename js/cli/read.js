/**
 * Reads what a command line names: a path, a URL or `-`.
 *
 * @module
 */

import { open } from 'node:fs/promises';
import process from 'node:process';
import { codeOf, nameOf } from '../task/href.js';

/** @param {string} name */
export const isUrl = (name) => /^https?:\/\//i.test(name);

/** @param {string} name */
export const isFileUrl = (name) => /^file:\/\//i.test(name);

/**
 * An input as it may be printed: an address without what may be secret in it, such as the signature in its query.
 * @param {string} name
 */
export const shownName = (name) => (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(name) ? nameOf(name) : name);

/** What the system's error codes mean to whoever named the file. @type {Record<string, string>} */
const reasons = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
};

/**
 * An error of the file system, in words.
 * @param {string} name  of the file, as it was given
 * @param {unknown} error
 */
export function fileError(name, error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  return new Error(`${shownName(name)}: ${reasons[code ?? ''] ?? message}`);
}

/**
 * The bytes of an input, or more than `maxBytes` of them where there are more: reading stops there.
 * @param {string} name
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array>}
 * @throws {Error} which names the input
 */
export async function readInput(name, maxBytes) {
  if (isUrl(name)) return readUrl(name, maxBytes);
  try {
    if (name === '-') return await collect(process.stdin, maxBytes);
    return await readFile(isFileUrl(name) ? new URL(name) : name, maxBytes);
  } catch (error) {
    throw fileError(name === '-' ? '<stdin>' : name, error);
  }
}

/**
 * @param {string | URL} path
 * @param {number} maxBytes
 */
async function readFile(path, maxBytes) {
  const file = await open(path);
  try {
    return await collect(file.createReadStream({ autoClose: false }), maxBytes);
  } finally {
    await file.close();
  }
}

/**
 * @param {string} url
 * @param {number} maxBytes
 */
async function readUrl(url, maxBytes) {
  const name = nameOf(url);
  if (hasCredentials(url)) throw new Error(`${name} has credentials in it, which are not sent`);
  const response = await fetch(url).catch((error) => {
    throw new Error(`${name} cannot be fetched${codeOf(error)}`);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${name} answered with status ${response.status}`);
  }
  return collect(response.body ?? [], maxBytes).catch((error) => {
    throw new Error(`${name} cannot be read${codeOf(error)}`);
  });
}

/** @param {string} url */
function hasCredentials(url) {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/**
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
 * @param {number} maxBytes
 */
export async function collect(chunks, maxBytes) {
  const parts = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(parts);
}
