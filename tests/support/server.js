import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** What a page must allow for this package, and nothing more. */
export const strictPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} [type]
 * @property {string | Buffer} body
 */

/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} target what was asked for as it was sent
 * @property {string} path
 * @property {number} status
 * @property {'wasm' | 'inlined copy' | 'other'} holds what was answered
 */

/**
 * @typedef {object} Site
 * @property {Record<string, string>} [files] path to text, such as '/page.js'
 * @property {Record<string, string>} [folders] path to folder, such as '/stac-task/'
 * @property {Record<string, Answer | Promise<Answer>>} [answers] what is answered instead, path to answer; a promise
 *   keeps the client waiting
 * @property {string} [policy] the Content-Security-Policy of everything that is served
 */

/**
 * Serves a site on 127.0.0.1 and writes down every request, except the browser's own for an icon.
 *
 * @param {Site} site
 */
export async function serve({ files = {}, folders = {}, answers = {}, policy = strictPolicy }) {
  /** @type {Request[]} */
  const requests = [];

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    // Browsers ask for an icon by themselves; that is no request of the page.
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const answer = (await answers[path]) ??
      (await find(path, files, folders)) ?? { status: 404, type: 'text/plain', body: 'not here' };
    requests.push({
      method: request.method ?? '',
      target: request.url ?? '',
      path,
      status: answer.status,
      holds: contentOf(answer.body),
    });
    const type = answer.type ? { 'content-type': answer.type } : {};
    response.writeHead(answer.status, {
      ...type,
      'content-security-policy': policy,
      'cache-control': 'no-store',
    });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** The paths asked for since the last call, in order. */
    newRequests: () => requests.splice(0).map(({ path }) => path),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {string} path
 * @param {Record<string, string>} files
 * @param {Record<string, string>} folders
 * @returns {Promise<Answer | undefined>}
 */
async function find(path, files, folders) {
  const type = types[extname(path)];
  if (path in files) return { status: 200, type, body: files[path] };
  for (const [prefix, folder] of Object.entries(folders)) {
    if (!path.startsWith(prefix)) continue;
    const name = path.slice(prefix.length) || 'index.html';
    const body = await readFile(join(folder, normalize(`/${name}`))).catch(() => undefined);
    if (body) return { status: 200, type: types[extname(name)], body };
  }
}

/**
 * Tells a wasm file, and a script that holds one as base64, from everything else.
 *
 * @param {string | Buffer} body
 * @returns {Request['holds']}
 */
export function contentOf(body) {
  const bytes = Buffer.from(body);
  if (bytes.subarray(0, 4).toString('latin1') === '\0asm') return 'wasm';
  return bytes.includes(wasmStartInBase64) ? 'inlined copy' : 'other';
}

// The base64 of the four magic bytes and the version, as far as whole characters go.
const wasmStartInBase64 = 'AGFzbQEAAA';
