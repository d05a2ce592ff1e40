/**
 * One file, from a client into a store. What to do next is the chunk's decision (src/assets/transfer.hpp).
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { nameOf } from '../task/href.js';
import { hashing } from './checksum.js';
import { askable, hinted, isFiltered, isLengthUnsure, underCondition } from './cors.js';
import { errorOf, isFinal } from './failure.js';
import { readerOf } from './reader.js';
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
 * @property {string} [key]   of the object in the bucket
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
 * @property {number | null} exists  bytes of the finished file; null where there is none
 * @property {() => Promise<Part>} open
 */

/**
 * @param {import('./session.js').Session} session
 * @param {Job} job
 * @returns {Promise<boolean>} false where the file was there before
 * @throws {StacTaskError} what a client throws, and what the chunk says; the signal's reason after an abort
 */
export async function transfer(session, job) {
  const { exists, source } = job;
  const hasher = await hasherFor(session, job);
  const { overwrite, httpAssertContentType } = session.settings;
  const state = {
    maxAttempts: attemptsFor(source, session.settings),
    overwrite,
    assertType: httpAssertContentType,
    type: source.type ?? null,
    size: source.size ?? null,
    checksum: hasher ? source.checksum : null,
    resume: true,
    client: source.client,
  };
  const begin = (/** @type {import('../stores/download-store.js').Kept | null} */ part) => ({
    is: 'begin',
    exists,
    part,
  });
  if (exists !== null && session.next(state, begin(null)).action.do === 'skip') return false;
  const client = await session.clientOf(source.client);
  const part = await job.open();
  const watch = new Watch(session);
  try {
    const work = new Transfer(session, job, client, part, watch, hasher);
    await work.run(state, begin(part.kept));
  } catch (error) {
    const failure = error instanceof Discarded ? error.cause : error;
    const canKeep = !session.settings.clean && !(error instanceof Discarded) && part.keep;
    if (canKeep) await part.keep?.();
    else await part.discard(failure);
    session.signal.throwIfAborted();
    throw failure;
  } finally {
    watch.stop();
  }
  return true;
}

/**
 * @param {Source} source
 * @param {import('./options.js').Settings} settings
 */
export const attemptsFor = ({ client }, { httpMaxAttempts, s3MaxAttempts }) =>
  client === 's3' ? s3MaxAttempts : httpMaxAttempts;

/** A failure after which what was written is worth nothing. */
class Discarded extends Error {}

/**
 * @param {import('./session.js').Session} session
 * @param {Job} job
 */
async function hasherFor(session, { source, path }) {
  const { checksum } = source;
  if (!checksum) return undefined;
  const make = await hashing(checksum.algorithm);
  if (make) return make;
  const href = nameOf(source.href);
  const message = `the checksum of ${href} is not verified: nothing here computes ${checksum.algorithm}`;
  session.warn({ kind: 'warning', href, path, message });
  return undefined;
}

class Transfer {
  #session;
  #job;
  #client;
  #part;
  #watch;
  #newHasher;
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
   * @param {(() => import('./checksum.js').Hasher) | undefined} newHasher
   */
  constructor(session, job, client, part, watch, newHasher) {
    this.#session = session;
    this.#job = job;
    this.#name = nameOf(job.source.href);
    this.#client = client;
    this.#part = part;
    this.#watch = watch;
    this.#newHasher = newHasher;
    this.#size = part.kept?.size ?? 0;
  }

  /**
   * @param {object} state
   * @param {object} event
   */
  async run(state, event) {
    for (;;) {
      const next = this.#session.next(state, event);
      const { action } = next;
      state = next.state;
      if (action.do !== 'read') await this.#dismiss();
      if (action.do === 'finish') return this.#part.finish();
      if (action.do === 'fail') throw this.#failure(action);
      event = await this.#act(action);
    }
  }

