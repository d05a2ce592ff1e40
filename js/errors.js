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
 * @property {import('./report.js').PythonError | undefined} [python]  what Python raises here, when no issue says
 * @property {string | undefined} [pointer]  JSON Pointer of the rule at fault in what was given, if it is one of several
 * @property {number | undefined} [offset]   in the expression at fault, in UTF-16 units; absent where it is right in itself
 * @property {number | undefined} [status]   of the HTTP response that is at fault
 * @property {number | undefined} [item]     index of the item that was looked at, if it is one of several
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
    }
    const python = details.python ?? details.issue?.python;
    if (python !== undefined) {
      /** @type {import('./report.js').PythonError | undefined} What Python raises here. */
      this.python = python;
    }
    if (details.pointer !== undefined) {
      /** @type {string | undefined} JSON Pointer of the rule at fault, if it is one of several. */
      this.pointer = details.pointer;
    }
    if (details.offset !== undefined) {
      /** @type {number | undefined} Where an expression is wrong, in UTF-16 units. */
      this.offset = details.offset;
    }
    if (details.status !== undefined) {
      /** @type {number | undefined} Of the HTTP response that is at fault. */
      this.status = details.status;
    }
    if (details.item !== undefined) {
      /** @type {number | undefined} Index of the item that was looked at, if it is one of several. */
      this.item = details.item;
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

/** A task refused its payload (stactask.exceptions.FailedValidation). `code` is ERR_FAILED_VALIDATION. */
export class FailedValidation extends StacTaskError {
  static errorName = 'FailedValidation';

  /**
   * @param {string} message
   * @param {ErrorDetails} [details]
   */
  constructor(message, details) {
    super('ERR_FAILED_VALIDATION', message, details);
  }
}

/** The input is not what it should be (stactask.exceptions.InvalidInput): `issues` says why. */
export class InvalidInput extends StacTaskError {
  static errorName = 'InvalidInput';

  /**
   * @param {string} message
   * @param {import('./report.js').Issue[]} [issues]
   * @param {ErrorDetails} [details]
   */
  constructor(message, issues = [], details) {
    super('ERR_INVALID_INPUT', message, details);
    this.issues = issues;
  }
}

/**
 * An expression does not parse, or fails on what it is held against, as in jsonpath-ng: `python` has the class
 * there. `code` is ERR_JSONPATH_SYNTAX, ERR_JSONPATH_EVALUATION or ERR_JSONPATH_BUDGET.
 */
export class JsonPathError extends StacTaskError {
  static errorName = 'JsonPathError';
}

/** A regular expression inside an expression does not compile (Python: `re.error`). `code` is ERR_REGEX. */
export class RegexError extends StacTaskError {
  static errorName = 'RegexError';
}

/**
 * A regular expression took more steps than it may, or is too long; Python knows no limit. `code` is
 * ERR_REGEX_BUDGET.
 */
export class RegexBudgetError extends StacTaskError {
  static errorName = 'RegexBudgetError';
}

/** Where Python raises over a path template, or over the item that should fill it. */
export class TemplateError extends StacTaskError {
  static errorName = 'TemplateError';

  /**
   * @param {{ type: string, message: string, variable: string | null }} error
   */
  constructor({ type, message, variable }) {
    super('ERR_TEMPLATE', message, { python: { type, message } });
    /** The variable that cannot be filled; undefined where the template or the item is at fault. */
    this.variable = variable ?? undefined;
  }
}

/** A download's options contradict each other (stac_asset.ConfigError). `code` is ERR_CONFIG. */
export class ConfigError extends StacTaskError {
  static errorName = 'ConfigError';
}

/** Two assets would be the same file (stac_asset.AssetOverwriteError). `code` is ERR_ASSET_OVERWRITE. */
export class AssetOverwriteError extends StacTaskError {
  static errorName = 'AssetOverwriteError';
}

/** A server sends something other than the asset says (stac_asset.ContentTypeError). `code` is ERR_CONTENT_TYPE. */
export class ContentTypeError extends StacTaskError {
  static errorName = 'ContentTypeError';
}

/** What could not be downloaded (stac_asset.DownloadError): `errors`, in the order of the assets. */
export class DownloadError extends StacTaskError {
  static errorName = 'DownloadError';

  /**
   * @param {Error[]} errors
   * @param {Record<string, any>} result
   */
  constructor(errors, result) {
    const message = errors.map((error) => `${typeOf(error)}: ${error.message}`).join('\n');
    super('ERR_DOWNLOAD', message, { python: { type: 'DownloadError', message } });
    this.errors = errors;
    /** The item, collection or item collection as far as it got. */
    this.result = result;
  }
}

/**
 * @param {Error} error
 * @returns {string} what Python calls it, if it knows it
 */
const typeOf = (error) => /** @type {StacTaskError} */ (error).python?.type ?? error.name;

const payloadErrors = /** @type {Record<string, [typeof StacTaskError, string]>} */ ({
  TypeError: [PayloadTypeError, 'ERR_PAYLOAD_TYPE'],
  AttributeError: [PayloadTypeError, 'ERR_PAYLOAD_TYPE'],
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
 * The error for what Python raises in a task, with its text. Python's other classes, such as AttributeError, are
 * PayloadTypeErrors, too.
 * @param {string} type
 * @param {string} message
 * @param {string} [hint]
 * @returns {StacTaskError}
 */
export function pythonError(type, message, hint) {
  const [Type, code] =
    payloadErrors[type] ?? /** @type {[typeof StacTaskError, string]} */ (payloadErrors['TypeError']);
  return new Type(code, message, { python: { type, message }, hint });
}

/**
 * A failure that the core answers with (src/task/failure.hpp).
 * @typedef {import('./report.js').PythonError & Pick<ErrorDetails, 'pointer' | 'offset' | 'item'>} Failure
 */

/** What Python raises about an expression itself. */
const syntaxErrors = new Set(['JsonPathParserError', 'JsonPathLexerError', 'DefintionInvalid']);

const budgetHint = 'Python knows no limit, and may go on for ever.';

/**
 * The error for a failure, with Python's text.
 * @param {Failure} failure
 * @returns {StacTaskError}
 */
export function matchingError({ type, message, offset, pointer, item }) {
  const place = { offset, pointer, item };
  if (type === 'RegexBudgetError')
    return new RegexBudgetError('ERR_REGEX_BUDGET', message, { ...place, hint: budgetHint });
  if (type === 'BudgetError')
    return new JsonPathError('ERR_JSONPATH_BUDGET', message, { ...place, hint: budgetHint });
  const details = { ...place, python: { type, message } };
  if (type === 're.error') return new RegexError('ERR_REGEX', message, details);
  if (offset === undefined && payloadErrors[type]) {
    const [Type, code] = payloadErrors[type];
    return new Type(code, message, details);
  }
  return new JsonPathError(
    syntaxErrors.has(type) ? 'ERR_JSONPATH_SYNTAX' : 'ERR_JSONPATH_EVALUATION',
    message,
    details,
  );
}

/**
 * @param {string} message
 * @param {string} [hint]
 */
export const invalidArgument = (message, hint) =>
  new StacTaskError('ERR_INVALID_ARGUMENT', message, hint === undefined ? {} : { hint });

/**
 * @param {import('./report.js').Issue[]} issues
 * @param {string} [file]
 */
export function invalidInput(issues, file = 'the input') {
  const [issue] = issues;
  const place = issue?.range ? `:${issue.range.start.line}:${issue.range.start.column}` : '';
  return new InvalidInput(`${file}${place}: ${issue?.message}`, issues, { issue, hint: issue?.hint });
}

/** What is asked of a work directory that is no more. */
export const workdirRemoved = () =>
  new StacTaskError('ERR_WORKDIR_REMOVED', 'the work directory has been removed');
