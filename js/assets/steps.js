/**
 * What the transfer of a file and the question whether there is one have in common: the chunk says what to do, and is
 * told what came of it (src/assets/transfer.hpp).
 *
 * @module
 */

import { nameOf } from '../task/href.js';
import { errorOf, isFinal } from './failure.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./transfer.js').Source} Source
 * @typedef {import('../clients/client.js').ClientResponse} ClientResponse
 */

/**
 * @param {Session} session
 * @param {object} state  the settings that it begins with
 * @param {object} begin  the first event
 * @param {(action: any) => Promise<object | undefined>} act  gives the next event; undefined where this was the end
 */
export async function follow(session, state, begin, act) {
  /** @type {object | undefined} */
  let event = begin;
  while (event) {
    const next = session.next(state, event);
    state = next.state;
    event = await act(next.action);
  }
}

/**
 * @param {Source} source
 * @param {import('./options.js').Settings} settings
 */
export const attemptsFor = ({ client }, { httpMaxAttempts, s3MaxAttempts }) =>
  client === 's3' ? s3MaxAttempts : httpMaxAttempts;

/**
 * @param {ClientResponse} response
 * @returns {Record<string, string>} names in lower case
 */
export const headersOf = ({ headers }) =>
  Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));

/** @param {ClientResponse} response */
export const responseEvent = (response) => ({
  is: 'response',
  status: response.status,
  statusText: response.statusText ?? '',
  headers: headersOf(response),
  now: Date.now(),
  random: Math.random(),
});

/**
 * @param {Session} session
 * @param {import('./watch.js').Watch} watch
 * @param {Source} source
 * @param {any} error
 * @param {number} received  bytes that are of use
 * @throws {unknown} what is final: the end of everything, or what a client knows for certain
 */
export function failedEvent(session, watch, { href }, error, received) {
  session.signal.throwIfAborted();
  if (isFinal(error)) throw error;
  const code = error?.code ?? error?.cause?.code;
  return {
    is: 'failed',
    why: watch.why ?? 'network',
    received,
    canKeep: true,
    message: `${nameOf(href)} cannot be fetched${typeof code === 'string' ? ` (${code})` : ''}`,
    random: Math.random(),
  };
}

/**
 * @param {Source} source
 * @param {import('./failure.js').Failure} error  of an action
 */
export const failureOf = ({ href }, error) =>
  errorOf(error, error.code === 'ERR_HTTP_STATUS' ? `, url='${nameOf(href)}'` : '');
