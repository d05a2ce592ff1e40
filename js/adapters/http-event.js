/**
 * HTTP requests as AWS Lambda gets them, and the answers that it gives: of API Gateway in the payload formats 1.0 and
 * 2.0, of function URLs, which are 2.0, and of load balancers, which are almost 1.0.
 *
 * @module
 */

/** A `Request` has none of these, and no task needs them: the answer is that of every method but POST. */
const impossibleMethod = /^(CONNECT|TRACE|TRACK)$/i;

/** @param {any} event */
export const isHttpEvent = (event) =>
  typeof event?.requestContext === 'object' && typeof methodOf(event) === 'string';

/** @param {any} event @returns {string | undefined} */
const methodOf = (event) => event.requestContext?.http?.method ?? event.httpMethod;

/**
 * @param {any} event
 * @param {AbortSignal} signal
 * @returns {Request}
 */
export function requestOf(event, signal) {
  const given = /** @type {string} */ (methodOf(event));
  const method = impossibleMethod.test(given) ? 'OPTIONS' : given;
  const headers = headersOf(event);
  const host = event.requestContext.domainName ?? headers.get('host') ?? 'localhost';
  const url = new URL(`https://${host}`);
  url.pathname = event.rawPath ?? event.path ?? '/';
  url.search = queryOf(event);
  const hasBody = typeof event.body === 'string' && !/^(GET|HEAD)$/i.test(method);
  const body = hasBody ? { body: event.isBase64Encoded ? bytesOf(event.body) : event.body } : {};
  return new Request(url, { method, headers, signal, ...body });
}

/** @param {any} event */
function headersOf({ headers, multiValueHeaders }) {
  const list = new Headers();
  for (const [name, values] of Object.entries(multiValueHeaders ?? headers ?? {})) {
    for (const value of [values].flat()) list.append(name, value);
  }
  return list;
}

/** @param {any} event */
function queryOf({ rawQueryString, queryStringParameters, multiValueQueryStringParameters }) {
  if (typeof rawQueryString === 'string') return rawQueryString;
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(
    multiValueQueryStringParameters ?? queryStringParameters ?? {},
  )) {
    for (const value of [values].flat()) query.append(name, value);
  }
  return query.toString();
}

/** @param {string} base64 */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * @param {Response} response  with text
 * @param {any} event
 * @returns {Promise<object>}
 */
export async function resultOf(response, event) {
  const headers = Object.fromEntries(response.headers);
  const several = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    statusCode: response.status,
    // A load balancer that sends lists looks for nothing else.
    ...(event.multiValueHeaders && !event.headers ? { multiValueHeaders: several } : { headers }),
    body: await response.text(),
    isBase64Encoded: false,
  };
}
