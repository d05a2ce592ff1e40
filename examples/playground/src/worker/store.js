/**
 * Where downloads go: a folder that the user has picked, the origin's private files, or memory.
 *
 * @module
 */

/** @typedef {import('./api.js').StoredFile} StoredFile */

/**
 * @param {FileSystemDirectoryHandle | null} picked
 * @param {string} name  of the folder in it. Among the private files it is made anew; in a folder of the user nothing is
 *   removed
 * @returns {Promise<{ store: FileSystemDirectoryHandle | Map<string, Uint8Array>, place: 'folder' | 'private' | 'memory', list: () => Promise<StoredFile[]> }>}
 */
export async function openStore(picked, name) {
  if (picked) return { store: picked, place: 'folder', list: () => filesBelow(picked, name) };
  const root = await privateFiles();
  if (root) {
    await root.removeEntry(name, { recursive: true }).catch((error) => {
      if (error.name !== 'NotFoundError') throw error;
    });
    return { store: root, place: 'private', list: () => filesBelow(root, name) };
  }
  /** @type {Map<string, Uint8Array>} */
  const memory = new Map();
  const list = async () =>
    [...memory].map(([path, bytes]) => ({
      path,
      size: bytes.length,
      file: new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]),
    }));
  return { store: memory, place: 'memory', list };
}

/** Other pages of the origin have private files, too: those of this page have a folder. */
const home = 'stac-task-playground';

/**
 * Absent in private windows of some browsers, and where files cannot be written from a stream.
 * @param {{ create: boolean }} [options]
 */
async function privateFiles(options = { create: true }) {
  if (!('createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {}))) return undefined;
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(home, options);
  } catch {
    return undefined;
  }
}

/**
 * What earlier downloads have left among the private files.
 * @returns {Promise<{ name: string, files: StoredFile[] }[]>}
 */
export async function keptFolders() {
  const root = await privateFiles({ create: false });
  if (!root) return [];
  const folders = [];
  for await (const name of root.keys()) folders.push({ name, files: await filesBelow(root, name) });
  return folders.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} name  of a folder among the private files */
export const removeFolder = (name) =>
  alone(name, async () => {
    await (await privateFiles({ create: false }))?.removeEntry(name, { recursive: true });
  });

/**
 * Two tabs share the private files, and would write into the same folder.
 * @template T
 * @param {string} name  of the folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Error} where another tab is at it
 */
export async function alone(name, work) {
  // Without locks, which need a secure context, there are no private files either.
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(`${home}/${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new Error(`Another tab is downloading ${name}; wait for it, or cancel it there`);
    return await work();
  });
}

/**
 * @param {FileSystemDirectoryHandle} root
 * @param {string} name
 * @returns {Promise<StoredFile[]>}
 */
async function filesBelow(root, name) {
  const folder = await root.getDirectoryHandle(name, { create: true });
  const files = [];
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file') continue;
    const file = await handle.getFile();
    files.push({ path: `${name}/${handle.name}`, size: file.size, file });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
