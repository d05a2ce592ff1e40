import { createServer } from 'node:http';

import { importFrom } from './install.js';
import { serversFolder } from './paths.js';

/** Clients that the server knows. */
export const machine = { oauth2ClientId: 'machine', oauth2ClientSecret: 'secret-of-the-machine' };
export const person = { oauth2ClientId: 'person' };
const device = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * An authorization server on 127.0.0.1 with all grants, and something that only its tokens open.
 *
 * @param {object} [configuration]
 */
export async function serveOidc(configuration = {}) {
  const { Provider } = await importFrom(serversFolder, 'oidc-provider');
  /** @type {string[]} */
  const requests = [];
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: machine.oauth2ClientId,
        client_secret: machine.oauth2ClientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        client_id: person.oauth2ClientId,
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token', device, 'password'],
        redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
    },
    cookies: { keys: ['key'] },
    findAccount: (/** @type {unknown} */ _, /** @type {string} */ id) => ({
      accountId: id,
      claims: () => ({ sub: id }),
    }),
    ...configuration,
  });
  registerPassword(provider);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  return {
    url,
    options: {
      oauth2TokenUrl: `${url}/token`,
      oauth2AuthorizationUrl: `${url}/auth`,
      oauth2DeviceAuthorizationUrl: `${url}/device/auth`,
    },
    /** @param {string | undefined} authorization */
    async knows(authorization) {
      const [, token] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
      if (!token) return false;
      const { AccessToken, ClientCredentials } = provider;
      return Boolean((await AccessToken.find(token)) ?? (await ClientCredentials.find(token)));
    },
    tokenRequests: () => requests.filter((path) => path === '/token').length,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The server has no such grant of its own. @param {any} provider */
function registerPassword(provider) {
  const { AccessToken, Grant } = provider;
  const parameters = ['username', 'password', 'scope'];
  provider.registerGrantType(
    'password',
    async (/** @type {any} */ context) => {
      const { client, params } = context.oidc;
      if (params.password !== 'right') {
        context.status = 400;
        context.body = { error: 'invalid_grant', error_description: `${params.password} is wrong` };
        return;
      }
      const grant = new Grant({ accountId: params.username, clientId: client.clientId });
      const grantId = await grant.save();
      const token = new AccessToken({ accountId: params.username, client, grantId, gty: 'password' });
      const value = await token.save();
      context.body = { access_token: value, expires_in: token.expiration, token_type: token.tokenType };
    },
    parameters,
  );
}

/**
 * What somebody does who is sent to a page: logs in, and agrees to all.
 *
 * @param {string} start
 * @param {string} [end]  where he stops
 * @returns {Promise<string>} the address that he comes to
 */
export async function visit(start, end = 'nowhere:') {
  /** @type {Map<string, string>} */
  const cookies = new Map();
  let url = start;
  /** @type {URLSearchParams | undefined} */
  let body;
  for (let count = 0; count < 20; ++count) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = body ? { method: 'POST', body } : {};
    const response = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    body = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(end)) return url;
      continue;
    }
    const html = await response.text();
    const [, form = '', fields = ''] = /<form([^>]*)>(.*?)<\/form>/s.exec(html) ?? [];
    if (!form) return url;
    const [, action] = /action="([^"]*)"/.exec(form) ?? [];
    url = new URL(action ?? url, url).href;
    body = new URLSearchParams({ login: 'me', password: 'me' });
    for (const [input] of fields.matchAll(/<(?:input|button)[^>]*>/g)) {
      const [, name] = /name="([^"]*)"/.exec(input) ?? [];
      const [, value] = /value="([^"]*)"/.exec(input) ?? [];
      if (name && value) body.set(name, value);
    }
  }
  throw new Error(`there is no end of pages after ${start}`);
}
