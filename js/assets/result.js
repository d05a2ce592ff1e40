/**
 * The plan of a download, and what it makes of items and collections.
 *
 * @module
 */

/**
 * @typedef {import('./transfer.js').Source & {
 *   key: string,
 *   selected: boolean,
 *   name?: string,
 *   done: string,
 *   kept: string,
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
    objects: owners.map(({ object, root, file }) => ({ root, file, object: looked(object) })),
  });
  return objects;
}

/**
 * What the plan looks at.
 * @param {Record<string, any>} object
 */
function looked({ type, id, links, assets, properties, ...rest }) {
  /** @type {Record<string, unknown>} */
  const schemes = {};
  if (properties?.['storage:schemes'])
    schemes['properties'] = { 'storage:schemes': properties['storage:schemes'] };
  if (rest['storage:schemes']) schemes['storage:schemes'] = rest['storage:schemes'];
  return { type, id, links, assets, ...schemes };
}

/**
 * @param {Record<string, any>} object
 * @param {Plan} plan
 * @param {Set<string>} failed  keys of assets
 * @param {import('./options.js').Settings} settings
 * @param {import('./download.js').Owner | undefined} owner
 * @returns {Record<string, any>}
 */
export function rewritten(object, plan, failed, { errorStrategy }, owner) {
  const links = plan.links.map(([index, href]) => ({ ...object['links'][index], href }));
  if (plan.derivedFrom !== null) links.push({ rel: 'derived_from', href: plan.derivedFrom });
  if (owner && owner.file !== null) {
    links.push({ rel: 'self', href: `${owner.root}/${owner.file}`, type: 'application/json' });
  }
  const kept = plan.assets.filter(({ key }) => errorStrategy === 'KEEP' || !failed.has(key));
  const entries = kept.map((asset) => {
    const isDone = asset.selected && !failed.has(asset.key);
    return [asset.key, { ...object['assets'][asset.key], href: isDone ? asset.done : asset.kept }];
  });
  return { ...object, links, assets: Object.fromEntries(entries) };
}

/**
 * @param {Record<string, any>} collection
 * @param {object[]} features
 */
export const withItems = (collection, features) => ({ ...collection, features });
