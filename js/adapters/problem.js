/**
 * Problem documents (RFC 9457): how an adapter says over HTTP what went wrong.
 *
 * @module
 */

import { FailedValidation, InvalidInput, StacTaskError } from '../errors.js';

/** The standard's words for the statuses in use; 499 is nginx's. */
const titles = /** @type {const} */ ({
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
});

/**
 * What is answered in the place of a result.
 * @typedef {object} Problem
 * @property {keyof typeof titles} status
 * @property {string} code    stable
 * @property {string} detail  a sentence that the client may read
 * @property {Record<string, unknown>} [members]  of the document, besides the usual ones
 * @property {Record<string, string>} [headers]
 */

/** Thrown where a request is answered with a problem. */
export class Refusal extends Error {
  /**
   * @param {Problem} problem
   * @param {{ note?: string, isLogged?: boolean }} [log]  `note`: what only the log may say
   */
  constructor(problem, { note = '', isLogged = false } = {}) {
    super(note);
    this.problem = problem;
    this.isLogged = isLogged;
  }
}

/** @param {string} id  of the request */
export const internalProblem = (id) =>
  /** @type {Problem} */ ({
    status: 500,
    code: 'ERR_INTERNAL',
    detail: `Something failed here. The log says what, under ${id}.`,
  });

/** @type {Problem} */
export const abortedProblem = { status: 499, code: 'ERR_ABORTED', detail: 'The client has gone.' };

/** A function of AWS Lambda ends by itself before it is ended. @type {Problem} */
export const timedOutProblem = {
  status: 504,
  code: 'ERR_ABORTED',
  detail: 'The time of the function is over.',
};

/**
 * @param {Problem} problem
 * @param {string} id       of the request
 * @param {boolean} isHead  whether only headers may be answered
 * @returns {Response}
 */
export function problemResponse({ status, code, detail, members, headers }, id, isHead) {
  const instance = `#${encodeURIComponent(id)}`;
  const body = { type: 'about:blank', title: titles[status], status, code, detail, instance, ...members };
  return new Response(isHead ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headersOf(id), ...headers },
  });
}

/**
 * @param {string | undefined} id
 * @returns {string | undefined} undefined for what cannot stand in a header and in one line of a log
 */
export const plainId = (id) => (/^[!-~]{1,200}$/.test(id ?? '') ? id : undefined);

/**
 * What every answer has.
 * @param {string} id
 */
export const headersOf = (id) => ({ 'cache-control': 'no-store', 'x-request-id': id });

/**
 * A payload that is not valid.
 * @param {{ issues: import('../report.js').Issue[], omitted?: number }} report
 */
export const badPayload = ({ issues, omitted }) =>
  new Refusal({
    status: 400,
    code: 'ERR_INVALID_PAYLOAD',
    detail: 'This is no valid payload: `issues` says why.',
    members: { issues, omitted },
  });

/**
 * A payload that is not valid and that the client has not sent: what is said does not quote it.
 * @param {import('../report.js').Issue[]} issues
 */
export const badFetchedPayload = (issues) =>
  new Refusal({
    status: 400,
    code: 'ERR_INVALID_PAYLOAD',
    detail: 'What is at the address that the payload names is no valid payload.',
    members: { issues: withoutText(issues) },
  });

/** @param {import('../report.js').Issue[]} issues  whose messages and pointers quote */
const withoutText = (issues) => issues.map(({ code, severity }) => ({ code, severity }));

/** @type {Record<string, { status: 403 | 422 | 502, detail: string }>} */
const hrefProblems = {
  ERR_HREF_REFUSED: { status: 403, detail: 'The payload names an address that may not be read.' },
  ERR_HREF_UNSUPPORTED: {
    status: 422,
    detail: 'The payload names an address of a kind that is not read here.',
  },
  ERR_HTTP_STATUS: { status: 502, detail: 'The address that the payload names answers with a failure.' },
  ERR_READ_FAILED: { status: 502, detail: 'The address that the payload names cannot be read.' },
};

/**
 * What a failure to read a payload's `href` is to the client. It learns nothing of addresses that others redirect to.
 * @param {any} error
 * @returns {unknown} a {@link Refusal}, or the same error where the payload is not at fault
 */
export function refusalOfHref(error) {
  if (!(error instanceof StacTaskError)) return error;
  const { code, message } = error;
  const problem = hrefProblems[code];
  if (problem) return new Refusal({ code, ...problem }, { note: message });
  if (error instanceof InvalidInput) return badFetchedPayload(error.issues);
  if (error.issue) return badFetchedPayload([error.issue]);
  // It is no string.
  return error.python ? new Refusal({ status: 400, code, detail: message }) : error;
}

/**
 * What a failure of a task is to the client. The payload was valid, and the task's log has the failure already.
 * @param {any} error
 * @returns {Problem | undefined} undefined where the client learns nothing
 */
export function problemOfTask(error) {
  const { code, message } = error ?? {};
  if (error instanceof InvalidInput) {
    // With an issue it is about something that the task itself has read.
    const isOwn = error.issue === undefined;
    const detail = isOwn ? message : 'The task cannot work with this payload.';
    const { issues = [] } = error;
    return { status: 422, code, detail, members: { issues: isOwn ? issues : withoutText(issues) } };
  }
  if (error instanceof FailedValidation) return { status: 422, code, detail: message };
  // A rule of the payload, rather than one that the task brought.
  if (error instanceof StacTaskError && error.pointer?.startsWith('/process')) {
    const { pointer, offset, item } = error;
    return { status: 422, code, detail: message, members: { pointer, offset, item } };
  }
  return undefined;
}
