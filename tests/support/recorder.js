import { createServer } from 'node:http';
import { beforeDrop } from './fault-server.js';

/**
 * @typedef {object} Heard
 * @property {string} server
 * @property {string} method
 * @property {string} path  without the query
 * @property {string} all  the request as text: its target, all headers and its body
 */

/**
 * How a request is answered: a redirect's address, a status, a break after so many bytes, or else the bytes.
 * @typedef {{ location?: string, status?: number, dropAt?: number, json?: object }} Answer
 */

/**
 * Servers on 127.0.0.1, each an origin of its own, which write down all that they hear.
 *
 * @param {string[]} names
 * @param {Buffer} bytes  what they serve
 * @param {(request: { server: string, path: string, count: number }) => Answer} answer  `count` is how often it was asked
 *   for before
 */
export async function serveRecorders(names, bytes, answer) {
  /** @type {Heard[]} */
  const heard = [];
  const servers = await Promise.all(
    names.map(async (name) => {
      const server = createServer(async (request, response) => {
        const { method = '', url = '', rawHeaders } = request;
        let body = '';
        for await (const chunk of request) body += chunk;
        const path = new URL(url, 'http://localhost').pathname;
        const count = heard.filter((each) => each.server === name && each.path === path).length;
        heard.push({ server: name, method, path, all: [url, ...rawHeaders, body].join('\n') });
        respond(request, response, bytes, answer({ server: name, path, count }));
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
      return server;
    }),
  );
  const ports = servers.map(
    (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port,
  );
  return {
    urls: Object.fromEntries(names.map((name, index) => [name, `http://127.0.0.1:${ports[index]}`])),
    heard,
    close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} bytes
 * @param {Answer} answer
 */
function respond(request, response, bytes, { location, status = 302, dropAt, json }) {
  if (location !== undefined) return response.writeHead(status, { location }).end();
  if (json) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  if (status !== 302) return response.writeHead(status, { 'retry-after': '0' }).end();
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, {
    etag: '"first"',
    'content-length': String(bytes.length - start),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  if (dropAt === undefined) return response.end(bytes.subarray(start));
  response.write(bytes.subarray(start, dropAt), () => setTimeout(() => response.destroy(), beforeDrop));
}

/**
 * Whether a text has another in it, as it is or in one of the forms that it may be sent in.
 *
 * @param {string} text
 * @param {string} secret
 */
export function hasSecret(text, secret) {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].map(([each]) =>
    Buffer.from(each, 'base64').toString('latin1'),
  );
  const forms = [secret, encodeURIComponent(secret), new URLSearchParams({ '': secret }).toString().slice(1)];
  return [text, ...decoded].some((each) => forms.some((form) => each.includes(form)));
}
