/**
 * Tasks as handlers of the servers that call them. What a handler does is loaded when it is first called.
 *
 * @module
 */

import { invalidArgument } from './errors.js';
import { explain } from './explain.js';
import { checkedOptions } from './options.js';
import { Payload } from './payload.js';
import { bundleHint, dynamicImport } from './runtime/dynamic-import.js';
import { load } from './runtime/input.js';
import { checkedPayloads, followed } from './task.js';
import { validate } from './validate.js';

/** @typedef {import('./task/options.js').TaskOptions} TaskOptions */

/** @typedef {import('./task.js').Task<any, any>} AnyTask */

/**
 * A class that extends `Task`, with whatever parameters and items.
 * @template [T=AnyTask]
 * @typedef {(new (payload: any, options?: TaskOptions) => T) & Pick<typeof import('./task.js').Task, StaticMember>} TaskClass
 */

/** @typedef {'isStacTask' | 'name' | 'taskName' | 'description' | 'version' | 'from' | 'handler' | 'parseArgs' | 'cli' | 'addSoftwareVersionToItem' | 'createItemFromItem'} StaticMember */

/**
 * @typedef {object} OwnFetchOptions
 * @property {number} [maxBytes]        a larger payload is answered with 413; default 10 MiB
 * @property {string[]} [contentTypes]  media types in lower case, or ends of them such as `+json`; default:
 *   `application/json` and `+json`
 * @property {(request: Request) => string} [requestId]  the id of a request; default: one of its headers `x-request-id`,
 *   `cf-ray`, `x-vercel-id` and `x-amzn-trace-id`, else a random UUID
 * @property {boolean} [lint]           whether lint's errors refuse a payload, too; default false
 */

/** @typedef {OwnFetchOptions & Pick<TaskOptions, 'allowHref' | 'fetch' | 'logger' | 'resolve' | 'upload' | 'validate'>} FetchHandlerOptions */

/** What the loaded part uses of this one, so that there is one core. */
const tools = { Payload, checkedPayloads, explain, followed, load, validate };

/** @typedef {typeof tools} Tools */

/** @type {typeof import('./adapters/fetch.js') | undefined} */
let fetchAdapter;

/**
 * The task as a function from `Request` to `Response`, for Workers' `fetch`, `Deno.serve`, `Bun.serve` and edge functions.
 * POST a payload and get the processed one; with `?dry-run` what `explain` says of it. A failure is a problem document
 * (RFC 9457). The function never rejects but where the rest of this package does not load.
 *
 * A payload with an `href` or `url` is refused unless `allowHref` permits the address; a file is never read.
 *
 * @param {TaskClass<any>} TaskClass  of this copy of the package or another
 * @param {FetchHandlerOptions} [options]
 * @returns {(request: Request, ...runtimeArguments: any[]) => Promise<Response>}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 * @example
 * export default { fetch: toFetchHandler(MyTask) };
 */
export function toFetchHandler(TaskClass, options) {
  const settings = checkedHandlerOptions('toFetchHandler()', TaskClass, options, {
    contentTypes: 'object',
    lint: 'boolean',
    requestId: 'function',
  });
  return async (request) => {
    fetchAdapter ??= await dynamicImport(() => import('#task.fetch'), bundleHint);
    return fetchAdapter.answer(request, TaskClass, settings, tools);
  };
}

/** Options of all handlers. */
const common = /** @type {const} */ ({
  allowHref: 'function',
  fetch: 'function',
  logger: 'object',
  maxBytes: 'number',
  resolve: 'function',
  upload: 'boolean',
  validate: 'boolean',
});

/**
 * @template {object} T
 * @param {string} caller
 * @param {TaskClass<any>} TaskClass  of this copy of the package or another
 * @param {T | undefined} options
 * @param {Parameters<typeof checkedOptions>[2]} types  of the handler's own options
 * @returns {T}
 * @throws {import('./errors.js').StacTaskError} ERR_INVALID_ARGUMENT
 */
export function checkedHandlerOptions(caller, TaskClass, options, types) {
  if (!TaskClass?.isStacTask) throw invalidArgument(`${caller} takes a class that extends Task`);
  return checkedOptions(caller, options, { ...common, ...types });
}
