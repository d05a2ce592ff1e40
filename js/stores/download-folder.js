/**
 * Downloads to folders. A file is written beside its place, under the name of a part, and renamed when it is whole.
 *
 * A part is called `.NAME.ID.part`, and `.NAME.ID.HOST-PROCESS-TIME.part` while a process has it. Taking one is renaming it, so
 * that of two processes only one succeeds. What the server said of the file is in `.NAME.ID.json`: an ID is never used
 * again, so this belongs to the part, whoever has it.
 *
 * @module
 */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  constants,
  lstat,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StacTaskError } from '../errors.js';
import { isPermitted } from '../runtime/environment.js';
import { fileFailure, writing } from './file-failure.js';
import { makeFolder, statOf } from './make-folder.js';

/**
 * @typedef {import('./download-store.js').DownloadStore} DownloadStore
 * @typedef {import('./download-store.js').Part} Part
 * @typedef {import('./download-store.js').Kept} Kept
 */

/** What is left of a part. @typedef {{ id: string, owner: string | undefined }} Leftover */

/** Of what is smaller nothing is noted: it is read again as quickly. */
const worthNoting = 1024 * 1024;

/** As much is read at once. */
const readSize = 1024 * 1024;

/** A name of 255 bytes has no room for what parts have before and after it. */
const longestName = 150;

/** @param {string} text */
const digestOf = (text) => createHash('sha256').update(text).digest('hex');

/** Whoever may not know where he is, in Deno, is nowhere else. */
const host = isPermitted({ name: 'sys', kind: 'hostname' })
  ? digestOf(hostname()).slice(0, 8)
  : randomBytes(4).toString('hex');

/** When this process began: ids of processes return, in containers soon. In seconds. */
const begun = Math.round(Date.now() / 1000 - process.uptime());

/** Nobody else calls himself this. */
const self = `${host}-${process.pid}-${begun}`;

/** @returns {DownloadStore} */
export function folderStore() {
  /** What was in each folder when it was first looked at. @type {Map<string, Promise<Map<string, Leftover[]>>>} */
  const folders = new Map();
  return {
    sizeOf: (path) => writing(path, sizeOf)(path),
    async *read(path) {
      try {
        yield* createReadStream(path, { highWaterMark: readSize });
      } catch (error) {
        throw fileFailure('ERR_READ_FAILED', `${path} cannot be read`, error);
      }
    },
    open: (path, { root, makeDirectory, source }) =>
      writing(path, async () => {
        const folder = dirname(path);
        let leftovers = folders.get(folder);
        if (!leftovers) {
          leftovers = prepare(folder, root, makeDirectory);
          folders.set(folder, leftovers);
          // Another call may be luckier.
          leftovers.catch(() => folders.delete(folder));
        }
        const stem = stemOf(basename(path));
        const found = await leftovers;
        // Throws where a folder has the name.
        await sizeOf(path);
        const mine = found.get(stem) ?? [];
        found.delete(stem);
        return openPart(path, join(folder, `.${stem}`), mine, digestOf(source ?? ''));
      })(),
  };
}

/**
 * @param {string} path
 * @returns {Promise<number | null>} bytes; null where there is nothing
 */
