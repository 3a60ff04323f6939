import { createHash } from 'node:crypto';
import { afterEach } from 'vitest';
import type { CredentialLists } from '../../../main/sandbox/credential-lists.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../main/sandbox/start-sandbox.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { steadyRandom } from './sandbox-fixture.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
}

export interface Ask {
  method?: string;
  /** `Authorization`. */
  auth?: string | undefined;
  form?: Readonly<Record<string, string>>;
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface RunningSandbox {
  sandbox: Sandbox;
  url: string;
  clock: FakeClock;
  credentials: CredentialLists;
  /** A request, redirects not followed; the path may be a complete address. */
  ask: (path: string, options?: Ask) => Promise<Answer>;
  /** Allows access as this person, as one would on the sign-in page; gives the callback address. */
  allow: (authorizeUrl: string, account?: string) => Promise<URL>;
  /** Allows access at an authorization endpoint, with PKCE; gives what exchanges the code for tokens, but for the client. */
  codeGrant: (
    endpoint: string,
    parameters: Readonly<Record<string, string>>,
    account?: string,
  ) => Promise<CodeGrant>;
}

interface CodeGrant extends Readonly<Record<string, string>> {
  grant_type: 'authorization_code';
  code: string;
  redirect_uri: string;
  code_verifier: string;
}

export const VERIFIER = 'v'.repeat(43);
export const CALLBACK = 'http://127.0.0.1:7979/callback';

const running: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.dispose();
});

/** The sandbox behind real HTTP, with a clock that the test moves. It ends with the test. */
export async function runSandbox(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const clock = new FakeClock();
  const sandbox = await startSandbox({ clock, random: steadyRandom(), ...options });
  running.push(sandbox);
  const { url } = sandbox;
  const ask: RunningSandbox['ask'] = async (path, { method, auth, form, json, headers } = {}) => {
    const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
    const answer = await fetch(path.startsWith('http') ? path : url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(auth === undefined ? {} : { authorization: auth }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: answer.status, headers: answer.headers, text, json: parsed };
  };
  const allow: RunningSandbox['allow'] = async (address, account = 'ana') => {
    const { headers, status, text } = await ask(address, { form: { account, decision: 'allow' } });
    const location = headers.get('location');
    if (location === null) throw new Error(`the posted form answered ${status}: ${text.slice(-400)}`);
    return new URL(location);
  };
  const codeGrant: RunningSandbox['codeGrant'] = async (endpoint, parameters, account) => ({
    grant_type: 'authorization_code',
    code: (await allow(authorizeUrl(endpoint, parameters), account)).searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  });
  return { sandbox, url, clock, credentials: sandbox.control.credentials(), ask, allow, codeGrant };
}

export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
export const bearer = (token: string): string => `Bearer ${token}`;

/** An authorization address with PKCE. */
export function authorizeUrl(endpoint: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(endpoint);
  const all = {
    response_type: 'code',
    redirect_uri: CALLBACK,
    state: 'st',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return url.href;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}
