import { clientOf } from '../app-registration.ts';
import { STANDARD_SERVER, type OAuthServer } from '../oauth-server.ts';

export const OPENID_PATH = '/openid';
export const OPENID_SERVICE = 'openid';

/** A server as the RFCs describe it: public clients, registered ones, device sign-in. */
export const OPENID_SERVER: OAuthServer = {
  ...STANDARD_SERVER,
  name: 'Example OpenID',
  apps: (state) => [clientOf(OPENID_SERVICE, 'public'), ...state.registered.at(OPENID_SERVICE)],
  grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  refreshTokens: 'offline_access',
  issuer: ({ url }) => url + OPENID_PATH,
};
