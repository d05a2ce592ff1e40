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
 * Work under a signal that aborts before the time is over.
 *
 * @template T
 * @param {LambdaContext | undefined} context
 * @param {number} margin  milliseconds; 0: it never aborts
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function beforeDeadline(context, margin, work) {
  const controller = new AbortController();
  const left = margin > 0 ? context?.getRemainingTimeInMillis?.() : undefined;
  if (left === undefined) return work(controller.signal);
  const time = left - Math.min(margin, left / 2);
  const timer = setTimeout(() => controller.abort(timedOut(left - time)), time);
  try {
    return await work(controller.signal);
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
