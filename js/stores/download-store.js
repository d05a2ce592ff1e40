/**
 * Where downloads put their bytes: what each store can do.
 *
 * @module
 */

/**
 * What a server says of a file, by which it can be told whether it is still the same.
 * @typedef {{ etag: string | null, lastModified: string | null }} Validator
 */

/**
 * What an earlier call has left of a file.
 * @typedef {Validator & { size: number, total: number | null }} Kept
 */

/**
 * A file that is being made. It appears under its path when it is finished and not before.
 *
 * @typedef {object} Part
 * @property {Kept | null} kept  what it begins with
 * @property {(bytes: Uint8Array) => Promise<unknown> | void} write  at the end
 * @property {() => Promise<void>} [restart]  throw away what was written; without it, that cannot be taken back
 * @property {(validator: Validator & { total: number | null }) => Promise<void>} [note]  keep this for a later call
 * @property {() => AsyncIterable<Uint8Array>} [read]  what was written so far
 * @property {() => Promise<void>} finish
 * @property {(error: unknown) => Promise<void>} discard
 * @property {() => Promise<void>} [keep]  for a later call
 */

/**
 * Paths are those of a plan: the destination, a slash, and names without `..`.
 *
 * @typedef {object} DownloadStore
 * @property {(path: string) => Promise<number | null>} sizeOf  of a finished file, in bytes; null where there is none
 * @property {(path: string, options: OpenOptions) => Promise<Part>} open
 */

/**
 * @typedef {object} OpenOptions
 * @property {string} [root]  the folder that the path must not leave, symbolic links included
 * @property {boolean} makeDirectory
 * @property {number | null} size  how long the file will be, where the item says it
 */

/**
 * A browser's `FileSystemDirectoryHandle`: not all who compile against these types know that name.
 * @typedef {{ readonly kind: 'directory', getFileHandle(name: string, options?: { create?: boolean }): Promise<unknown> }} DirectoryHandle
 */

/**
 * A store of one's own; a Map, which gets the bytes of each path; a folder of a browser's; or a task's work directory.
 * @typedef {DownloadStore | Map<string, Uint8Array> | DirectoryHandle | import('./store.js').Store} AnyStore
 */

export {};
