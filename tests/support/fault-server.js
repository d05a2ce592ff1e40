import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Milliseconds before a connection breaks: a stream that fails forgets what nobody has read of it yet. */
export const beforeDrop = 300;

/**
 * How one request goes wrong. What is absent goes right.
 *
 * @typedef {object} Fault
 * @property {number} [status] the answer is this, without the file
 * @property {Record<string, string>} [headers] more of them, or others
 * @property {number} [dropAt] the connection breaks after so many bytes of the body
 * @property {number} [stallAt] nothing more comes after so many bytes of the body, and the connection stays
 * @property {number} [length] what the answer says its length is
 * @property {Buffer} [bytes] the file is another now
 * @property {string} [etag]
 * @property {boolean} [gzip]
 * @property {number} [pace] milliseconds between 64 KiB and the next
 * @property {boolean} [noRange] the whole file is sent whatever was asked for
 * @property {string} [redirect]
 * @property {boolean} [silent] there is no answer at all
 */

/**
 * @typedef {object} Served
 * @property {Buffer} bytes
 * @property {string} [type]
 * @property {string | null} [etag] null: none is sent
 * @property {string} [lastModified]
 * @property {boolean} [ranges] default true
 * @property {Fault[]} [faults] of the first requests, in order; then it goes right
 * @property {Fault} [always] of all requests
 */

/**
 * @typedef {object} Seen
 * @property {string} method
 * @property {string} path
 * @property {string} search the query, with its question mark
 * @property {import('node:http').IncomingHttpHeaders} headers
 */

/**
 * A server on 127.0.0.1 that fails as it is told, and writes down what it was asked.
 *
 * @param {Record<string, Served>} files path to file
 * @param {{ cors?: boolean }} [options] cors: pages of all origins may ask, with whatever headers
 */
export async function serveFaults(files, { cors = false } = {}) {
  /** @type {Seen[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const path = decodeURIComponent(pathname);
    if (cors) {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-expose-headers', 'etag, content-range');
      // What breaks would be completed by the cache of some browsers.
      response.setHeader('cache-control', 'no-store');
      const wanted = request.headers['access-control-request-headers'];
      if (wanted) response.setHeader('access-control-allow-headers', wanted);
      if (request.method === 'OPTIONS') return response.writeHead(204).end();
    }
    requests.push({ method: request.method ?? '', path, search, headers: request.headers });
    const file = files[path];
    if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    // A browser asks whether it may ask; whether it may is what the headers say.
    if (request.method === 'OPTIONS') return response.writeHead(204, file.always?.headers).end();
    answer(request, response, { ...file, ...file.always, ...file.faults?.shift() });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** @param {string} path */
    of: (path) => requests.filter((each) => each.path === path),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Served & Fault} how
 */
function answer(request, response, how) {
  const { bytes, etag = '"first"', lastModified, type, headers = {} } = how;
  if (how.silent) return;
  if (how.redirect !== undefined) {
    return response.writeHead(how.status ?? 302, { location: how.redirect, ...headers }).end();
  }
  if (how.status !== undefined) return response.writeHead(how.status, headers).end('no luck');
  const range = how.noRange || how.ranges === false ? undefined : rangeOf(request, how);
  if (range && range.start >= bytes.length) {
    return response.writeHead(416, { 'content-range': `bytes */${bytes.length}`, ...headers }).end();
  }
  const part = bytes.subarray(range?.start ?? 0, range?.end ?? bytes.length);
  const body = how.gzip ? gzipSync(part) : part;
  response.writeHead(range ? 206 : 200, {
    'content-length': String(how.length ?? body.length),
    ...(type ? { 'content-type': type } : {}),
    ...(etag === null ? {} : { etag }),
    ...(lastModified ? { 'last-modified': lastModified } : {}),
    ...(range
      ? { 'content-range': `bytes ${range.start}-${range.start + part.length - 1}/${bytes.length}` }
      : {}),
    ...(how.gzip ? { 'content-encoding': 'gzip' } : {}),
    ...headers,
  });
  if (request.method === 'HEAD') return response.end();
  if (how.pace !== undefined) return trickle(response, body, how.pace);
  const end = how.dropAt ?? how.stallAt;
  if (end === undefined) return response.end(body);
  response.write(body.subarray(0, end), () => {
    if (how.dropAt !== undefined) setTimeout(() => response.destroy(), beforeDrop);
  });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} body
 * @param {number} pace
 */
async function trickle(response, body, pace) {
  for (let at = 0; at < body.length && !response.destroyed; at += 65_536) {
    response.write(body.subarray(at, at + 65_536));
    await new Promise((resolve) => setTimeout(resolve, pace));
  }
  response.end();
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Served & Fault} how
 * @returns {{ start: number, end: number | undefined } | undefined} undefined where all is to be sent
 */
function rangeOf({ headers }, { etag = '"first"', lastModified }) {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const condition = headers['if-range'];
  const isCurrent = condition === undefined || condition === etag || condition === lastModified;
  if (start === undefined || !isCurrent) return undefined;
  return { start: Number(start), end: end ? Number(end) + 1 : undefined };
}
