/**
 * The plan of a download, and what it makes of items and collections.
 *
 * @module
 */

import { joined } from './destination.js';
import { withFileExtension, withInfo } from './file-info.js';

/** @typedef {import('./options.js').Settings} Settings */

/**
 * @typedef {import('./transfer.js').Source & {
 *   key: string,
 *   selected: boolean,
 *   name?: string,
 *   done: string,
 *   kept: string | null,
 *   error?: import('./failure.js').Failure,
 * }} PlannedAsset  src/assets/plan.hpp
 */

/**
 * @typedef {object} Plan  of one item or collection
 * @property {string | null} self
 * @property {[index: number, href: string][]} links
 * @property {string | null} derivedFrom
 * @property {PlannedAsset[]} assets
 */

/**
 * What became of the assets of one item or collection, by their keys.
 *
 * @typedef {object} Outcome
 * @property {Set<string>} failed
 * @property {Map<string, import('./transfer.js').FileInfo>} infos  of files, where they are to be added
 */

/**
 * @param {import('./session.js').Session} session
 * @param {import('./options.js').Settings & import('./options.js').OwnDownloadOptions} settings
 * @param {import('./download.js').Owner[]} owners
 * @returns {Plan[]}
 * @throws {import('../errors.js').StacTaskError} ConfigError, AssetOverwriteError …
 */
export function planned(session, settings, owners) {
  const { alternateAssets, fileNameStrategy, include, exclude, warn, failFast, errorStrategy } = settings;
  const { objects } = session.answer('plan', {
    config: {
      alternateAssets,
      fileNameStrategy,
      include,
      exclude,
      warn,
      failFast,
      errorStrategy,
      clientOverride: settings.clientOverride,
    },
    keepNonDownloaded: settings.keepNonDownloaded ?? false,
    objects: owners.map(({ object, root, file }) => ({
      root,
      file,
      object: looked(object, settings.checksum),
    })),
  });
  return objects;
}

/**
 * What the chunk looks at.
 * @param {Record<string, any>} object
 * @param {Settings['checksum']} checksum
 */
function looked({ links, assets, ...rest }, checksum) {
  const entries = Object.entries(assets ?? {}).map(([key, asset]) => [key, lookedAsset(asset, checksum)]);
  return {
    ...lookedOwner(rest),
    links,
    assets: checksum === 'ignore' ? Object.fromEntries(entries) : assets,
  };
}

/**
 * The same of what the assets of an item or a collection share.
 * @param {Record<string, any>} object
 */
export function lookedOwner({ type, id, properties, ...rest }) {
  const storageOf = (/** @type {object} */ place) =>
    Object.fromEntries(Object.entries(place).filter(([name]) => name.startsWith('storage:')));
  return { type, id, properties: storageOf(properties ?? {}), ...storageOf(rest) };
}

/**
 * @param {any} asset
 * @param {Settings['checksum']} checksum
 */
export function lookedAsset(asset, checksum) {
  if (checksum !== 'ignore' || typeof asset !== 'object' || asset === null) return asset;
  const { 'file:checksum': _ignored, ...rest } = asset;
  return rest;
}

/**
 * @param {Record<string, any>} object
 * @param {Plan} plan
 * @param {Outcome} outcome
 * @param {Settings} settings
 * @param {import('./download.js').Owner | undefined} owner
 * @returns {Record<string, any>}
 */
export function rewritten(object, plan, { failed, infos }, { errorStrategy }, owner) {
  const links = plan.links.map(([index, href]) => ({ ...object['links'][index], href }));
  if (plan.derivedFrom !== null) links.push({ rel: 'derived_from', href: plan.derivedFrom });
  if (owner && owner.file !== null) {
    links.push({ rel: 'self', href: joined(owner.root, owner.file), type: 'application/json' });
  }
  const kept = plan.assets.filter(({ key }) => errorStrategy === 'KEEP' || !failed.has(key));
  const entries = kept.map((asset) => {
    const isDone = asset.selected && !failed.has(asset.key);
    const href = isDone ? asset.done : asset.kept;
    const copy = { ...object['assets'][asset.key], ...(href === null ? {} : { href }) };
    return [asset.key, withInfo(copy, infos.get(asset.key))];
  });
  const extensions = infos.size > 0 ? { stac_extensions: withFileExtension(object['stac_extensions']) } : {};
  return { ...object, ...extensions, links, assets: Object.fromEntries(entries) };
}

/**
 * @param {Record<string, any>} collection
 * @param {object[]} features
 */
export const withItems = (collection, features) => ({ ...collection, features });
