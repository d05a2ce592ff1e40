/**
 * Where an object of S3 is.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';

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
 * @throws {StacTaskError} ERR_HREF_UNSUPPORTED
 */
export function addressOf({ bucket, key }, region, { s3EndpointUrl, s3PathStyle }) {
  const isOwn = typeof s3EndpointUrl === 'string';
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const base = new URL(isOwn ? s3EndpointUrl : `https://s3.${region}.${domain}`);
  // A certificate for *.s3… holds for one label; a host's name has no capital letter and no underscore.
  const isHostName = /^[a-z0-9-]+$/.test(bucket);
  const inPath = s3PathStyle ?? (isOwn || !isHostName);
  if (!inPath) base.hostname = `${bucket}.${base.hostname}`;
  const path = base.pathname.replace(/\/$/, '');
  base.pathname = `${path}/${inPath ? `${bucket}/` : ''}${encodedKey(bucket, key)}`;
  return base;
}

/**
 * The server that botocore would ask.
 * @returns {string | null}
 */
export function endpointFromEnvironment() {
  const env = globalThis.process?.env ?? {};
  if (/^true$/i.test(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? '')) return null;
  return env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'] || null;
}

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
 */
const unsupported = (bucket, key) =>
  new StacTaskError('ERR_HREF_UNSUPPORTED', `no URL can name the object '${key}' of the bucket ${bucket}`);
