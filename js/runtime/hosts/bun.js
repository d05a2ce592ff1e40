/** Bun has Node's file system. @module */

export { commandLine, host, workdirs } from './node.js';
