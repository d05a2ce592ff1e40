/**
 * From everything a payload may come as to what the core takes: text, bytes or an object.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';

/** UTF-16 units. */
const countedAtOnce = 1 << 14;

/** @typedef {string | ArrayBuffer | ArrayBufferView | object} SyncPayloadInput */

/**
 * A JSON text, its bytes, what delivers them, or a plain object.
 * @typedef {SyncPayloadInput | Response | Request | Blob | ReadableStream<Uint8Array>} PayloadInput
 */

/**
 * @typedef {{ text: string } | { bytes: Uint8Array } | { object: object } | { tooLarge: number }} Loaded
 *   `tooLarge` is the size that is known when reading stopped
 */

/**
 * @param {any} input
 * @param {number} maxBytes
 * @returns {Loaded | undefined} undefined for what must be awaited
 */
export function loadSync(input, maxBytes) {
  if (typeof input === 'string') {
    const size = bytesOf(input, maxBytes);
    return size > maxBytes ? { tooLarge: size } : { text: input };
  }
  if (ArrayBuffer.isView(input)) {
    return ofBytes(new Uint8Array(input.buffer, input.byteOffset, input.byteLength), maxBytes);
  }
  if (/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input))) {
    return ofBytes(new Uint8Array(/** @type {ArrayBuffer} */ (input)), maxBytes);
  }
  if (isStreamed(input)) return undefined;
  if (typeof input === 'object' && input !== null) return { object: input };
  throw invalidArgument(
    `a payload cannot be read from ${input === null ? 'null' : typeof input}`,
    'Pass JSON text, bytes, a Response, a Blob, a stream or an object.',
  );
}

/**
 * @param {any} input
 * @param {number} maxBytes
 * @returns {Promise<Loaded>}
 * @throws {StacTaskError} ERR_HTTP_STATUS for a response that is not ok, ERR_READ_FAILED
 */
export async function load(input, maxBytes) {
  if (typeof input?.then === 'function') return load(await input, maxBytes);
  const loaded = loadSync(input, maxBytes);
  if (loaded) return loaded;
  if (isResponse(input)) return loadResponse(input, maxBytes);
  if (isBlob(input)) {
    if (input.size > maxBytes) return { tooLarge: input.size };
    return ofBytes(new Uint8Array(await reading(() => input.arrayBuffer())), maxBytes);
  }
  return loadStream(input, maxBytes);
}

/**
 * The size of a text in UTF-8, measured only where it may be too large.
 * @param {string} text
 * @param {number} maxBytes
 */
function bytesOf(text, maxBytes) {
  const isSmall = text.length * 3 <= maxBytes;
  if (isSmall || text.length > maxBytes) return text.length;
  const encoder = new TextEncoder();
  const scratch = new Uint8Array(countedAtOnce * 3);
  let size = 0;
  for (let from = 0; from < text.length && size <= maxBytes; ) {
    const to = from + countedAtOnce;
    // The halves of a pair are counted together.
    const end = isHighSurrogate(text.charCodeAt(to - 1)) ? to - 1 : to;
    size += encoder.encodeInto(text.slice(from, end), scratch).written;
    from = end;
  }
  return size;
}

/** @param {number} unit */
const isHighSurrogate = (unit) => (unit & 0xfc00) === 0xd800;

/**
 * @param {Response} response  or a Request, which has no status
 * @param {number} maxBytes
 */
async function loadResponse(response, maxBytes) {
  if (response.ok === false) {
    await response.body?.cancel();
    // A query may hold a signature.
    const from = response.url ? ` from ${response.url.replace(/[?#].*/, '')}` : '';
    throw new StacTaskError('ERR_HTTP_STATUS', `the response${from} has status ${response.status}`);
  }
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    return { tooLarge: announced };
  }
  if (response.body) return loadStream(response.body, maxBytes);
  return ofBytes(new Uint8Array(await reading(() => response.arrayBuffer())), maxBytes);
}

/**
 * Stops at the first byte too many, so that an endless stream does no harm.
 * @param {any} stream  a web stream, or what is iterable like Node's
 * @param {number} maxBytes
 * @returns {Promise<Loaded>}
 */
async function loadStream(stream, maxBytes) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of chunksOf(stream)) {
    size += chunk.length;
    if (size > maxBytes) return { tooLarge: size };
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return { bytes };
}

/**
 * @param {any} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(stream) {
  const isWeb = typeof stream.getReader === 'function';
  const reader = await reading(async () => (isWeb ? stream.getReader() : stream[Symbol.asyncIterator]()));
  let done = false;
  try {
    for (;;) {
      const next = await reading(() => (isWeb ? reader.read() : reader.next()));
      done = next.done;
      if (done) return;
      yield toBytes(next.value);
    }
  } finally {
    if (!done) await Promise.resolve(isWeb ? reader.cancel() : reader.return?.()).catch(() => {});
    if (isWeb) reader.releaseLock();
  }
}

/**
 * @param {any} chunk
 * @returns {Uint8Array}
 */
function toBytes(chunk) {
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk);
  const loaded =
    typeof chunk === 'object' && chunk !== null ? loadSync(chunk, Number.POSITIVE_INFINITY) : undefined;
  if (loaded && 'bytes' in loaded) return loaded.bytes;
  throw invalidArgument('a stream of a payload delivers bytes or text, nothing else');
}

/**
 * @template T
 * @param {() => Promise<T>} read
 * @returns {Promise<T>}
 */
async function reading(read) {
  try {
    return await read();
  } catch (cause) {
    throw new StacTaskError('ERR_READ_FAILED', `the payload cannot be read: ${cause}`, { cause });
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {number} maxBytes
 * @returns {Loaded}
 */
const ofBytes = (bytes, maxBytes) => (bytes.length > maxBytes ? { tooLarge: bytes.length } : { bytes });

const isResponse = (/** @type {any} */ value) =>
  typeof value?.arrayBuffer === 'function' && typeof value.headers?.get === 'function';

const isBlob = (/** @type {any} */ value) =>
  typeof value?.arrayBuffer === 'function' && typeof value.size === 'number';

const isStreamed = (/** @type {any} */ value) =>
  typeof value?.then === 'function' ||
  isResponse(value) ||
  isBlob(value) ||
  typeof value?.getReader === 'function' ||
  (typeof value === 'object' && typeof value?.[Symbol.asyncIterator] === 'function');
