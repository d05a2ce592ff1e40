/**
 * The options that say how addresses are read.
 *
 * @module
 */

import { given } from '../runtime/given.js';
import { choiceOf, numberOf, UsageError } from './usage.js';

const clients = /** @type {const} */ (['filesystem', 's3', 'planetary-computer', 'earthdata', 'http']);

export const clientHelp = `  -a, --alternate-assets KEY  the alternates to prefer, the first that an asset has
  -c, --client NAME           read all addresses by this client: ${clients.join(', ')}
  --max-concurrent-downloads N, --concurrency N
                              so many at once (default 64)
  --http-header KEY=VALUE     for the server of the assets, or that of HREF if it refuses without; may be repeated
  --http-timeout N            seconds in which nothing arrives (default 300)
  --http-max-attempts N       (default 10)
  --s3-region NAME, --s3-endpoint-url URL, --s3-requester-pays, --s3-max-attempts N`;

export const clientOptions = /** @type {const} */ ({
  'alternate-assets': { type: 'string', short: 'a', multiple: true },
  client: { type: 'string', short: 'c' },
  'max-concurrent-downloads': { type: 'string' },
  concurrency: { type: 'string' },
  'http-header': { type: 'string', multiple: true },
  'http-timeout': { type: 'string' },
  'http-max-attempts': { type: 'string' },
  's3-region': { type: 'string' },
  's3-endpoint-url': { type: 'string' },
  's3-requester-pays': { type: 'boolean', default: false },
  's3-max-attempts': { type: 'string' },
});

/** @typedef {ReturnType<typeof import('./usage.js').parse<{ options: typeof clientOptions }>>['values']} ClientValues */

/**
 * @param {ClientValues} values
 * @returns {import('#package').InfoOptions}
 * @throws {UsageError}
 */
export function clientSettings(values) {
  const numberIn = (/** @type {keyof ClientValues & string} */ option, least = 1) => {
    const text = /** @type {string | undefined} */ (values[option]);
    return text === undefined ? undefined : numberOf(option, text, least, least);
  };
  return given({
    alternateAssets: values['alternate-assets'],
    clientOverride: values.client === undefined ? undefined : choiceOf('client', values.client, clients),
    maxConcurrentDownloads: numberIn('concurrency') ?? numberIn('max-concurrent-downloads'),
    httpHeaders: values['http-header'] && headersOf(values['http-header']),
    httpClientTimeout: numberIn('http-timeout', 0),
    httpMaxAttempts: numberIn('http-max-attempts'),
    s3RegionName: values['s3-region'],
    s3EndpointUrl: values['s3-endpoint-url'],
    s3RequesterPays: values['s3-requester-pays'] || undefined,
    s3MaxAttempts: numberIn('s3-max-attempts'),
  });
}

/** @param {string[]} pairs */
function headersOf(pairs) {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined) throw new UsageError('--http-header takes KEY=VALUE');
      return [name, value ?? ''];
    }),
  );
}
