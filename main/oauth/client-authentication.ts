import type { OAuth2Settings } from '../providers/methods.ts';

/** What a token or revocation request needs of an OAuth client. `secret` null: a public client. */
export interface ClientCredentials {
  clientId: string;
  secret: string | null;
}

/** Loaded on first use, so that it costs nothing at start; an import that is repeated is looked up each time. */
const loadLibrary = () => import('openid-client');
let library: ReturnType<typeof loadLibrary> | undefined;

/**
 * A form with the client's id and secret where the definition wants them, body or Basic (RFC 6749 §2.3.1).
 */
export async function authenticatedForm(
  settings: OAuth2Settings,
  endpoint: string,
  { clientId, secret }: ClientCredentials,
  parameters: Readonly<Record<string, string>>,
): Promise<{ headers: Headers; body: URLSearchParams }> {
  const { ClientSecretBasic, ClientSecretPost, None } = await (library ??= loadLibrary());
  const headers = new Headers({ accept: 'application/json' });
  const body = new URLSearchParams(parameters);
  const basic = settings.clientAuthentication === 'client_secret_basic';
  const authenticate =
    secret === null || settings.clientAuthentication === 'none'
      ? None()
      : (basic ? ClientSecretBasic : ClientSecretPost)(secret);
  const server = { issuer: settings.issuer ?? new URL(endpoint).origin };
  authenticate(server, { client_id: clientId }, body, headers);
  return { headers, body };
}
