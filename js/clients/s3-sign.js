/**
 * Signatures for S3. The only module that knows the library; it is loaded for the first request that is signed.
 *
 * @module
 */

import { AwsV4Signer } from 'aws4fetch';

/**
 * @typedef {object} Signing
 * @property {import('./s3-credentials.js').Credentials} credentials
 * @property {string} region
 * @property {Map<string, ArrayBuffer>} cache  keys derived from the secret
 */

/**
 * @param {'GET' | 'HEAD'} method
 * @param {URL} url
 * @param {Record<string, string>} headers  that are signed, too
 * @param {Signing} signing
 * @returns {Promise<Record<string, string>>} those headers and the signature's
 */
export async function signedHeaders(method, url, headers, { credentials, region, cache }) {
  const signer = new AwsV4Signer({
    ...credentials,
    method,
    url: url.href,
    headers,
    region,
    cache,
    service: 's3',
  });
  const signed = await signer.sign();
  return Object.fromEntries(signed.headers);
}

/**
 * @param {URL} url
 * @param {number} seconds
 * @param {Signing} signing
 * @returns {Promise<URL>} with the signature in its query
 */
export async function presigned(url, seconds, { credentials, region, cache }) {
  const lasting = new URL(url);
  lasting.searchParams.set('X-Amz-Expires', String(seconds));
  const signer = new AwsV4Signer({
    ...credentials,
    url: lasting.href,
    region,
    cache,
    service: 's3',
    signQuery: true,
  });
  return (await signer.sign()).url;
}
