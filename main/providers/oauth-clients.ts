import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { OAuthGrant } from '../../contract/connection.ts';
import type { OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { OAuthClientView } from '../../contract/provider.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { DiscoveredServer } from '../oauth/discovered-server.ts';
import type { RegisteredClient } from '../oauth/registration.ts';
import type { Store } from '../store/ports.ts';
import type { ClientRegistration, ConnectionRecord, OAuthClientRecord } from '../store/records.ts';
import { changedClient } from './changed-client.ts';
import type { ProviderDefinition } from './definition.ts';
import {
  checkClient,
  chooseClientName,
  findClient,
  noClient,
  onlyServiceAccount,
} from './oauth-client-input.ts';
import type { ClientChange, OAuthClients, ProviderRegistry } from './ports.ts';
import { shippedClient, type ShippedClient } from './shipped-client.ts';

/** Instances that one client signs in at. */
const MOST_SERVERS = 50;

export interface OAuthClientsOptions {
  store: Pick<Store, 'vault' | 'clients' | 'connections'>;
  registry: Pick<ProviderRegistry, 'list' | 'get'>;
  clock: Clock;
  /** Asks a server to forget a client that was registered there; nobody waits for it. */
  unregister?: (managementUrl: string, accessToken: string, provider: ProviderId) => void;
}

const isGood = ({ refused, secretExpiresAt }: ClientRegistration, now: number): boolean =>
  !refused && (secretExpiresAt ?? Infinity) > now;

/** A client that the person added takes precedence over one shipped with the definition. */
function ownFirst(records: readonly OAuthClientRecord[]): readonly OAuthClientRecord[] {
  const own = records.filter(({ origin }) => origin === 'user');
  return own.length > 0 ? own : records;
}

/** OAuth clients in the store, and those shipped with definitions, which are stored once they are used. */
export class StoredOAuthClients implements OAuthClients {
  readonly #store: OAuthClientsOptions['store'];
  readonly #registry: OAuthClientsOptions['registry'];
  readonly #clock: Clock;
  readonly #unregister: OAuthClientsOptions['unregister'];
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;

  constructor({ store, registry, clock, unregister }: OAuthClientsOptions) {
    this.#store = store;
    this.#registry = registry;
    this.#clock = clock;
    this.#unregister = unregister;
  }

  list(provider?: ProviderId): OAuthClientView[] {
    return this.#records(provider).map((record) => ({
      id: record.id,
      provider: record.provider,
      name: record.name,
      clientId: record.clientId,
      hasSecret: record.hasSecret,
      redirectUri: record.redirectUri,
      origin: record.origin,
      ...(this.#isServiceAccount(record) && { serviceAccount: true }),
      connections: this.#connectionNames(record.id).length,
      ...(record.scopes && { scopes: [...record.scopes] }),
    }));
  }

  async add(client: Parameters<OAuthClients['add']>[0]): Promise<Result<OAuthClientView>> {
    const definition = this.#registry.get(client.provider);
    if (!definition.ok) return definition;
    const checked = checkClient(client, definition.value);
    if (!checked.ok) return checked;
    const { clientId, secret, redirectUri } = checked.value;
    const opened = await this.#store.vault.open();
    if (!opened.ok) return opened;

    const others = this.#records(client.provider);
    const same = others.find((record) => record.clientId === clientId);
    if (same && !this.#bringsNewSecret(same, secret))
      return fail(
        'conflict',
        `This OAuth client already exists, as “${same.name}”.`,
        same.origin === 'provider'
          ? 'It is part of the provider definition, so you can sign in with it.'
          : 'Sign in with it, or enter its new client secret to replace the old one.',
      );
    const name = chooseClientName(
      client.name ?? same?.name,
      definition.value.name,
      others.filter((other) => other !== same),
    );
    if (!name.ok) return name;
    const record: OAuthClientRecord = {
      id: same?.id ?? (randomUUID() as OAuthClientId),
      provider: client.provider,
      name: name.value,
      clientId,
      hasSecret: secret !== null,
      redirectUri: same && client.redirectUri === undefined ? same.redirectUri : redirectUri,
      origin: 'user',
      serviceAccount: client.serviceAccount ?? same?.serviceAccount,
      createdAt: same?.createdAt ?? this.#clock.now(),
      scopes: client.scopes ?? same?.scopes,
      servers: same?.servers,
    };
    const saved = this.#store.clients.save(record, secret);
    return saved.ok ? this.#stored(record) : saved;
  }

  async change({ client: reference, ...change }: ClientChange): Promise<Result<OAuthClientView>> {
    const found = findClient(this.#records(), reference);
    if (!found.ok) return found;
    const { value: before } = found;
    const definition = this.#registry.get(before.provider);
    if (!definition.ok) return definition;
    const opened = await this.#store.vault.open();
    if (!opened.ok) return opened;
    const changed = changedClient(before, change, {
      definition: definition.value,
      others: this.#records(before.provider).filter(({ id }) => id !== before.id),
      users: this.#connectionNames(before.id),
    });
    if (!changed.ok) return changed;
    const { record, secret } = changed.value;
    const saved =
      secret === undefined ? this.#store.clients.update(record) : this.#store.clients.save(record, secret);
    return saved.ok ? this.#stored(record) : saved;
  }

  #stored({ id, provider }: OAuthClientRecord): Result<OAuthClientView> {
    this.#changed.emit();
    const view = this.list(provider).find((client) => client.id === id);
    return view ? ok(view) : fail('internal', 'The OAuth client was stored but cannot be read.');
  }

  remove(reference: string): Result<OAuthClientId> {
    const found = findClient(this.#records(), reference);
    if (!found.ok) return found;
    const { id, name, origin, provider } = found.value;
    if (origin === 'provider')
      return fail(
        'forbidden',
        `“${name}” is part of the provider definition.`,
        'Remove it from the provider’s file, then reload the providers.',
      );
    const users = this.#connectionNames(id);
    if (users.length > 0)
      return fail(
        'conflict',
        `“${name}” is used by ${users.slice(0, 5).join(', ')}${users.length > 5 ? ' and more' : ''}.`,
        'Remove these connections first.',
      );
    const { registration } = found.value;
    const token = registration ? this.#store.clients.registrationToken(id) : null;
    const removed = this.#store.clients.remove(id);
    if (!removed.ok) return removed;
    if (registration?.managementUrl && token?.ok && token.value !== null)
      this.#unregister?.(registration.managementUrl, token.value, provider);
    this.#changed.emit();
    return ok(id);
  }

  get(id: OAuthClientId): OAuthClientRecord | null {
    const stored = this.#store.clients.get(id);
    if (stored && stored.origin !== 'provider') return stored;
    const shipped = this.#shipped(stored?.provider).find(({ record }) => record.id === id)?.record;
    return shipped ? { ...shipped, servers: stored?.servers } : stored;
  }

  choose(
    provider: ProviderId,
    reference?: string,
    grant: OAuthGrant = 'authorization-code',
  ): Result<OAuthClientRecord> {
    const definition = this.#registry.get(provider);
    if (!definition.ok) return definition;
    const all = this.#records(provider);
    const forPerson = grant !== 'client-credentials';
    if (reference !== undefined) {
      const given = findClient(all, reference);
      if (!given.ok) return given;
      // What its connections suggest is not certain: some servers let one client do both.
      if (forPerson && given.value.serviceAccount === true)
        return onlyServiceAccount(definition.value, given.value);
      return this.#ready(given.value);
    }
    const services = all.filter((record) => this.#isServiceAccount(record));
    const suitable = forPerson
      ? all.filter((record) => !services.includes(record))
      : services.length > 0
        ? services
        : all;
    const candidates = ownFirst(suitable).filter(
      (record) => record.origin === 'user' || this.#shippedAs(record) !== undefined,
    );
    const [only] = candidates;
    if (!only)
      return services[0] ? onlyServiceAccount(definition.value, services[0]) : noClient(definition.value);
    if (candidates.length > 1)
      return fail(
        'ambiguous',
        `There are several OAuth clients for ${definition.value.name}.`,
        `Choose one of them (--client on the command line): ${candidates.map(({ name }) => name).join(', ')}.`,
      );
    return this.#ready(only);
  }

  secret(id: OAuthClientId): Result<string | null> {
    const stored = this.#store.clients.get(id);
    const shipped =
      stored && stored.origin !== 'provider'
        ? undefined
        : this.#shipped(stored?.provider).find(({ record }) => record.id === id);
    return shipped ? ok(shipped.secret) : this.#store.clients.secret(id);
  }

  registered(provider: ProviderId, registrationUrl: string): OAuthClientRecord | null {
    const now = this.#clock.now();
    const good = this.#store.clients
      .list()
      .filter(
        (record) =>
          record.provider === provider &&
          record.registration?.registeredAt === registrationUrl &&
          isGood(record.registration, now),
      );
    return good.sort((a, b) => b.createdAt - a.createdAt)[0] ?? null;
  }

  addRegistered(
    { id: provider, name }: Pick<ProviderDefinition, 'id' | 'name'>,
    registrationUrl: string,
    client: RegisteredClient,
  ): Result<OAuthClientRecord> {
    const freeName = chooseClientName(undefined, name, this.#records(provider));
    if (!freeName.ok) return freeName;
    const { clientId, secret, redirectUri, managementUrl, clientAuthentication, secretExpiresAt } = client;
    const record: OAuthClientRecord = {
      id: randomUUID() as OAuthClientId,
      provider,
      name: freeName.value,
      clientId,
      hasSecret: secret !== null,
      redirectUri,
      origin: 'registered',
      createdAt: this.#clock.now(),
      registration: {
        registeredAt: registrationUrl,
        managementUrl,
        clientAuthentication,
        secretExpiresAt,
        refused: false,
      },
    };
    const saved = this.#store.clients.save(record, secret, client.accessToken);
    if (!saved.ok) return saved;
    // What this one replaces, unless a connection still names it.
    const now = this.#clock.now();
    for (const { id, registration } of this.#store.clients.list())
      if (registration && !isGood(registration, now) && this.#connectionNames(id).length === 0)
        this.#store.clients.remove(id);
    this.#changed.emit();
    return ok(record);
  }

  refuseRegistration(id: OAuthClientId): void {
    const stored = this.#store.clients.get(id);
    if (!stored?.registration || stored.registration.refused) return;
    // If it cannot be stored, the server refuses the client once more.
    this.#store.clients.update({ ...stored, registration: { ...stored.registration, refused: true } });
  }

  keepServer(id: OAuthClientId, server: DiscoveredServer): Result<OAuthClientRecord> {
    const stored = this.#store.clients.get(id);
    if (!stored) return fail('not-found', 'This OAuth client no longer exists.');
    const [known] = (stored.servers ?? []).filter(({ of }) => of === server.of);
    if (isDeepStrictEqual(known, server)) return ok(stored);
    const others = (stored.servers ?? []).filter(({ of }) => of !== server.of);
    const record = { ...stored, servers: [server, ...others].slice(0, MOST_SERVERS) };
    const saved = this.#store.clients.update(record);
    return saved.ok ? ok(record) : saved;
  }

  /** Puts a shipped client into the store, or brings it up to date there, so that connections can name it. */
  #ready(record: OAuthClientRecord): Result<OAuthClientRecord> {
    const shipped = this.#shippedAs(record);
    if (!shipped) return ok(record);
    const stored = this.#store.clients.get(record.id);
    const createdAt = stored?.createdAt ?? this.#clock.now();
    const current = { ...shipped.record, createdAt, servers: stored?.servers };
    const unchanged =
      stored?.name === current.name &&
      stored.redirectUri === current.redirectUri &&
      stored.hasSecret === current.hasSecret;
    if (unchanged) {
      const secret = this.#store.clients.secret(record.id);
      if (secret.ok && secret.value === shipped.secret) return ok(stored);
    }
    const saved = this.#store.clients.save(current, shipped.secret);
    return saved.ok ? ok(current) : saved;
  }

  /** Stored clients, and shipped ones as currently defined; clients that are no longer shipped only while in use. */
  #records(provider?: ProviderId): OAuthClientRecord[] {
    const stored = this.#store.clients.list();
    const own = stored.filter(({ origin }) => origin !== 'provider');
    const shipped = this.#shipped(provider)
      .map(({ record }) => record)
      .filter((record) => !own.some(({ id }) => id === record.id));
    const left = stored.filter(
      ({ id, origin }) =>
        origin === 'provider' &&
        !shipped.some((record) => record.id === id) &&
        this.#connectionNames(id).length > 0,
    );
    return [...own, ...shipped, ...left].filter(
      (record) => provider === undefined || record.provider === provider,
    );
  }

  #shipped(provider?: ProviderId): ShippedClient[] {
    const ids = provider === undefined ? this.#registry.list().map(({ id }) => id) : [provider];
    return ids.flatMap((id) => {
      const definition = this.#registry.get(id);
      const shipped = definition.ok ? shippedClient(definition.value) : null;
      return shipped ? [shipped] : [];
    });
  }

  /** A wrong or rotated secret is fixed by adding the client again, even while connections use it. */
  #bringsNewSecret({ id }: OAuthClientRecord, secret: string | null): boolean {
    if (secret === null) return false;
    const stored = this.secret(id);
    return !stored.ok || stored.value !== secret;
  }

  #shippedAs({ id, provider, origin }: OAuthClientRecord): ShippedClient | undefined {
    return origin !== 'provider' ? undefined : this.#shipped(provider).find(({ record }) => record.id === id);
  }

  /** Said when it was added, or shown by its connections. */
  #isServiceAccount({ id, serviceAccount }: OAuthClientRecord): boolean {
    const users = this.#users(id);
    return serviceAccount ?? (users.length > 0 && users.every(({ grant }) => grant === 'client-credentials'));
  }

  #connectionNames(id: OAuthClientId): string[] {
    return this.#users(id).map(({ name }) => name);
  }

  #users(id: OAuthClientId): ConnectionRecord[] {
    return this.#store.connections.list().filter(({ client }) => client === id);
  }
}
