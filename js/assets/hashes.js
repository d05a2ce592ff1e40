/**
 * Checksums where the runtime has none that can be computed while the bytes arrive. Loaded when one is needed.
 *
 * @module
 */

import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import {
  keccak_224,
  keccak_256,
  keccak_384,
  keccak_512,
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
  shake128,
  shake256,
} from '@noble/hashes/sha3.js';

/** By their names in the table of multihash. @type {Record<string, (dkLen: number) => import('./checksum.js').NobleHash>} */
const hashes = {
  md5: () => md5.create(),
  sha1: () => sha1.create(),
  'sha2-224': () => sha224.create(),
  'sha2-256': () => sha256.create(),
  'sha2-384': () => sha384.create(),
  'sha2-512': () => sha512.create(),
  'sha2-512-224': () => sha512_224.create(),
  'sha2-512-256': () => sha512_256.create(),
  'sha3-224': () => sha3_224.create(),
  'sha3-256': () => sha3_256.create(),
  'sha3-384': () => sha3_384.create(),
  'sha3-512': () => sha3_512.create(),
  'keccak-224': () => keccak_224.create(),
  'keccak-256': () => keccak_256.create(),
  'keccak-384': () => keccak_384.create(),
  'keccak-512': () => keccak_512.create(),
  'shake-128': () => shake128.create({ dkLen: 32 }),
  'shake-256': () => shake256.create({ dkLen: 64 }),
  'ripemd-160': () => ripemd160.create(),
  blake3: (dkLen) => blake3.create({ dkLen }),
};

/**
 * @param {string} algorithm
 * @param {number} [length]  bytes of a digest of BLAKE3, which may have any
 * @returns {import('./checksum.js').NobleHash | undefined}
 */
export function createHash(algorithm, length = 32) {
  const [, kind, bits] = /^blake2([bs])-(\d+)$/.exec(algorithm) ?? [];
  if (kind) return (kind === 'b' ? blake2b : blake2s).create({ dkLen: Number(bits) / 8 });
  return Object.hasOwn(hashes, algorithm) ? hashes[algorithm]?.(length) : undefined;
}
