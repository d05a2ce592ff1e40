/**
 * Whether assets are there, and what their servers say of them, after `stac_asset/_functions.py` and `_cli.py`.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';
import { addressOf, assetOf, resolved } from './href.js';
import { defaultLimit } from './limit.js';
import { hrefSettings, infoSettings } from './options.js';
import { probe } from './probe.js';
import { inSession } from './session.js';

/**
 * @typedef {import('../assets.js').Tools} Tools
 * @typedef {import('../assets.js').StacObject} StacObject
 * @typedef {import('./info.js').AssetInfo} AssetInfo
 * @typedef {import('./options.js').HrefOptions} HrefOptions
 */

const nobody = () => {};

/** Whether there is a file has nothing to do with its checksum. */
const unchecked = /** @type {const} */ ({ checksum: 'ignore' });

/**
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<boolean>}
 */
export async function assetExists(tools, owner, key, options) {
  try {
    await assertAssetExists(tools, owner, key, options);
    return true;
  } catch (error) {
    options?.signal?.throwIfAborted();
    if (isAboutAsset(error)) return false;
    throw error;
  }
}

/**
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {HrefOptions} [options]
 */
export async function assertAssetExists(tools, owner, key, options) {
  const caller = 'assertAssetExists()';
  const settings = hrefSettings(caller, options);
  const asset = assetOf(caller, owner, key);
  await inSession(tools, nobody, { ...settings, ...unchecked }, async (session) => {
    await probe(session, resolved(session, owner, asset));
  });
}

/**
 * @param {Tools} tools
 * @param {StacObject} owner
 * @param {string} key
 * @param {HrefOptions} [options]
 * @returns {Promise<AssetInfo>}
 */
export async function assetInfo(tools, owner, key, options) {
  const caller = 'assetInfo()';
  const settings = hrefSettings(caller, options);
  const asset = assetOf(caller, owner, key);
  const [info] = await infosOf(tools, settings, [{ owner, key, asset }]);
  return /** @type {AssetInfo} */ (info);
}

/**
 * @param {Tools} tools
 * @param {StacObject} object
 * @param {import('./options.js').InfoOptions} [options]
 * @returns {Promise<AssetInfo[]>}
 */
export async function assetInfos(tools, object, options) {
  const settings = infoSettings('assetInfos()', options);
  const { subjectsOf } = await load();
  return infosOf(tools, settings, subjectsOf('assetInfos()', object, settings));
}

const load = () => dynamicImport(() => import('#assets.info'), bundleHint);

/**
 * @param {Tools} tools
 * @param {import('./options.js').Settings & import('./options.js').InfoOptions} settings
 * @param {import('./info.js').Subject[]} subjects
 */
async function infosOf(tools, settings, subjects) {
  const { describe } = await load();
  return inSession(tools, nobody, { ...settings, ...unchecked }, (session) =>
    describe(session, subjects, { addressOf, probe, isAboutAsset, atOnce: defaultLimit(tools.localFiles) }),
  );
}

/** What says nothing of an asset: mistakes of the caller's, and what this package could not load. */
const others = [
  'ERR_INVALID_ARGUMENT',
  'ERR_CONFIG',
  'ERR_LOAD_FAILED',
  'ERR_DYNAMIC_IMPORT',
  'ERR_OUT_OF_MEMORY',
  'ERR_CORE_TRAP',
];

/**
 * @param {unknown} error
 * @returns {error is StacTaskError}
 */
const isAboutAsset = (error) => error instanceof StacTaskError && !others.includes(error.code);
