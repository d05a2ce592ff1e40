/**
 * What a download tells of itself, after `stac_asset/messages.py`.
 *
 * @module
 */

/**
 * `href` is where it comes from, without what may be secret in it; `path` is where the file will be. Each has all of its
 * members; `kind` says which they are.
 *
 * @typedef {{ kind: 'start', key: string, ownerId: string | null, href: string, path: string }} StartMessage
 * @typedef {{ kind: 'open', href: string, path: string, size: number | null, offset: number }} OpenMessage  of each
 *   attempt; `size` is that of the whole file, where it is known; to a page another origin's server tells it as it was
 *   sent, which may be compressed; `offset` is how many of its bytes are there already, from an attempt or a call before.
 *   What chunks told of beyond that is written again
 * @typedef {{ kind: 'chunk', href: string, path: string, size: number }} ChunkMessage  so many bytes were written
 * @typedef {{ kind: 'finish', key: string, href: string, path: string }} FinishMessage
 * @typedef {{ kind: 'skip', key: string, path: string }} SkipMessage  the file was there before
 * @typedef {{ kind: 'error', key: string, href: string, path: string, error: Error }} ErrorMessage  also without `start`, of
 *   an asset that cannot be begun; without an address `href` is empty, and without a name `path` is the folder
 * @typedef {{ kind: 'retry', href: string, path: string, seconds: number }} RetryMessage  of waiting
 * @typedef {{ kind: 'warning', href: string, path: string, message: string }} WarningMessage
 * @typedef {{ kind: 'authenticate', url: string, code: string | null }} AuthenticateMessage  somebody must visit the
 *   address; the code is what he sees or enters there
 *
 * @typedef {StartMessage | OpenMessage | ChunkMessage | FinishMessage | SkipMessage | ErrorMessage | RetryMessage | WarningMessage | AuthenticateMessage} Message
 */

export {};
