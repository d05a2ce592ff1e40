/**
 * S3, after `stac_asset/s3_client.py`. What is public is read without a signature, and without the code for one.
 *
 * @module
 */

import { send } from '#assets.http';
import { StacTaskError } from '../errors.js';
import { bundleHint, dynamicImport } from '../runtime/dynamic-import.js';
import { textOf } from './body.js';
import { addressOf, endpointFromEnvironment } from './s3-address.js';
import { credentialsFrom, endOf } from './s3-credentials.js';

/**
 * @typedef {import('./client.js').Client} Client
 * @typedef {import('./client.js').ClientRequest} ClientRequest
 * @typedef {import('./client.js').ClientResponse} ClientResponse
 * @typedef {import('./s3-credentials.js').Credentials} Credentials
 * @typedef {import('../assets/transfer.js').Source} Source
 * @typedef {{ bucket: string, key: string, region: string | undefined, requesterPays: boolean }} S3Object
 */

/** An error's XML names its code in the first lines. */
const mostOfError = 8192;

/** What goes into the name of a host. */
const regionName = /^[a-z0-9-]{1,63}$/;

/** @param {import('./client.js').ClientContext} context */
export const createClient = (context) => new S3Client(context);

/** @implements {Client} */
class S3Client {
  #settings;
  #fetch;
  #credentials;
  /** Of buckets that are not where they were looked for. @type {Map<string, string>} */
  #regions = new Map();
  /** Buckets that are public, and closed to the credentials. @type {Set<string>} */
  #anonymous = new Set();
  /** Keys that are derived from secrets. @type {Map<string, ArrayBuffer>} */
  #keys = new Map();

  /** @param {import('./client.js').ClientContext} context */
  constructor({ settings, fetch, localFiles }) {
    const s3EndpointUrl = settings.s3EndpointUrl ?? endpointFromEnvironment();
    this.#settings = { ...settings, s3EndpointUrl };
    this.#fetch = fetch;
    this.#credentials = credentialsFrom(settings.s3Credentials, localFiles);
  }

  /**
   * @param {string} href
   * @param {ClientRequest} request
   * @returns {Promise<ClientResponse>}
   * @throws {StacTaskError} what S3 refuses, with its code
   */
  async open(href, request) {
    const response = await this.#ask('GET', request);
    if (response.ok || response.status === 416) return response;
    const code = codeOf(await textOf(response, mostOfError));
    const { status, headers } = response;
    if (isTemporary(status, code)) {
      return { status: status < 429 ? 503 : status, statusText: code, headers, body: null };
    }
    throw refusal(href, status, code, response.statusText);
  }

  /**
   * @param {string} _href
   * @param {ClientRequest} request
   */
  head(_href, request) {
    return this.#ask('HEAD', request);
  }

