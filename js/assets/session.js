/**
 * What the transfers of one call share: the chunk, the options, the clients, the limit, the messages and the end.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';
import { audienceOf } from './audience.js';
import { errorOf } from './failure.js';

/**
 * @typedef {import('../clients/client.js').Client} Client
 * @typedef {import('./messages.js').Message} Message
 * @typedef {import('./options.js').Settings} Settings
 * @typedef {import('../stores/download-store.js').DownloadStore} DownloadStore
 */

/** Tells the readers of a download; true where there are any. @typedef {(message: Message) => boolean | void} Send */

/** The functions of wasm/assets.cpp. @typedef {'client' | 'plan' | 'next' | 'resolve'} AssetsFunction */

/**
 * How the clients of this package are loaded. Files of this machine have a client only where there are files.
 * @type {Record<string, (localFiles: import('../runtime/host.js').LocalFiles | undefined) => Promise<{ createClient(context: import('../clients/client.js').ClientContext): Client }> | undefined>}
 */
const modules = {
  filesystem: (localFiles) => localFiles?.client(),
  earthdata: () => dynamicImport(() => import('#assets.earthdata'), bundleHint),
  http: () => dynamicImport(() => import('#assets.http'), bundleHint),
  'planetary-computer': () => dynamicImport(() => import('#assets.planetary'), bundleHint),
  s3: () => dynamicImport(() => import('#assets.s3'), bundleHint),
};

export class Session {
  /** @type {Map<string, Promise<Client>>} */
  #clients = new Map();
  #chunk;
  #send;
  #localFiles;
  #end = new AbortController();
  /** Of each transfer, what ends it: a signal warns of more than ten. @type {Set<(reason: unknown) => void>} */
  #ends = new Set();
  #forget = () => {};
  /** Until it is known what is fetched, nobody is sent anything. @type {import('./audience.js').Audience} */
  #audience = { everywhere: {}, byOrigin: new Map(), oauth2: [] };

  /** @type {Settings} */
  settings;

  /**
   * @param {import('../assets.js').Tools} tools
   * @param {import('../runtime/chunk.js').Chunk<any>} chunk
   * @param {Send} send
   * @param {Settings} settings
   */
  constructor({ localFiles }, chunk, send, settings) {
    this.#chunk = chunk;
    this.#localFiles = localFiles;
    this.#send = send;
    this.settings = settings;
    const { signal } = settings;
    if (!signal) return;
    signal.throwIfAborted();
    const abort = () => this.abort(signal.reason);
    signal.addEventListener('abort', abort);
    this.#forget = () => signal.removeEventListener('abort', abort);
  }

  /** Whether this has ended, and why. */
  get signal() {
    return this.#end.signal;
  }

  /** @param {unknown} reason */
  abort(reason) {
    this.#end.abort(reason);
    for (const end of this.#ends) end(this.#end.signal.reason);
  }

  /**
   * @param {(reason: unknown) => void} end  is called by `abort`
   * @returns {() => void}  to forget it
   */
  onAbort(end) {
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /** The caller's signal may live longer than this, and nothing that a client still waits for should. */
  close() {
    this.#forget();
    this.#end.abort(new StacTaskError('ERR_ENDED', 'the call has ended'));
  }

  /**
   * Say what this call fetches, before any of it is.
   * @param {{ href: string }[]} sources
   * @throws {StacTaskError} where it is not clear whom configured headers are for
   */
  expect(sources) {
    this.#audience = audienceOf(this.settings, sources);
  }

  /**
   * @param {AssetsFunction} name
   * @param {object} question
   * @returns {any}
   */
  ask(name, question) {
    return this.#chunk.call(name, JSON.stringify(question));
  }

  /**
   * @param {AssetsFunction} name
   * @param {object} question
   * @returns {any}
   * @throws {StacTaskError} what the chunk answers with
   */
  answer(name, question) {
    const answer = this.ask(name, question);
    if (answer.error) throw errorOf(answer.error);
    return answer;
  }

  /**
   * @param {object} state
   * @param {object} event
   * @returns {{ state: object, action: any }}
   */
  next(state, event) {
    return this.answer('next', { state, event });
  }

  /**
   * @param {string} name
   * @returns {Promise<Client>}
   * @throws {StacTaskError} ERR_CLIENT
   */
  clientOf(name) {
    let client = this.#clients.get(name);
    if (!client) {
      client = this.#makeClient(name);
      this.#clients.set(name, client);
    }
    return client;
  }

  /** @param {string} name */
  async #makeClient(name) {
    const { clients = {}, fetch: given = globalThis.fetch } = this.settings;
    const own = Object.hasOwn(clients, name) ? clients[name] : undefined;
    if (own) return own;
    const module = Object.hasOwn(modules, name) ? await modules[name]?.(this.#localFiles) : undefined;
    const { settings, signal } = this;
    const localFiles = this.#localFiles;
    const audience = this.#audience;
    /** @type {import('../clients/client.js').ClientContext['authenticate']} */
    const authenticate = (how) => this.#authenticate(how);
    // Workers and browsers refuse to have theirs called as a method of something else.
    /** @type {typeof globalThis.fetch} */
    const fetch = (input, init) => given(input, init);
    if (module) return module.createClient({ settings, fetch, audience, signal, localFiles, authenticate });
    throw new StacTaskError('ERR_CLIENT', `there is no client '${name}' here`, {
      hint: `Pass one: { clients: { '${name}': … } }.`,
    });
  }

  /** @param {{ url: string, code: string | null, isComplete: boolean }} how */
  #authenticate({ url, code, isComplete }) {
    this.send({ kind: 'authenticate', url, code });
    if (this.settings.onMessage) return;
    const text = isComplete
      ? `Visit ${url} to authenticate`
      : `Visit ${url} and enter code ${code} to authenticate.`;
    const printable = text.replace(/[^\x20-\x7e]/g, '');
    const { stderr } = globalThis.process ?? {};
    if (stderr?.write) stderr.write(`${printable}\n`);
    else console.info(printable);
  }

  /**
   * @param {Message} message
   * @returns {boolean} whether somebody listens
   */
  send(message) {
    const isRead = this.#send(message) === true;
    const { onMessage } = this.settings;
    try {
      onMessage?.(message);
    } catch (error) {
      // Whoever cannot listen any more wants no more of it.
      this.abort(error);
    }
    return isRead || onMessage !== undefined;
  }

  /**
   * Say what is no failure. Who listens to messages hears of it, and nobody else is told but by the console.
   * @param {import('./messages.js').WarningMessage} warning
   */
  warn(warning) {
    if (this.send(warning)) return;
    const emit = globalThis.process?.emitWarning;
    if (emit) emit(warning.message, 'DownloadWarning');
    else console.warn(warning.message);
  }
}

/**
 * @template T
 * @param {import('../assets.js').Tools} tools
 * @param {Send} send
 * @param {Settings} settings
 * @param {(session: Session) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inSession(tools, send, settings, work) {
  const session = new Session(tools, await tools.loadChunk(), send, settings);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}
