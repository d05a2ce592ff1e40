/*
 * Runs in a page or a worker: one call of the package, and what came of it as data.
 */
import {
  assertAssetExists,
  assetExists,
  downloadAsset,
  downloadItem,
  openHref,
  readHref,
  resolveAssetHref,
  signHref,
  validate,
} from '/stac-task/browser.js';

const calls = {
  assertAssetExists,
  assetExists,
  downloadAsset,
  downloadItem,
  openHref,
  readHref,
  resolveAssetHref,
  signHref,
  validate: (text) => validate(text),
};

/**
 * @typedef {object} Step
 * @property {string} call  a function of the package
 * @property {unknown[]} [args]
 * @property {Record<string, unknown>} [options]
 * @property {'private files' | 'a folder' | 'a map'} [store]  a folder is one in the private files
 * @property {boolean} [intoStream]  the last argument is a WritableStream
 * @property {string} [abortAt]  the kind of the message at which the signal is given
 * @property {string} [closeAt]  the kind of the message at which the page may be closed
 */

/**
 * @typedef {object} Outcome
 * @property {any} value
 * @property {any} error
 * @property {any[]} messages
 * @property {Record<string, string>} files  SHA-256, by path
 * @property {string[]} atFirstChunk  the names in `scene` when the first bytes were there
 * @property {{ size: number, end: string } | undefined} stream
 */

/** @param {Step} step @returns {Promise<Outcome>} */
export async function perform({ call, args = [], options = {}, store, intoStream, abortAt, closeAt }) {
  const root = await navigator.storage.getDirectory();
  const map = new Map();
  const stores = { 'private files': root, 'a map': map };
  const folder =
    store === 'a folder' ? await root.getDirectoryHandle('mine', { create: true }) : stores[store];
  const filesNow = () => (store === 'a map' ? filesOfMap(map) : filesIn(folder ?? root));
  const abort = new AbortController();
  const stream = intoStream ? sink() : undefined;
  const outcome = { value: null, error: null, messages: [], files: {}, atFirstChunk: [], stream: undefined };
  try {
    const given = { ...options, signal: abort.signal, ...(folder ? { store: folder } : {}) };
    const promise = calls[call](...args, ...(stream ? [stream.writable] : []), given);
    if (promise[Symbol.asyncIterator]) {
      for await (const message of promise) {
        outcome.messages.push(plain(message));
        if (store === 'private files' && message.kind === 'chunk' && outcome.atFirstChunk.length === 0) {
          outcome.atFirstChunk = await namesIn(root, 'scene');
        }
        if (message.kind === closeAt) globalThis.wantsToEnd = true;
        if (message.kind === abortAt) abort.abort(new Error('that is enough'));
      }
    }
    outcome.value = await plainValue(await promise);
  } catch (error) {
    outcome.error = plainError(error);
  }
  return { ...outcome, files: await filesNow(), stream: stream?.state };
}

function sink() {
  const state = { size: 0, end: 'none' };
  const writable = new WritableStream({
    write(bytes) {
      state.size += bytes.length;
    },
    close() {
      state.end = 'closed';
    },
    abort() {
      state.end = 'aborted';
    },
  });
  return { state, writable };
}

async function namesIn(root, name) {
  const names = [];
  for await (const each of (await root.getDirectoryHandle(name)).keys()) names.push(each);
  return names;
}

async function filesIn(folder, prefix = '') {
  const found = {};
  for await (const [name, handle] of folder) {
    if (handle.kind === 'directory') Object.assign(found, await filesIn(handle, `${prefix}${name}/`));
    else found[prefix + name] = await sha256(await (await handle.getFile()).arrayBuffer());
  }
  return found;
}

/** As an application would: each becomes a Blob with an address. */
async function filesOfMap(map) {
  const found = {};
  for (const [path, bytes] of map) {
    const url = URL.createObjectURL(new Blob([bytes]));
    found[path] = await sha256(await (await fetch(url)).arrayBuffer());
    URL.revokeObjectURL(url);
  }
  return found;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const plainValue = async (value) => {
  if (value instanceof ReadableStream) return new Response(value).text();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
};

const plain = ({ error, ...message }) => (error ? { ...message, error: plainError(error) } : message);

const plainError = ({ name, code, message, hint, status, errors }) => ({
  name,
  code,
  message,
  hint,
  status,
  errors: errors?.map(plainError),
});
