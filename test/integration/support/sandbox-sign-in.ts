import { createHash, randomBytes } from 'node:crypto';
import type { Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

export interface SandboxChoice {
  /** Key, e-mail or account id; Ana when not said. */
  account?: string;
  /** Site keys; none is all of them. */
  sites?: readonly string[];
  decision?: 'allow' | 'deny';
}

/** Does what a person does on the stand-in's page; gives the callback address that the browser is sent to. */
export async function signInAtSandbox(authorizeUrl: string, choice: SandboxChoice = {}): Promise<string> {
  const { account = 'ana', sites = [], decision = 'allow' } = choice;
  const shown = await fetch(authorizeUrl);
  if (!shown.ok) throw new Error(`the sign-in page answered ${shown.status}`);
  const form = new URLSearchParams([
    ['account', account],
    ...sites.map((site) => ['site', site]),
    ['decision', decision],
  ]);
  const answer = await fetch(authorizeUrl, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`the posted form answered ${answer.status}`);
  return location;
}

export interface SandboxTokens {
  access_token: string;
  refresh_token?: string;
  expires_in?: number | string;
  scope: string;
  token_type: string;
}

export const REDIRECT_URI = 'http://127.0.0.1:7979/callback';

export interface AuthorizeOptions {
  scopes?: readonly string[];
  redirectUri?: string;
  /** Parameters to change, or to leave out (null). */
  overrides?: Readonly<Record<string, string | null>>;
}

/** An authorization address with everything a client must send, and the verifier that belongs to it. */
export function authorizeAddress(
  { definition }: Sandbox,
  { scopes, redirectUri = REDIRECT_URI, overrides = {} }: AuthorizeOptions = {},
): { url: string; state: string; verifier: string } {
  const oauth2 = oauth2In(definition);
  const state = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(oauth2.authorizationUrl);
  const parameters: Record<string, string | null> = {
    ...oauth2.authorizationParameters,
    response_type: 'code',
    client_id: oauth2.client?.clientId ?? '',
    redirect_uri: redirectUri,
    scope: (scopes ?? oauth2.defaultScopes).join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...overrides,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value);
  return { url: url.href, state, verifier };
}

/** A token request with the sandbox's own client; a parameter of null is left out. */
export function postToSandbox(
  { definition }: Sandbox,
  parameters: Readonly<Record<string, string | null>>,
  options: { as?: 'form' | 'json'; signal?: AbortSignal } = {},
): Promise<Response> {
  const oauth2 = oauth2In(definition);
  const all: Record<string, string | null> = {
    client_id: oauth2.client?.clientId ?? '',
    client_secret: oauth2.client?.clientSecret ?? '',
    ...parameters,
  };
  const sent = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const { as = 'form', signal } = options;
  return fetch(oauth2.tokenUrl, {
    method: 'POST',
    ...(as === 'json'
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) }
      : { body: new URLSearchParams(sent) }),
    ...(signal ? { signal } : {}),
  });
}

/** Signs a person in, from the address to the tokens. */
export async function tokensFromSandbox(
  sandbox: Sandbox,
  { scopes, ...choice }: SandboxChoice & { scopes?: readonly string[] } = {},
): Promise<SandboxTokens> {
  const { url, verifier } = authorizeAddress(sandbox, scopes ? { scopes } : {});
  const callback = new URL(await signInAtSandbox(url, choice));
  const answer = await postToSandbox(sandbox, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code'),
    code_verifier: verifier,
    redirect_uri: REDIRECT_URI,
  });
  if (!answer.ok) throw new Error(`the code was refused: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as SandboxTokens;
}

/** A refresh with the sandbox's own client. */
export const refreshAtSandbox = (sandbox: Sandbox, refreshToken: string): Promise<Response> =>
  postToSandbox(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
