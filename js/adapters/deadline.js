/**
 * The time that AWS Lambda gives a call.
 *
 * @module
 */

/**
 * What is used of Lambda's context.
 * @typedef {object} LambdaContext
 * @property {string} [awsRequestId]
 * @property {() => number} [getRemainingTimeInMillis]
 */

/**
 * Work under a signal that aborts before the time is over. The first half of the margin is there to clean up in, the
 * second to answer in, for the sake of work that does not heed the signal.
 *
 * @template T
 * @param {LambdaContext | undefined} context
 * @param {number} margin  milliseconds; 0: it never aborts
 * @param {(signal: AbortSignal, over: Promise<void>) => Promise<T>} work  `over` is fulfilled when nothing may be waited
 *   for any longer
 * @returns {Promise<T>}
 */
export async function beforeDeadline(context, margin, work) {
  const controller = new AbortController();
  const left = margin > 0 ? context?.getRemainingTimeInMillis?.() : undefined;
  if (left === undefined) return work(controller.signal, new Promise(() => {}));
  const kept = Math.min(margin, left / 2);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<void>} */
  const over = new Promise((resolve) => {
    timer = setTimeout(() => {
      timer = setTimeout(resolve, kept / 2);
      controller.abort(timedOut(kept));
    }, left - kept);
  });
  try {
    return await work(controller.signal, over);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * By this name Cirrus marks a payload as timed out (`cirrus/lambda_functions/update_state.py`).
 * @param {number} milliseconds
 */
function timedOut(milliseconds) {
  const error = new Error(
    `the task was stopped ${Math.round(milliseconds)} ms before the function's time is over`,
  );
  error.name = 'TimedOutError';
  return error;
}
