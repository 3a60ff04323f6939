import { randomUUID } from 'node:crypto';
import type { ConsumerId } from '../../../../contract/ids.ts';
import type { Consumer } from '../../../consumers/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Disposable } from '../../../lib/disposable.ts';
import { Emitter } from '../../../lib/emitter.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { tokenHash } from '../hash.ts';
import type { McpConsumers } from '../ports.ts';
import type { McpGrant, McpStore } from '../../../store/mcp-records.ts';
import type { Consented } from './codes.ts';
import { redirectHost } from './redirects.ts';
import { useRefreshToken } from './rotation.ts';

/** What a client is given. Secret. */
export interface GivenTokens {
  readonly grant: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[];
}

export interface GrantsOptions {
  store: McpStore;
  consumers: McpConsumers;
  clock: Clock;
  random: () => string;
  accessTtlMs?: number;
}

const ACCESS_TTL_MS = 3_600_000;
const MOST_ACCESS = 20;
/** A sign-in that nobody used for so long is over. */
const UNUSED_MS = 90 * 86_400_000;
const MOST_NAMES = 100;

/** Sign-ins of clients, and their tokens: access tokens are keys of a consumer, refresh tokens are ours. */
export class McpGrants implements Disposable {
  readonly #store: McpStore;
  readonly #consumers: McpConsumers;
  readonly #clock: Clock;
  readonly #random: () => string;
  readonly #accessTtlMs: number;
  readonly #byHash = new Map<string, string>();
  readonly #grants = new Map<string, McpGrant>();
  readonly #removed: Disposable;
  readonly #ended = new Emitter<string>();
  /** A sign-in is over, by its id, for whatever reason. */
  readonly onEnded = this.#ended.event;

