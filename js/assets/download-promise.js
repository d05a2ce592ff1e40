/**
 * A promise that tells how it is getting on.
 *
 * @module
 */

/** @typedef {import('./messages.js').Message} Message */

/**
 * A promise of what a download gives. Iterating it gives the messages from then on and ends when it is settled; it
 * throws what the promise is rejected with.
 *
 * @template T
 * @extends {Promise<T>}
 * @implements {AsyncIterable<Message>}
 */
export class Download extends Promise {
  /** One for each iteration. @type {Set<(message: Message | undefined) => void>} */
  #readers = new Set();

  /** What `then` gives is an ordinary promise. */
  static get [Symbol.species]() {
    return Promise;
  }

  /** @param {(send: (message: Message) => boolean) => Promise<T>} work  what sends says whether anybody reads it */
  constructor(work) {
    /** @type {(value: T) => void} */
    let resolve = () => {};
    /** @type {(error: unknown) => void} */
    let reject = () => {};
    super((...both) => {
      [resolve, reject] = both;
    });
    work((message) => {
      for (const read of this.#readers) read(message);
      return this.#readers.size > 0;
    }).then(resolve, reject);
  }

  /** @returns {AsyncGenerator<Message, void, void>} */
  [Symbol.asyncIterator]() {
    /** @type {Message[]} */
    const waiting = [];
    let isOver = false;
    let wake = () => {};
    const read = (/** @type {Message | undefined} */ message) => {
      if (message) hold(waiting, message);
      else isOver = true;
      wake();
    };
    this.#readers.add(read);
    // Whoever iterates is told of a failure by the iteration.
    this.then(
      () => read(undefined),
      () => read(undefined),
    );
    const forget = () => this.#readers.delete(read);
    const outcome = () => this.then(() => {});
    return (async function* () {
      try {
        for (;;) {
          const message = waiting.shift();
          if (message) yield message;
          else if (isOver) return await outcome();
          else await new Promise((resolve) => (wake = () => resolve(undefined)));
        }
      } finally {
        forget();
      }
    })();
  }
}

/**
 * Keep a message for a reader that is slow. Chunks of one file become one, so that no more wait than there are files.
 * @param {Message[]} waiting
 * @param {Message} message
 */
function hold(waiting, message) {
  const last =
    message.kind === 'chunk'
      ? waiting.findLastIndex((each) => 'path' in each && each.path === message.path)
      : -1;
  const before = waiting[last];
  if (message.kind === 'chunk' && before?.kind === 'chunk') {
    waiting[last] = { ...before, size: before.size + message.size };
  } else waiting.push(message);
}
