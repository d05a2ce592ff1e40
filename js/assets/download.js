/**
 * Downloads, after `stac_asset/_functions.py`. Loaded by the first of them.
 *
 * @module
 */

import { DownloadError, invalidArgument } from '../errors.js';
import { nameOf } from '../task/href.js';
import { checkedName, joined, placeOf } from './destination.js';
import { errorOf } from './failure.js';
import { mustBeReadable, mustHaveChecksum } from './file-info.js';
import { defaultLimit, limit } from './limit.js';
import { downloadSettings } from './options.js';
import { planned, rewritten, withItems } from './result.js';
import { inSession } from './session.js';
import { transfer } from './transfer.js';

export { assertAssetExists, assetExists, assetInfo, assetInfos } from './exists.js';
export {
  downloadAsset,
  downloadFile,
  openHref,
  readHref,
} from './href.js';
export { resolveAssetHref, signHref } from './sign.js';

/**
 * @typedef {import('../assets.js').Tools} Tools
 * @typedef {import('../assets.js').StacObject} StacObject
 * @typedef {import('./options.js').DownloadOptions} DownloadOptions
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./transfer.js').FileInfo} FileInfo
 * @typedef {import('./result.js').Plan} Plan
 * @typedef {import('./result.js').PlannedAsset} PlannedAsset
 * @typedef {import('./destination.js').Place} Place
 * @typedef {import('./session.js').Send} Send
 */

/**
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject} item
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 * @returns {Promise<any>}
 */
export const downloadItem = (tools, send, item, destination, options) =>
  downloadOne(
    'downloadItem()',
    'Feature',
    (id) => `${idOf('downloadItem()', id)}.json`,
    tools,
    send,
    item,
    destination,
    options,
  );

/**
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject} collection
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 * @returns {Promise<any>}
 */
export const downloadCollection = (tools, send, collection, destination, options) =>
  downloadOne(
    'downloadCollection()',
    'Collection',
    () => 'collection.json',
    tools,
    send,
    collection,
    destination,
    options,
  );

/**
 * @param {string} caller
 * @param {string} type
 * @param {(id: string) => string} savedAs  the name of the saved object
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject} given
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 */
async function downloadOne(caller, type, savedAs, tools, send, given, destination, options) {
  const settings = downloadSettings(caller, options);
  const object = copyOf(caller, type, given);
  const { fileName = savedAs(object['id']), pathTemplate } = settings;
  const file = fileName === null ? null : checkedName(fileName);
  const isInFolder = type === 'Feature' && pathTemplate !== undefined;
  const folder = isInFolder && checkedName((await tools.template(pathTemplate)).substitute(object));
  const place = await readablePlaceOf(caller, destination, settings, tools);
  const root = folder ? joined(place.path, folder) : place.path;
  return inSession(tools, send, settings, async (session) => {
    const { errors, results } = await fetchAll(session, tools, settings, place, [{ object, root, file }]);
    const [result = {}] = results;
    if (errors.length > 0) throw new DownloadError(errors, result);
    if (file !== null) await save(session, place, joined(root, file), result);
    return result;
  });
}

/**
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject} given
 * @param {string | URL} destination
 * @param {DownloadOptions} [options]
 * @returns {Promise<any>}
 */
export async function downloadItemCollection(tools, send, given, destination, options) {
  const caller = 'downloadItemCollection()';
  const settings = downloadSettings(caller, options);
  const collection = copyOf(caller, 'FeatureCollection', given);
  const { features } = collection;
  if (!Array.isArray(features) || features.some((each) => typeof each !== 'object' || each === null)) {
    throw invalidArgument(`${caller} takes an object with items as its \`features\``);
  }
  const { fileName = 'item-collection.json', pathTemplate } = settings;
  const file = fileName === null ? null : checkedName(fileName);
  const template = pathTemplate === undefined ? undefined : await tools.template(pathTemplate);
  const place = await readablePlaceOf(caller, destination, settings, tools);
  const owners = features.map((object) => {
    const folder = template ? template.substitute(object) : idOf(caller, object.id);
    return { object, root: joined(place.path, checkedName(folder)), file: null };
  });
  return inSession(tools, send, settings, async (session) => {
    const { errors, results } = await fetchAll(session, tools, settings, place, owners);
    const result = withItems(collection, results);
    if (errors.length > 0) throw new DownloadError(errors, result);
    if (file !== null) await save(session, place, joined(place.path, file), result);
    return result;
  });
}

