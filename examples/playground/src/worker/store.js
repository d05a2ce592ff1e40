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

/** Absent in private windows of some browsers, and where files cannot be written from a stream. */
async function privateFiles() {
  if (!('createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {}))) return undefined;
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return undefined;
  }
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
