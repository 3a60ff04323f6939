import { z } from 'zod';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { Clock } from '../lib/clock.ts';
import { redact, REDACTED } from '../lib/redact.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { TokenSet } from '../store/records.ts';
import { parseTokenResponse } from './token-response.ts';

/** What came of a token request. Texts are for people and hold nothing of a request's or an answer's secrets. */
export type TokenEndpointAnswer =
  | { kind: 'tokens'; tokens: TokenSet }
  /** The server's own `error` (RFC 6749 §5.2), whatever the status; what it means stands in the definition. */
  | {
      kind: 'oauth-error';
      error: string;
      description: string | null;
      status: number;
      retryAfterMs: number | null;
    }
  /** No answer. `lost`: the request may have been processed all the same. */
  | { kind: 'unreachable'; reason: string; lost: boolean; retryAfterMs: number | null }
  /** An answer that says nothing: a web page, cut, too large, fields missing. It may have been processed. */
  | { kind: 'unusable'; reason: string; status: number; retryAfterMs: number | null };

export interface TokenRequest {
  /** A bounded one: see `lib/bounded-fetch.ts`. */
  fetch: Fetch;
  clock: Clock;
  definition: ProviderDefinition;
  client: { clientId: string; secret: string | null };
  /** `grant_type` and what belongs to it. */
  parameters: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

const SECRET_PARAMETERS = ['code', 'code_verifier', 'refresh_token'] as const;

const ErrorBody = z.object({
  error: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/),
  error_description: z.unknown().optional(),
});

/** One POST to the token endpoint (RFC 6749 §3.2), never repeated here. Lifetimes count from when it was sent. */
export async function postToken(request: TokenRequest): Promise<TokenEndpointAnswer> {
  const { fetch, clock, definition, parameters, signal } = request;
  const { tokenUrl } = definition.oauth2;
  const { headers, body } = await authenticated(request);
  const sentAt = clock.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(tokenUrl, {
      method: 'POST',
      headers,
      body,
      ...(signal ? { signal } : {}),
    });
    text = await response.text();
  } catch (fault) {
    return { kind: 'unreachable', ...transportFault(fault, tokenUrl), retryAfterMs: null };
  }
  const { status } = response;
  const rest = { status, retryAfterMs: retryAfterMs(response.headers, clock.now()) };
  const unusable = (what: string): TokenEndpointAnswer => ({
    kind: 'unusable',
    reason: `${new URL(tokenUrl).host} ${what} (HTTP ${status})`,
    ...rest,
  });

  const json = parseJson(text);
  if (json === undefined) return unusable(whyNotJson(text, status));
  const refusal = ErrorBody.safeParse(json);
  if (refusal.success) {
    const { error, error_description } = refusal.data;
    const secrets = [...SECRET_PARAMETERS.map((name) => parameters[name]), request.client.secret];
    return { kind: 'oauth-error', error, description: describe(error_description, secrets), ...rest };
  }
  if (!response.ok) return unusable('gave an error without saying which');
  const tokens = parseTokenResponse(json, sentAt);
  return tokens.ok
    ? { kind: 'tokens', tokens: tokens.value }
    : unusable('gave a token answer that lacks fields');
}

/** The client's id and secret where the definition wants them (RFC 6749 §2.3.1), encoded by openid-client. */
async function authenticated({
  definition,
  client,
  parameters,
}: TokenRequest): Promise<{ headers: Headers; body: URLSearchParams }> {
  const { ClientSecretBasic, ClientSecretPost, None } = await import('openid-client');
  const headers = new Headers({ accept: 'application/json' });
  const body = new URLSearchParams(parameters);
  const authenticate =
    client.secret === null
      ? None()
      : definition.oauth2.clientAuthentication === 'client_secret_basic'
        ? ClientSecretBasic(client.secret)
        : ClientSecretPost(client.secret);
  const server = { issuer: definition.oauth2.issuer ?? new URL(definition.oauth2.tokenUrl).origin };
  authenticate(server, { client_id: client.clientId }, body, headers);
  return { headers, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyNotJson(text: string, status: number): string {
  if (status >= 300 && status < 400) return 'sent the request elsewhere, as sign-in pages of networks do';
  const start = text.slice(0, 1000).trimStart();
  if (start === '') return 'gave an empty answer';
  if (start.startsWith('<')) return 'gave a web page, as proxies and sign-in pages of networks do';
  return 'gave an answer that is cut off or not JSON';
}

/** The server's own words, short, and without anything that could be a secret, even one it quotes from the request. */
function describe(description: unknown, secrets: (string | null | undefined)[]): string | null {
  if (typeof description !== 'string') return null;
  let without = description;
  for (const secret of secrets) if (secret) without = without.replaceAll(secret, REDACTED);
  const clean = cleanText(redact(without.slice(0, 4000)).replace(/[\w.~+/=-]{32,}/g, REDACTED), 200);
  return clean === '' ? null : clean;
}
