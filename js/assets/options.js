/**
 * The options of downloads: what was given, over the environment, over the defaults.
 *
 * @module
 */

import { invalidArgument } from '../errors.js';
import { fromEnvironment } from '../runtime/environment.js';
import { checkedFields, configTypes } from './config.js';

/**
 * What all calls take beside a configuration.
 *
 * @typedef {object} CommonOptions
 * @property {typeof fetch} [fetch]
 * @property {import('../stores/download-store.js').AnyStore} [store]  where bytes go; default: files
 * @property {Record<string, import('../clients/client.js').Client>} [clients]  by name, in the place of this package's
 * @property {AbortSignal} [signal]  ends everything; nothing is left under a file's name that is not whole
 * @property {(message: import('./messages.js').Message) => void} [onMessage]
 */

/** @typedef {import('./config.js').ConfigFields & CommonOptions} HrefOptions */

/**
 * @typedef {object} OwnDownloadOptions
 * @property {string | null} [fileName]  of the saved object, in the destination or in the folder of its item. Default:
 *   `ID.json`, `collection.json` or `item-collection.json`; null: it is not saved
 * @property {string} [pathTemplate]  of an item's folder in the destination, which it cannot lead out of. Default: of the
 *   items of an item collection `${id}`, and of a single item none, but the destination itself
 * @property {boolean} [keepNonDownloaded]  whether the result has the other assets, too; default false
 * @property {number} [maxConcurrentDownloads]  over all items; default 64, 6 where there is no file system, 3 into R2
 */

/** @typedef {HrefOptions & OwnDownloadOptions} DownloadOptions */

/**
 * @typedef {HrefOptions & { expiresIn?: number }} SignOptions  for how many seconds an address of S3 is signed; default 3600,
 *   at most a week
 */

/**
 * @typedef {HrefOptions & { maxConcurrentDownloads?: number }} InfoOptions  `include` and `exclude` hold; so many assets are
 *   asked for at once, by default 64, and 6 where there is no file system
 */

/** @typedef {string | URL | WritableStream<Uint8Array>} Destination */

const hrefTypes = /** @type {const} */ ({
  ...configTypes,
  fetch: 'function',
  store: 'object',
  clients: 'object',
  signal: 'signal',
  onMessage: 'function',
});

const signTypes = /** @type {const} */ ({ ...hrefTypes, expiresIn: 'number' });

const infoTypes = /** @type {const} */ ({ ...hrefTypes, maxConcurrentDownloads: 'number' });

const downloadTypes = /** @type {const} */ ({
  ...hrefTypes,
  fileName: 'string',
  pathTemplate: 'string',
  keepNonDownloaded: 'boolean',
  maxConcurrentDownloads: 'number',
});

const defaults = {
  alternateAssets: /** @type {string[]} */ ([]),
  fileNameStrategy: /** @type {'FILE_NAME' | 'KEY'} */ ('FILE_NAME'),
  warn: false,
  failFast: false,
  errorStrategy: /** @type {'DELETE' | 'KEEP'} */ ('DELETE'),
  include: /** @type {string[]} */ ([]),
  exclude: /** @type {string[]} */ ([]),
  makeDirectory: true,
  clean: true,
  overwrite: false,
  checksum: /** @type {import('./config.js').Checksums} */ ('arriving'),
  clientOverride: /** @type {string | null} */ (null),
  httpClientTimeout: /** @type {number | null} */ (300),
  httpTotalTimeout: /** @type {number | null} */ (null),
  httpMaxAttempts: 10,
  httpAssertContentType: false,
  httpHeaders: /** @type {Record<string, string | Record<string, string>>} */ ({}),
  earthdataHosts: /** @type {string[]} */ ([]),
  pcSasTokenEndpoint: 'https://planetarycomputer.microsoft.com/api/sas/v1/token',
  pcHosts: /** @type {string[]} */ ([]),
  s3RegionName: 'us-west-2',
  s3RequesterPays: false,
  s3RetryMode: 'adaptive',
  s3MaxAttempts: 10,
  s3Sign: /** @type {'auto' | 'always' | 'never'} */ ('auto'),
  oauth2Extra: /** @type {Record<string, string>} */ ({}),
};

/** @typedef {HrefOptions & typeof defaults} Settings  options, of which those with a default are there */

