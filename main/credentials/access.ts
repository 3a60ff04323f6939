import { isoTime } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { CredentialField } from '../../contract/connection.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { apiAddresses, instanceOf, type ApiAddress } from './addresses.ts';
import { headerOf, mainSecret, maskedHeader, type CredentialHeader } from './sent.ts';

/** What a preset, an export or a script may know of a connection. */
export interface Credentials {
  connection: ConnectionRecord;
  /** The secret itself, whatever the method: token, key or password. Of several, the first. */
  accessToken: string;
  /** How it is sent. */
  header: CredentialHeader;
  /** Epoch ms. */
  expiresAt: number | null;
  apis: readonly ApiAddress[];
}

/** A class, because an object with a getter of its own takes as long to make as all else. */
class ReadOf implements Credentials {
  readonly connection: ConnectionRecord;
  readonly accessToken: string;
  readonly header: CredentialHeader;
  readonly expiresAt: number | null;
  readonly #registry: Pick<ProviderRegistry, 'get'>;
  #apis: readonly ApiAddress[] | null = null;

  constructor(
    connection: ConnectionRecord,
    registry: Pick<ProviderRegistry, 'get'>,
    secret: string,
    header: CredentialHeader,
    expiresAt: number | null,
  ) {
    this.connection = connection;
    this.accessToken = mainSecret(connection.sent, secret);
    this.header = header;
    this.expiresAt = expiresAt;
    this.#registry = registry;
  }

  /** Found when they are wanted: who asks for a token needs none. */
  get apis(): readonly ApiAddress[] {
    return (this.#apis ??= addressesOf(this.connection, this.#registry));
  }
}

/** A connection's credentials with `secret` as what is secret of them. */
export const credentialsOf = (
  connection: ConnectionRecord,
  registry: Pick<ProviderRegistry, 'get'>,
  secret: string,
  expiresAt: number | null,
): Credentials => new ReadOf(connection, registry, secret, headerOf(connection.sent, secret), expiresAt);

/** The same with `mask` in the place of everything secret. */
export const maskedCredentialsOf = (
  connection: ConnectionRecord,
  registry: Pick<ProviderRegistry, 'get'>,
  mask: string,
): Credentials =>
  new ReadOf(connection, registry, mask, maskedHeader(connection.sent, mask), connection.expiresAt);

/** How to call an API with a connection's credential: the header, and the address that paths are added to. */
export function access(
  credentials: Credentials,
  api: string | undefined,
): Result<{ header: CredentialHeader; url: string }> {
  const { connection, apis } = credentials;
  const named = apis.filter(({ id, opensWith }) =>
    api === undefined ? opensWith === undefined : id === api,
  );
  const [only] = named;
  if (only && named.length === 1) return ok({ header: headerAt(credentials, only), url: only.url });
  const names = apis.map(({ id }) => id).join(', ');
  if (api === undefined && named.length > 1)
    return fail('ambiguous', `“${connection.name}” opens several APIs.`, `Name one of them: ${names}.`);
  return fail(
    'unsupported',
    `“${connection.name}” has no address for ${api ?? 'any API'}.`,
    apis.length > 0 ? `It opens: ${names}.` : siteHint(connection),
  );
}

/** How an API takes the credential. */
const headerAt = ({ header, accessToken }: Credentials, { username }: ApiAddress): CredentialHeader =>
  username === undefined ? header : headerOf({ as: 'basic', username }, accessToken);

/** The addresses that a connection opens; none while its provider's definition cannot be read. */
export const addressesOf = (
  connection: ConnectionRecord,
  registry: Pick<ProviderRegistry, 'get'>,
): ApiAddress[] => {
  const definition = registry.get(connection.provider, instanceOf(connection));
  return definition.ok ? apiAddresses(definition.value, connection) : [];
};

/** One value, as text; of `api` where one is named. `unsupported` when this connection has none, with what it lacks. */
export function credentialField(
  credentials: Credentials,
  field: CredentialField,
  api?: string,
): Result<string> {
  const { connection, accessToken, expiresAt } = credentials;
  const { site, sent } = connection;
  const at = api === undefined ? undefined : credentials.apis.find(({ id }) => id === api);
  const header = at === undefined ? credentials.header : headerAt(credentials, at);
  switch (field) {
    case 'access_token':
      return ok(accessToken);
    case 'authorization':
      return header.name === 'authorization'
        ? ok(header.value)
        : fail(
            'unsupported',
            `“${connection.name}” is not sent in an Authorization header.`,
            `Send its token in the header ${header.name}.`,
          );
    case 'site_url':
      return orElse(site?.url, connection, 'site');
    case 'cloud_id':
      return orElse(site?.cloudId, connection, 'site');
    case 'jira_api_url':
      return addressFor(credentials, 'jira');
    case 'confluence_api_url':
      return addressFor(credentials, 'confluence');
    case 'api_url':
      return addressFor(credentials, api);
    case 'email':
      return orElse(connection.account.email, connection, 'email address');
    case 'username':
      return orElse(at?.username ?? (sent.as === 'basic' ? sent.username : null), connection, 'user name');
    case 'account_id':
      return orElse(connection.account.id, connection, 'account id');
    case 'expires_at':
      return orElse(expiresAt === null ? null : isoTime(expiresAt), connection, 'expiry');
    case 'scopes':
      return ok(connection.grantedScopes.join(' '));
  }
}

function addressFor(credentials: Credentials, api: string | undefined): Result<string> {
  const found = access(credentials, api);
  return found.ok ? ok(found.value.url) : found;
}

export const apiUrl = ({ apis }: Pick<Credentials, 'apis'>, api: string): string | null =>
  apis.find(({ id }) => id === api)?.url ?? null;

const HINTS = {
  'email address': 'The provider did not send it; request the scope that allows it and reconnect.',
  'user name': 'It is sent without one.',
  'account id': 'The provider does not say who it belongs to.',
  expiry: 'The provider does not say when its tokens expire.',
} as const;

const siteHint = ({ sites }: ConnectionRecord): string =>
  sites.length === 0
    ? 'Its provider has no sites.'
    : 'Choose one with `tokentray use <name> --site <site>`, or under Sites in the window.';

function orElse(
  value: string | null | undefined,
  connection: ConnectionRecord,
  what: keyof typeof HINTS | 'site',
): Result<string> {
  if (value !== null && value !== undefined && value !== '') return ok(value);
  const hint = what === 'site' ? siteHint(connection) : HINTS[what];
  return fail('unsupported', `“${connection.name}” has no ${what}.`, hint);
}
