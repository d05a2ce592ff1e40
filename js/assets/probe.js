/**
 * Whether there is a file, and what its server says of it. How to ask is the chunk's decision (src/assets/transfer.hpp).
 *
 * @module
 */

import { dismiss } from '../runtime/reader.js';
import { hinted, isLengthUnsure } from './cors.js';
import { attemptsFor, failedEvent, failureOf, follow, headersOf, responseEvent } from './steps.js';
import { Watch } from './watch.js';

/**
 * @typedef {object} Found
 * @property {number | null} total  bytes
 * @property {string} [warning]  the media type is another than the asset's
 * @property {Record<string, string>} headers  with names in lower case
 */

/**
 * Ask without the body, and as long as it is worth to ask again.
 *
 * @param {import('./session.js').Session} session
 * @param {import('./transfer.js').Source} source
 * @returns {Promise<Found>}
 * @throws {import('../errors.js').StacTaskError} where there is none, or nobody says so
 */
export async function probe(session, source) {
  const client = await session.clientOf(source.client);
  const watch = new Watch(session);
  const address = source.path ?? source.href;
  /** @type {Found} */
  let found = { total: null, headers: {} };
  const request = async (/** @type {{ method?: 'head', headers: Record<string, string> }} */ action) => {
    const ask = ((action.method && client.head) ?? client.open).bind(client);
    try {
      const { headers } = action;
      const response = await watch.over(ask(address, { headers, signal: watch.begin(), source }), dismiss);
      dismiss(response);
      found = { total: null, headers: headersOf(response) };
      const event = responseEvent(response);
      return { ...event, trustLength: !isLengthUnsure(response, event.headers) };
    } catch (error) {
      return failedEvent(session, watch, source, error, 0);
    }
  };
  const state = {
    maxAttempts: attemptsFor(source, session.settings),
    type: source.type ?? null,
    client: source.client,
    probe: true,
    resume: false,
  };
  try {
    await follow(session, state, { is: 'begin', exists: null, part: null }, async (action) => {
      if (action.do === 'fail') throw failureOf(source, hinted(action.error, source.href));
      if (action.do === 'request') return request(action);
      if (action.do === 'wait') {
        await watch.wait(action.seconds);
        return { is: 'waited' };
      }
      found = { ...found, total: action.total, warning: action.warning };
      return undefined;
    });
  } finally {
    watch.abandon();
    watch.stop();
  }
  return found;
}
