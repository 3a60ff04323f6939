import { allowsRedirectUri, type AppRegistration } from './app-registration.ts';
import type { OAuthServer } from './oauth-server.ts';

/** A complete authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export interface AuthorizeRequest {
  app: AppRegistration;
  redirectUri: string;
  state: string;
  /** Null where the server ignores PKCE. */
  challenge: string | null;
  scopes: string[];
  /** The person to preselect: key or e-mail. */
  loginHint: string | null;
}

export type AuthorizeVerdict =
  | { kind: 'valid'; request: AuthorizeRequest }
  /** Shown here and not sent back to the app, as Atlassian does if the app or callback is wrong. */
  | { kind: 'page'; title: string; detail: string }
  /** Sent back to the app (RFC 6749 §4.1.2.1). */
  | { kind: 'redirect'; location: string };

/** Beyond this Atlassian's page answers 400: a header grows too large. */
const MAX_SCOPES = 80;

/** What a request is compared with. */
export interface AuthorizeRules {
  server: OAuthServer;
  apps: readonly AppRegistration[];
  /** Scopes that the app's registration lacks. */
  notEnabled: readonly string[];
  /** What `resource` may be; null: it is not looked at. */
  resources: readonly string[] | null;
  /** Data Center refuses callbacks that are not https, unless its administrator allows them. */
  httpsCallbackOnly: boolean;
}

/** Decides about an authorization request from its query. */
export function judgeAuthorizeRequest(query: URLSearchParams, rules: AuthorizeRules): AuthorizeVerdict {
  const { server, apps } = rules;
  const page = (title: string, detail: string): AuthorizeVerdict => ({ kind: 'page', title, detail });
  const app = apps.find(({ clientId }) => clientId === query.get('client_id'));
  if (!app) return page('Unknown app', 'No app with this client_id is registered here.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!allowsRedirectUri(app, redirectUri))
    return page(
      'Callback not registered',
      'The redirect_uri is not the one registered for this app. Compare them character by character, including port and path.',
    );
  if (rules.httpsCallbackOnly && !redirectUri.startsWith('https:'))
    return page('Callback not secure', 'This server accepts only a redirect_uri with https.');
  const scopes = [...new Set((query.get('scope') ?? '').split(' ').filter((scope) => scope !== ''))];
  if (scopes.length > MAX_SCOPES)
    return page(
      'Too many scopes',
      `The request asks for ${scopes.length} scopes; more than ${MAX_SCOPES} are not accepted.`,
    );
  const forbidden = scopes.find((scope) => server.forbiddenScopes.includes(scope));
  if (forbidden !== undefined)
    return page('Something went wrong', `Apps cannot request the scope ${forbidden} here.`);
  const missing = scopes.find((scope) => rules.notEnabled.includes(scope) || !mayAsk(app, scope));
  if (missing !== undefined)
    return page('Something went wrong', `The scope ${missing} is not enabled for this app.`);

  const state = query.get('state') ?? '';
  const refuse = (error: string, description: string): AuthorizeVerdict => ({
    kind: 'redirect',
    location: errorRedirect({ redirectUri, state }, error, description),
  });
  if (query.get('response_type') !== 'code')
    return refuse('unsupported_response_type', 'response_type must be code');
  if (state === '') return refuse('invalid_request', 'state is missing');
  if (server.audiences && !server.audiences.includes(query.get('audience') ?? ''))
    return refuse('invalid_request', `audience must be ${server.audiences.join(' or ')}`);
  if (rules.resources && !rules.resources.includes(query.get('resource') ?? ''))
    return refuse('invalid_target', 'resource must be the exact address of a server');
  const challenge = server.pkce === 'ignored' ? null : (query.get('code_challenge') ?? '');
  if (challenge !== null && (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)))
    return refuse('invalid_request', 'a PKCE code_challenge with method S256 is needed');
  if (scopes.length === 0 && !server.fixedScopes)
    return refuse('invalid_scope', 'scope must name one scope or more');
  if (!scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)))
    return refuse('invalid_scope', 'scope must name one scope or more, separated by spaces');
  return {
    kind: 'valid',
    request: {
      app,
      redirectUri,
      state,
      challenge,
      scopes: [...(server.fixedScopes ?? scopes)],
      loginHint: query.get('login_hint'),
    },
  };
}

/** That a sign-in lasts is no permission that a registration has. */
const mayAsk = ({ scopes }: AppRegistration, scope: string): boolean =>
  scopes === undefined || scope === 'offline_access' || scopes.includes(scope);

/** The redirect that returns the code, and the server's issuer if it names it (RFC 9207). */
export const codeRedirect = (
  { redirectUri, state }: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  code: string,
  issuer: string | null = null,
): string => withParameters(redirectUri, { code, state, ...(issuer === null ? {} : { iss: issuer }) });

/** The redirect that returns an error. */
export const errorRedirect = (
  { redirectUri, state }: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  error: string,
  description: string,
): string =>
  withParameters(redirectUri, { error, error_description: description, ...(state === '' ? {} : { state }) });

function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
