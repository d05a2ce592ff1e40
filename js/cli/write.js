/**
 * Replaces files.
 *
 * @module
 */

import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
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
    await writeAndRename(await realpath(given), bytes, old);
  } catch (error) {
    throw fileError(name, error);
  }
}

/**
 * Put bytes into a file as `replaceFile` does, whether there is one or not. What is no regular file, such as a
 * device or a pipe, is written to.
 *
 * @param {string} name  a path or a `file:` URL; its folder is made
 * @param {Uint8Array} bytes
 * @throws {Error} which names the file
 */
export async function placeFile(name, bytes) {
  try {
    const path = isFileUrl(name) ? fileURLToPath(name) : name;
    const old = await stat(path).catch(() => undefined);
    if (old?.isFile()) return await writeAndRename(await realpath(path), bytes, old);
    if (old) return await writeFile(path, bytes);
    await mkdir(dirname(path), { recursive: true });
    await writeAndRename(path, bytes);
  } catch (error) {
    throw fileError(name, error);
  }
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import('node:fs').Stats} [old]
 */
async function writeAndRename(path, bytes, old) {
  // Only within a folder, and so within a file system, is a rename one step.
  const draft = join(dirname(path), `.stac-task-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeDraft(draft, bytes, old);
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import('node:fs').Stats} [old]  whose owner and mode it gets
 */
async function writeDraft(path, bytes, old) {
  const file = await open(path, 'wx', old ? 0o600 : 0o666);
  try {
    await file.writeFile(bytes);
    if (old) {
      // Only root may give a file away; for anybody else it is theirs already, or becomes so.
      await file.chown(old.uid, old.gid).catch(() => {});
      await file.chmod(old.mode & 0o7777);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
