/**
 * A task behind HTTP: a request in, a response out. Loaded by the first request.
 *
 * @module
 */

import { StacTaskError } from '../errors.js';
import { given } from '../runtime/given.js';
import { unlessAborted } from '../runtime/unless-aborted.js';
import { TaskLogger } from '../task/logger.js';
import {
  abortedProblem,
  badFetchedPayload,
  badPayload,
  headersOf,
  internalProblem,
  plainId,
  problemOfTask,
  problemResponse,
  Refusal,
  refusalOfHref,
} from './problem.js';

/**
 * @typedef {import('../adapters.js').FetchHandlerOptions} FetchHandlerOptions
 * @typedef {import('../adapters.js').TaskClass<any>} TaskClass
 * @typedef {import('../adapters.js').Tools} Tools
 * @typedef {import('../payload.js').Payload} Payload
 */

/** Small enough for a Worker, which has 128 MB: as values a payload takes several times its size. */
const defaultMaxBytes = 10 * 1024 * 1024;

const defaultTypes = ['application/json', '+json'];

/** Where proxies and platforms say a request's id; the first that is there counts. */
const idHeaders = ['x-request-id', 'cf-ray', 'x-vercel-id', 'x-amzn-trace-id'];

/**
 * What a request is answered with.
 * @typedef {object} Call
 * @property {Request} request
 * @property {string} id  the request's
 * @property {TaskClass} TaskClass
 * @property {FetchHandlerOptions & { maxBytes: number }} options
 * @property {Tools} tools
 */

/**
 * @param {Request} request
 * @param {TaskClass} TaskClass
 * @param {FetchHandlerOptions} options  checked
 * @param {Tools} tools
 * @returns {Promise<Response>}
 */
export async function answer(request, TaskClass, options, tools) {
  /** @type {string} */
  let id = crypto.randomUUID();
  try {
    id = idOf(request, options) ?? id;
    const { maxBytes = defaultMaxBytes } = options;
    const call = { request, id, TaskClass, options: { ...options, maxBytes }, tools };
    const text = JSON.stringify(await resultOf(call));
    return new Response(text, { headers: { 'content-type': 'application/json', ...headersOf(id) } });
  } catch (error) {
    const problem = logged(error, request, new TaskLogger(options.logger, [id])) ?? internalProblem(id);
    return problemResponse(problem, id, request.method === 'HEAD');
  }
}

/**
 * @param {Request} request
 * @param {FetchHandlerOptions} options
 * @returns {string | undefined} undefined where there is none that is fit
 */
function idOf(request, { requestId }) {
  const { headers } = request;
  const id = requestId
    ? requestId(request)
    : idHeaders.map((name) => headers.get(name)).find((value) => value);
  return plainId(id ?? undefined);
}

/**
 * @param {unknown} error
 * @param {Request} request
 * @param {TaskLogger} log
 * @returns {import('./problem.js').Problem | undefined} undefined for a failure of ours
 */
function logged(error, { signal }, log) {
  if (error instanceof Refusal) {
    const { problem, message, isLogged } = error;
    if (!isLogged) log.info(`${problem.status} ${problem.code}${message && `: ${message}`}`);
    return problem;
  }
  if (signal?.aborted) return abortedProblem;
  log.exception(error);
  return undefined;
}

/** @param {Call} call */
async function resultOf(call) {
  checkRequest(call);
  const bytes = await bytesOf(call);
  const report = await call.tools.validate(bytes, sizeOf(call));
  const payload =
    report.issues.length === 0 ? cleanPayload(bytes, call) : await payloadOf(bytes, report, call);
  const { href, url } = payload.data;
  const isElsewhere = href !== undefined || url !== undefined;
  const source = isElsewhere ? await fetched(payload, call) : payload;
  if (!isElsewhere) await check(bytes, report, call);
  // What would be run: of an object JavaScript has other numbers and another order of keys than the text.
  if (isDryRun(call.request)) return call.tools.explain(source.data, sizeOf(call));
  return run(source, isElsewhere, call);
}

/** @param {Call} call */
const sizeOf = ({ options: { maxBytes } }) => ({ maxBytes });

/** @param {Request} request */
function isDryRun({ url }) {
  const wish = new URL(url).searchParams.get('dry-run');
  return wish !== null && wish !== 'false' && wish !== '0';
}

