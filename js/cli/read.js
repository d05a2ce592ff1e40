/**
 * Reads what a command line names: a path, a URL or `-`.
 *
 * @module
 */

import { open } from 'node:fs/promises';
import process from 'node:process';

/**
 * The bytes of an input, or more than `maxBytes` of them where there are more: reading stops there.
 * @param {string} name
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array>}
 */
export async function readInput(name, maxBytes) {
  if (name === '-') return collect(process.stdin, maxBytes);
  if (/^https?:\/\//i.test(name)) return readUrl(name, maxBytes);
  const path = /^file:\/\//i.test(name) ? new URL(name) : name;
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
  const response = await fetch(url).catch((error) => {
    throw new Error(`${url} cannot be fetched: ${error.cause?.message ?? error.message}`);
  });
  if (!response.ok) throw new Error(`${url} answered with status ${response.status}`);
  return collect(response.body ?? [], maxBytes);
}

/**
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
 * @param {number} maxBytes
 */
async function collect(chunks, maxBytes) {
  const parts = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(parts);
}
