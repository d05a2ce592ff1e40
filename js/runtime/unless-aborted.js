/**
 * Waiting that a signal ends.
 *
 * @module
 */

/**
 * Not everything that is waited for ends with a signal: neither every runtime's streams nor every resolver.
 *
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {Promise<T>} work  goes on by itself; nobody hears how it ends
 * @returns {Promise<T>} rejects with the signal's reason as soon as it aborts
 */
export async function unlessAborted(signal, work) {
  if (!signal) return work;
  let tell = () => {};
  /** @type {Promise<never>} */
  const aborted = new Promise((_, reject) => {
    tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
}