async function sizeOf(path) {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw isFolder(path);
    return found.size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** @param {unknown} error */
const isMissing = (error) =>
  ['ENOENT', 'ENOTDIR'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '');

/** @param {string} name */
function stemOf(name) {
  if (Buffer.byteLength(name) <= longestName) return name;
  return `${digestOf(name)}~`;
}

/**
 * @param {string} folder
 * @param {string | undefined} root
 * @param {boolean} makeDirectory
 * @returns {Promise<Map<string, Leftover[]>>} the parts in it, by the name that they are of
 */
async function prepare(folder, root, makeDirectory) {
  if (makeDirectory) {
    if (root !== undefined) {
      await makeFolder(root);
      // Nor may a folder be made elsewhere.
      await mustStayIn(root, await nearest(folder));
    }
    await makeFolder(folder);
  } else await mustBeFolder(folder);
  if (root !== undefined) await mustStayIn(root, folder);
  /** @type {Map<string, Leftover[]>} */
  const found = new Map();
  const ids = new Set();
  /** @type {[id: string, name: string][]} */
  const notes = [];
  for (const name of await readdir(folder)) {
    const match = /^\.(.+)\.([0-9a-f]{16})(?:\.([0-9a-f]{8}-\d+-\d+))?\.(part|json)$/.exec(name);
    if (!match) continue;
    const [, stem = '', id = '', owner, kind] = match;
    if (kind === 'json') notes.push([id, name]);
    else {
      ids.add(id);
      if (owner === undefined || !isAtWork(owner))
        found.set(stem, [...(found.get(stem) ?? []), { id, owner }]);
    }
  }
  // Of a process that was killed when its file was in its place already.
  const orphans = notes.filter(([id]) => !ids.has(id));
  await Promise.all(orphans.map(([, name]) => rm(join(folder, name), { force: true })));
  return found;
}

/**
 * @param {string} folder
 * @returns {Promise<string>} it, or the first around it that is there
 */
async function nearest(folder) {
  let each = folder;
  while (!(await statOf(each))) each = dirname(each);
  return each;
}

/** @param {string} path */
const isFolder = (path) =>
  new StacTaskError('ERR_IS_DIRECTORY', `${path} is a folder, and would be a file`, {
    hint: 'Remove it, or download to another folder.',
  });

/** @param {string} folder */
async function mustBeFolder(folder) {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new StacTaskError('ERR_NO_DIRECTORY', `output directory does not exist: ${folder}`, {
    python: { type: 'FileNotFoundError', message: `output directory does not exist: ${folder}` },
  });
}

/**
 * Names cannot lead out of a folder, but symbolic links in it can.
 * @param {string} root
 * @param {string} folder
 */
async function mustStayIn(root, folder) {
  const [top, real] = await Promise.all([realpath(root), realpath(folder)]);
  const way = relative(top, real);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new StacTaskError('ERR_SYMBOLIC_LINK', `${folder} leads out of ${root} by a symbolic link`);
}

/**
 * Whether the process that has a part is running. Of another machine's nobody knows, so they are.
 * @param {string} owner
 */
function isAtWork(owner) {
  const [itsHost, pid, time] = owner.split('-');
  if (itsHost !== host) return true;
  // Threads compute the time each for itself.
  if (Number(pid) === process.pid) return Math.abs(Number(time) - begun) <= 2;
  if (!isPermitted({ name: 'run' })) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/**
 * @param {string} path
 * @param {string} stem  of all that is beside it
 * @param {Leftover[]} leftovers
 * @param {string} source  a digest of where it comes from
 * @returns {Promise<Part>}
 */
async function openPart(path, stem, leftovers, source) {
  const taken = await takeOne(stem, leftovers, source);
  const id = taken?.id ?? randomUUID().replaceAll('-', '').slice(0, 16);
  const own = `${stem}.${id}.${self}.part`;
  const notes = `${stem}.${id}.json`;
  let isNoted = taken !== undefined;
  // On Windows there is no such flag; it has no links that anybody can make.
  const file = await open(own, taken ? constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) : 'wx');
  let end = taken?.kept.size ?? 0;
  const close = async () => {
    await file.close().catch(() => {});
  };
  const forget = async () => {
    if (isNoted) await rm(notes, { force: true });
    isNoted = false;
  };
  return {
    kept: taken?.kept ?? null,
    write: writing(path, async (bytes) => {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, end);
        at += bytesWritten;
        end += bytesWritten;
      }
    }),
    restart: writing(path, async () => {
      await forget();
      await file.truncate(0);
      end = 0;
    }),
    note: writing(path, async ({ etag, lastModified, total }) => {
      if (!etag && !lastModified) return;
      if (total !== null && total < worthNoting) return;
      await forget();
      isNoted = true;
      await writeFile(notes, JSON.stringify({ etag, lastModified, total, source }), { flag: 'wx' });
    }),
    read: () => createReadStream(own, { end: end - 1, highWaterMark: readSize }),
    finish: writing(path, async () => {
      await file.close();
      await rename(own, path);
      await forget();
    }),
    async discard() {
      await close();
      await rm(own, { force: true });
      await forget();
    },
    async keep() {
      await close();
      if (isNoted && end > 0) await rename(own, `${stem}.${id}.part`);
      else await rm(own, { force: true });
    },
  };
}

/**
 * Take the first leftover that can be continued, and clear the others away.
 * @param {string} stem
 * @param {Leftover[]} leftovers
 * @param {string} source
 * @returns {Promise<{ id: string, kept: Kept } | undefined>}
 */
async function takeOne(stem, leftovers, source) {
  /** @type {{ id: string, kept: Kept } | undefined} */
  let taken;
  for (const { id, owner } of leftovers) {
    const own = `${stem}.${id}.${self}.part`;
    try {
      await rename(`${stem}.${id}${owner ? `.${owner}` : ''}.part`, own);
    } catch (error) {
      // Another process was quicker.
      if (isMissing(error)) continue;
      throw error;
    }
    const kept = taken ? undefined : await keptOf(own, `${stem}.${id}.json`, source);
    if (kept) taken = { id, kept };
    else await Promise.all([own, `${stem}.${id}.json`].map((each) => rm(each, { force: true })));
  }
  return taken;
}

/**
 * @param {string} part
 * @param {string} notes
 * @param {string} source  what comes from elsewhere may be another file, whatever its server says
 * @returns {Promise<Kept | undefined>} undefined where nothing can be continued
 */
async function keptOf(part, notes, source) {
  try {
    const noted = JSON.parse(await readFile(notes, 'utf8'));
    if (noted.source !== source) return undefined;
    const { etag = null, lastModified = null, total = null } = noted;
    // What others may have put there instead is not written to.
    const found = await lstat(part);
    const { size } = found;
    return found.isFile() && !(found.nlink > 1) && size > 0 ? { etag, lastModified, total, size } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} text  a path, or a `file:` URL
 * @returns {string} absolute, with slashes
 */
export function absolutePath(text) {
  const path = /^file:/i.test(text) ? fileURLToPath(text) : text;
  return resolve(path).replaceAll(sep, '/');
}
