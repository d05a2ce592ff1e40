/**
 * Calls of functions that live in a worker. An error comes back as plain data with what its reader needs.
 *
 * @module
 */

/** @typedef {import('./worker/api.js').Failure} Failure */

/** What a worker's function has thrown. */
export class WorkerFailure extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.message);
    this.name = failure.name;
    this.failure = failure;
  }
}

/** @param {unknown} error @returns {Failure} */
export function failureOf(error) {
  if (error instanceof WorkerFailure) return error.failure;
  const { name, message, code, hint, offset, variable, issue, issues, errors } =
    /** @type {any} */ (error) ?? {};
  return {
    name: String(name ?? 'Error'),
    message: String(message ?? error),
    code,
    hint,
    offset,
    variable,
    issue: issue ?? issues?.[0],
    errors: errors?.map(failureOf),
  };
}

/**
 * In a worker: answer calls.
 * @param {Record<string, (...args: any[]) => unknown>} functions  whose last argument is a function that tells of progress
 */
export function answerCalls(functions) {
  addEventListener('message', async ({ data: { id, name, args } }) => {
    const told = (/** @type {unknown} */ progress) => postMessage({ id, progress });
    try {
      postMessage({ id, value: await functions[name]?.(...args, told) });
    } catch (error) {
      postMessage({ id, failure: failureOf(error) });
    }
  });
}

/**
 * In the page: make calls.
 * @param {Worker} worker
 * @param {(event: any) => void} [listener]  for what the worker says unasked
 */
export function caller(worker, listener = () => {}) {
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void, progress: (value: any) => void }>} */
  const pending = new Map();
  let last = 0;

  worker.addEventListener('message', ({ data }) => {
    const call = pending.get(data.id);
    if (!call) return listener(data);
    if ('progress' in data) return call.progress(data.progress);
    pending.delete(data.id);
    if (data.failure) call.reject(new WorkerFailure(data.failure));
    else call.resolve(data.value);
  });
  /** Why the worker will never answer. @type {Error | undefined} */
  let lost;
  worker.addEventListener('error', ({ message }) => {
    // Without a message it is the worker's file that did not arrive.
    const error = new Error(message || 'The worker could not be loaded: is there a network?');
    if (!message) lost = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  });

  /**
   * @param {string} name
   * @param {unknown[]} args
   * @param {(value: any) => void} [progress]
   * @returns {Promise<any>}
   */
  return (name, args, progress = () => {}) =>
    new Promise((resolve, reject) => {
      if (lost) return reject(lost);
      last += 1;
      pending.set(last, { resolve, reject, progress });
      worker.postMessage({ id: last, name, args });
    });
}