/**
 * Items of a task, each into a folder of its own and saved there (stactask/asset_io.py: download_items_assets).
 *
 * @param {Tools} tools
 * @param {Send} send
 * @param {StacObject[]} given
 * @param {string} destination
 * @param {DownloadOptions} [options]
 * @returns {Promise<any[]>}
 */
export async function downloadItems(tools, send, given, destination, options) {
  const caller = 'downloadItemsAssets()';
  const settings = { keepNonDownloaded: true, ...downloadSettings(caller, options) };
  const { fileName = 'item.json', pathTemplate = '${collection}/${id}' } = settings;
  const file = fileName === null ? null : checkedName(fileName);
  const items = given.map((item) => copyOf(caller, 'Feature', item));
  const template = await tools.template(pathTemplate);
  const place = await readablePlaceOf(caller, destination, settings, tools);
  const owners = items.map((object) => {
    const root = joined(place.path, checkedName(template.substitute(object)));
    return { object, root, file };
  });
  return inSession(tools, send, settings, async (session) => {
    const { errors, results } = await fetchAll(session, tools, settings, place, owners);
    if (errors.length > 0) throw new DownloadError(errors, results);
    for (const [index, { root }] of owners.entries()) {
      if (file !== null) await save(session, place, joined(root, file), results[index] ?? {});
    }
    return results;
  });
}

/**
 * @param {string} caller
 * @param {string | URL} destination
 * @param {import('./options.js').Settings} settings
 * @param {Tools} tools
 */
async function readablePlaceOf(caller, destination, settings, tools) {
  const place = await placeOf(caller, destination, settings, tools);
  mustBeReadable(caller, settings, place.store);
  return place;
}

/**
 * An object means the JSON that it is written as. Nothing of the caller's is changed.
 * @param {string} caller
 * @param {string} type
 * @param {any} given
 * @returns {Record<string, any>}
 */
function copyOf(caller, type, given) {
  const isObject = typeof given === 'object' && given !== null;
  const copy = isObject ? JSON.parse(JSON.stringify(given)) : undefined;
  if (copy?.type === type) return copy;
  throw invalidArgument(`${caller} takes an object of type '${type}'`);
}

/**
 * @param {string} caller
 * @param {unknown} id
 * @returns {string}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT where nothing can be named by it
 */
function idOf(caller, id) {
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw invalidArgument(`${caller}: there is an item without an id`, 'Pass `fileName` or `pathTemplate`.');
}

/** @typedef {{ object: Record<string, any>, root: string, file: string | null }} Owner */

/**
 * @param {Session} session
 * @param {Tools} tools
 * @param {import('./options.js').Settings & import('./options.js').OwnDownloadOptions} settings
 * @param {Place} place
 * @param {Owner[]} owners
 * @returns {Promise<{ errors: Error[], results: Record<string, any>[] }>} what is to be raised, and what becomes of each
 */
async function fetchAll(session, { localFiles }, settings, { store, path }, owners) {
  const plan = planned(session, settings, owners);
  session.expect(plan.flatMap(({ assets }) => assets.filter(({ selected, error }) => selected && !error)));
  const { maxConcurrentDownloads = store.atOnce ?? defaultLimit(localFiles), failFast } = settings;
  const limited = limit(maxConcurrentDownloads);
  const fetchIt = (/** @type {PlannedAsset} */ asset, /** @type {Owner} */ { object, root }) =>
    limited(async () => {
      session.signal.throwIfAborted();
      return fetchAsset(session, store, path, asset, root, object['id'] ?? null);
    }).catch((reason) => {
      const error = asError(reason);
      if (failFast) session.abort(error);
      throw error;
    });
  const outcomes = await Promise.all(
    plan.map(({ assets }, index) =>
      Promise.allSettled(
        assets
          .filter(({ selected }) => selected)
          .map((asset) => fetchIt(asset, /** @type {Owner} */ (owners[index]))),
      ),
    ),
  );
  session.signal.throwIfAborted();
  /** @type {Error[]} */
  const errors = [];
  const results = plan.map((each, index) => {
    const owner = /** @type {Owner} */ (owners[index]);
    const outcome = outcomeOf(session, each.assets, outcomes[index] ?? [], owner.root, errors);
    return rewritten(owner.object, each, outcome, settings, owner);
  });
  return { errors, results };
}

