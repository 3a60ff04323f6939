import { oauthCaller } from '../caller.ts';
import { basicOf, bearerTokenOf, json, type Reply, type SandboxRequest } from '../exchange.ts';
import type { OAuthServer } from '../oauth-server.ts';
import type { SandboxPerson } from '../people.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { sameText } from '../token-endpoint.ts';
import type { DataCenterProduct } from './data-center.ts';

export const LOGIN_PATH = '/login.jsp';

/** After so many wrong passwords only the login page, with its CAPTCHA, lets the user in. */
const TRIES = 3;

export const personalAccessToken = (
  { mint }: SandboxState,
  provider: string,
  { key }: SandboxPerson,
): string => mint.secret(`${provider}:${key}:pat`, 33);

export const passwordOf = ({ mint }: SandboxState, provider: string, { key }: SandboxPerson): string =>
  mint.secret(`${provider}:${key}:password`, 12);

/** Whose wrong passwords are counted. */
export const triesKey = (provider: string, username: string): string => `${provider} ${username}`;

/** Who asks; null: nobody, as no credential was sent. Or the refusal. */
export function dataCenterCaller(
  state: SandboxState,
  request: SandboxRequest,
  product: DataCenterProduct,
  server: OAuthServer,
): { person: SandboxPerson | null } | Reply {
  const { provider } = product;
  const bearer = bearerTokenOf(request);
  if (bearer !== null) {
    const person =
      state.people.find((other) => sameText(personalAccessToken(state, provider, other), bearer)) ??
      oauthCaller(state, request, server)?.person;
    return person && state.ended.how(bearer) === null ? { person } : refused();
  }
  const basic = basicOf(request);
  return basic ? byPassword(state, basic, product) : { person: null };
}

function byPassword(
  state: SandboxState,
  { username, password }: { username: string; password: string },
  { provider, path, tokensAsPasswords }: DataCenterProduct,
): { person: SandboxPerson } | Reply {
  if (!state.conditions.basicAllowed)
    return json(403, { message: 'Basic Authentication has been disabled on this instance.' });
  const key = triesKey(provider, username);
  const wrong = state.wrongTries.get(key) ?? 0;
  // The right password is refused as well.
  if (wrong >= TRIES) return captcha(`${state.url}${path}${LOGIN_PATH}`);
  const person = state.people.find((other) => other.key === username);
  const token = person && tokensAsPasswords && personalAccessToken(state, provider, person);
  if (person && token !== undefined && sameText(token, password))
    return state.ended.how(token) === null ? { person } : refused();
  const known = person && passwordOf(state, provider, person);
  if (person && known !== undefined && sameText(known, password) && state.ended.how(known) === null) {
    state.wrongTries.delete(key);
    return { person };
  }
  state.wrongTries.set(key, wrong + 1);
  return refused();
}

const refused = (): Reply =>
  json(
    401,
    { message: 'Basic authentication or bearer token is not valid.', 'status-code': 401 },
    { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
  );

const captcha = (loginUrl: string): Reply =>
  json(
    403,
    { message: 'Login denied' },
    {
      'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
      'x-authentication-denied-reason': `CAPTCHA_CHALLENGE; login-url=${loginUrl}`,
    },
  );
