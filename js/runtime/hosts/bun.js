/** Bun has Node's file system. @module */

export { assets, commandLine, core, workdirs } from './node.js';
