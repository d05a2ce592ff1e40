/**
 * Payloads that say where the payload is: `href` or `url`. Loaded when there is one.
 *
 * @module
 */

import { InvalidInput, PayloadTypeError, StacTaskError } from '../errors.js';
import { locationOf, mostRedirects } from '../runtime/redirects.js';

/**
 * @typedef {object} HrefOptions
 * @property {(href: string, options: { signal: AbortSignal }) => unknown} [resolve]  reads addresses of any kind, or
 *   gives undefined for those that are left to this package
 * @property {(url: string) => boolean | PromiseLike<boolean>} [allowHref]  whether an address may be read; asked again
 *   after each redirect. With it, files are never read. Default: all may be
 * @property {typeof fetch} [fetch]
 */

/**
 * @typedef {object} Readers
 * @property {import('../runtime/host.js').Workdirs['open']} [openFile]  where there are files
 * @property {typeof import('../assets.js').openHref} openObject  reads `s3://`
 */

/** @typedef {HrefOptions & Readers & { signal?: AbortSignal }} ReadOptions */

/**
 * Read what a payload's `href`, else its `url`, names (stactask/task.py: Task.handler).
 * @template Payload
 * @param {{ href?: unknown, url?: unknown }} payload  which has one of the two
 * @param {(input: any) => Promise<Payload>} read
 * @param {ReadOptions} options
 * @returns {Promise<Payload>}
 * @throws {StacTaskError} as `openHref`; InvalidInput for what is no payload
 */
export async function follow({ href, url }, read, options) {
  const address = href === undefined ? url : href;
  if (typeof address !== 'string') {
    const name = href === undefined ? 'url' : 'href';
    const message = `'${name}' must be a string`;
    const python = { type: 'TypeError', message };
    throw new PayloadTypeError('ERR_PAYLOAD_TYPE', message, { python, pointer: `/${name}` });
  }
  const { signal = new AbortController().signal } = options;
  const opened = await openHref(address, { ...options, signal });
  try {
    return await read(opened);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof InvalidInput)) throw withoutAddress(error, address);
    // Findings quote the text, which may be nothing that the caller should see.
    const issues = error.issues.map(({ fix, hint, python, ...issue }) => ({ ...issue, message: issue.code }));
    throw new InvalidInput(`${nameOf(address)} holds no payload: ${issues[0]?.code}`, issues);
  }
}

/** What the reading of an input throws; its texts have the whole address. */
const readingCodes = ['ERR_HTTP_STATUS', 'ERR_READ_FAILED'];

/**
 * @param {unknown} error
 * @param {string} address
 */
function withoutAddress(error, address) {
  if (!(error instanceof StacTaskError) || !readingCodes.includes(error.code)) return error;
  const [status] = /status \d+$/.exec(error.message) ?? [];
  return new StacTaskError(
    error.code,
    `${nameOf(address)} ${status ? `answered with ${status}` : `cannot be read${codeOf(error.cause)}`}`,
  );
}

/**
 * The system's word for a failure. Its texts may have the whole address.
 * @param {any} cause
 */
export const codeOf = (cause) => {
  const code = cause?.code ?? cause?.cause?.code;
  return typeof code === 'string' ? ` (${code})` : '';
};

/**
 * @param {string} href  an http(s), `s3:` or `file:` URL, a path, or what `resolve` reads
 * @param {ReadOptions & { signal: AbortSignal }} options
 * @returns {Promise<any>} what `Payload.from` takes
 * @throws {StacTaskError} ERR_HREF_REFUSED, ERR_HREF_UNSUPPORTED, ERR_HTTP_STATUS, ERR_READ_FAILED. No message has
 *   more of an address than scheme, host and path: the rest may be secret
 */
async function openHref(href, options) {
  const url = urlOf(href);
  if (url?.username || url?.password) {
    throw new StacTaskError('ERR_HREF_REFUSED', `${nameOf(href)} has credentials in it`, {
      hint: 'Pass `resolve` or `fetch`, which know them.',
    });
  }
  await permit(url, href, options);
  const resolved = await options.resolve?.(href, { signal: options.signal });
  if (resolved !== undefined && resolved !== null) return resolved;
  if (url && isHttp(url)) return fetchHref(url, options);
  if (url?.protocol === 's3:') return openObject(href, options);
  const isFile = !url || url.protocol === 'file:';
  if (isFile && options.openFile && !options.allowHref) return openFile(options.openFile, url ?? href);
  throw new StacTaskError('ERR_HREF_UNSUPPORTED', `nothing here reads ${nameOf(href)}`, {
    hint: 'Pass `resolve`, which reads it.',
  });
}

/**
 * An address without what may be secret in it: credentials, query and fragment.
 * @param {string} href
 */
