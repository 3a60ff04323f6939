import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { jsonIn } from '../lib/json.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import type { TokenSet } from '../store/records.ts';
import { authenticatedForm, type ClientCredentials } from './client-authentication.ts';
import { ErrorBody } from './error-body.ts';
import { errorDescription } from './error-description.ts';
import { parseTokenResponse } from './token-response.ts';

/** The result of a token request. Texts are for people and contain no secrets of the request or the answer. */
export type TokenEndpointAnswer =
  /** `idToken` is there only where the request wanted it; null: the answer had none. Not checked. */
  | { kind: 'tokens'; tokens: TokenSet; idToken?: string | null }
  /** The server's own `error` (RFC 6749 §5.2), whatever the status; what it means is in the definition. */
  | {
      kind: 'oauth-error';
      error: string;
      description: string | null;
      status: number;
      retryAfterMs: number | null;
    }
  /** No answer. `lost`: the request may have been processed anyway. */
  | { kind: 'unreachable'; reason: string; cure: string; lost: boolean; retryAfterMs: number | null }
  /** An answer without meaning: a web page, cut off, too large, or with missing fields. The request may have been processed. */
  | { kind: 'unusable'; reason: string; status: number; retryAfterMs: number | null };

export interface TokenRequest {
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
  settings: OAuth2Settings;
  /** The settings' own address for this kind of request, or the one that discovery found. */
  tokenUrl: string;
  client: ClientCredentials;
  /** `grant_type` and its other parameters. */
  parameters: Readonly<Record<string, string>>;
  /** Whether to give the ID token too. Nobody else needs it, so it is not even read otherwise. */
  wantsIdToken?: boolean;
}

const SECRET_PARAMETERS = ['code', 'code_verifier', 'refresh_token', 'device_code'] as const;

/** One POST to the token endpoint (RFC 6749 §3.2), never repeated here. Lifetimes count from when it was sent. */
export async function postToken(request: TokenRequest): Promise<TokenEndpointAnswer> {
  const { fetch, clock, settings, tokenUrl, parameters, client } = request;
  const { headers, body } = tokenBody(request);
  const sentAt = clock.now();
  let response: Answer;
  let text: string;
  try {
    response = await fetch(tokenUrl, {
      method: 'POST',
      headers,
      body,
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

  const json = jsonIn(text);
  if (json === undefined) return unusable(whyNotJson(text, status));
  const secrets = [...SECRET_PARAMETERS.map((name) => parameters[name]), client.secret];
  const refusal = ErrorBody.safeParse(json);
  if (refusal.success) {
    const error = errorDescription(refusal.data.error, secrets) ?? 'an error without a name';
    const description = errorDescription(refusal.data.error_description, secrets);
    return { kind: 'oauth-error', error, description, ...rest };
  }
  const tokens = response.ok ? parseTokenResponse(tokenPart(json, settings), sentAt, settings) : null;
  if (tokens?.ok)
    return {
      kind: 'tokens',
      tokens: tokens.value,
      ...(request.wantsIdToken ? { idToken: idTokenIn(json) } : {}),
    };
  const words = ownWords(json).map((word) => errorDescription(word, secrets));
  const reported = words.find((word) => word !== null);
  if (reported !== undefined) return unusable(`reported an error in its own format: “${reported}”`);
  return unusable(
    response.ok ? 'sent a token answer with missing fields' : 'reported an error without naming it',
  );
}

/** A form (RFC 6749 appendix B), or JSON where the provider wants that. */
function tokenBody({ settings, client, parameters }: TokenRequest): {
  headers: Record<string, string>;
  body: URLSearchParams | string;
} {
  const form = authenticatedForm(settings, client, {
    ...settings.tokenParameters,
    ...parameters,
    // RFC 8707 §2.2: in every token request, refreshes too.
    ...(settings.resource === undefined ? {} : { resource: settings.resource }),
  });
  if (settings.tokenBody === 'form') return form;
  return {
    headers: { ...form.headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(form.body)),
  };
}

/** Where the token set is in the answer. */
const tokenPart = (json: unknown, { tokenField }: OAuth2Settings): unknown => {
  const part = tokenField === undefined ? undefined : membersOf(json).get(tokenField);
  return membersOf(part).size > 0 ? part : json;
};

const idTokenIn = (json: unknown): string | null => {
  const token = membersOf(json).get('id_token');
  return typeof token === 'string' ? token : null;
};

/** Fields in which servers and gateways that do not follow RFC 6749 §5.2 describe an error, the best one first. */
const WORDS = ['error_description', 'message', 'errorMessage', 'errorSummary', 'detail', 'title', 'code'];

function ownWords(json: unknown): unknown[] {
  const fields = membersOf(json);
  return [fields.get('error'), fields.get('fault'), json].flatMap((place) => {
    const own = membersOf(place);
    return WORDS.map((word) => own.get(word));
  });
}

const membersOf = (json: unknown): Map<string, unknown> =>
  new Map<string, unknown>(typeof json === 'object' && json !== null ? Object.entries(json) : []);

function whyNotJson(text: string, status: number): string {
  if (status >= 300 && status < 400) return 'redirected the request, as network sign-in pages do';
  const start = text.slice(0, 1000).trimStart();
  if (start === '') return 'sent an empty answer';
  if (start.startsWith('<')) return 'sent a web page, as proxies and network sign-in pages do';
  return 'sent an answer that is cut off or not JSON';
}
