/**
 * One message of a queue: the payload that it holds, the task, the sink.
 *
 * @module
 */

import {
  FailedValidation,
  InvalidInput,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  StacTaskError,
} from '../errors.js';
import { TaskLogger } from '../task/logger.js';

/**
 * @typedef {import('../events.js').MessageInfo & { id: string, input: any, over?: Promise<void> }} Message
 *   `input` is an event for `CirrusPayload.fromEvent`; after `over` nobody waits any longer
 */

/** @typedef {{ isDone: boolean, error?: any, logger: TaskLogger }} Outcome */

/**
 * Run the task on a message. What fails is logged, and never thrown: one message says nothing of the others.
 *
 * @param {Message} message
 * @param {import('../adapters.js').TaskClass<any>} TaskClass
 * @param {import('../events.js').QueueHandlerOptions} settings
 * @param {typeof import('../cirrus.js').CirrusPayload} CirrusPayload
 * @returns {Promise<Outcome>}
 */
export async function attempt({ id, input, over, ...info }, TaskClass, settings, CirrusPayload) {
  const { sink, onInvalid, maxConcurrency, retryDelay, deadlineMargin, ...options } = settings;
  const logger = new TaskLogger(options.logger, [id]);
  /** @template T @param {() => T} work */
  const logged = async (work) => {
    try {
      return await work();
    } catch (error) {
      logger.exception(error);
      throw error;
    }
  };
  const work = async () => {
    let isRead = false;
    let result;
    try {
      const payload = await logged(() => payloadIn(input, options.maxBytes, CirrusPayload));
      isRead = true;
      const settled = { allowHref: () => false, ...options, requestId: id, signal: info.signal };
      result = await TaskClass.handler(payload, settled);
    } catch (error) {
      if (!onInvalid || !isHopeless(error, isRead)) throw error;
      return logged(() => onInvalid(error, info));
    }
    return logged(() => sink(result, info));
  };
  /** @type {Promise<Outcome>} */
  const ended = work().then(
    () => ({ isDone: true, logger }),
    (error) => ({ isDone: false, error, logger }),
  );
  const outcome = await (over ? Promise.race([ended, over]) : ended);
  if (outcome) return outcome;
  const error = info.signal.reason;
  logger.exception(error);
  return { isDone: false, error, logger };
}

/**
 * @param {any} input
 * @param {number | undefined} maxBytes
 * @param {typeof import('../cirrus.js').CirrusPayload} CirrusPayload
 */
async function payloadIn(input, maxBytes, CirrusPayload) {
  // An address is the task's to follow, under the rules that hold for it.
  const resolve = (/** @type {string} */ url) => ({ url });
  const limit = maxBytes === undefined ? {} : { maxBytes };
  return (await CirrusPayload.fromEvent(input, { resolve, ...limit })).data;
}

const refusals = new Set(['ERR_HREF_REFUSED', 'ERR_HREF_UNSUPPORTED']);

/**
 * Whether the same message would fail in the same way for ever.
 * @param {any} error
 * @param {boolean} isRead  whether there was a payload; of a task's own errors only those count that say so
 */
function isHopeless(error, isRead) {
  if (error instanceof InvalidInput || error instanceof FailedValidation || refusals.has(error?.code))
    return true;
  // A rule of the payload, or an address that is no text; what a task brought itself has another place.
  if (error instanceof StacTaskError && /^\/(process|href$|url$)/.test(error.pointer ?? '')) return true;
  const isOfPayload = [PayloadKeyError, PayloadTypeError, PayloadValueError].some(
    (Type) => error instanceof Type,
  );
  return isOfPayload && (!isRead || error.issue !== undefined);
}
