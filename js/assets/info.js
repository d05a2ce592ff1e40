/**
 * What is known of assets without their bytes, after `stac_asset/_cli.py: get_asset_info`.
 *
 * @module
 */

import { invalidArgument } from '../errors.js';
import { errorOf, noAddress } from './failure.js';
import { limit } from './limit.js';

/**
 * Plain data; null stands for what is not known.
 *
 * @typedef {object} AssetInfo
 * @property {string} key
 * @property {string | null} ownerId  of the item or collection
 * @property {string | null} href  what was asked for: absolute, of the alternate that is preferred; not signed
 * @property {string | null} alternate  the alternate that this is of; null: it is the asset's own
 * @property {string | null} client  who would read it: filesystem, http, s3, planetary-computer, earthdata
 * @property {boolean} exists  false also where nobody says whether it is there; `error` tells
 * @property {string | null} type  media type, as the asset says
 * @property {string | null} contentType  as the server says
 * @property {boolean | null} typeFits  whether these two go together, as stac-asset sees it
 * @property {number | null} size  bytes, as the server says
 * @property {boolean | null} sizeFits  whether it is the asset's `file:size`
 * @property {string | null} etag  with its quotation marks
 * @property {string | null} lastModified  ISO 8601, in UTC
 * @property {boolean} requesterPays
 * @property {AlternateInfo[]} alternates  all that the asset has
 * @property {{ code: string, message: string, hint?: string } | null} error  why it could not be downloaded
 * @property {string} note  what of all this somebody should know, in lines; empty where all is well
 */

/**
 * @typedef {object} AlternateInfo  nobody is asked for it; `alternateAssets: [key]` does
 * @property {string} key
 * @property {string | null} href  absolute; null where it has none
 * @property {string | null} client
 */

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./options.js').InfoOptions} InfoOptions
 * @typedef {import('../errors.js').StacTaskError} StacTaskError
 * @typedef {ReturnType<typeof import('./href.js').addressOf>} AskedSource
 * @typedef {Partial<import('./probe.js').Found> & { error?: StacTaskError }} Answer
 * @typedef {{ owner: Record<string, any>, key: string, asset: Record<string, any> }} Subject
 */

/**
 * What is in the file that loads this one, so that there is one of each.
 *
 * @typedef {object} Helpers
 * @property {typeof import('./href.js').addressOf} addressOf
 * @property {typeof import('./probe.js').probe} probe
 * @property {(error: unknown) => error is StacTaskError} isAboutAsset
 * @property {number} atOnce  unless the caller says it
 */

/**
 * @param {string} caller
 * @param {any} object
 * @param {import('./options.js').Settings} settings
 * @returns {Subject[]}
 */
export function subjectsOf(caller, object, { include, exclude }) {
  const owners = object?.type === 'FeatureCollection' ? object.features : [object];
  if (!Array.isArray(owners)) throw invalidArgument(`${caller} takes an object with \`features\``);
  return owners.flatMap((owner) => {
    const assets = owner?.assets ?? (['Feature', 'Collection'].includes(owner?.type) ? {} : undefined);
    if (typeof assets !== 'object') {
      throw invalidArgument(`${caller} takes an item, a collection or an item collection`);
    }
    return Object.entries(assets)
      .filter(([key]) => (include.length === 0 || include.includes(key)) && !exclude.includes(key))
      .map(([key, asset]) => ({ owner, key, asset }));
  });
}

/**
 * @param {Session} session
 * @param {Subject[]} subjects
 * @param {Helpers} helpers
 * @returns {Promise<AssetInfo[]>}
 * @throws {unknown} what is not about one asset
 */
export async function describe(session, subjects, helpers) {
  const { maxConcurrentDownloads = helpers.atOnce } = /** @type {InfoOptions} */ (session.settings);
  const sources = subjects.map(({ owner, asset }) => helpers.addressOf(session, owner, asset));
  session.expect(sources.filter(({ error }) => !error));
  const limited = limit(maxConcurrentDownloads);
  return Promise.all(
    subjects.map((subject, index) =>
      limited(async () => {
        const source = /** @type {AskedSource} */ (sources[index]);
        const answer = await asked(session, source, helpers);
        return infoOf(session.settings, subject, source, answer, alternatesOf(session, subject, helpers));
      }),
    ),
  );
}

/**
 * @param {Session} session
 * @param {AskedSource} source
 * @param {Helpers} helpers
 * @returns {Promise<Answer>}
 */
async function asked(session, source, { probe, isAboutAsset }) {
  session.signal.throwIfAborted();
  if (source.error) {
    const error = errorOf(source.error);
    if (isAboutAsset(error)) return { error };
    throw error;
  }
  try {
    return await probe(session, source);
  } catch (error) {
    session.signal.throwIfAborted();
    if (isAboutAsset(error)) return { error };
    session.abort(error);
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {Subject} subject
 * @param {Helpers} helpers
 * @returns {AlternateInfo[]}
 */
function alternatesOf(session, { owner, asset }, { addressOf }) {
  const all = asset?.['alternate'];
  if (typeof all !== 'object' || all === null || Array.isArray(all)) return [];
  return Object.keys(all).map((key) => {
    const { href, client } = addressOf(session, owner, asset, [key]);
    return { key, href: href || null, client: client ?? null };
  });
}

/**
 * @param {import('./options.js').Settings} settings
 * @param {Subject} subject
 * @param {AskedSource} source
 * @param {Answer} answer
 * @param {AlternateInfo[]} alternates
 * @returns {AssetInfo}
 */
function infoOf(settings, { owner, key }, source, answer, alternates) {
  const { headers = {}, total = null, warning, error } = answer;
  const { client = null, size: expected = null } = source;
  const type = source.type || null;
  const contentType = headers['content-type'] || null;
  const requesterPays = source.requesterPays ?? (client === 's3' && settings.s3RequesterPays);
  const names = alternates.map((each) => each.key);
  const used = settings.alternateAssets.find((name) => names.includes(name)) ?? null;
  const modified = new Date(headers['last-modified'] ?? '');
  const sizeFits = expected === null || total === null ? null : expected === total;
  const listed = names.map((name) => (name === used ? `${name} (used)` : name));
  const note = [
    error && noteOf(error),
    warning,
    sizeFits === false && `the size does not match: actual=${total}, expected=${expected}`,
    requesterPays && 'requester pays',
    names.length > 0 && `alternates: ${listed.join(', ')}`,
  ];
  return {
    key,
    ownerId: typeof owner['id'] === 'string' ? owner['id'] : null,
    href: source.href || null,
    alternate: used,
    client,
    exists: !error,
    type,
    contentType,
    typeFits: contentType === null || type === null ? null : warning === undefined,
    size: total,
    sizeFits,
    etag: headers['etag'] || null,
    lastModified: Number.isNaN(modified.getTime()) ? null : modified.toISOString(),
    requesterPays,
    alternates,
    error: error ? told(error) : null,
    note: note.filter(Boolean).join('\n'),
  };
}

/** @param {StacTaskError} error */
const told = ({ code, message, hint }) => ({ code, message, ...(hint ? { hint } : {}) });

/**
 * In Python's words where there is no address.
 * @param {StacTaskError} error
 */
const noteOf = ({ message }) => (message === noAddress ? 'Could not make absolute href' : message);
