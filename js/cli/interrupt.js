/**
 * Interruptions by the user or the system.
 *
 * @module
 */

import process from 'node:process';
import { removeDrafts } from './write.js';

/** What interrupts, and the exit code that says so. */
const interruptions = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });

/** What the signals that are given here abort with. @type {WeakSet<object>} */
const reasons = new WeakSet();

/**
 * @param {any} error
 * @returns {number | undefined} the exit code of an interruption; undefined for any other failure
 */
export const interruptionCode = (error) => (reasons.has(error) ? error.exitCode : undefined);

/**
 * Aborts at the first interruption, so that the work can clean up; the second, of whatever kind, ends the process at
 * once.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function interruptible(work) {
  const controller = new AbortController();
  const stop = (/** @type {keyof typeof interruptions} */ name) => {
    if (controller.signal.aborted) return endNow(name);
    const exitCode = interruptions[name];
    const reason = Object.assign(new Error(`interrupted by ${name}`), { exitCode });
    reasons.add(reason);
    controller.abort(reason);
  };
  const names = /** @type {(keyof typeof interruptions)[]} */ (Object.keys(interruptions));
  for (const name of names) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of names) process.off(name, stop);
  }
}

/**
 * End as if nobody had listened: `process.exit()` would wait for calls of the system that never return.
 * @param {NodeJS.Signals} name
 */
function endNow(name) {
  removeDrafts();
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}
