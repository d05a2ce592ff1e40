/**
 * Who asks S3: the credentials that were given, else the environment's, else those of a profile in AWS's shared files.
 *
 * @module
 */

import { invalidArgument, StacTaskError } from '../errors.js';
import { fromEnvironment } from '../runtime/environment.js';

/**
 * @typedef {object} Credentials
 * @property {string} accessKeyId
 * @property {string} secretAccessKey
 * @property {string} [sessionToken]
 */

/**
 * @typedef {Credentials & { expiration?: Date | string | undefined }} GivenCredentials  until when they hold; a function
 *   is asked again a minute before
 */

/** @typedef {() => GivenCredentials | null | undefined | PromiseLike<GivenCredentials | null | undefined>} CredentialsSource */

/** What is as good as expired, in milliseconds before it is. */
const margin = 60_000;

/**
 * @param {GivenCredentials | CredentialsSource | null | undefined} given
 * @param {import('../runtime/host.js').LocalFiles | undefined} localFiles
 * @returns {() => Promise<GivenCredentials | undefined>} looks once, and again when they have expired
 */
export function credentialsFrom(given, localFiles) {
  /** @type {Promise<GivenCredentials | undefined> | undefined} */
  let found;
  let end = Number.POSITIVE_INFINITY;
  const look = async () => {
    const credentials = given ? checked(await asked(given)) : undefined;
    end = endOf(credentials?.expiration);
    return credentials ?? (given ? undefined : (environmentCredentials() ?? (await fromProfile(localFiles))));
  };
  return () => {
    if (!found || Date.now() > end - margin) {
      end = Number.POSITIVE_INFINITY;
      found = look();
      // What failed once may work later.
      found.catch(() => (found = undefined));
    }
    return found;
  };
}

/**
 * @param {GivenCredentials | CredentialsSource} given
 * @throws {StacTaskError} ERR_CREDENTIALS
 */
async function asked(given) {
  if (typeof given !== 'function') return given;
  try {
    return await given();
  } catch (cause) {
    throw new StacTaskError('ERR_CREDENTIALS', 's3Credentials gives none: its function throws', { cause });
  }
}

/** @param {Date | string | undefined} expiration @returns {number} in milliseconds */
export const endOf = (expiration) =>
  expiration === undefined ? Number.POSITIVE_INFINITY : new Date(expiration).getTime();

/**
 * @param {any} credentials
 * @returns {GivenCredentials | undefined}
 */
function checked(credentials) {
  if (credentials === undefined || credentials === null) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  const texts = [accessKeyId, secretAccessKey, sessionToken ?? ''];
  if (texts.some((text) => typeof text !== 'string') || Number.isNaN(endOf(expiration ?? undefined))) {
    throw invalidArgument(
      's3Credentials are { accessKeyId, secretAccessKey, sessionToken?, expiration? }, or a function that gives them',
    );
  }
  return credentialsOf(accessKeyId, secretAccessKey, sessionToken, expiration);
}

/**
 * @param {string | undefined} accessKeyId
 * @param {string | undefined} secretAccessKey
 * @param {string | null | undefined} [sessionToken]
 * @param {Date | string | null} [expiration]
 * @returns {GivenCredentials | undefined} undefined where one half is missing
 */
function credentialsOf(accessKeyId, secretAccessKey, sessionToken, expiration) {
  if (!accessKeyId || !secretAccessKey) return undefined;
  if (/[^\x21-\x7e]/.test(accessKeyId + (sessionToken ?? ''))) {
    throw new StacTaskError(
      'ERR_CREDENTIALS',
      "AWS's access key or session token has a character that none has",
    );
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration } : {}),
  };
}

function environmentCredentials() {
  const [id, secret, token] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(
    fromEnvironment,
  );
  return credentialsOf(id, secret, token);
}

/** @param {import('../runtime/host.js').LocalFiles | undefined} localFiles */
async function fromProfile(localFiles) {
  const values = await (await localFiles?.profile())?.readProfile();
  return (
    values &&
    credentialsOf(values['aws_access_key_id'], values['aws_secret_access_key'], values['aws_session_token'])
  );
}
