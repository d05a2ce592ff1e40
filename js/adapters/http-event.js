/**
 * HTTP requests as AWS Lambda gets them, and the answers that it gives: of API Gateway in the payload formats 1.0 and
 * 2.0, of function URLs, which are 2.0, and of load balancers, which are almost 1.0.
 *
 * @module
 */

/** A `Request` has no other, and no task needs them: the answer is that of every method but POST. */
const possibleMethod = /^(?!(connect|trace|track)$)[!#$%&'*+.^_`|~\w-]+$/i;

/** @param {any} event */
export const isHttpEvent = (event) =>
  typeof event?.requestContext === 'object' && typeof methodOf(event) === 'string';

/** @param {any} event @returns {string | undefined} */
const methodOf = (event) => event.requestContext?.http?.method ?? event.httpMethod;

/**
 * The request of an event. Of what a `Request` cannot have, headers are left out, a host is `localhost`, and a body
 * cannot be read.
 *
 * @param {any} event
 * @param {AbortSignal} signal
 * @returns {Request}
 */
export function requestOf(event, signal) {
  const given = /** @type {string} */ (methodOf(event));
  const method = possibleMethod.test(given) ? given : 'OPTIONS';
  const headers = headersOf(event);
  const url = originOf(event.requestContext?.domainName ?? headers.get('host'));
  url.pathname = event.rawPath ?? event.path ?? '/';
  url.search = queryOf(event);
  const hasBody = typeof event.body === 'string' && !/^(GET|HEAD)$/i.test(method);
  const body = hasBody ? { body: event.isBase64Encoded ? bytesOf(event.body) : event.body } : {};
  return new Request(url, { method, headers, signal, ...body, .../** @type {{}} */ ({ duplex: 'half' }) });
}

/** @param {string | null} host  what the client says, behind a load balancer */
function originOf(host) {
  try {
    // Without credentials, with which there is no `Request`.
    return new URL(new URL(`https://${host ?? 'localhost'}`).origin);
  } catch {
    return new URL('https://localhost');
  }
}

/** @param {any} event */
function headersOf({ headers, multiValueHeaders }) {
  const list = new Headers();
  for (const [name, values] of Object.entries(multiValueHeaders ?? headers ?? {})) {
    for (const value of [values].flat()) {
      try {
        list.append(name, value);
      } catch {
        // It is no header in the sense of the standard, such as one with letters beyond Latin-1.
      }
    }
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

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer> | ReadableStream} a stream that fails, of what is no base64
 */
function bytesOf(base64) {
  try {
    return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
  } catch (error) {
    return new ReadableStream({ start: (controller) => controller.error(error) });
  }
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
