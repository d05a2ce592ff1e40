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
 * Download the assets of an item, and save the item with them (`stac_asset.download_item`).
 *
 * @template {StacObject} Item
 * @param {Item} item  is not changed
 * @param {string | URL} destination  the folder; in a store other than the file system, what names begin with
 * @param {DownloadOptions} [options]  which assets, under which names, how often and for how long (seconds) it is tried
 * @returns {Download<Item>}  the item with the addresses of what was downloaded, a new object. It is a promise, and
 *   iterating it gives the messages
 * @throws {import('./errors.js').StacTaskError} ConfigError, AssetOverwriteError, and DownloadError for what could not be
 *   downloaded, whose `result` is the item as far as it got
 * @example
 * const local = await downloadItem(item, 'scene', { include: ['B04'] });
 */
export function downloadItem(item, destination, options) {
  return new Download(async (send) => (await load()).downloadItem(tools, send, item, destination, options));
}

/**
 * Download the assets of a collection, and save the collection with them as `collection.json`
 * (`stac_asset.download_collection`). Its items are not touched.
 *
 * @template {StacObject} Collection
 * @param {Collection} collection  is not changed
 * @param {string | URL} destination  the folder
 * @param {DownloadOptions} [options]  as of `downloadItem`
 * @returns {Download<Collection>}  a new object; iterating it gives the messages
 * @throws {import('./errors.js').StacTaskError} as `downloadItem`
 */
export function downloadCollection(collection, destination, options) {
  return new Download(async (send) =>
    (await load()).downloadCollection(tools, send, collection, destination, options),
  );
}

/**
 * Download the assets of all items of an item collection, each item's into a folder of its own, and save it as
 * `item-collection.json` (`stac_asset.download_item_collection`). One limit of files at once holds for all.
 *
 * @template {StacObject} ItemCollection
 * @param {ItemCollection} itemCollection  is not changed
 * @param {string | URL} destination  the folder
 * @param {DownloadOptions} [options]  as of `downloadItem`; `pathTemplate` names the folders, by default by `${id}`
 * @returns {Download<ItemCollection>}  a new object; iterating it gives the messages
 * @throws {import('./errors.js').StacTaskError} as `downloadItem`; TemplateError for an item that the template does not fit
 */
export function downloadItemCollection(itemCollection, destination, options) {
  return new Download(async (send) =>
    (await load()).downloadItemCollection(tools, send, itemCollection, destination, options),
  );
}

/**
 * What `Task.downloadItemsAssets` does (`stactask/asset_io.py`).
 *
 * @template {StacObject} Item
 * @param {Item[]} items
 * @param {string} workdir
 * @param {DownloadOptions} options
 * @returns {Download<Item[]>}
 */
export function downloadItems(items, workdir, options) {
  return new Download(async (send) => (await load()).downloadItems(tools, send, items, workdir, options));
}

/**
 * Download one asset of an item or a collection to a file, in the place of the one that may be there
 * (`stac_asset.download_asset`).
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key  of the asset
 * @param {Destination} destination  the file
 * @param {HrefOptions} [options]  how it is read
 * @returns {Download<Record<string, any>>} the asset with its new `href`, a new object
 * @throws {import('./errors.js').StacTaskError} where it cannot be downloaded; then no file is made or changed
 */
export function downloadAsset(owner, key, destination, options) {
  return new Download(async (send) =>
    (await load()).downloadAsset(tools, send, owner, key, destination, options),
  );
}

/**
 * Download whatever an address names to a file, in the place of the one that may be there (`stac_asset.download_file`).
 *
 * @param {string | URL} href  of http(s), S3, a file of this machine, or what a client of yours reads
 * @param {Destination} destination  the file
 * @param {HrefOptions} [options]  how it is read
 * @returns {Download<void>}
 * @throws {import('./errors.js').StacTaskError} where it cannot be downloaded; then no file is made or changed
 */
export function downloadFile(href, destination, options) {
  return new Download(async (send) => (await load()).downloadFile(tools, send, href, destination, options));
}

/**
 * Read an address while it arrives (`stac_asset.open_href`). What breaks is read on from where it broke, if the server can.
 *
 * @param {string | URL} href
 * @param {HrefOptions} [options]  how it is read
 * @returns {Promise<ReadableStream<Uint8Array>>} resolves with the first answer; the stream fails with what comes after it
 * @throws {import('./errors.js').StacTaskError} where there is nothing to be read
 */
