import { z } from 'zod';
import { basicOf, oauthError, parseJson, type Reply, type SandboxRequest } from './exchange.ts';

const JsonParameters = z.record(z.string(), z.unknown());

/** The parameters of a token or revocation request, form-encoded or JSON; null when the body is neither. */
export function tokenParameters({ headers, body }: SandboxRequest): ReadonlyMap<string, string> | null {
  const type = headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return new Map(new URLSearchParams(body));
  if (!/^application\/json\b/i.test(type)) return null;
  const parsed = JsonParameters.safeParse(parseJson(body));
  if (!parsed.success) return null;
  return new Map(
    Object.entries(parsed.data).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}

/** The same with the client of the `Authorization` header, form-encoded in it (RFC 6749 §2.3.1). */
export function parametersWithClient(request: SandboxRequest): ReadonlyMap<string, string> | null {
  const parameters = tokenParameters(request);
  const client = basicOf(request);
  if (!parameters || !client) return parameters;
  const decode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? '';
  return new Map([
    ...parameters,
    ['client_id', decode(client.username)],
    ['client_secret', decode(client.password)],
  ]);
}

export const malformedParameters = (): Reply =>
  oauthError(400, 'invalid_request', 'Send a form or a JSON object, with its content type');
