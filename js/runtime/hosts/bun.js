/** Bun has Node's file system. @module */

export { assets, commandLine, core, localFiles, workdirs } from './node.js';
