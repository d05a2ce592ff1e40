/**
 * Replaces files.
 *
 * @module
 */

import { randomBytes } from 'node:crypto';
import { open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileError, isFileUrl } from './read.js';

/**
 * Put other bytes into a file. Whoever reads it meanwhile finds the old ones or the new ones, never half of
 * them; so does who looks after a power failure. Links are followed, the mode stays.
 *
 * @param {string} name  a path or a `file:` URL
 * @param {Uint8Array} bytes
 * @throws {Error} which names the file
 */
export async function replaceFile(name, bytes) {
  try {
    const given = isFileUrl(name) ? fileURLToPath(name) : name;
    const old = await stat(given);
    if (!old.isFile()) throw new Error('is no regular file');
    const path = await realpath(given);
    // Only within a folder, and so within a file system, is a rename one step.
    const draft = join(dirname(path), `.stac-task-${randomBytes(6).toString('hex')}.tmp`);
    try {
      await writeDraft(draft, bytes, old);
      await rename(draft, path);
    } catch (error) {
      await unlink(draft).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw fileError(name, error);
  }
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import('node:fs').Stats} old
 */
async function writeDraft(path, bytes, { mode, uid, gid }) {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    // Only root may give a file away; for anybody else it is theirs already, or becomes so.
    await file.chown(uid, gid).catch(() => {});
    await file.chmod(mode & 0o7777);
    await file.sync();
  } finally {
    await file.close();
  }
}
