import type { AppRegistration } from './app-registration.ts';
import { CONSOLE_SERVICE } from './console/service-name.ts';
import { ATLASSIAN_ROTATION, type RotationRules } from './grants.ts';
import type { SandboxState } from './sandbox-state.ts';

export type GrantType =
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:device_code';

/** What one service's authorization server accepts, and how its answers differ from those of the others. */
export interface OAuthServer {
  /** As the sign-in page names it. */
  name: string;
  /** The clients registered here. A code or token of another server's client is worth nothing. */
  apps: (state: SandboxState) => readonly AppRegistration[];
  grantTypes: readonly GrantType[];
  /** Values of `audience` that an authorization request may have; null: it is not looked at. */
  audiences: readonly string[] | null;
  pkce: 'required' | 'ignored';
  /** Whether a callback must be https now. */
  httpsCallbackOnly: (state: SandboxState) => boolean;
  /** Scopes that belong to every client, whatever a request names; null: a request must name some. */
  fixedScopes: readonly string[] | null;
  /** Scopes whose request ends on the server's own error page. */
  forbiddenScopes: readonly string[];
  /** Whether the person picks sites. */
  sites: boolean;
  /** One of these must be the `resource` of every request (RFC 8707); null: it is not looked at. */
  resources: ((state: SandboxState) => readonly string[]) | null;
  /** Repeated in the callback (RFC 9207); null: not used. */
  issuer: ((state: SandboxState) => string) | null;
  /** Whether a client may identify itself by HTTP Basic (RFC 6749 §2.3.1). */
  basicClients: boolean;
  codeLifetimeMs: number;
  /** Lifetime of access tokens, as a multiple of Atlassian's hour, which the control can change. */
  hours: number;
  /** `offline_access`: only if this scope was granted. */
  refreshTokens: 'always' | 'offline_access';
  rotation: RotationRules;
  /** A refresh must repeat `redirect_uri`. */
  repeatRedirectUri: boolean;
  /** A refresh ends the access tokens from before it. */
  refreshEndsAccessTokens: boolean;
  /** Status of a rejected grant. */
  grantFaultStatus: 400 | 403;
  clientFault: 'access_denied' | 'invalid_client';
  /** Name of the answer's field with the scopes. */
  scopeField: 'scope' | 'scopes';
}

/** What the RFCs suggest; a server states where it differs. */
export const STANDARD_SERVER = {
  grantTypes: ['authorization_code', 'refresh_token'],
  audiences: null,
  pkce: 'required',
  httpsCallbackOnly: () => false,
  fixedScopes: null,
  forbiddenScopes: [],
  sites: false,
  resources: null,
  issuer: null,
  basicClients: true,
  codeLifetimeMs: 60_000,
  hours: 1,
  refreshTokens: 'always',
  rotation: ATLASSIAN_ROTATION,
  repeatRedirectUri: false,
  refreshEndsAccessTokens: false,
  grantFaultStatus: 400,
  clientFault: 'invalid_client',
  scopeField: 'scope',
} as const satisfies Omit<OAuthServer, 'name' | 'apps'>;

/** Atlassian's own, for apps of the developer console and for service accounts. */
export const ATLASSIAN_SERVER: OAuthServer = {
  ...STANDARD_SERVER,
  name: 'Atlassian',
  apps: (state) => [...state.apps, ...state.registered.at(CONSOLE_SERVICE)],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  audiences: ['api.atlassian.com'],
  forbiddenScopes: ['openid'],
  sites: true,
  basicClients: false,
  refreshTokens: 'offline_access',
  grantFaultStatus: 403,
  clientFault: 'access_denied',
};
