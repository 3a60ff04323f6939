import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';

type Information = Awaited<ReturnType<OAuthClientProvider['clientInformation']>>;
type Tokens = Awaited<ReturnType<OAuthClientProvider['tokens']>>;

/** What a program that uses an SDK keeps of a sign-in, in memory. */
export class MemoryOAuthProvider implements OAuthClientProvider {
  readonly redirectUrl = 'http://127.0.0.1:33418/callback';
  readonly clientMetadata = {
    client_name: 'SDK',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  };
  /** Where the person is sent. */
  address: URL | undefined;
  /** How often. */
  signIns = 0;
  #client: Information;
  #tokens: Tokens;
  #verifier = '';

  clientInformation(): Information {
    return this.#client;
  }
  saveClientInformation(client: NonNullable<Information>): void {
    this.#client = client;
  }
  tokens(): Tokens {
    return this.#tokens;
  }
  saveTokens(tokens: NonNullable<Tokens>): void {
    this.#tokens = tokens;
  }
  redirectToAuthorization(url: URL): void {
    this.signIns += 1;
    this.address = url;
  }
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }
  codeVerifier(): string {
    return this.#verifier;
  }
}
