/**
 * Downloads to a bucket of Cloudflare's R2. An object is there as soon as R2 has its last byte, so that is held back until
 * everything is verified.
 *
 * @module
 */

import { invalidArgument } from '../errors.js';
import { readerOf } from '../runtime/reader.js';

/**
 * @typedef {import('./download-store.js').DownloadStore} DownloadStore
 * @typedef {import('./download-store.js').Part} Part
 * @typedef {{ httpMetadata?: { contentType: string } }} PutOptions
 */

/**
 * What is used of an `R2Bucket`.
 *
 * @typedef {object} Bucket
 * @property {(key: string) => Promise<{ size: number } | null>} head
 * @property {(key: string) => Promise<{ body: ReadableStream<Uint8Array> } | null>} get
 * @property {(key: string, value: ReadableStream<Uint8Array> | Uint8Array, options: PutOptions) => Promise<unknown>} put
 * @property {(key: string, options: PutOptions) => Promise<MultipartUpload>} createMultipartUpload
 */

/**
 * @typedef {object} MultipartUpload
 * @property {(number: number, value: Uint8Array) => Promise<unknown>} uploadPart  numbers count from 1
 * @property {(parts: unknown[]) => Promise<unknown>} complete  makes the object appear
 * @property {() => Promise<void>} abort
 */

/** Where an object's bytes go. @typedef {Pick<Part, 'write' | 'finish' | 'discard'>} Target */

/** Bytes that R2 wants of each part but the last. */
const smallestPart = 5 * 1024 * 1024;

/** Parts that R2 takes. */
const mostParts = 10_000;

/** Bytes that R2 takes at once. */
const largestPut = 5 * 1024 ** 3 - smallestPart;

/** What a buffer begins with, where nobody knows how much comes. */
const firstBuffer = 64 * 1024;

/**
 * @param {Bucket} bucket
 * @returns {DownloadStore}
 */
export const bucketStore = (bucket) => ({
  // Each holds two of the six connections that a Worker has: the one that it reads, and the one that it writes.
  atOnce: 3,
  sizeOf: async (path) => (await bucket.head(keyOf(path)))?.size ?? null,
  async *read(path) {
    const object = await bucket.get(keyOf(path));
    if (!object) return;
    const reader = readerOf(object.body);
    try {
      for (let bytes = await reader.read(); bytes; bytes = await reader.read()) yield bytes;
    } finally {
      await reader.cancel();
    }
  },
  open: async (path, { type }) => objectPart(bucket, keyOf(path), type ?? null),
});

/**
 * @param {string} path
 * @returns {string}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
function keyOf(path) {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length > 0 && !names.includes('..')) return names.join('/');
  throw invalidArgument(`'${path}' is no key of a bucket`, "Pass a path without '..'.");
}

/**
 * @param {Bucket} bucket
 * @param {string} key
 * @param {string | null} type
 * @returns {Part}
 */
function objectPart(bucket, key, type) {
  /** @type {{ total: number | null, type: string | null }} */
  let answer = { total: null, type: null };
  /** @type {Target | undefined} */
  let target;
  const begin = () => {
    const options = optionsFor(type, answer.type);
    const { total } = answer;
    const { FixedLengthStream } = globalThis;
    const isStreamed = total !== null && total > smallestPart && total <= largestPut;
    if (!isStreamed || !FixedLengthStream) return buffered(bucket, key, total, options);
    return streamed(bucket, key, new FixedLengthStream(total), total, options);
  };
  const discard = async (/** @type {unknown} */ error) => {
    await target?.discard(error);
    target = undefined;
  };
  return {
    kept: null,
    async note(given) {
      answer = given;
    },
    write(bytes) {
      if (bytes.length === 0) return;
      target ??= begin();
      return target.write(bytes);
    },
    restart: () => discard(new Error('it begins again')),
    finish: () => (target ?? begin()).finish(),
    discard,
  };
}

/**
 * @param {(string | null)[]} types  the first that a header can have
 * @returns {PutOptions}
 */
function optionsFor(...types) {
  const contentType = types.find((type) => type !== null && /^[\x20-\x7e]+$/.test(type));
  return contentType ? { httpMetadata: { contentType } } : {};
}

/**
 * One put, to which the bytes flow while they arrive.
 *
 * @param {Bucket} bucket
 * @param {string} key
 * @param {{ readable: ReadableStream<Uint8Array>, writable: WritableStream<Uint8Array> }} pipe  for so many bytes
 * @param {number} total
 * @param {PutOptions} options
 * @returns {Target}
 */
function streamed(bucket, key, { readable, writable }, total, options) {
  let left = total;
  /** @type {Uint8Array | undefined} */
  let last;
  const writer = writable.getWriter();
  // What fails is told by the writes.
  writer.closed.catch(() => {});
  const put = bucket.put(key, readable, options);
  /** @type {{ error: unknown } | undefined} */
  let failure;
  /** @type {(error: unknown) => void} */
  let fail = () => {};
  put.catch((error) => {
    failure = { error };
    fail(error);
  });
  // A write waits until its bytes are taken: for ever, after a put has failed.
  const send = (/** @type {Uint8Array} */ bytes) =>
    new Promise((resolve, reject) => {
      fail = reject;
      if (failure) reject(failure.error);
      else writer.write(bytes).then(resolve, reject);
    });
  return {
    async write(bytes) {
      left -= bytes.length;
      // The end waits for `finish`. If more comes than was said, the transfer fails.
      if (left > 0) await send(bytes);
      else last = left === 0 ? bytes.slice() : undefined;
    },
    async finish() {
      if (last) await send(last);
      await Promise.all([writer.close(), put]);
    },
    async discard(error) {
      await writer.abort(error).catch(() => {});
      await put.catch(() => {});
    },
  };
}

/**
 * One put if it is short, and an upload in parts otherwise.
 *
 * @param {Bucket} bucket
 * @param {string} key
 * @param {number | null} total
 * @param {PutOptions} options
 * @returns {Target}
 */
function buffered(bucket, key, total, options) {
  const size = Math.max(smallestPart, Math.ceil((total ?? 0) / mostParts));
  let buffer = new Uint8Array(Math.min(total ?? firstBuffer, size));
  let end = 0;
  /** @type {MultipartUpload | undefined} */
  let upload;
  /** @type {unknown[]} */
  const parts = [];
  const sendPart = async () => {
    upload ??= await bucket.createMultipartUpload(key, options);
    parts.push(await upload.uploadPart(parts.length + 1, buffer.subarray(0, end)));
    end = 0;
  };
  const grow = (/** @type {number} */ least) => {
    const larger = new Uint8Array(Math.min(Math.max(least, 2 * buffer.length), size));
    larger.set(buffer.subarray(0, end));
    buffer = larger;
  };
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        // What is full waits for the next byte: it may be all.
        if (end === size) await sendPart();
        const some = bytes.subarray(at, at + size - end);
        if (end + some.length > buffer.length) grow(end + some.length);
        buffer.set(some, end);
        end += some.length;
        at += some.length;
      }
    },
    async finish() {
      if (!upload) await bucket.put(key, buffer.subarray(0, end), options);
      else {
        await sendPart();
        await upload.complete(parts);
      }
    },
    discard: async () => {
      await upload?.abort().catch(() => {});
    },
  };
}
