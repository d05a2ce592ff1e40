/**
 * The time that a file takes: without progress, and in all.
 *
 * @module
 */

/** One for each file. */
export class Watch {
  #session;
  #forget;
  #timeout;
  #deadline;
  /** When nothing has arrived for how long is counted from. */
  #since = Number.POSITIVE_INFINITY;
  /** @type {AbortController | undefined} */
  #attempt;
  /** @type {(error: unknown) => void} */
  #fail = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What ended the attempt, if this did. @type {'stalled' | 'timeout' | undefined} */
  why;

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    const { httpClientTimeout, httpTotalTimeout } = session.settings;
    this.#session = session;
    this.#timeout = milliseconds(httpClientTimeout);
    this.#deadline = Date.now() + milliseconds(httpTotalTimeout);
    this.#forget = session.onAbort((reason) => this.#end(reason));
  }

  /** @returns {AbortSignal} for the next attempt */
  begin() {
    this.#session.signal.throwIfAborted();
    this.why = undefined;
    this.#attempt = new AbortController();
    return this.#attempt.signal;
  }

  /**
   * Wait for something to arrive. Rejects when it takes too long, whether the client cares for its signal or not.
   *
   * @template T
   * @param {Promise<T>} arriving
   * @param {(late: T) => void} [dismiss]  what arrives when nobody waits for it any more
   * @returns {Promise<T>}
   */
  over(arriving, dismiss) {
    this.#since = Date.now();
    this.#arm();
    return new Promise((resolve, reject) => {
      const settles = (/** @type {(outcome: any) => void} */ settle) => (/** @type {any} */ outcome) => {
        // What comes after that is not what is waited for now.
        if (this.#fail !== fail) return;
        this.#since = Number.POSITIVE_INFINITY;
        this.#fail = () => {};
        settle(outcome);
      };
      const fail = settles(reject);
      this.#fail = fail;
      const arrive = settles(resolve);
      arriving.then((outcome) => (this.#fail === fail ? arrive(outcome) : dismiss?.(outcome)), fail);
      // A client may be told while it begins.
      const { aborted, reason } = this.#session.signal;
      if (aborted) fail(reason);
    });
  }

  /**
   * @param {number} seconds
   * @returns {Promise<void>}  rejects when the time is over, or all is
   */
  wait(seconds) {
    const time = Math.min(milliseconds(seconds), Math.max(0, this.#deadline - Date.now()));
    return new Promise((resolve, reject) => {
      this.#session.signal.throwIfAborted();
      const timer = setTimeout(resolve, seconds === 0 ? 0 : time);
      this.#fail = (error) => {
        clearTimeout(timer);
        reject(error);
      };
    });
  }

  /** What the attempt still brings is not needed. */
  abandon() {
    this.#attempt?.abort();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#forget();
  }

  /** One timer serves for many chunks: it looks when the last one came, and sleeps on. */
  #arm() {
    if (this.#timer !== undefined) return;
    const end = Math.min(this.#since + this.#timeout, this.#deadline);
    if (end === Number.POSITIVE_INFINITY) return;
    // Longer times than a timer knows would be none.
    this.#timer = setTimeout(() => this.#look(), Math.min(end - Date.now(), 2 ** 31 - 1));
  }

  #look() {
    this.#timer = undefined;
    const now = Date.now();
    if (now >= this.#deadline) this.#end(undefined, 'timeout');
    else if (now - this.#since >= this.#timeout) this.#end(undefined, 'stalled');
    else if (this.#since !== Number.POSITIVE_INFINITY) this.#arm();
  }

  /**
   * @param {unknown} error
   * @param {'stalled' | 'timeout'} [why]
   */
  #end(error, why) {
    this.why = why;
    this.#fail(error);
    this.#attempt?.abort(error);
  }
}

/** @param {number | null} seconds  null and 0 stand for no end */
const milliseconds = (seconds) => (seconds ? seconds * 1000 : Number.POSITIVE_INFINITY);
