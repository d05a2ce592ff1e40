/**
 * The errors that this package throws. Findings about a payload are data (see {@link Report}); errors are
 * for misuse, for failures to load or read, and for the model, which throws where Python raises.
 *
 * @module
 */

/**
 * @typedef {object} ErrorDetails
 * @property {unknown} [cause]
 * @property {string | undefined} [hint]  what to do about it
 * @property {import('./report.js').Issue | undefined} [issue]  the finding that became this error
 */

/** A well-known symbol for each class, so that `instanceof` holds across two copies of this package. */
const brand = (/** @type {string} */ name) => Symbol.for(`stac-task.${name}`);

/** Every error of this package. `name` and `code` are stable; messages may improve. */
export class StacTaskError extends Error {
  /** The class's name, which a minifier does not change. */
  static errorName = 'StacTaskError';

  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorDetails} [details]
   */
  constructor(code, message, details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    /** A stable code, such as `ERR_NOT_READY`. */
    this.code = code;
    this.name = new.target.errorName;
    if (details.hint !== undefined) {
      /** @type {string | undefined} What to do about it. */
      this.hint = details.hint;
    }
    if (details.issue !== undefined) {
      /** @type {import('./report.js').Issue | undefined} The finding that became this error. */
      this.issue = details.issue;
      /** @type {import('./report.js').PythonError | undefined} What Python raises here. */
      this.python = details.issue.python;
    }
    /** @type {any} */ let type = new.target;
    for (; type.errorName; type = Object.getPrototypeOf(type)) {
      Object.defineProperty(this, brand(type.errorName), { value: true });
    }
  }

  /** @param {any} value */
  static [Symbol.hasInstance](value) {
    // A class of a user's own has no brand: for it the ordinary rule holds.
    if (!Object.hasOwn(this, 'errorName')) return Function.prototype[Symbol.hasInstance].call(this, value);
    return Boolean(value?.[brand(this.errorName)]);
  }
}

/** Where Python raises a `TypeError` over a payload. `issue` says where and what to do. */
export class PayloadTypeError extends StacTaskError {
  static errorName = 'PayloadTypeError';
}

/** Where Python raises a `ValueError` over a payload. */
export class PayloadValueError extends StacTaskError {
  static errorName = 'PayloadValueError';
}

/** Where Python raises a `KeyError` over a payload. */
export class PayloadKeyError extends StacTaskError {
  static errorName = 'PayloadKeyError';
}

/** A task refused its input (stactask.exceptions.FailedValidation). */
export class FailedValidation extends StacTaskError {
  static errorName = 'FailedValidation';
}

/** The input is not what it should be (stactask.exceptions.InvalidInput): `issues` says why. */
export class InvalidInput extends StacTaskError {
  static errorName = 'InvalidInput';

  /**
   * @param {string} message
   * @param {import('./report.js').Issue[]} issues
   * @param {ErrorDetails} [details]
   */
  constructor(message, issues, details) {
    super('ERR_INVALID_INPUT', message, details);
    this.issues = issues;
  }
}

const payloadErrors = /** @type {Record<string, [typeof StacTaskError, string]>} */ ({
  TypeError: [PayloadTypeError, 'ERR_PAYLOAD_TYPE'],
  ValueError: [PayloadValueError, 'ERR_PAYLOAD_VALUE'],
  KeyError: [PayloadKeyError, 'ERR_PAYLOAD_KEY'],
});

/**
 * The error for what Python would raise, with Python's text.
 * @param {import('./report.js').Issue} issue
 * @returns {StacTaskError}
 */
export function payloadError(issue) {
  const found = payloadErrors[issue.python?.type ?? ''];
  if (!found) return new InvalidInput(issue.message, [issue], { issue, hint: issue.hint });
  const [Type, code] = found;
  return new Type(code, issue.python?.message ?? issue.message, { issue, hint: issue.hint });
}

/**
 * @param {string} message
 * @param {string} [hint]
 */
export const invalidArgument = (message, hint) =>
  new StacTaskError('ERR_INVALID_ARGUMENT', message, hint === undefined ? {} : { hint });
