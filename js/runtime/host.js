/** @typedef {object} WasmModule  a `WebAssembly.Module`; Node's own types do not know that name */

/**
 * How a runtime finds one chunk. What differs from runtime to runtime is in hosts/: each file there is one condition of
 * package.json's exports, and the build puts it in the place of `#host`. It exports `core` and `assets`, each by itself,
 * so that a bundle that downloads nothing has no trace of the second.
 *
 * @typedef {object} ChunkFiles
 * @property {() => Promise<WasmModule>} wasm  find and compile it
 * @property {() => Promise<import('./chunk.js').GlueFactory>} glue  its JavaScript half
 * @property {import('./compile.js').FileReader} [readFile]  where `file:` URLs can be read
 */

/**
 * What tasks load where there is a command line. Beside the host, as `Workdirs`: a bundle without tasks has neither.
 * @typedef {() => Promise<typeof import('../task/cli.js')>} CommandLine
 */

/**
 * The work directories of tasks: folders where there is a file system.
 *
 * @typedef {object} Workdirs
 * @property {(given?: string) => string} make  a temporary one without a path; gives its absolute path or its name
 * @property {() => Promise<{ openStore: typeof import('../stores/folder.js').openStore }>} store  what reads and writes them
 * @property {() => Promise<void>} [load]  needed once before folders where modules cannot be loaded at once
 * @property {(folder: string) => Promise<void>} [remove]  with all that is in it
 * @property {(folder: string) => void} [removeNow]  the same, for where nothing can wait
 * @property {(path: string | URL) => AsyncIterable<Uint8Array>} [open]  a file's bytes; fails when they are read
 */

/**
 * Files of this machine, for downloads, where there are any. Beside the host, too.
 *
 * @typedef {object} LocalFiles
 * @property {() => Promise<typeof import('../clients/filesystem.js')>} client  reads them
 * @property {() => Promise<typeof import('../stores/download-folder.js')>} store  writes them
 * @property {() => Promise<typeof import('../clients/s3-profile.js')>} profile  reads those that AWS's tools share
 * @property {() => Promise<typeof import('../clients/oauth2-listener.js')>} listener  where a browser brings a code
 */

export {};
