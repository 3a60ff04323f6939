import { z } from 'zod';
import { BEARER, headerOf } from '../credentials/sent.ts';
import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import { jsonIn } from '../lib/json.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import { isSafeEndpoint } from '../providers/address.ts';
import { CLIENT_AUTHENTICATION, type ClientAuthentication } from './discovered-server.ts';
import { quotedError } from './error-body.ts';

export interface RegistrationRequest {
  /** Bounded in time and size. */
  fetch: Fetch;
  /** What the provider is called, for messages. */
  providerName: string;
  registrationUrl: string;
  redirectUri: string;
  /** `grant_type` values. */
  grantTypes: readonly string[];
  clientAuthentication: ClientAuthentication;
}

/** A client as the server registered it. `secret` and `accessToken` are secret. */
export interface RegisteredClient {
  clientId: string;
  secret: string | null;
  /** Epoch ms; null: never. */
  secretExpiresAt: number | null;
  clientAuthentication: ClientAuthentication;
  redirectUri: string;
  /** RFC 7592 §3. */
  managementUrl: string | null;
  accessToken: string | null;
}

const Printable = (most: number) =>
  z
    .string()
    .regex(/^[\x20-\x7e]+$/)
    .max(most);

/** Some servers send a list of one as text. */
const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((each) => typeof each === 'string');

const Answer = z.lazy(() =>
  z.object({
    client_id: Printable(2000),
    // Servers send an empty one for none.
    client_secret: Printable(10_000)
      .nullish()
      .or(z.literal('').transform(() => null)),
    client_secret_expires_at: z.number().nullish().catch(null),
    token_endpoint_auth_method: z.string().max(100).nullish().catch(null),
    redirect_uris: z.unknown().optional(),
  }),
);

/**
 * Registers this app as an OAuth client (RFC 7591 §3.1), once: a repeated request would register another. Fields of the answer
 * that we do not know are ignored; one that would not let us sign in refuses it. Fails with `offline`, `temporary`,
 * `misconfigured` or `refused`.
 */
export async function registerClient(request: RegistrationRequest): Promise<Result<RegisteredClient>> {
  const { fetch, providerName, registrationUrl, redirectUri, grantTypes, clientAuthentication } = request;
  let response: Answer;
  let text: string;
  try {
    response = await fetch(registrationUrl, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Tokentray',
        redirect_uris: [redirectUri],
        grant_types: grantTypes,
        response_types: grantTypes.includes('authorization_code') ? ['code'] : [],
        token_endpoint_auth_method: clientAuthentication,
        // OpenID Connect Registration §2: without it, servers refuse loopback addresses.
        application_type: 'native',
      }),
    });
    text = await response.text();
  } catch (fault) {
    const { reason } = transportFault(fault, registrationUrl);
    return fail(
      'offline',
      `Tokentray could not be registered: ${reason}.`,
      'Check the network, then try again.',
    );
  }
  const { status } = response;
  const json = jsonIn(text);
  if (status !== 201 && status !== 200) return registrationFailure(providerName, status, json);
  const parsed = Answer.safeParse(json);
  const checked = parsed.success
    ? checkAnswer(parsed.data, request, managementOf(json, registrationUrl))
    : refused(`${providerName} registered Tokentray, but its answer has no usable client ID.`);
  // Nobody will use what was registered, so it should not stay at the server.
  const left = checked.ok ? null : managementOf(json, registrationUrl);
  if (left !== null) await unregisterClient(fetch, left.url, left.token);
  return checked;
}

const Management = z.lazy(() =>
  z.object({
    registration_client_uri: z.string().max(2000),
    registration_access_token: Printable(10_000),
  }),
);

/** Where a registration can be changed, on the host that made it; null where it cannot. */
function managementOf(json: unknown, registrationUrl: string): { url: string; token: string } | null {
  const parsed = Management.safeParse(json);
  if (!parsed.success) return null;
  const { registration_client_uri: url, registration_access_token: token } = parsed.data;
  return isSafeEndpoint(url) && new URL(url).host === new URL(registrationUrl).host ? { url, token } : null;
}

function checkAnswer(
  answer: z.infer<typeof Answer>,
  { providerName, redirectUri, clientAuthentication }: RegistrationRequest,
  managed: { url: string; token: string } | null,
): Result<RegisteredClient> {
  const { client_id, client_secret, client_secret_expires_at } = answer;
  const redirectUris = textsIn(answer.redirect_uris);
  // A server may replace what was asked for (RFC 7591 §3.2.1).
  const named = answer.token_endpoint_auth_method;
  // Atlassian's MCP server echoes `none`, sends a secret unasked, and then demands it.
  const way =
    client_secret && (named ?? 'none') === 'none' ? 'client_secret_post' : (named ?? clientAuthentication);
  const known = CLIENT_AUTHENTICATION.find((candidate) => candidate === way);
  if (known === undefined)
    return refused(`${providerName} wants a kind of client authentication that Tokentray does not have.`);
  if (known !== 'none' && !client_secret)
    return refused(`${providerName} registered Tokentray with a client secret, but did not send it.`);
  if (redirectUris.length > 0 && !redirectUris.includes(redirectUri))
    return refused(`${providerName} registered another callback address than ${redirectUri}.`);
  const seconds = client_secret_expires_at ?? 0;
  return ok({
    clientId: client_id,
    secret: known === 'none' ? null : (client_secret ?? null),
    secretExpiresAt: known !== 'none' && seconds > 0 ? Math.min(seconds * 1000, 8.64e15) : null,
    clientAuthentication: known,
    redirectUri,
    managementUrl: managed?.url ?? null,
    accessToken: managed?.token ?? null,
  });
}

function registrationFailure(name: string, status: number, json: unknown): Result<never> {
  if (status >= 500 || status === 429)
    return fail(
      'temporary',
      `${name} cannot register apps now (HTTP ${status}).`,
      'Try again in a few minutes.',
    );
  const said = quotedError(json, []) ?? `HTTP ${status}`;
  return fail(
    'misconfigured',
    `${name} did not let Tokentray register itself (${said}).`,
    'Register an app there yourself, then add it: tokentray clients add.',
  );
}

const refused = (message: string): Result<never> =>
  fail('refused', message, 'Register an app there yourself, then add it: tokentray clients add.');

/** Deletes a registration (RFC 7592 §2.3), as far as the server takes it. Never fails. */
export async function unregisterClient(
  fetch: Fetch,
  managementUrl: string,
  accessToken: string,
): Promise<void> {
  try {
    const { name, value } = headerOf(BEARER, accessToken);
    await fetch(managementUrl, { method: 'DELETE', headers: { [name]: value } });
  } catch {
    // Nobody can sign in with it any more: its secret is gone here.
  }
}
