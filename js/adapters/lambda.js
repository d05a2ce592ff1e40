/**
 * A task in AWS Lambda, called with a payload or with an HTTP request.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { given } from '../runtime/given.js';
import { pythonNameOf } from '../task/python-name.js';
import { beforeDeadline } from './deadline.js';
import { isHttpEvent, requestOf, resultOf } from './http-event.js';

/**
 * @param {any} event
 * @param {import('./deadline.js').LambdaContext | undefined} context
 * @param {import('../adapters.js').TaskClass<any>} TaskClass
 * @param {import('../events.js').LambdaHandlerOptions} settings
 * @param {typeof import('../adapters.js').toFetchHandler} toFetchHandler
 * @returns {Promise<any>}
 */
export function invoke(event, context, TaskClass, settings, toFetchHandler) {
  const { contentTypes, deadlineMargin = 1000, lint, saveWorkdir, workdir, ...options } = settings;
  const requestId = context?.awsRequestId;
  return beforeDeadline(context, deadlineMargin, async (signal) => {
    if (isHttpEvent(event)) {
      const http = { contentTypes, lint, requestId: requestId === undefined ? undefined : () => requestId };
      const answer = toFetchHandler(TaskClass, given({ ...options, ...http }));
      const response = await answer(requestOf(event, signal));
      return resultOf(response.status === 499 ? await outOfTime(response) : response, event);
    }
    try {
      refuseRecords(event);
      return await TaskClass.handler(event, given({ ...options, saveWorkdir, workdir, requestId, signal }));
    } catch (error) {
      throw reported(error);
    }
  });
}

/**
 * No client has gone: the time is over.
 * @param {Response} response  a problem document about a request that was aborted
 */
async function outOfTime(response) {
  const problem = {
    ...(await response.json()),
    status: 504,
    title: 'Gateway Timeout',
    detail: 'The time of the function is over.',
  };
  return new Response(JSON.stringify(problem), { status: 504, headers: response.headers });
}

/** @param {any} event */
function refuseRecords(event) {
  if (!Array.isArray(event?.Records)) return;
  const source = event.Records[0]?.eventSource ?? event.Records[0]?.EventSource;
  throw new StacTaskError(
    'ERR_EVENT_UNKNOWN',
    `toLambdaHandler() takes payloads and HTTP requests, not records of ${source ?? 'an unknown source'}`,
    source === 'aws:sqs' ? { hint: 'toQueueHandler() takes messages of SQS.' } : {},
  );
}

/**
 * What Lambda reports as `errorType`, `errorMessage` and `trace`. The error itself is in the log, and its `cause`.
 * @param {any} cause
 */
function reported(cause) {
  const error = new Error(String(cause?.message ?? cause), { cause });
  if (typeof cause?.stack === 'string') error.stack = cause.stack;
  // Not enumerable, as in errors of the language: Lambda logs what is.
  return Object.defineProperty(error, 'name', { value: pythonNameOf(cause) });
}
