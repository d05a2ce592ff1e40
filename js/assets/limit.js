/**
 * So many at once.
 *
 * @module
 */

/**
 * @param {number} most
 * @returns {<T>(work: () => Promise<T>) => Promise<T>}
 */
export function limit(most) {
  let free = most;
  /** @type {(() => void)[]} */
  const waiting = [];
  let first = 0;
  return async (work) => {
    if (free > 0) --free;
    else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    try {
      return await work();
    } finally {
      const next = waiting[first];
      if (next) {
        waiting[first++] = () => {};
        next();
      } else ++free;
    }
  };
}

/**
 * How many files at once, where nobody says it: a Worker has six connections, and a browser so many to one host.
 * @param {unknown} localFiles  what the runtime has of them
 */
export const defaultLimit = (localFiles) => (localFiles ? 64 : 6);
