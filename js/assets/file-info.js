/**
 * What is made of checksums, and what is said of files in the result: the file extension.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';

/** @typedef {import('./transfer.js').FileInfo} FileInfo */

const extension = 'https://stac-extensions.github.io/file/v2.1.0/schema.json';

/**
 * @param {import('./options.js').Settings} settings
 * @param {string} key
 * @param {import('./transfer.js').Source} source
 * @throws {StacTaskError} ERR_CHECKSUM where the asset needs a checksum and has none
 */
export function mustHaveChecksum({ checksum }, key, source) {
  if (checksum !== 'require' || source.checksum) return;
  throw new StacTaskError('ERR_CHECKSUM', `asset '${key}' has no file:checksum`);
}

/**
 * @param {string} caller
 * @param {import('./options.js').Settings} settings
 * @param {import('../stores/download-store.js').DownloadStore} store
 * @throws {StacTaskError} ERR_INVALID_ARGUMENT where files that are there cannot be read
 */
export function mustBeReadable(caller, { checksum }, store) {
  if (store.read || checksum === 'ignore' || checksum === 'arriving') return;
  throw invalidArgument(
    `${caller}: with checksum: '${checksum}' the store needs read()`,
    "With checksum: 'arriving' files that are there are not read.",
  );
}

/**
 * @param {Record<string, any>} asset
 * @param {FileInfo | null | undefined} info
 * @returns {Record<string, any>} with what it did not say of its file
 */
export function withInfo(asset, info) {
  if (!info) return asset;
  const { size, checksum } = info;
  return {
    ...asset,
    'file:size': asset['file:size'] ?? size,
    ...(checksum === null ? {} : { 'file:checksum': checksum }),
  };
}

/**
 * @param {unknown} given  `stac_extensions`
 * @returns {unknown[]} with that of files, in whatever version it is there
 */
export function withFileExtension(given) {
  const all = Array.isArray(given) ? given : [];
  const isThere = all.some((each) => each === 'file' || /\/file\/v[^/]+\/schema\.json$/.test(String(each)));
  return isThere ? all : [...all, extension];
}