  /**
   * @param {any} action
   * @returns {Promise<object>} what came of it
   */
  #act(action) {
    switch (action.do) {
      case 'request':
        return this.#request(action.headers);
      case 'read':
        return this.#read(action);
      case 'wait':
        return this.#wait(action);
      case 'verify':
        return this.#verify();
      default:
        throw new StacTaskError('ERR_CORE_TRAP', `the assets chunk wants to ${action.do}`);
    }
  }

  /** @param {Record<string, string>} headers */
  async #request(headers) {
    const { href, path } = this.#job.source;
    try {
      const isConditional = this.#isFiltered === true && 'if-range' in headers;
      const asked = isConditional ? askable(headers) : headers;
      const request = { headers: asked, signal: this.#watch.begin(), source: this.#job.source };
      const response = await this.#watch.over(this.#client.open(path ?? href, request));
      this.#response = response;
      this.#isFiltered = isFiltered(response);
      const all = [...response.headers].map(([name, value]) => [name.toLowerCase(), value]);
      /** @type {Record<string, string>} */
      const told = Object.fromEntries(all);
      const isUnsure = isLengthUnsure(response, told);
      this.#unsure = isUnsure ? told['content-length'] : undefined;
      return {
        is: 'response',
        status: response.status,
        statusText: response.statusText ?? '',
        headers: isConditional ? underCondition(told, headers['if-range']) : told,
        trustLength: !isUnsure,
        now: Date.now(),
        random: Math.random(),
      };
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
    this.#session.send({ kind: 'open', href, path, size });
    if (offset === 0) {
      await this.#restart();
      await this.#part.note?.({ ...validator, total, type: typeOf(this.#response) });
    }
    await this.#hashAgain();
    const most = total ?? source.size ?? Number.POSITIVE_INFINITY;
    const reader = readerOf(this.#response?.body ?? null);
    this.#response = undefined;
    try {
      for (;;) {
        const bytes = await this.#reading(reader);
        if (!bytes) break;
        await this.#write(bytes);
        // A server that sends more than it said may do so for ever.
        if (this.#size > most) {
          await reader.cancel();
          break;
        }
      }
    } catch (error) {
      await reader.cancel().catch(() => {});
      if (error instanceof ReadFailure) return this.#failed(error.cause);
      throw error;
    }
    return { is: 'ended', received: this.#size, random: Math.random() };
  }

  /**
   * What fails while it is read can be read again; what fails while it is written cannot.
   * @param {import('./reader.js').Reader} reader
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
    if (!this.#newHasher || this.#hashed?.size === this.#size) return;
    const hasher = this.#newHasher();
    if (this.#size > 0) for await (const bytes of this.#part.read?.() ?? []) hasher.update(bytes);
    this.#hashed = { hasher, size: this.#size };
  }

  async #verify() {
    await this.#hashAgain();
    const digest = this.#hashed?.hasher.digest() ?? '';
    this.#hashed = undefined;
    return { is: 'verified', digest };
  }

  /** @param {{ seconds: number, discard: boolean }} action */
  async #wait({ seconds, discard }) {
    if (discard) await this.#restart();
    this.#session.send({ kind: 'retry', href: this.#name, path: this.#job.path, seconds });
    await this.#watch.wait(seconds);
    return { is: 'waited' };
  }

  /** A response that nobody reads holds its connection. */
  async #dismiss() {
    const body = this.#response?.body;
    this.#response = undefined;
    if (body)
      await readerOf(body)
        .cancel()
        .catch(() => {});
  }

  /**
   * @param {any} error
   * @returns {object} the event
   */
  #failed(error) {
    this.#session.signal.throwIfAborted();
    if (isFinal(error)) throw error;
    const code = error?.code ?? error?.cause?.code;
    return {
      is: 'failed',
      why: this.#watch.why ?? 'network',
      received: this.#size,
      canKeep: true,
      message: `${this.#name} cannot be fetched${typeof code === 'string' ? ` (${code})` : ''}`,
      random: Math.random(),
    };
  }

  /** @param {{ error: import('./failure.js').Failure, discard: boolean }} action */
  #failure({ error, discard }) {
    const isOfStatus = error.status !== undefined && error.code === 'ERR_HTTP_STATUS';
    const told = this.#isFiltered === undefined ? hinted(error, this.#job.source.href) : error;
    const failure = errorOf(told, isOfStatus ? `, url='${this.#name}'` : '');
    return discard ? new Discarded('', { cause: failure }) : failure;
  }
}

class ReadFailure extends Error {}

/** @param {ClientResponse | undefined} response */
const typeOf = (response) =>
  [...(response?.headers ?? [])].find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
