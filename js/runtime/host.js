/** @typedef {object} WasmModule  a `WebAssembly.Module`; Node's own types do not know that name */

/**
 * What differs from runtime to runtime. Each file in hosts/ is one condition of package.json's exports,
 * and the build puts it in the place of `#host`.
 *
 * @typedef {object} Host
 * @property {() => Promise<WasmModule>} core  find and compile the core chunk
 * @property {() => Promise<import('./core.js').GlueFactory>} glue  its JavaScript half
 * @property {import('./compile.js').FileReader} [readFile]  where `file:` URLs can be read
 */

export {};
