/**
 * A task in AWS Lambda, called with a payload or with an HTTP request.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { given } from '../runtime/given.js';
import { TaskLogger } from '../task/logger.js';
import { pythonNameOf } from '../task/python-name.js';
import { beforeDeadline } from './deadline.js';
import { isHttpEvent, requestOf, resultOf } from './http-event.js';
import { abortedProblem, plainId, problemResponse, timedOutProblem } from './problem.js';

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
  return beforeDeadline(context, deadlineMargin, async (signal, over) => {
    // Whoever does not heed the signal is left behind, and nobody hears how it ends.
    const late = over.then(() => new TaskLogger(options.logger, [requestId]).exception(signal.reason));
    if (isHttpEvent(event)) {
      const http = { contentTypes, lint, requestId: requestId === undefined ? undefined : () => requestId };
      const answer = toFetchHandler(TaskClass, given({ ...options, ...http }));
      const response = await Promise.race([answer(requestOf(event, signal)), late]);
      return resultOf(outOfTime(response, requestId) ?? /** @type {Response} */ (response), event);
    }
    try {
      refuseRecords(event);
      const settled = given({ ...options, saveWorkdir, workdir, requestId, signal });
      const stopped = late.then(() => Promise.reject(signal.reason));
      return await Promise.race([TaskClass.handler(event, settled), stopped]);
    } catch (error) {
      throw reported(error);
    }
  });
}

/**
 * What is answered in the place of a problem document that says that the client has gone, or of nothing.
 * @param {Response | void} response
 * @param {string | undefined} requestId
 * @returns {Response | undefined}
 */
function outOfTime(response, requestId) {
  if (response && response.status !== abortedProblem.status) return undefined;
  const id = response?.headers.get('x-request-id') ?? plainId(requestId) ?? crypto.randomUUID();
  return problemResponse(timedOutProblem, id, false);
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
