/**
 * Replaces files.
 *
 * @module
 */

import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { access, constants, open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, statOf } from '../stores/make-folder.js';
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
 * @param {AbortSignal} [signal]  when it aborts, the file stays as it was
 * @throws {Error} which names the file
 */
export async function placeFile(name, bytes, signal) {
  try {
    const { path, old } = await placeOf(name);
    if (old && !old.isFile()) await writeFile(path, bytes, signal ? { signal } : {});
    else await writeAndRename(path, bytes, old, signal);
  } catch (error) {
    throw fileError(name, error);
  }
}

/**
 * Find out whether `placeFile` will be able to write: its folder is made, and a draft is begun there and removed.
 *
 * @param {string} name  a path or a `file:` URL
 * @throws {Error} which names the file
 */
export async function checkPlace(name) {
  try {
    const { path, old } = await placeOf(name);
    if (old && !old.isFile()) return await access(path, constants.W_OK);
    await withDraft(path, async (draft) => (await open(draft, 'wx')).close());
  } catch (error) {
    throw fileError(name, error);
  }
}

/**
 * Where a file is or will be, in a folder that is there.
 * @param {string} name
 * @returns {Promise<{ path: string, old: import('node:fs').Stats | undefined }>}
 */
async function placeOf(name) {
  const given = isFileUrl(name) ? fileURLToPath(name) : name;
  const old = await statOf(given);
  // Of a folder that is not there yet the name says it.
  if (old?.isDirectory() || /[\\/]$/.test(given)) throw new Error('is a directory');
  if (given === '') throw new Error('no name of a file');
  if (old) return { path: old.isFile() ? await realpath(given) : given, old };
  await makeFolder(dirname(resolve(given)));
  return { path: given, old };
}

/** Drafts that there may be now. @type {Set<string>} */
const drafts = new Set();

/** Remove the drafts of files that are being written, for a process that ends at once. */
export function removeDrafts() {
  for (const draft of drafts) {
    try {
      unlinkSync(draft);
    } catch {
      // It was not begun yet, or has its name already.
    }
  }
}

/**
 * @param {string} path
 * @param {(draft: string) => Promise<unknown>} work  makes a file beside `path`, which is removed if it is left
 */
async function withDraft(path, work) {
  // Only within a folder, and so within a file system, is a rename one step.
  const draft = join(dirname(path), `.stac-task-${randomBytes(6).toString('hex')}.tmp`);
  drafts.add(draft);
  try {
    await work(draft);
  } finally {
    await unlink(draft).catch(() => {});
    drafts.delete(draft);
  }
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import('node:fs').Stats} [old]
 * @param {AbortSignal} [signal]
 */
const writeAndRename = (path, bytes, old, signal) =>
  withDraft(path, async (draft) => {
    await writeDraft(draft, bytes, old, signal);
    signal?.throwIfAborted();
    await rename(draft, path);
  });

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {import('node:fs').Stats} [old]  whose owner and mode it gets
 * @param {AbortSignal} [signal]
 */
async function writeDraft(path, bytes, old, signal) {
  const file = await open(path, 'wx', old ? 0o600 : 0o666);
  try {
    await file.writeFile(bytes, signal ? { signal } : {});
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
