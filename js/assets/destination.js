/**
 * Where downloads go: a path or the URL of a folder or a file, in the file system or in a store.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';
import { storeOf } from '../stores/download-stores.js';

/** @typedef {import('../stores/download-store.js').DownloadStore} DownloadStore */

/**
 * @typedef {object} Place
 * @property {DownloadStore} store
 * @property {string} path  in it; of the file system absolute, with slashes
 */

/**
 * @param {string} caller
 * @param {unknown} destination
 * @param {import('./session.js').Session['settings']} settings
 * @param {import('../assets.js').Tools} tools
 * @returns {Promise<Place>}
 * @throws {StacTaskError} ERR_INVALID_ARGUMENT, ERR_NO_FILES
 */
export async function placeOf(caller, destination, { store }, { localFiles }) {
  const isUrl = Object.prototype.toString.call(destination) === '[object URL]';
  if (typeof destination !== 'string' && !isUrl) {
    throw invalidArgument(`${caller} takes a path or a file: URL as its destination`);
  }
  const text = String(destination);
  if (store) {
    return { store: await storeOf(store), path: text.replaceAll('\\', '/').replace(/(.)\/+$/, '$1') };
  }
  if (!localFiles) {
    throw new StacTaskError('ERR_NO_FILES', 'this runtime has no files', {
      hint: 'Pass the option `store`: a Map, an R2Bucket, a FileSystemDirectoryHandle or an object of your own.',
    });
  }
  const { absolutePath, folderStore } = await localFiles.store();
  return { store: folderStore(), path: absolutePath(text) };
}

/**
 * @param {string} root
 * @param {string} name
 */
export const joined = (root, name) => (root === '' || root.endsWith('/') ? root + name : `${root}/${name}`);

/**
 * A name that an item or the caller has made up, below a folder.
 *
 * @param {string} name  may have slashes in it
 * @returns {string} the same
 * @throws {StacTaskError} ERR_ASSET_NAME for one that would lead elsewhere
 */
export function checkedName(name) {
  const isGood = name
    .split('/')
    .every(
      (part) =>
        part !== '' &&
        part !== '.' &&
        part !== '..' &&
        !hasControl(part) &&
        !/[\\:]|[. ]$/.test(part) &&
        !device.test(part),
    );
  if (isGood) return name;
  const message = `'${name}' is no name of a file or folder below the destination`;
  throw new StacTaskError('ERR_ASSET_NAME', message, {
    hint: 'Pass `fileName` or `pathTemplate`.',
    python: { type: 'ValueError', message },
  });
}

/** What Windows takes for no file (src/assets/names.cpp). */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)/i;

/** @param {string} text */
const hasControl = (text) => [...text].some((each) => each < ' ' || each === '\x7f');
