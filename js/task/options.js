/**
 * The options of tasks.
 *
 * @module
 */

import { checkedOptions } from '../options.js';
import { TaskLogger } from './logger.js';

/**
 * @typedef {object} OwnTaskOptions
 * @property {boolean} [upload]         whether assets and items are uploaded; default true
 * @property {boolean} [validate]       whether `validate()` is asked; default true. The payload itself always is
 * @property {boolean} [skipUpload]     the opposite of `upload` (deprecated)
 * @property {boolean} [skipValidation] the opposite of `validate` (deprecated)
 * @property {string} [workdir]         a folder, which is made and kept; without a file system a name, and `opfs:NAME`
 *   in a browser its private files. Default: a temporary one, which is removed
 * @property {boolean} [saveWorkdir]    whether the work directory is kept; default: if it was given
 * @property {import('./logger.js').Logger} [logger]  default: the console
 * @property {string} [requestId]       stands before each message of the log, with the payload's id
 * @property {{ awsRequestId?: string }} [context]  Lambda's, which has the request's id
 * @property {AbortSignal} [signal]     is looked at before `process` and before each item; for requests; `task.signal`
 * @property {number} [maxBytes]        a payload that is read and has more is refused; default 256 MiB
 */

/** @typedef {OwnTaskOptions & import('./href.js').HrefOptions} TaskOptions */

const types = /** @type {const} */ ({
  upload: 'boolean',
  validate: 'boolean',
  skipUpload: 'boolean',
  skipValidation: 'boolean',
  workdir: 'string',
  saveWorkdir: 'boolean',
  logger: 'object',
  requestId: 'string',
  context: 'object',
  signal: 'signal',
  maxBytes: 'number',
  resolve: 'function',
  allowHref: 'function',
  fetch: 'function',
});

/**
 * @param {TaskOptions | undefined} options
 * @returns {TaskOptions} the same
 * @throws {import('../errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export const checkedTaskOptions = (options) => checkedOptions('a Task', options, types);

/** What `Payload.from` is told. @param {TaskOptions | undefined} options */
export const sizeOf = (options) => (options?.maxBytes === undefined ? {} : { maxBytes: options.maxBytes });

/**
 * @param {TaskOptions} options
 * @param {import('../payload.js').JsonObject | undefined} data  the payload's
 */
export const loggerOf = ({ logger, requestId, context }, data) =>
  new TaskLogger(logger, [data?.['id'], requestId ?? context?.awsRequestId]);