/** @param {Call} call */
function checkRequest({ request: { method, headers, bodyUsed }, options: { contentTypes = defaultTypes } }) {
  if (method !== 'POST') {
    throw new Refusal({
      status: 405,
      code: 'ERR_METHOD',
      detail: 'POST a payload.',
      headers: { allow: 'POST' },
    });
  }
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(/\s*;\s*/);
  const charset = parameters.find((each) => each.startsWith('charset='))?.replace(/^charset=|"/g, '');
  const isKnown = contentTypes.some((each) => (each.startsWith('+') ? type.endsWith(each) : type === each));
  if (!isKnown || (charset && !/^utf-?8$/.test(charset))) {
    const accept = contentTypes.filter((each) => !each.startsWith('+')).join();
    throw new Refusal({
      status: 415,
      code: 'ERR_CONTENT_TYPE',
      detail: `The content type must be one of ${contentTypes.join(', ')}, and the text UTF-8.`,
      headers: accept ? { accept } : {},
    });
  }
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new Refusal({
      status: 415,
      code: 'ERR_CONTENT_ENCODING',
      detail: 'The payload must not be compressed.',
      headers: { 'accept-encoding': 'identity' },
    });
  }
  if (bodyUsed) throw new TypeError('the body of the request was read before the handler got it');
}

/** @param {Call} call */
async function bytesOf({ request, options: { maxBytes }, tools: { load } }) {
  // Node's and workerd's parsers of HTTP let no body be longer than it was announced: then it may be read at once,
  // which takes a fraction of the time. It is measured all the same.
  const announced = /^\d+$/.exec(request.headers.get('content-length') ?? '')?.[0];
  const isShort = announced !== undefined && Number(announced) <= maxBytes;
  const reading = load(isShort ? request.arrayBuffer() : request, maxBytes);
  const loaded = await unlessAborted(request.signal, reading).catch((error) => {
    if (request.signal?.aborted) throw error;
    const detail = 'The body of the request cannot be read.';
    throw new Refusal({ status: 400, code: 'ERR_READ_FAILED', detail }, { note: error.message });
  });
  if ('bytes' in loaded) return loaded.bytes;
  const detail = `A payload may have ${maxBytes} bytes at most.`;
  throw new Refusal({ status: 413, code: 'ERR_TOO_LARGE', detail, members: { maxBytes } });
}

/**
 * Of a text in which nothing was found: JSON as the language has it, in UTF-8 without a byte order mark, an object.
 * @param {Uint8Array} bytes
 * @param {Call} call
 */
const cleanPayload = (bytes, { tools: { Payload } }) =>
  new Payload(JSON.parse(new TextDecoder().decode(bytes)));

/**
 * @param {Uint8Array} bytes
 * @param {import('../report.js').Report} report  of the same
 * @param {Call} call
 */
async function payloadOf(bytes, report, call) {
  try {
    return await call.tools.Payload.from(bytes, sizeOf(call));
  } catch (error) {
    throw error instanceof StacTaskError && error.issue ? badPayload(report) : error;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {import('../report.js').Report} report  of the same
 * @param {Call} call
 */
async function check(bytes, report, call) {
  // Once there is something to mend, all of it is worth to be known.
  if (report.valid) return;
  const { validate } = call.tools;
  const isOfLint = !call.options.lint && (await validate(bytes, { ...sizeOf(call), lint: false })).valid;
  if (!isOfLint) throw badPayload(report);
}

/**
 * The payload at the address that a payload names.
 * @param {Payload} payload
 * @param {Call} call
 */
async function fetched(payload, { request: { signal }, options, tools: { followed } }) {
  const { allowHref = () => false, resolve, fetch, maxBytes, lint = false } = options;
  const settings = given({ allowHref, resolve, fetch, maxBytes, signal });
  const source = await followed(payload, settings).catch((error) => {
    throw signal?.aborted ? error : refusalOfHref(error);
  });
  const { valid, issues } = source.report({ lint });
  if (!valid) throw badFetchedPayload(issues);
  return source;
}

/**
 * @param {Payload} source
 * @param {boolean} isFetched
 * @param {Call} call
 */
async function run(source, isFetched, { request: { signal }, id, TaskClass, options, tools }) {
  const { logger, upload, validate, maxBytes } = options;
  const settings = given({ logger, upload, validate, maxBytes, requestId: id, signal });
  try {
    if (!isFetched) {
      tools.checkedPayloads.add(source.data);
      return await TaskClass.handler(source.data, settings);
    }
    // An address is followed once, and what is there is known already.
    return await TaskClass.handler({ href: 'fetched:' }, { ...settings, resolve: () => source.data });
  } catch (error) {
    const problem = signal?.aborted ? abortedProblem : (problemOfTask(error) ?? internalProblem(id));
    throw new Refusal(problem, { isLogged: true });
  }
}
