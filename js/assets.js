/**
 * Downloads of assets, after `stac_asset`. What does the work is loaded by the first call.
 *
 * @module
 */

import { assets as files, localFiles } from '#host';
import { Download } from './assets/download-promise.js';
import { LayoutTemplate } from './layout.js';
import { bundleHint, dynamicImport } from './runtime/dynamic-import.js';
import { loadChunk } from './runtime/loader.js';

/**
 * @typedef {import('./assets/config.js').ConfigFields} ConfigFields
 * @typedef {import('./assets/options.js').DownloadOptions} DownloadOptions
 * @typedef {import('./assets/options.js').HrefOptions} HrefOptions
 * @typedef {import('./assets/options.js').SignOptions} SignOptions
 * @typedef {import('./assets/options.js').InfoOptions} InfoOptions
 * @typedef {import('./assets/info.js').AssetInfo} AssetInfo
 * @typedef {import('./clients/client.js').SignedHref} SignedHref
 * @typedef {import('./assets/options.js').Destination} Destination
 * @typedef {import('./assets/messages.js').Message} Message
 * @typedef {Record<string, any>} StacObject  an item, a collection or an item collection as JSON
 */

/** What the loaded part uses of this one, so that there is one of each chunk. */
const tools = {
  localFiles: /** @type {import('./runtime/host.js').LocalFiles | undefined} */ (localFiles),
  loadChunk: () => loadChunk('assets', files),
  /** @param {string} template */
  template: (template) => LayoutTemplate.from(template),
};

/** @typedef {typeof tools} Tools */

/** While it loads, the chunk does, too. */
async function load() {
  const loading = loadChunk('assets', files);
  // What fails is told by the one who needs it.
  loading.catch(() => {});
  return dynamicImport(() => import('#assets.download'), bundleHint);
}

/**
 * Download the assets of an item, and save the item with them.
 *
 * @template {StacObject} Item
 * @param {Item} item
 * @param {string | URL} destination  the folder; in a store other than the file system, what names begin with
 * @param {DownloadOptions} [options]
 * @returns {Download<Item>}  the item with the addresses of what was downloaded, a new object. It is a promise, and
 *   iterating it gives the messages
 * @throws {import('./errors.js').StacTaskError} ConfigError, AssetOverwriteError, and DownloadError for what could not be
 *   downloaded, whose `result` is the item as far as it got
 * @example
 * const local = await downloadItem(item, 'scene', { include: ['B04'] });
 */
export const downloadItem = (item, destination, options) =>
  new Download(async (send) => (await load()).downloadItem(tools, send, item, destination, options));

/**
 * The same for a collection. Its items are not touched.
 *
 * @template {StacObject} Collection
 * @param {Collection} collection
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 * @returns {Download<Collection>}
 */
export const downloadCollection = (collection, destination, options) =>
  new Download(async (send) =>
    (await load()).downloadCollection(tools, send, collection, destination, options),
  );

/**
 * The same for all items of an item collection, each in a folder of its own.
 *
 * @template {StacObject} ItemCollection
 * @param {ItemCollection} itemCollection
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 * @returns {Download<ItemCollection>}
 */
export const downloadItemCollection = (itemCollection, destination, options) =>
  new Download(async (send) =>
    (await load()).downloadItemCollection(tools, send, itemCollection, destination, options),
  );

/**
 * What `Task.downloadItemsAssets` does.
 *
 * @template {StacObject} Item
 * @param {Item[]} items
 * @param {string} workdir
 * @param {DownloadOptions} options
 * @returns {Download<Item[]>}
 */
export const downloadItems = (items, workdir, options) =>
  new Download(async (send) => (await load()).downloadItems(tools, send, items, workdir, options));

/**
 * Download one asset of an item or a collection to a file, in the place of the one that may be there.
 *
 * @param {StacObject} owner
 * @param {string} key
 * @param {Destination} destination  the file
 * @param {HrefOptions} [options]
 * @returns {Download<Record<string, any>>} the asset with its new `href`, a new object
 */
