/**
 * One file, from a client into a store. What to do next is the chunk's decision (src/assets/transfer.hpp).
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { dismiss, drop, readerOf } from '../runtime/reader.js';
import { nameOf } from '../task/href.js';
import { addedAlgorithm, addedMultihash, hashing } from './checksum.js';
import { askable, hinted, isFiltered, isLengthUnsure, underCondition } from './cors.js';
import { attemptsFor, failedEvent, failureOf, follow, headersOf, responseEvent } from './steps.js';
import { Watch } from './watch.js';

/**
 * @typedef {import('../clients/client.js').ClientResponse} ClientResponse
 * @typedef {import('../stores/download-store.js').Part} Part
 */

/**
 * What is to be fetched, as the chunk says it (src/assets/plan.hpp), or a part of that.
 * @typedef {object} Source
 * @property {string} href
 * @property {string} client
 * @property {string} [path]  of the file system
 * @property {string} [bucket]
 * @property {string} [objectKey]  in the bucket
 * @property {string | null} [type]  media type
 * @property {number | null} [size]
 * @property {{ algorithm: string, digest: string } | null} [checksum]
 * @property {boolean} [requesterPays]
 * @property {string} [region]
 */

/**
 * @typedef {object} Job
 * @property {Source} source
 * @property {string} path  for messages
 * @property {Existing | null} exists  the finished file; null where there is none
 * @property {() => Promise<Part>} open
 */

/** @typedef {{ size: number, read: () => AsyncIterable<Uint8Array> }} Existing  bytes, and what reads them */

/**
 * What is known of a file in the end, with `checksum: 'add'`.
 * @typedef {object} FileInfo
 * @property {number} size  bytes
 * @property {string | null} checksum  a multihash; null where the asset has one
 */

/**
 * @param {import('./session.js').Session} session
 * @param {Job} job
 * @returns {Promise<{ isFetched: boolean, info: FileInfo | null }>} isFetched: false where the file was there before
 * @throws {StacTaskError} what a client throws, and what the chunk says; the signal's reason after an abort
 */
export async function transfer(session, job) {
  const { exists, source } = job;
  const { overwrite, httpAssertContentType, checksum } = session.settings;
  const hash = await hashFor(session, job);
  const state = {
    maxAttempts: attemptsFor(source, session.settings),
    overwrite,
    assertType: httpAssertContentType,
    type: source.type ?? null,
    size: source.size ?? null,
    checksum: hash?.isGiven ? source.checksum : null,
    checkExisting: checksum !== 'arriving',
    resume: true,
    client: source.client,
  };
  if (exists && (await isKept(session, job, exists, state, hash))) {
    return { isFetched: false, info: await infoOf(session, exists, hash) };
  }
  const client = await session.clientOf(source.client);
  const part = await job.open();
  const watch = new Watch(session);
  try {
    const work = new Transfer(session, job, client, part, watch, hash);
    const info = await work.run(state, { is: 'begin', exists: null, part: part.kept });
    return { isFetched: true, info };
  } catch (error) {
    watch.abandon();
    const failure = error instanceof Discarded ? error.cause : error;
    const canKeep = !session.settings.clean && !(error instanceof Discarded) && part.keep;
    if (canKeep) await part.keep?.();
    else await part.discard(failure);
    session.signal.throwIfAborted();
    throw failure;
  } finally {
    watch.stop();
  }
}

/** A failure after which what was written is worth nothing. */
class Discarded extends Error {}

/**
 * How the bytes are hashed: by the algorithm of `file:checksum`, or to add one.
 * @typedef {{ make: () => import('./checksum.js').Hasher, isGiven: boolean }} Hash
 */

/**
 * @param {import('./session.js').Session} session
 * @param {Job} job
 * @returns {Promise<Hash | undefined>}
 */
async function hashFor(session, { source, path }) {
  const { checksum } = source;
  const how = session.settings.checksum;
  const algorithm = checksum?.algorithm ?? (how === 'add' ? addedAlgorithm : undefined);
  if (algorithm === undefined) return undefined;
  // Two digits of the digest are a byte.
  const make = await hashing(algorithm, checksum ? checksum.digest.length / 2 : undefined);
  if (make) return { make, isGiven: Boolean(checksum) };
  const href = nameOf(source.href);
  const message = `the checksum of ${href} is not verified: nothing here computes ${algorithm}`;
  if (how === 'require') throw new StacTaskError('ERR_CHECKSUM', message);
  session.warn({ kind: 'warning', href, path, message });
  return undefined;
}

