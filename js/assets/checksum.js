/**
 * Checksums that are computed while the bytes arrive.
 *
 * @module
 */

import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';

/** @typedef {{ update(bytes: Uint8Array): unknown, digest(): Uint8Array }} NobleHash */

/**
 * @typedef {object} Hasher
 * @property {(bytes: Uint8Array) => unknown} update
 * @property {() => string} digest  in hex; nothing can be done after it
 */

/** Of checksums that are added. */
export const addedAlgorithm = 'sha2-256';

/**
 * The multihash of such a digest: the code of the algorithm, 32 bytes, and those.
 * @param {string} digest  in hex
 */
export const addedMultihash = (digest) => `1220${digest}`;

/** What OpenSSL calls the algorithms of multihash that it has. */
const nameInNode = (/** @type {string} */ algorithm) =>
  algorithm
    .replace(/^sha2-512-/, 'sha512-')
    .replace(/^sha2-/, 'sha')
    .replace(/^blake2([bs])-(512|256)$/, 'blake2$1$2');

/**
 * @param {string} algorithm  by its name in the table of multihash
 * @param {number} [length]  bytes of the digest, where the algorithm has several
 * @returns {Promise<(() => Hasher) | undefined>}  undefined where nothing here computes it
 */
export async function hashing(algorithm, length) {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  const name = nameInNode(algorithm);
  if (crypto && !/^shake|^blake2.*-/.test(name) && crypto.getHashes().includes(name)) {
    return () => {
      const hash = crypto.createHash(name);
      return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
    };
  }
  const { createHash } = await dynamicImport(() => import('#assets.hashes'), bundleHint);
  if (!createHash(algorithm, length)) return undefined;
  return () => {
    const hash = /** @type {NobleHash} */ (createHash(algorithm, length));
    return { update: (bytes) => hash.update(bytes), digest: () => hexOf(hash.digest()) };
  };
}

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
