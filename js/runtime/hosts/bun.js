/** Bun has Node's file system. @module */

export { host } from './node.js';
