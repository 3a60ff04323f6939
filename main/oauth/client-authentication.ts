import type { OAuth2Settings } from '../providers/methods.ts';

/** What a token or revocation request needs of an OAuth client. `secret` null: a public client. */
export interface ClientCredentials {
  clientId: string;
  secret: string | null;
}

/** A form with the client's id and secret where the definition wants them, body or Basic (RFC 6749 §2.3.1). */
export function authenticatedForm(
  { clientAuthentication }: Pick<OAuth2Settings, 'clientAuthentication'>,
  { clientId, secret }: ClientCredentials,
  parameters: Readonly<Record<string, string>>,
): { headers: Record<string, string>; body: URLSearchParams } {
  const headers: Record<string, string> = { accept: 'application/json' };
  const body = new URLSearchParams(parameters);
  if (secret !== null && clientAuthentication === 'client_secret_basic') {
    const pair = `${formEncoded(clientId)}:${formEncoded(secret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
    return { headers, body };
  }
  body.set('client_id', clientId);
  if (secret !== null && clientAuthentication !== 'none') body.set('client_secret', secret);
  return { headers, body };
}

/** RFC 6749 appendix B. */
const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
