/**
 * NASA's Earthdata, after `stac_asset/earthdata_client.py`: HTTP with a token, which no other host is sent.
 *
 * @module
 */

import { httpClient } from '#assets.http';
import { StacTaskError } from '../errors.js';
import { isBelow, isLoopback } from './hosts.js';

const ownHosts = ['earthdata.nasa.gov', 'earthdatacloud.nasa.gov'];

/**
 * @param {import('./client.js').ClientContext} context
 * @returns {import('./client.js').Client}
 * @throws {StacTaskError} ERR_CREDENTIALS
 */
export function createClient(context) {
  const { earthdataToken, earthdataHosts } = context.settings;
  if (!earthdataToken) {
    const message = 'token was not provided, and EARTHDATA_PAT environment variable not set';
    throw new StacTaskError('ERR_CREDENTIALS', message, {
      python: { type: 'ValueError', message },
      hint: 'Pass earthdataToken; https://urs.earthdata.nasa.gov/profile makes one.',
    });
  }
  const headers = { authorization: `Bearer ${earthdataToken}` };
  const isTheirs = (/** @type {URL} */ url) =>
    (url.protocol === 'https:' && isBelow(url, [...ownHosts, ...earthdataHosts])) ||
    (isLoopback(url) && isBelow(url, earthdataHosts));
  return httpClient(context, (url) => (isTheirs(url) ? { headers } : {}));
}
