/**
 * Tokens of OAuth2, after aiohttp_oauth2_client, which stac-asset uses. Loaded for the first request that needs one.
 *
 * @module
 */

import { ConfigError, StacTaskError } from '../errors.js';
import { authorizeByCode, authorizeByDevice } from './oauth2-grants.js';
import { Server } from './oauth2-server.js';

/** What is as good as expired, in milliseconds before it is. */
const margin = 30_000;

/**
 * @typedef {import('./client.js').ClientContext} ClientContext
 * @typedef {{ text: string, expires: Date | undefined, refresh: string | undefined }} Token
 */

/** A grant, and the options that it needs. @type {Record<string, [grant: (server: Server, context: ClientContext) => Promise<import('oauth4webapi').TokenEndpointResponse>, needs: (keyof import('../assets/config.js').ConfigFields)[]]>} */
const grants = {
  client_credentials: [
    (server, { settings }) => server.token('client_credentials', settings.oauth2Extra),
    ['oauth2ClientId', 'oauth2ClientSecret'],
  ],
  password: [
    (server, { settings: { oauth2Username, oauth2Password, oauth2Extra } }) =>
      server.token('password', {
        username: oauth2Username ?? '',
        password: oauth2Password ?? '',
        ...oauth2Extra,
      }),
    ['oauth2ClientId', 'oauth2Username', 'oauth2Password'],
  ],
  device_code: [authorizeByDevice, ['oauth2ClientId', 'oauth2DeviceAuthorizationUrl']],
  authorization_code: [authorizeByCode, ['oauth2ClientId', 'oauth2AuthorizationUrl']],
};

/**
 * @param {ClientContext} context
 * @returns {() => Promise<Token>} the token that holds now; one is asked for at a time
 * @throws {StacTaskError} ValueError as in Python; ConfigError
 */
export function tokensOf(context) {
  const { settings } = context;
  const name = settings.oauth2Grant?.replace(/^urn:ietf:params:oauth:grant-type:(?=device_code$)/, '') ?? '';
  if (!Object.hasOwn(grants, name)) {
    const message = 'Unknown grant type';
    throw new StacTaskError('ERR_CONFIG', message, {
      python: { type: 'ValueError', message },
      hint: `There are ${Object.keys(grants).join(', ')}.`,
    });
  }
  const [grant, needs] = /** @type {(typeof grants)[string]} */ (grants[name]);
  const missing = /** @type {typeof needs} */ (['oauth2TokenUrl', ...needs]).filter(
    (each) => !settings[each],
  );
  if (missing.length > 0) {
    throw new ConfigError('ERR_CONFIG', `the grant ${name} needs ${missing.join(', ')}`);
  }
  const server = new Server(context);
  /** @type {Promise<Token> | undefined} */
  let asking;
  /** @type {Token | undefined} */
  let token;
  const renew = async () => {
    token =
      (await refreshed(server, settings.oauth2Extra, token?.refresh)) ??
      tokenOf(await grant(server, context));
    return token;
  };
  return async () => {
    if (token && !(token.expires && Date.now() > token.expires.getTime() - margin)) return token;
    asking ??= renew().finally(() => (asking = undefined));
    return asking;
  };
}

/**
 * @param {Server} server
 * @param {Record<string, string>} extra
 * @param {string | undefined} refresh
 * @returns {Promise<Token | undefined>} undefined where another grant is needed
 */
async function refreshed(server, extra, refresh) {
  if (refresh === undefined) return undefined;
  try {
    const response = await server.token('refresh_token', { refresh_token: refresh, ...extra });
    return tokenOf({ refresh_token: refresh, ...response });
  } catch (error) {
    if (error instanceof StacTaskError) return undefined;
    throw error;
  }
}

/** @param {import('oauth4webapi').TokenEndpointResponse} response @returns {Token} */
const tokenOf = ({ access_token, expires_in, refresh_token }) => ({
  text: access_token,
  expires: expires_in === undefined ? undefined : new Date(Date.now() + expires_in * 1000),
  refresh: refresh_token,
});
