/**
 * Bodies of responses.
 *
 * @module
 */

/** @typedef {{ read(): Promise<Uint8Array | undefined>, cancel(): Promise<unknown> }} Reader */

/**
 * Not every runtime iterates streams.
 * @param {import('../clients/client.js').ClientResponse['body']} body
 * @returns {Reader}
 */
export function readerOf(body) {
  if (body === null) return { read: async () => undefined, cancel: async () => {} };
  if ('getReader' in body) {
    const reader = body.getReader();
    return { read: async () => (await reader.read()).value, cancel: () => reader.cancel() };
  }
  const iterator = body[Symbol.asyncIterator]();
  return {
    read: async () => (await iterator.next()).value,
    cancel: async () => iterator.return?.(),
  };
}

/**
 * Nobody reads it any more. One that stalls may never say that it has ended, so nobody waits for that.
 * @param {Reader} reader
 */
export const drop = (reader) => void reader.cancel().catch(() => {});

/**
 * A response that nobody reads holds its connection.
 * @param {import('../clients/client.js').ClientResponse | undefined} response
 */
export const dismiss = (response) => {
  if (response?.body) drop(readerOf(response.body));
};
