/**
 * What a client of downloads is: something that reads addresses of one kind. Those of this package are made by
 * `createClient` in a module each; others are given with the option `clients`.
 *
 * @module
 */

/**
 * @typedef {object} ClientRequest
 * @property {Record<string, string>} headers  `range` and `if-range`, where something is to be continued
 * @property {AbortSignal} signal
 * @property {import('../assets/transfer.js').Source} source  what else is known of the file
 */

/**
 * What a server answers. A `Response` is one.
 *
 * @typedef {object} ClientResponse
 * @property {number} status
 * @property {string} [statusText]
 * @property {Iterable<[string, string]>} headers
 * @property {ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null} body
 */

/**
 * @typedef {object} Client
 * @property {(href: string, request: ClientRequest) => Promise<ClientResponse>} open  a StacTaskError that it throws is
 *   final; after anything else it is asked again
 * @property {(href: string, request: ClientRequest) => Promise<ClientResponse>} [head]  the same without the body
 * @property {(href: string, request: SignRequest) => Promise<SignedHref>} [sign]  what anybody can fetch it by
 */

/**
 * @typedef {object} SignRequest
 * @property {import('../assets/transfer.js').Source} source
 * @property {number} expiresIn  seconds, where it is this client that says how long
 */

/**
 * @typedef {object} SignedHref
 * @property {string} href
 * @property {Record<string, string>} [headers]  to be sent to this address, and along with no redirect
 * @property {Date | undefined} [expires]
 */

/**
 * @typedef {object} ClientContext
 * @property {import('../assets/options.js').Settings} settings
 * @property {typeof fetch} fetch
 * @property {import('../assets/audience.js').Audience} audience  whom configured headers are for
 * @property {AbortSignal} signal  of the whole call
 * @property {(how: { url: string, code: string | null, isComplete: boolean }) => void} authenticate  ask somebody to visit
 *   an address, and to enter the code there unless the address has it
 * @property {import('../runtime/host.js').LocalFiles | undefined} localFiles  where there are files
 */

export {};
