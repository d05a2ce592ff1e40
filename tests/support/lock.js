import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs `work` while no other process runs work under the same lock. Test files run in parallel and share
 * installs and the tarball; the folder `path` is the lock, and it names the process that holds it, so that
 * a lock left behind by a killed run does not block the next one.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) {
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
    else await delay(100);
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/** @param {string} path */
async function take(path) {
  try {
    await mkdir(path);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(path, 'pid'), String(process.pid));
  return true;
}

/** @param {string} path */
async function isAbandoned(path) {
  const pid = await holder(path);
  if (pid === 0) {
    // Between making the folder and writing the file there is a moment without a holder.
    await delay(1000);
    return (await holder(path)) === 0;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** @param {string} path */
async function holder(path) {
  return Number(await readFile(join(path, 'pid'), 'utf8').catch(() => '0'));
}
