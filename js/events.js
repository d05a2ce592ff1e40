/**
 * Tasks as handlers of the events that AWS Lambda and queues bring. What a handler does is a module of its own.
 *
 * @module
 */

import { checkedHandlerOptions, toFetchHandler } from './adapters.js';
import { CirrusPayload } from './cirrus.js';
import { invalidArgument } from './errors.js';
import { bundleHint, dynamicImport } from './runtime/dynamic-import.js';

/**
 * @template T
 * @typedef {import('./adapters.js').TaskClass<T>} TaskClass
 */

/**
 * @typedef {import('./adapters.js').FetchHandlerOptions} FetchHandlerOptions
 * @typedef {import('./task/options.js').TaskOptions} TaskOptions
 * @typedef {import('./adapters/deadline.js').LambdaContext} LambdaContext
 */

/**
 * @typedef {object} OwnLambdaOptions
 * @property {number} [deadlineMargin]  milliseconds before the function's time is over at which the task's `signal`
 *   aborts, so that it can clean up; default 1000, and never more than half of the time. When half of them have gone,
 *   nobody waits for it any longer. 0: it never aborts
 */

/** @typedef {OwnLambdaOptions & Omit<FetchHandlerOptions, 'requestId'> & Pick<TaskOptions, 'saveWorkdir' | 'workdir'>} LambdaHandlerOptions */

/**
 * @typedef {object} MessageInfo
 * @property {any} message       as the queue brought it: a record of SQS, or a message of Cloudflare Queues
 * @property {any} env           the Worker's bindings; undefined in Lambda
 * @property {AbortSignal} signal
 */

/**
 * @typedef {object} OwnQueueOptions
 * @property {(result: import('./payload.js').JsonObject, info: MessageInfo) => unknown} sink  takes what the task made of a
 *   message, and is awaited: the message is done when it has succeeded. A task may write its results itself: then it
 *   does nothing
 * @property {(error: any, info: MessageInfo) => unknown} [onInvalid]  takes a message that can never succeed, and is
 *   awaited: the message is done then. Default: it fails like all others, so that the queue gives it to its
 *   dead-letter queue
 * @property {number} [maxConcurrency]  messages at once; default 4
 * @property {(error: any, info: MessageInfo) => number | undefined} [retryDelay]  Cloudflare: the seconds until a
 *   message that failed comes again; default: what the queue is set to
 */

/** @typedef {OwnQueueOptions & OwnLambdaOptions & Pick<TaskOptions, 'allowHref' | 'fetch' | 'logger' | 'maxBytes' | 'resolve' | 'upload' | 'validate'>} QueueHandlerOptions */

/**
 * The task as a handler of AWS Lambda. What it is called with may be a payload, as Step Functions pass it, or an HTTP
 * request of API Gateway, of a function URL or of a load balancer, which is answered as by `toFetchHandler`.
 *
 * For a payload it gives the payload's data, or rejects with an error whose `name` is Python's, such as
 * `stactask.exceptions.InvalidInput`: Cirrus decides by it.
 *
 * @param {TaskClass<any>} TaskClass
 * @param {LambdaHandlerOptions} [options]
 * @returns {(event: any, context?: LambdaContext) => Promise<any>}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 * @example
 * export const handler = toLambdaHandler(MyTask);
 */
export function toLambdaHandler(TaskClass, options) {
  const settings = checkedHandlerOptions('toLambdaHandler()', TaskClass, options, {
    contentTypes: 'object',
    deadlineMargin: 'number',
    lint: 'boolean',
    saveWorkdir: 'boolean',
    workdir: 'string',
  });
  return async (event, context) => {
    const { invoke } = await dynamicImport(() => import('#task.lambda'), bundleHint);
    return invoke(event, context, TaskClass, settings, toFetchHandler);
  };
}

/**
 * The task as a consumer of a queue: of SQS, as a handler of AWS Lambda, which answers with the messages that failed
 * (`batchItemFailures`); or of Cloudflare Queues, as a Worker's `queue`, which acknowledges each message or has it
 * come again. A message holds a payload, also in an envelope of SNS.
 *
 * A payload with an `href` or `url` is refused unless `allowHref` permits the address; a file is never read.
 *
 * @param {TaskClass<any>} TaskClass
 * @param {QueueHandlerOptions} options
 * @returns {(batch: any, envOrContext?: any, context?: any) => Promise<any>}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 * @example
 * export default { queue: toQueueHandler(MyTask, { sink: (result, { env }) => env.NEXT.send(result) }) };
 */
export function toQueueHandler(TaskClass, options) {
  const settings = checkedHandlerOptions('toQueueHandler()', TaskClass, options, {
    deadlineMargin: 'number',
    maxConcurrency: 'number',
    onInvalid: 'function',
    retryDelay: 'function',
    sink: 'function',
  });
  if (!settings.sink) {
    throw invalidArgument(
      'toQueueHandler() needs a sink, which takes the results',
      'Pass `sink: () => {}` where the task itself writes them.',
    );
  }
  return async (batch, envOrContext) => {
    const { consume } = await dynamicImport(() => import('#task.queue'), bundleHint);
    return consume(batch, envOrContext, TaskClass, settings, CirrusPayload);
  };
}
