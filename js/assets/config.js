/**
 * How assets are downloaded, after `stac_asset/config.py`.
 *
 * @module
 */

import { checkedOptions } from '../options.js';

/**
 * Times are in seconds. Null stands for none.
 *
 * @typedef {object} ConfigFields
 * @property {string[]} [alternateAssets]  keys of alternates to prefer, the first that an asset has; default none
 * @property {'FILE_NAME' | 'KEY'} [fileNameStrategy]  whether a file is named by the address or by the key of its asset;
 *   default FILE_NAME
 * @property {boolean} [warn]  whether failures are warnings; default false
 * @property {boolean} [failFast]  whether the first failure ends everything; default false
 * @property {'DELETE' | 'KEEP'} [errorStrategy]  what becomes of an asset that fails, in the result; default DELETE
 * @property {string[]} [include]  keys of the assets to download; default all
 * @property {string[]} [exclude]  keys of assets not to download
 * @property {boolean} [makeDirectory]  whether folders are made; default true
 * @property {boolean} [clean]  whether what was written of a file that fails is removed. Otherwise the next call goes on
 *   from there, if the server can; default true
 * @property {boolean} [overwrite]  whether files that are there are downloaded again; default false
 * @property {Checksums} [checksum]  what is made of checksums; default arriving
 * @property {string | null} [clientOverride]  the client for all addresses; default: as the address says
 * @property {number | null} [httpClientTimeout]  how long nothing may arrive; default 300
 * @property {number | null} [httpTotalTimeout]  how long one file may take, attempts and pauses included; default for ever
 * @property {number} [httpMaxAttempts]  default 10
 * @property {boolean} [httpAssertContentType]  whether a media type other than the asset's is an error and not only a
 *   warning; default false
 * @property {Record<string, string | Record<string, string>>} [httpHeaders]  Under an origin, such as
 *   `https://data.example`, stand headers for that one alone, also after a redirect to it. Others, but for harmless ones
 *   such as `user-agent`, are for the one origin that all addresses of the call have
 * @property {string | null} [earthdataToken]  default: the environment's EARTHDATA_PAT
 * @property {string[]} [earthdataHosts]  hosts that the token is for beside NASA's, each with those below it
 * @property {string} [pcSasTokenEndpoint]  who gives tokens for containers of Azure; default: the Planetary Computer
 * @property {string | null} [pcSubscriptionKey]  for that endpoint; default: the environment's PC_SDK_SUBSCRIPTION_KEY
 * @property {string[]} [pcHosts]  hosts that are taken for Azure's, such as `127.0.0.1:10000` of an emulator
 * @property {string} [s3RegionName]  default us-west-2
 * @property {boolean} [s3RequesterPays]  default false
 * @property {string} [s3RetryMode]  default adaptive
 * @property {number} [s3MaxAttempts]  default 10
 * @property {string | null} [s3EndpointUrl]  another server than AWS's; default: the environment's
 *   AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL
 * @property {boolean} [s3PathStyle]  whether the bucket stands in the path and not in the host's name; default: with
 *   another server, and for buckets whose name is no host's
 * @property {'auto' | 'always' | 'never'} [s3Sign]  default auto: where there are credentials, or the requester pays
 * @property {import('../clients/s3-credentials.js').GivenCredentials | import('../clients/s3-credentials.js').CredentialsSource} [s3Credentials]
 *   default: those of the environment, else of AWS's shared files
 * @property {string | null} [oauth2Grant]  default, as for all of OAuth2: the environment's OAUTH2_GRANT …
 * @property {string | null} [oauth2TokenUrl]
 * @property {string | null} [oauth2AuthorizationUrl]
 * @property {string | null} [oauth2DeviceAuthorizationUrl]
 * @property {string | null} [oauth2ClientId]
 * @property {string | null} [oauth2ClientSecret]
 * @property {boolean} [oauth2Pkce]  default true, unless OAUTH2_PKCE is false or 0
 * @property {string | null} [oauth2Username]
 * @property {string | null} [oauth2Password]
 * @property {Record<string, string>} [oauth2Extra]  other parameters, such as `scope`
 * @property {string[]} [oauth2Origins]  whom the token is for; default: the one origin that all addresses of the call have
 * @property {(url: string) => string | URL | PromiseLike<string | URL>} [oauth2Authorize]  shows somebody an address, and
 *   gives the one that he comes back by; default, where there are files: it is printed, and a port of this machine waits
 * @property {string | null} [oauth2RedirectUri]  the address that he comes back to
 */

