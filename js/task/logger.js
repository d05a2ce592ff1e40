/**
 * A task's logger.
 *
 * @module
 */

/** @typedef {(...message: any[]) => void} Log */

/**
 * Whatever logs: the console, pino, winston … What it lacks goes to `log`, or nowhere.
 * @typedef {{ debug?: Log, info?: Log, warn?: Log, error?: Log, log?: Log }} Logger
 */

/** Puts the payload's id and the request's before each message (stactask/logging.py: TaskLoggerAdapter). */
export class TaskLogger {
  #target;
  #prefix;

  /**
   * @param {Logger | undefined} target  default: the console, without `debug`, as Python's logging is by default
   * @param {unknown[]} ids  blank ones are left out
   */
  constructor(target, ids) {
    this.#target = target;
    const known = ids.filter((id) => id !== undefined && id !== null && id !== '');
    this.#prefix = known.length > 0 ? `[${known.map(idText).join(' ')}]` : '';
  }

  /** @type {Log} */
  debug(...message) {
    if (this.#target) this.#write('debug', message);
  }

  /** @type {Log} */
  info(...message) {
    this.#write('info', message);
  }

  /** @type {Log} */
  warn(...message) {
    this.#write('warn', message);
  }

  /** @type {Log} */
  error(...message) {
    this.#write('error', message);
  }

  /**
   * An error's message and, for loggers that print it, the error (Python: `logger.exception`).
   * @param {any} error
   */
  exception(error) {
    this.error(escaped(textOf(error)), error);
  }

  /**
   * @param {'debug' | 'info' | 'warn' | 'error'} level
   * @param {any[]} message
   */
  #write(level, [first, ...rest]) {
    const target = this.#target ?? console;
    const prefix = this.#prefix;
    // Where more follows, loggers take the first text for a format: a `%` of the ids is none.
    const shown = rest.length > 0 ? escaped(prefix) : prefix;
    const parts = !prefix ? [first] : typeof first === 'string' ? [`${shown} ${first}`] : [prefix, first];
    try {
      (target[level] ?? target.log)?.call(target, ...parts, ...rest);
    } catch {
      // A logger that fails decides nothing about the task.
    }
  }
}

/**
 * Ids come from outside: of any type, of any length, and none may end the line.
 * @param {unknown} id
 */
const idText = (id) =>
  textOr('?', () => String(typeof id === 'object' ? JSON.stringify(id) : id))
    .replace(/\p{Cc}/gu, ' ')
    .replace(/^(.{200}).+/su, '$1…');

/** @param {string} text */
const escaped = (text) => text.replaceAll('%', '%%');

/** @param {any} error */
const textOf = (error) =>
  textOr('something without a text was thrown', () => String(error?.message ?? error));

/**
 * @param {string} other  where there is no text
 * @param {() => string} make
 */
function textOr(other, make) {
  try {
    return make();
  } catch {
    return other;
  }
}