export function nameOf(href) {
  const url = urlOf(href);
  if (!url) return withoutSecrets(href);
  // Of `data:` the path is the content.
  if (!url.host && url.protocol !== 'file:') return `${url.protocol}…`;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/**
 * The same of a text that may be no address, of which the rest is left as it is.
 * @param {string} href
 */
export const withoutSecrets = (href) =>
  href.replace(/[?#].*$/s, '').replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/]*@/i, '$1');

/**
 * @param {string} href
 * @returns {URL | undefined} undefined for a path; a letter before a colon is a drive
 */
function urlOf(href) {
  try {
    return /^[a-z][a-z0-9+.-]+:/i.test(href) ? new URL(href) : new URL(href, globalThis.location?.href);
  } catch {
    return undefined;
  }
}

/** @param {URL} url */
const isHttp = ({ protocol }) => protocol === 'http:' || protocol === 'https:';

/**
 * @param {URL | undefined} url
 * @param {string} href
 * @param {HrefOptions} options
 */
async function permit(url, href, { allowHref }) {
  if (!allowHref) return;
  const isKnown = url !== undefined && url.protocol !== 'file:';
  if (isKnown && (await allowHref(url.href))) return;
  throw new StacTaskError('ERR_HREF_REFUSED', `${nameOf(href)} may not be read`, {
    hint: 'Only what `allowHref` permits is read.',
  });
}

/**
 * @param {URL} start
 * @param {HrefOptions & { signal: AbortSignal }} options
 */
async function fetchHref(start, options) {
  const { allowHref, signal, fetch = globalThis.fetch } = options;
  let url = start;
  for (let count = 0; count <= mostRedirects; ++count) {
    const name = nameOf(url.href);
    /** @type {Response} */
    const response = await fetch(url.href, { signal, redirect: allowHref ? 'manual' : 'follow' }).catch(
      (/** @type {any} */ cause) => {
        signal.throwIfAborted();
        throw new StacTaskError('ERR_READ_FAILED', `${name} cannot be fetched${codeOf(cause)}`);
      },
    );
    // A browser follows, or says nothing of where to: then nobody can be asked.
    if (allowHref && (response.redirected || response.type === 'opaqueredirect')) {
      await response.body?.cancel();
      throw new StacTaskError(
        'ERR_HREF_REFUSED',
        `${name} redirects, and this runtime does not say where to`,
      );
    }
    const location = locationOf(response);
    if (response.ok) return response;
    await response.body?.cancel();
    if (location === null) {
      throw new StacTaskError('ERR_HTTP_STATUS', `${name} answered with status ${response.status}`);
    }
    url = nextOf(location, url);
    if (!isHttp(url))
      throw new StacTaskError('ERR_HREF_REFUSED', `${name} redirects to what is no http address`);
    await permit(url, url.href, options);
  }
  throw new StacTaskError(
    'ERR_READ_FAILED',
    `${nameOf(start.href)} redirects more than ${mostRedirects} times`,
  );
}

/**
 * @param {string} location
 * @param {URL} base
 */
function nextOf(location, base) {
  try {
    return new URL(location, base);
  } catch {
    throw new StacTaskError('ERR_READ_FAILED', `${nameOf(base.href)} redirects to what is no address`);
  }
}

/** Whose texts have no more of an address than what is not secret. */
const saidCodes = ['ERR_HTTP_STATUS', 'ERR_HREF_UNSUPPORTED'];

/** Somebody waits for the answer. */
const mostAttempts = 3;

/** What may go wrong before S3 has said anything, and is not the address's fault. */
const ownCodes = ['ERR_LOAD_FAILED', 'ERR_DYNAMIC_IMPORT', 'ERR_INVALID_ARGUMENT'];

/**
 * @param {string} href
 * @param {ReadOptions & { signal: AbortSignal }} options
 */
async function openObject(href, { openObject: open, signal, fetch }) {
  try {
    return await open(href, { signal, s3MaxAttempts: mostAttempts, ...(fetch && { fetch }) });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StacTaskError) || ownCodes.includes(error.code)) throw error;
    const { code, message, status } = error;
    const hint =
      'Pass `resolve: (href) => openHref(href, { s3Credentials, … })` for other options than the default.';
    if (saidCodes.includes(code)) throw new StacTaskError(code, message, { hint, status });
    throw new StacTaskError('ERR_READ_FAILED', `${nameOf(href)} cannot be read (${code})`, { hint });
  }
}

/**
 * @param {NonNullable<ReadOptions['openFile']>} open
 * @param {URL | string} path
 */
function openFile(open, path) {
  try {
    return open(path);
  } catch (cause) {
    throw new StacTaskError('ERR_READ_FAILED', `${nameOf(String(path))} cannot be read${codeOf(cause)}`);
  }
}
