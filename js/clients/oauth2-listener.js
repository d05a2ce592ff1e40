/**
 * Where a browser brings the code of an authorization: a server on this machine, for one request.
 *
 * @module
 */

import { createServer } from 'node:http';

/**
 * @param {string | null | undefined} wanted  an address on this machine; default: any port
 * @param {string} state  by which the answer is known; what has another is nobody's
 */
export async function listen(wanted, state) {
  const given = wanted ? new URL(wanted) : undefined;
  const path = given?.pathname ?? '/callback';
  /** @type {(url: URL) => void} */
  let arrive = () => {};
  /** @type {Promise<URL>} */
  const arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const isOurs =
      request.method === 'GET' && url.pathname === path && url.searchParams.get('state') === state;
    response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isOurs ? 'This window can be closed now.' : 'There is nothing here.');
    if (isOurs) arrive(url);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(given?.port ?? 0), '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    redirectUri: wanted ?? `http://localhost:${port}${path}`,
    /**
     * @param {AbortSignal} signal
     * @returns {Promise<URL>}
     */
    callback: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(signal.reason));
        arrived.then(resolve);
      }),
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}
