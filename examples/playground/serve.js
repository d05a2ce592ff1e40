/**
 * A static server on this machine, with brotli, as a good host has it.
 *
 * @module
 */

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const types = /** @type {Record<string, string>} */ ({
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.tif': 'image/tiff',
  '.wasm': 'application/wasm',
});
const compressed = new Set(['.css', '.html', '.js', '.json', '.svg', '.wasm']);
const brotli = promisify(brotliCompress);
/** A host compresses once and thoroughly; this server at the first request, where nobody should wait for it. */
const compress = (/** @type {Buffer} */ bytes) =>
  brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });

/**
 * @param {string} folder
 * @param {{ port?: number, path?: string }} [options]  the sub-path under which the folder stands; default `/`
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(folder, { port = 0, path = '/' } = {}) {
  /** @type {Map<string, { modified: number, body: Buffer }>} */
  const cache = new Map();

  /** @param {string} file */
  async function encoded(file) {
    const { mtimeMs } = await stat(file);
    const held = cache.get(file);
    if (held?.modified === mtimeMs) return held.body;
    const body = await compress(await readFile(file));
    cache.set(file, { modified: mtimeMs, body });
    return body;
  }

  const server = createServer(async (request, response) => {
    try {
      const file = fileOf(request.url ?? '/');
      if (file === undefined) throw Object.assign(new Error('not below the folder'), { code: 'ENOENT' });
      const kind = extname(file);
      const asBrotli =
        compressed.has(kind) && /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
      const body = asBrotli ? await encoded(file) : await readFile(file);
      response.writeHead(200, {
        'content-type': types[kind] ?? 'application/octet-stream',
        'content-length': body.length,
        'cache-control': /[\\/]app-\w+[\\/]/.test(file) ? 'max-age=31536000, immutable' : 'no-cache',
        ...(asBrotli ? { 'content-encoding': 'br', vary: 'accept-encoding' } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      const status = code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' ? 404 : 500;
      response
        .writeHead(status, { 'content-type': 'text/plain' })
        .end(status === 404 ? 'not here\n' : 'failed\n');
    }
  });

  /** @param {string} url */
  function fileOf(url) {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    if (!pathname.startsWith(path)) return undefined;
    const name = normalize(decodeURIComponent(pathname.slice(path.length)));
    if (name.startsWith('..') || name.startsWith(sep)) return undefined;
    return join(folder, name === '.' || name.endsWith(sep) ? join(name, 'index.html') : name);
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const { port: actual } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${actual}${path}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