/**
 * Whether the file that is there stays.
 * @param {import('./session.js').Session} session
 * @param {Job} job
 * @param {Existing} exists
 * @param {object} state
 * @param {Hash | undefined} hash
 */
async function isKept(session, { source, path }, exists, state, hash) {
  const first = session.next(state, { is: 'begin', exists: exists.size, part: null });
  if (first.action.do !== 'verify' || !hash) return first.action.do === 'skip';
  const digest = await digestOf(session, exists, hash);
  const isRight = session.next(first.state, { is: 'verified', digest }).action.do === 'skip';
  if (!isRight) {
    const message = `${path} is downloaded again: its checksum is not the asset's`;
    session.warn({ kind: 'warning', href: nameOf(source.href), path, message });
  }
  return isRight;
}

/**
 * @param {import('./session.js').Session} session
 * @param {Existing} exists
 * @param {Hash} hash
 */
async function digestOf(session, exists, { make }) {
  const hasher = make();
  for await (const bytes of exists.read()) {
    session.signal.throwIfAborted();
    hasher.update(bytes);
  }
  return hasher.digest();
}

/**
 * @param {import('./session.js').Session} session
 * @param {Existing} exists
 * @param {Hash | undefined} hash
 * @returns {Promise<FileInfo | null>}
 */
async function infoOf(session, exists, hash) {
  if (session.settings.checksum !== 'add') return null;
  const isAdded = hash && !hash.isGiven;
  return {
    size: exists.size,
    checksum: isAdded ? addedMultihash(await digestOf(session, exists, hash)) : null,
  };
}

class Transfer {
  #session;
  #job;
  #client;
  #part;
  #watch;
  #hash;
  /** Of the source, for messages. */
  #name;
  /** Of what is in the part. @type {{ hasher: import('./checksum.js').Hasher, size: number } | undefined} */
  #hashed;
  /** Bytes in the part. */
  #size;
  /** @type {ClientResponse | undefined} */
  #response;
  /** Whether the last answer was filtered by a browser; undefined where none came. @type {boolean | undefined} */
  #isFiltered;
  /** What a server says of a length that may be another. @type {string | undefined} */
  #unsure;

  /**
   * @param {import('./session.js').Session} session
   * @param {Job} job
   * @param {import('../clients/client.js').Client} client
   * @param {Part} part
   * @param {Watch} watch
   * @param {Hash | undefined} hash
   */
  constructor(session, job, client, part, watch, hash) {
    this.#session = session;
    this.#job = job;
    this.#name = nameOf(job.source.href);
    this.#client = client;
    this.#part = part;
    this.#watch = watch;
    this.#hash = hash;
    this.#size = part.kept?.size ?? 0;
  }