/**
 * @param {string} caller
 * @param {HrefOptions | undefined} options
 * @returns {Settings}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export const hrefSettings = (caller, options) => settingsOf(caller, options, hrefTypes);

/**
 * @param {string} caller
 * @param {DownloadOptions | undefined} options
 * @returns {Settings & OwnDownloadOptions}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export const downloadSettings = (caller, options) => settingsOf(caller, options, downloadTypes);

/**
 * @param {string} caller
 * @param {InfoOptions | undefined} options
 * @returns {Settings & InfoOptions}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export const infoSettings = (caller, options) => settingsOf(caller, options, infoTypes);

/** What S3 allows: a week. */
const longest = 604_800;

/**
 * @param {string} caller
 * @param {SignOptions | undefined} options
 * @returns {Settings & { expiresIn: number }}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export function signSettings(caller, options) {
  const settings = settingsOf(caller, options, signTypes);
  const { expiresIn = 3600 } = settings;
  if (Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= longest)
    return { ...settings, expiresIn };
  throw invalidArgument(
    `${caller}: the option 'expiresIn' is a whole number from 1 to ${longest}, not ${expiresIn}`,
  );
}

/**
 * @template {HrefOptions} T
 * @param {string} caller
 * @param {T | undefined} options
 * @param {Record<string, any>} types
 * @returns {T & typeof defaults}
 */
function settingsOf(caller, options, types) {
  const { fileName, ...rest } = /** @type {DownloadOptions} */ (options ?? {});
  checkedFields(caller, options && (fileName === null ? rest : options), types);
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  const settings = { ...defaults, ...environmentFields(), ...Object.fromEntries(given) };
  for (const name of /** @type {const} */ (['include', 'exclude', 'alternateAssets'])) {
    const keys = settings[name];
    if (!Array.isArray(keys) || keys.some((key) => typeof key !== 'string')) {
      throw invalidArgument(`${caller}: the option '${name}' is a list of keys`);
    }
  }
  const { oauth2Origins = [] } = settings;
  if (!Array.isArray(oauth2Origins)) throw invalidArgument(`${caller}: the option 'oauth2Origins' is a list`);
  for (const name of /** @type {const} */ (['earthdataHosts', 'pcHosts'])) {
    const hosts = settings[name];
    if (!Array.isArray(hosts) || hosts.some((host) => typeof host !== 'string' || !/^[^/@\s]+$/.test(host))) {
      throw invalidArgument(`${caller}: the option '${name}' is a list of hosts`, 'Such as data.example.');
    }
  }
  for (const name of /** @type {const} */ (['httpMaxAttempts', 's3MaxAttempts', 'maxConcurrentDownloads'])) {
    const value = /** @type {any} */ (settings)[name] ?? 1;
    if (!Number.isInteger(value) || value < 1) {
      throw invalidArgument(`${caller}: the option '${name}' is a whole number of 1 or more, not ${value}`);
    }
  }
  return /** @type {any} */ (settings);
}

const texts = {
  earthdataToken: 'EARTHDATA_PAT',
  pcSubscriptionKey: 'PC_SDK_SUBSCRIPTION_KEY',
  oauth2Grant: 'OAUTH2_GRANT',
  oauth2TokenUrl: 'OAUTH2_TOKEN_URL',
  oauth2AuthorizationUrl: 'OAUTH2_AUTHORIZATION_URL',
  oauth2DeviceAuthorizationUrl: 'OAUTH2_DEVICE_AUTHORIZATION_URL',
  oauth2ClientId: 'OAUTH2_CLIENT_ID',
  oauth2ClientSecret: 'OAUTH2_CLIENT_SECRET',
  oauth2Username: 'OAUTH2_USERNAME',
  oauth2Password: 'OAUTH2_PASSWORD',
};

/**
 * What the environment says, at the time of the call. Python reads it when it is imported.
 * @returns {import('./config.js').ConfigFields}
 */
function environmentFields() {
  const found = Object.entries(texts).flatMap(([field, name]) => {
    const value = fromEnvironment(name);
    return value ? [[field, value]] : [];
  });
  const oauth2Pkce = !/^(false|0)$/i.test(fromEnvironment('OAUTH2_PKCE') ?? 'true');
  return { ...Object.fromEntries(found), oauth2Pkce };
}