  /**
   * @param {string} _href
   * @param {import('./client.js').SignRequest} request
   * @returns {Promise<import('./client.js').SignedHref>}
   */
  async sign(_href, { source, expiresIn }) {
    const object = this.#objectOf(source);
    const region = this.#regionOf(object);
    const url = addressOf(object, region, this.#settings);
    const credentials = await this.#credentialsFor(object);
    if (!credentials) return { href: url.href };
    const { presigned } = await loadSigner();
    const expires = new Date(Math.min(Date.now() + expiresIn * 1000, endOf(credentials.expiration)));
    if (object.requesterPays) url.searchParams.set('x-amz-request-payer', 'requester');
    const signed = await presigned(url, expiresIn, { credentials, region, cache: this.#keys });
    return { href: signed.href, expires };
  }

  /**
   * @param {'GET' | 'HEAD'} method
   * @param {ClientRequest} request
   */
  async #ask(method, { headers, signal, source }) {
    const object = this.#objectOf(source);
    const credentials = await this.#credentialsFor(object);
    const response = await this.#inItsRegion(method, object, credentials, headers, signal);
    if (!credentials || !this.#mayTryWithout(object, response)) return response;
    const again = await this.#inItsRegion(method, object, undefined, headers, signal);
    if (!again.ok) {
      await again.body?.cancel();
      return response;
    }
    await response.body?.cancel();
    this.#anonymous.add(object.bucket);
    return again;
  }

  /**
   * Whoever is not allowed to read a bucket may still do so without a name, if it is public.
   * @param {S3Object} object
   * @param {Response} response
   */
  #mayTryWithout({ requesterPays }, { status }) {
    return status === 403 && !requesterPays && this.#settings.s3Sign !== 'always';
  }

  /**
   * Ask, and ask again where the bucket is. S3 says so in its refusal.
   * @param {'GET' | 'HEAD'} method
   * @param {S3Object} object
   * @param {Credentials | undefined} credentials
   * @param {Record<string, string>} headers
   * @param {AbortSignal} signal
   */
  async #inItsRegion(method, object, credentials, headers, signal) {
    const region = this.#regionOf(object);
    const response = await this.#send(method, object, region, credentials, headers, signal);
    if (response.status !== 301 && response.status !== 400) return response;
    const actual = response.headers.get('x-amz-bucket-region') ?? '';
    if (!regionName.test(actual) || actual === region) return response;
    await response.body?.cancel();
    this.#regions.set(object.bucket, actual);
    return this.#send(method, object, actual, credentials, headers, signal);
  }

  /**
   * @param {'GET' | 'HEAD'} method
   * @param {S3Object} object
   * @param {string} region
   * @param {Credentials | undefined} credentials
   * @param {Record<string, string>} headers
   * @param {AbortSignal} signal
   */
  async #send(method, object, region, credentials, headers, signal) {
    const start = addressOf(object, region, this.#settings);
    const payer = object.requesterPays ? { 'x-amz-request-payer': 'requester' } : {};
    const signer = credentials && (await loadSigner());
    const cache = this.#keys;
    return send(method, start, {
      headers,
      signal,
      fetch: this.#fetch,
      secretsFor: async (url) => {
        if (url.origin !== start.origin) return {};
        if (!signer) return { headers: payer };
        return { headers: await signer.signedHeaders(method, url, payer, { credentials, region, cache }) };
      },
    });
  }

  /**
   * @param {Source} source
   * @returns {S3Object}
   */
  #objectOf({ bucket = '', objectKey: key = '', region, requesterPays }) {
    if (region !== undefined && !regionName.test(region)) {
      throw new StacTaskError('ERR_HREF_UNSUPPORTED', `there is no region '${region}'`);
    }
    return { bucket, key, region, requesterPays: requesterPays ?? this.#settings.s3RequesterPays };
  }

  /** @param {S3Object} object */
  #regionOf({ bucket, region }) {
    return this.#regions.get(bucket) ?? region ?? this.#settings.s3RegionName ?? 'us-west-2';
  }

  /**
   * @param {S3Object} object
   * @returns {Promise<import('./s3-credentials.js').GivenCredentials | undefined>} undefined where nothing is to be signed
   */
  async #credentialsFor({ bucket, requesterPays }) {
    const { s3Sign } = this.#settings;
    if (s3Sign === 'never' || this.#anonymous.has(bucket)) return undefined;
    const credentials = await this.#credentials();
    if (!credentials && (requesterPays || s3Sign === 'always')) {
      const message = 'Unable to locate credentials';
      throw new StacTaskError('ERR_CREDENTIALS', message, {
        python: { type: 'NoCredentialsError', message },
        hint: 'Pass s3Credentials, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      });
    }
    return credentials;
  }
}

const loadSigner = () => dynamicImport(() => import('#assets.signer'), bundleHint);

/** @param {string} xml */
const codeOf = (xml) => /<Code>\s*([A-Za-z0-9.]{1,64})\s*<\/Code>/.exec(xml)?.[1] ?? '';

/**
 * @param {number} status
 * @param {string} code
 */
const isTemporary = (status, code) =>
  status >= 500 || [408, 425, 429].includes(status) || (status === 400 && code === 'RequestTimeout');

const hints = /** @type {Record<string, string>} */ ({
  AccessDenied: 'Pass s3Credentials that may read it; or s3RequesterPays, if the bucket wants that.',
  AuthorizationHeaderMalformed: 'Set s3RegionName to the region of the bucket.',
  ExpiredToken: 'The session token has expired.',
  InvalidAccessKeyId: 'Nobody knows the access key: does it belong to another server?',
  PermanentRedirect: 'Set s3RegionName to the region of the bucket.',
  RequestTimeTooSkewed: 'The clock of this machine is wrong.',
  SignatureDoesNotMatch: 'The secret is not that of the access key.',
});

/**
 * In the words of botocore, but for those of the server.
 * @param {string} href
 * @param {number} status
 * @param {string} code
 * @param {string} statusText
 */
function refusal(href, status, code, statusText) {
  const text = `An error occurred (${code || status}) when calling the GetObject operation: `;
  const message = `${text}${statusText || status}, url='${href.replace(/[?#].*$/s, '')}'`;
  const hint = hints[code];
  const python = { type: 'ClientError', message };
  return new StacTaskError('ERR_HTTP_STATUS', message, { status, hint, python });
}
