/**
 * Where an object of S3 is.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';
import { fromEnvironment } from '../runtime/environment.js';
import { parsedUrl } from '../runtime/parsed-url.js';

/**
 * @typedef {object} Endpoint
 * @property {string | null} [s3EndpointUrl]
 * @property {boolean | undefined} [s3PathStyle]
 */

/**
 * @param {{ bucket: string, key: string }} object
 * @param {string} region
 * @param {Endpoint} endpoint
 * @returns {URL}
 * @throws {StacTaskError} ERR_HREF_UNSUPPORTED, ERR_INVALID_ARGUMENT
 */
export function addressOf({ bucket, key }, region, { s3EndpointUrl, s3PathStyle }) {
  const isOwn = typeof s3EndpointUrl === 'string';
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const base = isOwn ? endpointOf(s3EndpointUrl) : new URL(`https://s3.${region}.${domain}`);
  // A certificate for *.s3… holds for one label; a host's name has no capital letter and no underscore.
  const isHostName = /^[a-z0-9-]+$/.test(bucket);
  const inPath = s3PathStyle ?? (isOwn || !isHostName);
  if (/^\.*$/.test(bucket)) throw unsupported(bucket, key);
  if (!inPath) {
    const host = `${bucket}.${base.hostname}`;
    base.hostname = host;
    // A number has no hosts below it, and a capital letter is lost.
    if (base.hostname !== host) throw unsupported(bucket, key);
  }
  const path = `${base.pathname.replace(/\/$/, '')}/${inPath ? `${bucket}/` : ''}${encodedKey(bucket, key)}`;
  base.pathname = path;
  if (!isKept(path, base.pathname)) throw unsupported(bucket, key, oldUrls);
  return base;
}

/** @param {string} text */
function endpointOf(text) {
  const url = parsedUrl(text);
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url;
  throw invalidArgument('s3EndpointUrl, or AWS_ENDPOINT_URL, is an http(s) URL without a user');
}

/**
 * The server that botocore would ask.
 * @returns {string | null}
 */
export function endpointFromEnvironment() {
  if (/^true$/i.test(fromEnvironment('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') ?? '')) return null;
  return fromEnvironment('AWS_ENDPOINT_URL_S3') || fromEnvironment('AWS_ENDPOINT_URL') || null;
}

/**
 * URLs of Workers with old dates lose slashes, and make a plus of what is a space to S3 then.
 * @param {string} path
 * @param {string} made  of it by a URL
 */
const isKept = (path, made) => !made.includes('+') && decodeURIComponent(made) === decodeURIComponent(path);

const oldUrls = 'Set the compatibility_date of the Worker to 2022-10-31 or later.';

/**
 * Strictly, since a `+` is a space to some servers, and a signature is of this text.
 * @param {string} bucket
 * @param {string} key
 */
function encodedKey(bucket, key) {
  const parts = key.split('/');
  // URLs take these as steps, even if they are percent-encoded.
  if (key === '' || parts.includes('.') || parts.includes('..')) throw unsupported(bucket, key);
  try {
    return parts.map(encoded).join('/');
  } catch {
    throw unsupported(bucket, key);
  }
}

/** @param {string} text */
const encoded = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * @param {string} bucket
 * @param {string} key
 * @param {string} [hint]
 */
const unsupported = (bucket, key, hint) =>
  new StacTaskError('ERR_HREF_UNSUPPORTED', `no URL can name the object '${key}' of the bucket ${bucket}`, {
    hint,
  });
