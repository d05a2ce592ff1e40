/**
 * Where downloads go: a folder that the user has picked, the origin's private files, or memory.
 *
 * @module
 */

/** @typedef {import('./api.js').StoredFile} StoredFile */

/**
 * @param {FileSystemDirectoryHandle | null} picked
 * @returns {Promise<{ store: FileSystemDirectoryHandle | Map<string, Uint8Array>, place: 'folder' | 'private' | 'memory', list: (folder: string) => Promise<StoredFile[]> }>}
 */
export async function openStore(picked) {
  if (picked) return { store: picked, place: 'folder', list: (folder) => filesBelow(picked, folder) };
  const root = await privateFiles();
  if (root) return { store: root, place: 'private', list: (folder) => filesBelow(root, folder) };
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