/**
 * What failed is a warning, or among the errors.
 * @param {Session} session
 * @param {PlannedAsset[]} assets
 * @param {PromiseSettledResult<FileInfo | null>[]} outcomes  of those that were selected
 * @param {string} root
 * @param {Error[]} errors
 * @returns {import('./result.js').Outcome}
 */
function outcomeOf(session, assets, outcomes, root, errors) {
  /** @type {import('./result.js').Outcome} */
  const { failed, infos } = { failed: new Set(), infos: new Map() };
  const selected = assets.filter((asset) => asset.selected);
  for (const [at, outcome] of outcomes.entries()) {
    const asset = selected[at];
    if (!asset) continue;
    if (outcome.status === 'fulfilled') {
      if (outcome.value) infos.set(asset.key, outcome.value);
      continue;
    }
    failed.add(asset.key);
    if (!session.settings.warn) errors.push(outcome.reason);
    else session.warn({ kind: 'warning', ...wayOf(asset, root), message: outcome.reason.message });
  }
  return { failed, infos };
}

/**
 * @param {any} reason  what a store or a client of the caller's throws may be anything
 * @returns {Error}
 */
const asError = (reason) =>
  typeof reason?.message === 'string' ? reason : new Error(String(reason), { cause: reason });

/**
 * Where an asset comes from and goes to, for messages. Without an address `href` is empty, without a name `path` is the folder.
 * @param {PlannedAsset} asset
 * @param {string} root
 */
const wayOf = ({ href, name }, root) => ({
  href: href ? nameOf(href) : '',
  path: name ? joined(root, name) : root,
});

/**
 * @param {Session} session
 * @param {import('../stores/download-store.js').DownloadStore} store
 * @param {string} top  the destination
 * @param {PlannedAsset} asset
 * @param {string} root  where the asset's name is
 * @param {string | null} ownerId
 * @returns {Promise<FileInfo | null>}
 */
async function fetchAsset(session, store, top, asset, root, ownerId) {
  const { key, error } = asset;
  const { href, path } = wayOf(asset, root);
  const { makeDirectory } = session.settings;
  const { size = null, type = null } = asset;
  const open = () => {
    session.send({ kind: 'start', key, ownerId, href, path });
    return store.open(path, { root: top, makeDirectory, size, type, source: href });
  };
  try {
    if (error) throw errorOf(error);
    mustHaveChecksum(session.settings, key, asset);
    const existing = await store.sizeOf(path);
    const exists =
      existing === null
        ? null
        : { size: existing, read: () => /** @type {Required<typeof store>} */ (store).read(path) };
    const { isFetched, info } = await transfer(session, { source: asset, path, exists, open });
    if (isFetched) session.send({ kind: 'finish', key, href, path });
    else session.send({ kind: 'skip', key, path });
    return info;
  } catch (reason) {
    const error = asError(reason);
    session.send({ kind: 'error', key, href, path, error });
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {Place} place  which no link may lead out of
 * @param {string} file
 * @param {object} object
 */
async function save(session, { store, path }, file, object) {
  const options = { root: path, makeDirectory: true, size: null, type: 'application/json' };
  const part = await store.open(file, options);
  try {
    await part.restart?.();
    await part.write(new TextEncoder().encode(JSON.stringify(object)));
    session.signal.throwIfAborted();
    await part.finish();
  } catch (error) {
    await part.discard(error);
    throw error;
  }
}
