/**
 * Folders of a browser, private ones of the origin and those that a user has picked.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';

/**
 * Safari before 26 gives out such folders, and has no stream to write to their files.
 * @throws {StacTaskError} ERR_NO_FILES
 */
export function mustBeWritable() {
  const { FileSystemFileHandle: handle } = globalThis;
  if (!handle || 'createWritable' in handle.prototype) return;
  throw new StacTaskError(
    'ERR_NO_FILES',
    'this browser cannot write the files of a folder: it has no createWritable()',
    {
      hint: 'Keep them in memory: pass a Map as `store`, or leave `workdir` out.',
    },
  );
}
