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
 * What a server says of a file before its first byte. Without a validator nothing of it can be kept for a later call.
 * @typedef {Validator & { total: number | null, type: string | null }} Answer
 */

/**
 * A file that is being made. It appears under its path when it is finished and not before.
 *
 * @typedef {object} Part
 * @property {Kept | null} kept  what it begins with
 * @property {(bytes: Uint8Array) => Promise<unknown> | void} write  at the end
 * @property {() => Promise<void>} [restart]  throw away what was written; without it, that cannot be taken back
 * @property {(answer: Answer) => Promise<void>} [note]  what comes next is a whole file, of which this is known
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
 * @property {number} [atOnce]  how many files it takes at the same time, unless the caller says it
 * @property {(path: string) => AsyncIterable<Uint8Array>} [read]  a finished file; needed where checksums of files that are
 *   there are wanted
 */

/**
 * @typedef {object} OpenOptions
 * @property {string} [root]  the folder that the path must not leave, symbolic links included
 * @property {boolean} makeDirectory
 * @property {number | null} size  how long the file will be, where the item says it
 * @property {string | null} [type]  its media type, where the item says it
 * @property {string} [source]  where it comes from, without user, query and fragment
 */

/**
 * A browser's `FileSystemDirectoryHandle`: not all who compile against these types know that name.
 * @typedef {{ readonly kind: 'directory', getFileHandle(name: string, options?: { create?: boolean }): Promise<unknown> }} DirectoryHandle
 */

/**
 * A bucket of Cloudflare's, `R2Bucket`, by what it is known by.
 * @typedef {{ head(key: string): Promise<{ readonly size: number } | null>, createMultipartUpload(key: string): Promise<unknown> }} R2BucketLike
 */

/**
 * A store of one's own; a Map, which gets the bytes of each path; a folder of a browser's; a bucket; or a task's work
 * directory.
 * @typedef {DownloadStore | Map<string, Uint8Array> | DirectoryHandle | R2BucketLike | import('./store.js').Store} AnyStore
 */

export {};