export const downloadAsset = (owner, key, destination, options) =>
  new Download(async (send) => (await load()).downloadAsset(tools, send, owner, key, destination, options));

/**
 * Download whatever an address names to a file, in the place of the one that may be there.
 *
 * @param {string | URL} href
 * @param {Destination} destination  the file
 * @param {HrefOptions} [options]
 * @returns {Download<void>}
 */
export const downloadFile = (href, destination, options) =>
  new Download(async (send) => (await load()).downloadFile(tools, send, href, destination, options));

/**
 * Read an address while it arrives. What breaks is read on from where it broke, if the server can.
 *
 * @param {string | URL} href
 * @param {HrefOptions} [options]
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
export const openHref = async (href, options) => (await load()).openHref(tools, href, options);

/**
 * Read an address into memory.
 *
 * @param {string | URL} href
 * @param {HrefOptions} [options]
 * @returns {Promise<Uint8Array>}
 */
export const readHref = async (href, options) => (await load()).readHref(tools, href, options);

/**
 * Whether an asset can be downloaded, as far as that can be told without its bytes.
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<boolean>} false where it cannot be downloaded; `assertAssetExists` says why
 * @throws {import('./errors.js').StacTaskError} where that says nothing of the asset: ERR_INVALID_ARGUMENT, ERR_CONFIG,
 *   ERR_LOAD_FAILED, ERR_DYNAMIC_IMPORT, ERR_OUT_OF_MEMORY, ERR_CORE_TRAP; the signal's reason after an abort
 */
export const assetExists = async (owner, key, options) =>
  (await load()).assetExists(tools, owner, key, options);

/**
 * @param {StacObject} owner  the item or collection
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<void>}
 * @throws {import('./errors.js').StacTaskError} where the asset cannot be downloaded
 */
export const assertAssetExists = async (owner, key, options) =>
  (await load()).assertAssetExists(tools, owner, key, options);

/**
 * What can be known of an asset without its bytes: whether it is there, which client would read it, what its server says of
 * it, and whether that is what the asset says.
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<AssetInfo>} also where the asset cannot be downloaded
 * @throws {import('./errors.js').StacTaskError} for what is wrong with the call or its options
 * @example
 * const { exists, size, note } = await assetInfo(item, 'B04', { alternateAssets: ['s3'] });
 */
export const assetInfo = async (owner, key, options) => (await load()).assetInfo(tools, owner, key, options);

/**
 * The same of all assets of an item, a collection or an item collection, with one limit and with tokens that are asked for
 * once.
 *
 * @param {StacObject} object
 * @param {InfoOptions} [options]
 * @returns {Promise<AssetInfo[]>} in the order of the items and their assets
 */
export const assetInfos = async (object, options) => (await load()).assetInfos(tools, object, options);

/**
 * The address that an asset would be downloaded from: absolute, of the alternate that is preferred, and signed. Nothing is
 * downloaded.
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key
 * @param {SignOptions} [options]
 * @returns {Promise<SignedHref & { client: string }>}
 * @example
 * const { href, headers } = await resolveAssetHref(item, 'visual', { alternateAssets: ['s3'] });
 */
export const resolveAssetHref = async (owner, key, options) =>
  (await load()).resolveAssetHref(tools, owner, key, options);

/**
 * An address by which others can fetch what `href` names: of S3 presigned, of the Planetary Computer with its token, and of
 * everything else with the headers that it takes. Whoever sends those must send them along with no redirect.
 *
 * @param {string | URL} href
 * @param {SignOptions} [options]
 * @returns {Promise<SignedHref>}
 * @example
 * const { href, expires } = await signHref('s3://bucket/scene.tif', { expiresIn: 600 });
 */
export const signHref = async (href, options) => (await load()).signHref(tools, href, options);
