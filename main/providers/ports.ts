import type { OAuthGrant } from '../../contract/connection.ts';
import type { OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { DiscoveredServer } from '../oauth/discovered-server.ts';
import type { RegisteredClient } from '../oauth/registration.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import type { ParsedDefinition } from './definition-parse.ts';
import type { ProviderDefinition } from './definition.ts';

/** Every provider that can be used now, and the files that could not. */
export interface ProviderRegistry {
  /** The folder for the person's own definitions. */
  readonly folder: string;
  readonly onChange: Event<void>;
  list(): ProviderView[];
  problems(): ProviderProblem[];
  /** With the addresses of `instance`, else of the usual one. Fails with `not-found` and lists the known ones. */
  get(id: ProviderId, instance?: string | null): Result<ProviderDefinition>;
  /** Reads the files again. */
  reload(): void;
  /** What a file with this text would define. */
  parse(text: string): ParsedDefinition;
  /** Whether Tokentray includes a definition with this id, and the person's file that changes or adds it. */
  origin(id: ProviderId): { bundled: boolean; file: string | null };
}

/** What of a client becomes different. */
export interface ClientChange {
  /** By our id, the provider's `client_id`, or name. */
  client: string;
  name?: string | undefined;
  clientId?: string | undefined;
  /** Null: it has none any more. */
  clientSecret?: string | null | undefined;
  redirectUri?: string | undefined;
  scopes?: string[] | undefined;
}

/** OAuth clients: registered once with a provider, stored once, used by many connections. */
export interface OAuthClients {
  readonly onChange: Event<void>;
  list(provider?: ProviderId): OAuthClientView[];
  /**
   * `invalid-input` with what to do for a bad redirect URI; `conflict` for a client that is there already, unless
   * a new secret is given, which then replaces the old one.
   */
  add(client: {
    provider: ProviderId;
    name?: string | undefined;
    clientId: string;
    clientSecret?: string | undefined;
    redirectUri?: string | undefined;
    serviceAccount?: boolean | undefined;
    scopes?: string[] | undefined;
  }): Promise<Result<OAuthClientView>>;
  /** Its connections stay. `forbidden` for one of a definition; `conflict` for another client ID while connections use it. */
  change(change: ClientChange): Promise<Result<OAuthClientView>>;
  /** By our id, the provider's `client_id`, or name. `conflict` while connections use it. */
  remove(reference: string): Result<OAuthClientId>;
  get(id: OAuthClientId): OAuthClientRecord | null;
  /**
   * The one to sign in with: the given one, or the provider's only one that can do it; a person cannot sign in with a
   * service account's. Otherwise fails with how to add one. Registered ones are chosen when they are named, or found with
   * `registered`.
   */
  choose(provider: ProviderId, reference?: string, grant?: OAuthGrant): Result<OAuthClientRecord>;
  /** The client that was registered at this registration endpoint and is still good. */
  registered(provider: ProviderId, registrationUrl: string): OAuthClientRecord | null;
  /** Keeps a client that was registered with the provider just now, under a free name. */
  addRegistered(
    definition: Pick<ProviderDefinition, 'id' | 'name'>,
    registrationUrl: string,
    client: RegisteredClient,
  ): Result<OAuthClientRecord>;
  /** The server no longer knows a registered client. Nothing happens to any other. */
  refuseRegistration(id: OAuthClientId): void;
  /** Keeps what discovery found with the client that signs in there. */
  keepServer(id: OAuthClientId, server: DiscoveredServer): Result<OAuthClientRecord>;
  /** The secret, for a token request only; null for a public client. */
  secret(id: OAuthClientId): Result<string | null>;
}