export async function openHref(href, options) {
  return (await load()).openHref(tools, href, options);
}

/**
 * Read an address into memory (`stac_asset.read_href`).
 *
 * @param {string | URL} href
 * @param {HrefOptions} [options]  how it is read
 * @returns {Promise<Uint8Array>} all of it
 * @throws {import('./errors.js').StacTaskError} where it cannot be read to the end
 */
export async function readHref(href, options) {
  return (await load()).readHref(tools, href, options);
}

/**
 * Whether an asset can be downloaded, as far as that can be told without its bytes (`stac_asset.asset_exists`).
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key  of the asset
 * @param {HrefOptions} [options]  how it is asked for
 * @returns {Promise<boolean>} false where it cannot be downloaded; `assertAssetExists` says why
 * @throws {import('./errors.js').StacTaskError} where that says nothing of the asset: ERR_INVALID_ARGUMENT, ERR_CONFIG,
 *   ERR_LOAD_FAILED, ERR_DYNAMIC_IMPORT, ERR_OUT_OF_MEMORY, ERR_CORE_TRAP; the signal's reason after an abort
 */
export async function assetExists(owner, key, options) {
  return (await load()).assetExists(tools, owner, key, options);
}

/**
 * Fails where an asset cannot be downloaded, as far as that can be told without its bytes
 * (`stac_asset.assert_asset_exists`).
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key  of the asset
 * @param {HrefOptions} [options]  how it is asked for
 * @returns {Promise<void>}
 * @throws {import('./errors.js').StacTaskError} with the reason
 */
export async function assertAssetExists(owner, key, options) {
  return (await load()).assertAssetExists(tools, owner, key, options);
}

/**
 * What can be known of an asset without its bytes: whether it is there, which client would read it, what its server says of
 * it, and whether that is what the asset says (`stac-asset info`).
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key  of the asset
 * @param {HrefOptions} [options]  how it is asked for
 * @returns {Promise<AssetInfo>} also where the asset cannot be downloaded
 * @throws {import('./errors.js').StacTaskError} for what is wrong with the call or its options
 * @example
 * const { exists, size, note } = await assetInfo(item, 'B04', { alternateAssets: ['s3'] });
 */
export async function assetInfo(owner, key, options) {
  return (await load()).assetInfo(tools, owner, key, options);
}

/**
 * What `assetInfo` says, of all assets of an item, a collection or an item collection: with one limit of requests at once,
 * and with tokens that are asked for once.
 *
 * @param {StacObject} object
 * @param {InfoOptions} [options]  which assets, and how they are asked for
 * @returns {Promise<AssetInfo[]>} in the order of the items and their assets
 * @throws {import('./errors.js').StacTaskError} for what is wrong with the call or its options
 */
export async function assetInfos(object, options) {
  return (await load()).assetInfos(tools, object, options);
}

/**
 * The address that an asset would be downloaded from: absolute, of the alternate that is preferred, and signed. Nothing is
 * downloaded.
 *
 * @param {StacObject} owner  the item or collection
 * @param {string} key  of the asset
 * @param {SignOptions} [options]  who signs, and for how long (`expiresIn`, seconds)
 * @returns {Promise<SignedHref & { client: string }>}
 * @throws {import('./errors.js').StacTaskError} where there is no address, or nobody who may sign it
 * @example
 * const { href, headers } = await resolveAssetHref(item, 'visual', { alternateAssets: ['s3'] });
 */
export async function resolveAssetHref(owner, key, options) {
  return (await load()).resolveAssetHref(tools, owner, key, options);
}

/**
 * An address by which others can fetch what `href` names: of S3 presigned, of the Planetary Computer with its token, and of
 * everything else with the headers that it takes. Whoever sends those must send them along with no redirect.
 *
 * @param {string | URL} href
 * @param {SignOptions} [options]  who signs, and for how long (`expiresIn`, seconds)
 * @returns {Promise<SignedHref>}
 * @throws {import('./errors.js').StacTaskError} where there is nobody who may sign it
 * @example
 * const { href, expires } = await signHref('s3://bucket/scene.tif', { expiresIn: 600 });
 */
export async function signHref(href, options) {
  return (await load()).signHref(tools, href, options);
}
