/**
 * A task as the consumer of a queue, in AWS Lambda or in a Worker.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { beforeDeadline } from './deadline.js';
import { attempt } from './message.js';

/**
 * @typedef {import('../events.js').QueueHandlerOptions} QueueHandlerOptions
 * @typedef {import('./message.js').Message} Message
 * @typedef {import('./message.js').Outcome} Outcome
 */

/**
 * @param {any} batch
 * @param {any} envOrContext  the Worker's bindings, or Lambda's context
 * @param {import('../adapters.js').TaskClass<any>} TaskClass
 * @param {QueueHandlerOptions} settings
 * @param {typeof import('../cirrus.js').CirrusPayload} CirrusPayload
 * @returns {Promise<{ batchItemFailures: { itemIdentifier: string }[] } | undefined>}
 * @throws {StacTaskError} ERR_EVENT_UNKNOWN: then no message is done
 */
export async function consume(batch, envOrContext, TaskClass, settings, CirrusPayload) {
  const run = (/** @type {Message} */ message) => attempt(message, TaskClass, settings, CirrusPayload);
  if (isOfSqs(batch)) return consumeRecords(batch.Records, envOrContext, settings, run);
  if (isOfCloudflare(batch)) return consumeMessages(batch.messages, envOrContext, settings, run);
  throw new StacTaskError(
    'ERR_EVENT_UNKNOWN',
    'toQueueHandler() takes events of SQS and batches of Cloudflare Queues',
    Array.isArray(batch?.Records) ? {} : { hint: 'toLambdaHandler() takes payloads.' },
  );
}

/** @param {any} batch */
const isOfSqs = (batch) =>
  Array.isArray(batch?.Records) &&
  batch.Records.every(
    (/** @type {any} */ record) =>
      record?.eventSource === 'aws:sqs' && typeof record.messageId === 'string' && record.messageId !== '',
  );

/** @param {any} batch */
const isOfCloudflare = (batch) =>
  Array.isArray(batch?.messages) &&
  batch.messages.every((/** @type {any} */ message) => typeof message?.ack === 'function');

/**
 * @param {any[]} records
 * @param {import('./deadline.js').LambdaContext | undefined} context
 * @param {QueueHandlerOptions} settings
 * @param {(message: Message) => Promise<Outcome>} run
 */
function consumeRecords(records, context, { deadlineMargin = 1000, maxConcurrency }, run) {
  return beforeDeadline(context, deadlineMargin, async (signal, over) => {
    /** @type {Set<string>} */
    const failed = new Set();
    await forEachAtOnce(lanesOf(records), maxConcurrency, async (lane) => {
      for (const [index, record] of lane.entries()) {
        const { messageId: id, body } = record;
        const { isDone } = await run({ id, input: body, over, message: record, env: undefined, signal });
        if (isDone) continue;
        // What follows in its group must not overtake it.
        for (const each of lane.slice(index)) failed.add(each.messageId);
        return;
      }
    });
    const identifiers = records.map(({ messageId }) => messageId).filter((id) => failed.has(id));
    return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

/**
 * The records in lists that can be worked on at once: each by itself, and of a FIFO queue each group.
 * @param {any[]} records
 * @returns {any[][]}
 */
function lanesOf(records) {
  /** @type {Map<unknown, any[]>} */
  const lanes = new Map();
  for (const record of records) {
    const isFifo = String(record.eventSourceARN).endsWith('.fifo');
    const key = isFifo ? record.attributes?.MessageGroupId : record;
    const lane = lanes.get(key);
    if (lane) lane.push(record);
    else lanes.set(key, [record]);
  }
  return [...lanes.values()];
}

/**
 * @param {any[]} messages
 * @param {any} env
 * @param {QueueHandlerOptions} settings
 * @param {(message: Message) => Promise<Outcome>} run
 */
async function consumeMessages(messages, env, { maxConcurrency, retryDelay }, run) {
  const { signal } = new AbortController();
  await forEachAtOnce(messages, maxConcurrency, async (message) => {
    const { isDone, error, logger } = await run({
      id: message.id,
      input: message.body,
      message,
      env,
      signal,
    });
    if (isDone) return message.ack();
    let delaySeconds;
    try {
      delaySeconds = retryDelay?.(error, { message, env, signal });
    } catch (cause) {
      logger.exception(cause);
    }
    message.retry(delaySeconds === undefined ? {} : { delaySeconds });
  });
  return undefined;
}

/**
 * @template T
 * @param {T[]} values
 * @param {number | undefined} most  at once; default 4
 * @param {(value: T) => Promise<void>} work
 */
async function forEachAtOnce(values, most = 4, work) {
  const waiting = values.values();
  const worker = async () => {
    for (const value of waiting) await work(value);
  };
  const count = Math.min(Math.max(1, Math.floor(most)), values.length);
  await Promise.all(Array.from({ length: count }, worker));
}