  /**
   * @param {object} state
   * @param {object} begin
   * @returns {Promise<FileInfo | null>}
   */
  async run(state, begin) {
    await follow(this.#session, state, begin, (action) => this.#act(action));
    const info = await this.#info();
    await this.#part.finish();
    return info;
  }

  /**
   * @param {any} action
   * @returns {Promise<object | undefined>} what came of it; undefined where all is there
   */
  async #act(action) {
    if (action.do !== 'read') {
      dismiss(this.#response);
      this.#response = undefined;
    }
    switch (action.do) {
      case 'request':
        return this.#request(action.headers);
      case 'read':
        return this.#read(action);
      case 'wait':
        return this.#wait(action);
      case 'verify':
        return { is: 'verified', digest: await this.#digest() };
      case 'finish':
        return undefined;
      case 'fail':
        throw this.#failure(action);
      default:
        throw new StacTaskError('ERR_CORE_TRAP', `the assets chunk wants to ${action.do}`);
    }
  }

  /** @param {Record<string, string>} headers */
  async #request(headers) {
    const { source } = this.#job;
    try {
      const isConditional = this.#isFiltered === true && 'if-range' in headers;
      const asked = isConditional ? askable(headers) : headers;
      const request = { headers: asked, signal: this.#watch.begin(), source };
      const response = await this.#watch.over(
        this.#client.open(source.path ?? source.href, request),
        dismiss,
      );
      this.#response = response;
      this.#isFiltered = isFiltered(response);
      const event = responseEvent(response);
      const isUnsure = isLengthUnsure(response, event.headers);
      this.#unsure = isUnsure ? event.headers['content-length'] : undefined;
      const told = isConditional ? underCondition(event.headers, headers['if-range']) : event.headers;
      return { ...event, headers: told, trustLength: !isUnsure };
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** @param {{ offset: number, total: number | null, validator: import('../stores/download-store.js').Validator, warning?: string }} action */
  async #read({ offset, total, validator, warning }) {
    const { source, path } = this.#job;
    const href = this.#name;
    if (warning) this.#session.warn({ kind: 'warning', href, path, message: warning });
    const size = total ?? (this.#unsure === undefined ? null : offset + Number(this.#unsure));
    this.#session.send({ kind: 'open', href, path, size, offset });
    const most = total ?? source.size ?? Number.POSITIVE_INFINITY;
    const type = typeOf(this.#response);
    const reader = readerOf(this.#response?.body ?? null);
    this.#response = undefined;
    try {
      if (offset === 0) {
        await this.#restart();
        await this.#part.note?.({ ...validator, total, type });
      }
      await this.#hashAgain();
      for (;;) {
        const bytes = await this.#reading(reader);
        if (!bytes) break;
        await this.#write(bytes);
        // A server that sends more than it said may do so for ever.
        if (this.#size > most) {
          drop(reader);
          break;
        }
      }
    } catch (error) {
      drop(reader);
      if (error instanceof ReadFailure) return this.#failed(error.cause);
      throw error;
    }
    return { is: 'ended', received: this.#size, random: Math.random() };
  }

  /**
   * What fails while it is read can be read again; what fails while it is written cannot.
   * @param {import('../runtime/reader.js').Reader} reader
   */
  async #reading(reader) {
    try {
      return await this.#watch.over(reader.read());
    } catch (cause) {
      throw new ReadFailure('', { cause });
    }
  }

  /** @param {Uint8Array} bytes */
  async #write(bytes) {
    this.#hashed?.hasher.update(bytes);
    await this.#part.write(bytes);
    this.#size += bytes.length;
    if (this.#hashed) this.#hashed.size = this.#size;
    this.#session.send({ kind: 'chunk', href: this.#name, path: this.#job.path, size: bytes.length });
  }

  /** Throw away what is in the part. */
  async #restart() {
    if (this.#size > 0) {
      if (!this.#part.restart) {
        throw new StacTaskError(
          'ERR_NO_RESTART',
          `${this.#name} begins again, and what was written of it cannot be taken back`,
        );
      }
      await this.#part.restart();
    }
    this.#size = 0;
    this.#hashed = undefined;
  }

  /** What was kept from another call went through no hasher of this one. */
  async #hashAgain() {
    if (!this.#hash || this.#hashed?.size === this.#size) return;
    const hasher = this.#hash.make();
    if (this.#size > 0) for await (const bytes of this.#part.read?.() ?? []) hasher.update(bytes);
    this.#hashed = { hasher, size: this.#size };
  }

  async #digest() {
    await this.#hashAgain();
    const digest = this.#hashed?.hasher.digest() ?? '';
    this.#hashed = undefined;
    return digest;
  }

  /** @returns {Promise<FileInfo | null>} */
  async #info() {
    if (this.#session.settings.checksum !== 'add') return null;
    const isAdded = this.#hash && !this.#hash.isGiven;
    return { size: this.#size, checksum: isAdded ? addedMultihash(await this.#digest()) : null };
  }

  /** @param {{ seconds: number, discard: boolean }} action */
  async #wait({ seconds, discard }) {
    if (discard) await this.#restart();
    this.#session.send({ kind: 'retry', href: this.#name, path: this.#job.path, seconds });
    await this.#watch.wait(seconds);
    return { is: 'waited' };
  }

  /** @param {unknown} error */
  #failed(error) {
    return failedEvent(this.#session, this.#watch, this.#job.source, error, this.#size);
  }

  /** @param {{ error: import('./failure.js').Failure, discard: boolean }} action */
  #failure({ error, discard }) {
    const told = this.#isFiltered === undefined ? hinted(error, this.#job.source.href) : error;
    const failure = failureOf(this.#job.source, told);
    return discard ? new Discarded('', { cause: failure }) : failure;
  }
}

class ReadFailure extends Error {}

/** @param {ClientResponse | undefined} response */
const typeOf = (response) => (response && headersOf(response)['content-type']) ?? null;