  constructor({ store, consumers, clock, random, accessTtlMs = ACCESS_TTL_MS }: GrantsOptions) {
    this.#store = store;
    this.#consumers = consumers;
    this.#clock = clock;
    this.#random = random;
    this.#accessTtlMs = accessTtlMs;
    for (const grant of store.grants()) {
      const isOld = Math.abs(clock.now() - grant.usedAt) > UNUSED_MS;
      if (consumers.get(grant.consumer) === null) store.removeGrant(grant.id);
      else {
        this.#know(grant);
        if (isOld) this.end(grant.id);
      }
    }
    this.#removed = consumers.onRemoved((id) => {
      for (const grant of this.#ofConsumer(id)) this.#forget(grant);
    });
  }

  /** The consumer of an access token, and the sign-in that it belongs to; null for any other key. */
  authenticate(token: string): { consumer: Consumer; grant: McpGrant } | null {
    const grant = this.#grants.get(this.#byHash.get(tokenHash(token)) ?? '');
    const consumer = this.#consumers.authenticate(token);
    return grant !== undefined && consumer?.id === grant.consumer && consumer.kind === 'mcp-client'
      ? { consumer, grant }
      : null;
  }

  /** After a person's consent. One consumer for each client and resource, whose rules are those of the last consent. */
  begin(consented: Consented): Result<GivenTokens> {
    const consumer = this.#consumerFor(consented);
    if (!consumer.ok) return consumer;
    const { request, resource } = consented;
    const now = this.#clock.now();
    return this.#give({
      id: randomUUID(),
      consumer: consumer.value.id,
      clientId: request.client.id,
      connection: resource.connection.id,
      server: resource.server.id,
      scopes: request.scopes,
      refresh: [],
      access: [],
      createdAt: now,
      usedAt: now,
    });
  }

  /** The sign-in that a refresh token belongs to, if it is this client's. */
  ofRefreshToken(token: string, clientId: string): McpGrant | null {
    const hash = tokenHash(token);
    const grant = this.#grants.get(this.#byHash.get(hash) ?? '');
    const isOne = grant?.refresh.some((each) => each.hash === hash) === true;
    return isOne && grant.clientId === clientId ? grant : null;
  }

  /** `gone`: the sign-in is over, because the token was used long ago and is now used again, or its last day has passed. */
  refresh(grant: McpGrant, token: string): Result<GivenTokens> | 'gone' {
    if (this.#consumers.get(grant.consumer) === null) {
      this.end(grant.id);
      return 'gone';
    }
    const refreshToken = this.#random();
    const use = useRefreshToken(grant.refresh, tokenHash(token), tokenHash(refreshToken), this.#clock.now());
    if (use.kind !== 'rotated') {
      this.end(grant.id);
      return 'gone';
    }
    return this.#give({ ...grant, refresh: use.list }, refreshToken);
  }

  /** Ends a sign-in with all of its tokens, and its consumer if that was the last one. */
  end(id: string): void {
    const grant = this.#grants.get(id);
    if (!grant) return;
    for (const { hash } of grant.access) this.#consumers.removeKey(grant.consumer, hash);
    this.#forget(grant);
    if (this.#ofConsumer(grant.consumer).length === 0) this.#consumers.remove(grant.consumer);
  }

  /** RFC 7009: a refresh token ends its sign-in, an access token only itself. Tokens of another client are left alone. */
  revoke(token: string, clientId: string): void {
    const hash = tokenHash(token);
    const grant = this.#grants.get(this.#byHash.get(hash) ?? '');
    if (grant?.clientId !== clientId) return;
    if (grant.refresh.some((each) => each.hash === hash)) {
      this.end(grant.id);
      return;
    }
    this.#consumers.removeKey(grant.consumer, hash);
    this.#save({ ...grant, access: grant.access.filter((each) => each.hash !== hash) });
  }

  dispose(): void {
    void this.#removed.dispose();
  }

  #give(grant: McpGrant, rotated?: string): Result<GivenTokens> {
    const now = this.#clock.now();
    const expiresAt = now + this.#accessTtlMs;
    const refreshToken = rotated ?? this.#random();
    const key = this.#consumers.addKey(grant.consumer, { expiresAt });
    if (!key.ok) return key;
    const current = grant.access.filter((each) => each.expiresAt > now);
    for (const { hash } of current.slice(0, -(MOST_ACCESS - 1)))
      this.#consumers.removeKey(grant.consumer, hash);
    const saved = this.#save({
      ...grant,
      access: [...current.slice(-(MOST_ACCESS - 1)), { hash: key.value.keyId, expiresAt }],
      refresh:
        rotated === undefined
          ? [...grant.refresh, { hash: tokenHash(refreshToken), usedAt: null }]
          : grant.refresh,
      usedAt: now,
    });
    if (!saved.ok) {
      this.#consumers.removeKey(grant.consumer, key.value.keyId);
      return saved;
    }
    return ok({
      grant: grant.id,
      accessToken: key.value.key,
      refreshToken,
      expiresInSeconds: Math.floor(this.#accessTtlMs / 1000),
      scopes: grant.scopes,
    });
  }

  #consumerFor({ request, resource, rules, name }: Consented): Result<Consumer> {
    const { client, redirectUri } = request;
    const known = [...this.#grants.values()].find(
      (grant) =>
        grant.clientId === client.id &&
        grant.connection === resource.connection.id &&
        grant.server === resource.server.id,
    );
    const existing = known ? this.#consumers.get(known.consumer) : null;
    if (existing) return this.#consumers.change(existing.id, { rules });
    // Its last day has passed: what the person allows now is something new.
    for (const { id } of known ? this.#ofConsumer(known.consumer) : []) this.end(id);
    const added = this.#consumers.add({
      kind: 'mcp-client',
      name: this.#freeName(name),
      connections: new Set([resource.connection.id]),
      rules,
      limits: {},
      expiresAt: null,
      client: { id: client.id, redirectHost: redirectHost(redirectUri) },
    });
    if (!added.ok) return added;
    // Its keys are its access tokens, each with an end; the one that comes with it is nobody's.
    this.#consumers.removeKey(added.value.consumer.id, tokenHash(added.value.key));
    return ok(added.value.consumer);
  }

  #freeName(name: string): string {
    const taken = new Set(this.#consumers.list().map((consumer) => consumer.name.toLowerCase()));
    const names = [name, ...Array.from({ length: MOST_NAMES }, (_, index) => `${name} ${index + 2}`)];
    return names.find((each) => !taken.has(each.toLowerCase())) ?? `${name} ${randomUUID()}`;
  }

  #save(grant: McpGrant): Result<void> {
    const saved = this.#store.saveGrant(grant);
    if (!saved.ok) return saved;
    const before = this.#grants.get(grant.id);
    if (before) this.#unindex(before);
    this.#know(grant);
    return saved;
  }

  #know(grant: McpGrant): void {
    this.#grants.set(grant.id, grant);
    for (const { hash } of [...grant.access, ...grant.refresh]) this.#byHash.set(hash, grant.id);
  }

  #forget(grant: McpGrant): void {
    this.#store.removeGrant(grant.id);
    this.#grants.delete(grant.id);
    this.#unindex(grant);
    this.#ended.emit(grant.id);
  }

  #unindex(grant: McpGrant): void {
    for (const { hash } of [...grant.access, ...grant.refresh]) this.#byHash.delete(hash);
  }

  #ofConsumer(id: ConsumerId): McpGrant[] {
    return [...this.#grants.values()].filter(({ consumer }) => consumer === id);
  }
}