/**
 * `ignore`: nothing is looked at. `arriving`: what arrives is verified where its asset has a `file:checksum`. `verify`: files
 * that are there are, too, and one whose checksum is wrong is downloaded again. `require`: also, an asset without a checksum
 * that can be verified is an error. `add`: as `verify`; in the result, assets that were downloaded or there have
 * `file:checksum`, by SHA2-256, and `file:size`.
 *
 * @typedef {'ignore' | 'arriving' | 'verify' | 'require' | 'add'} Checksums
 */

/** The fields and their types. */
export const configTypes = /** @type {const} */ ({
  alternateAssets: 'object',
  fileNameStrategy: ['FILE_NAME', 'KEY'],
  warn: 'boolean',
  failFast: 'boolean',
  errorStrategy: ['DELETE', 'KEEP'],
  include: 'object',
  exclude: 'object',
  makeDirectory: 'boolean',
  clean: 'boolean',
  overwrite: 'boolean',
  checksum: ['ignore', 'arriving', 'verify', 'require', 'add'],
  clientOverride: 'string',
  httpClientTimeout: 'number',
  httpTotalTimeout: 'number',
  httpMaxAttempts: 'number',
  httpAssertContentType: 'boolean',
  httpHeaders: 'object',
  earthdataToken: 'string',
  earthdataHosts: 'object',
  pcSasTokenEndpoint: 'string',
  pcSubscriptionKey: 'string',
  pcHosts: 'object',
  s3RegionName: 'string',
  s3RequesterPays: 'boolean',
  s3RetryMode: 'string',
  s3MaxAttempts: 'number',
  s3EndpointUrl: 'string',
  s3PathStyle: 'boolean',
  s3Sign: ['auto', 'always', 'never'],
  s3Credentials: 'object',
  oauth2Grant: 'string',
  oauth2TokenUrl: 'string',
  oauth2AuthorizationUrl: 'string',
  oauth2DeviceAuthorizationUrl: 'string',
  oauth2ClientId: 'string',
  oauth2ClientSecret: 'string',
  oauth2Pkce: 'boolean',
  oauth2Username: 'string',
  oauth2Password: 'string',
  oauth2Extra: 'object',
  oauth2Origins: 'object',
  oauth2Authorize: 'function',
  oauth2RedirectUri: 'string',
});

/** Fields that may be null. */
const isOptional = (/** @type {string} */ name) =>
  configTypes[/** @type {keyof typeof configTypes} */ (name)] === 'string' || /Timeout$/.test(name);

/**
 * @template {object} T
 * @param {string} caller
 * @param {T | undefined} options
 * @param {Record<string, any>} types
 * @returns {T}
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export function checkedFields(caller, options, types) {
  const isObject = typeof options === 'object' && options !== null;
  const given = isObject
    ? Object.fromEntries(
        Object.entries(options).filter(
          ([name, value]) =>
            (value !== null || !isOptional(name)) &&
            !(name === 's3Credentials' && typeof value === 'function'),
        ),
      )
    : options;
  checkedOptions(caller, given, types);
  return options ?? /** @type {T} */ ({});
}

/**
 * Options for several calls: pass it as they are, or spread it with others.
 *
 * @implements {ConfigFields}
 * @example
 * const config = new DownloadConfig({ include: ['B04'], warn: true });
 * await downloadItem(item, 'scene', { ...config, overwrite: true });
 */
export class DownloadConfig {
  /**
   * @param {ConfigFields} [fields]
   * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
   */
  constructor(fields) {
    Object.assign(this, checkedFields('DownloadConfig', fields, configTypes));
  }
}
