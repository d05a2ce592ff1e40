/**
 * The core chunk's functions.
 *
 * @module
 */

/**
 * wasm/core.cpp's functions.
 * @typedef {object} CoreFunctions
 * @property {(length: number, flags: number, maxIssues: number) => number} check  `flags`: {@link checkFlags}
 * @property {(length: number, isBytes: boolean) => number} checkSyntax
 * @property {(length: number) => number} describe
 * @property {(length: number) => number} access
 * @property {(length: number) => number} accessRoot
 * @property {(length: number, isBytes: boolean) => number} jsonpathMatch      src/task/calls.hpp says what these ask
 * @property {(length: number, isBytes: boolean) => number} jsonpathFind
 * @property {(length: number, isBytes: boolean) => number} findCollection
 * @property {(length: number, isBytes: boolean) => number} assignCollections
 * @property {(length: number, isBytes: boolean) => number} explain
 * @property {(length: number, isBytes: boolean) => number} unwrapEvent  src/cirrus/event.hpp and calls.hpp
 * @property {(length: number, isBytes: boolean) => number} setId
 * @property {(length: number, isBytes: boolean) => number} nextPayloads
 * @property {(length: number, isBytes: boolean) => number} encodedLength
 * @property {(length: number, kind: number) => number} reads
 * @property {(length: number) => number} fill
 * @property {(length: number, change: number) => number} itemChange  src/task/item_changes.hpp
 */

/** @typedef {import('./chunk.js').Chunk<import('./chunk.js').ChunkExports & CoreFunctions>} Core */

/** @typedef {keyof CoreFunctions} CoreFunction */

/** What `check` is told, as bits; wasm/core.cpp reads them. */
export const checkFlags = /** @type {const} */ ({ lint: 1, isBytes: 2, hasSource: 4, cirrus: 8, items: 16 });
