import type { Failure } from '../../contract/errors.ts';
import type { ConnectionId, OAuthClientId } from '../../contract/ids.ts';
import { fetchVia, type Fetch, type Via } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import { instanceOf } from '../credentials/addresses.ts';
import { endpointsOf } from '../oauth/endpoints.ts';
import { postToken } from '../oauth/token-endpoint.ts';
import { oauth2Of, type OAuth2Settings } from '../providers/methods.ts';
import type { Store } from '../store/ports.ts';
import type { ConnectionRecord, TokenSet } from '../store/records.ts';
import { LONGEST_WAIT_MS, shortestDelayMs } from './backoff.ts';
import { classify, type Verdict } from './classify.ts';
import { hasExpired, needsNewer } from './due.ts';
import { createSemaphore } from './semaphore.ts';
import { attemptFor, replayNotBefore } from './refresh-attempt.ts';
import { renewalRequest } from './renewal-request.ts';
import type { Refresher, RefreshOutcome } from './ports.ts';
import { createOutcomeRecorder, type SentRequest } from './outcome-recorder.ts';
import { Troubles } from './troubles.ts';
import {
  grantGone,
  automaticRefreshBlocked,
  noConnection,
  outcomeFailure,
  unsupported,
} from './refresh-failures.ts';

export interface RefresherOptions {
  store: Pick<Store, 'connections' | 'activity' | 'settings' | 'vault'>;
  registry: Pick<ProviderRegistry, 'get'>;
  clients: Pick<OAuthClients, 'get' | 'secret' | 'refuseRegistration'>;
  /** Reads anew where a server is, for a client whose token address seems to have moved. */
  rediscover?: (settings: OAuth2Settings, client: OAuthClientId, via: Via) => Promise<void>;
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
  logger: Logger;
  /** In [0, 1). */
  random: () => number;
}

/** A request that was sent, and what its answer means. */
interface Answered {
  sent: SentRequest;
  verdict: Verdict;
}

/** Where a connection is renewed. */
interface TokenServer {
  name: string;
  /** As the definition has them. */
  defined: OAuth2Settings;
  settings: OAuth2Settings;
  tokenUrl: string;
}

const REQUESTS_AT_ONCE = 4;

/** Answers by which an address that discovery found is out of date. */
const MOVED: ReadonlySet<number> = new Set([301, 302, 307, 308, 404, 405, 410]);

/** After a failure, callers in a hurry are answered without asking the provider again for this long. */
const LONGEST_HOLD_MS = 5000;

const ENDING = fail('cancelled', 'Tokentray is shutting down.');

export function createRefresher(options: RefresherOptions): Refresher {
  const { store, registry, clients, fetch, clock, logger, random } = options;
  const { connections, vault } = store;
  const changes = new Emitter<{ id: ConnectionId; outcome: RefreshOutcome | null }>();
  const semaphore = createSemaphore(REQUESTS_AT_ONCE);
  const recorder = createOutcomeRecorder({ store, clock, logger, random });
  const flights = new Map<ConnectionId, Promise<Result<RefreshOutcome>>>();
  const since = new Map<ConnectionId, number>();
  const holds = new Map<ConnectionId, { untilMonotonicMs: number; outcome: RefreshOutcome }>();
  const troubles = new Troubles(clock, logger);
  let ending = false;

  function refresh(id: ConnectionId): Promise<Result<RefreshOutcome>> {
    const underWay = flights.get(id);
    if (underWay) return underWay;
    if (ending) return Promise.resolve(ENDING);
    const flight = run(id)
      .then((result) => {
        const record = connections.get(id);
        if (record && troubles.ended(record, result)) changes.emit({ id, outcome: null });
        return result;
      })
      .finally(() => flights.delete(id));
    flights.set(id, flight);
    return flight;
  }

  /** Why nothing may be sent; null also where refreshing goes on while the app is locked. */
  function locked(): Failure | null {
    const { status } = vault;
    return status.state === 'locked' && !status.refreshing ? vault.failure : null;
  }

  async function run(id: ConnectionId): Promise<Result<RefreshOutcome>> {
    const saved = await recorder.saveAgain(id);
    if (saved) return emitOutcome(id, saved);
    const record = connections.get(id);
    if (record === null) return noConnection();
    if (record.condition.kind === 'gone') return ok({ kind: 'gone', reason: record.condition.reason });
    if (record.renewal === 'none') return failure(unsupported(record));
    const definition = registry.get(record.provider, instanceOf(record));
    if (!definition.ok) return misconfigured(record, definition.error.message);
    const oauth2 = oauth2Of(definition.value);
    // As found when it signed in: a refresh needs no discovery.
    const settings =
      oauth2 && endpointsOf(oauth2, record.client === null ? null : clients.get(record.client));
    const tokenUrl = settings?.refreshUrl ?? settings?.tokenUrl;
    if (!settings || tokenUrl === undefined)
      return misconfigured(record, `the definition of ${definition.value.name} has no token address.`);
    try {
      const sent = await semaphore.run(tokenUrl, () =>
        sendRefresh(record, { name: definition.value.name, defined: oauth2, settings, tokenUrl }),
      );
      if (sent === undefined) return ENDING;
      // Its place is free by now, so that the journal line of the next one shares the commit of this one's token.
      return 'verdict' in sent ? await recordOutcome(sent) : sent;
    } finally {
      since.delete(id);
    }
  }

  /** Sends the one request, once its journal entry is durable; or says why not. */
  async function sendRefresh(
    queued: ConnectionRecord,
    { name, defined, settings, tokenUrl }: TokenServer,
  ): Promise<Answered | Result<RefreshOutcome>> {
    const { id } = queued;
    // Read again: there may have been a new sign-in while this one was queued.
    const record = connections.get(id);
    if (record === null) return noConnection();
    if (record.generation !== queued.generation) return superseded(record);
    const client = record.client === null ? null : clients.get(record.client);
    if (client === null) return misconfigured(record, 'its OAuth client no longer exists.');
    const shut = locked();
    if (shut) return failure(shut);
    const secret = clients.secret(client.id);
    if (!secret.ok) return secret;
    const tokens = connections.tokensToRenew(id);
    if (!tokens.ok) return tokens;
    const request = renewalRequest(record, tokens.value, settings, client.redirectUri);
    if (request === null) return failure(unsupported(record));

    const { reuseWindowSeconds } = settings.refresh;
    const now = clock.now();
    const pending = connections.attempt(id);
    const { attempt, replayOf } = attemptFor(pending, request.usesUp, record.generation, now);
    const notBefore = replayOf === null ? now : replayNotBefore(replayOf, reuseWindowSeconds, now);
    if (notBefore > now) {
      // The clock was set back: waits by the new one, which needs the journal's time to be by the new one too.
      if (replayOf?.replayedAt !== pending?.replayedAt && replayOf !== null) {
        const kept = await connections.beginAttempt(id, replayOf);
        if (!kept.ok) return kept;
      }
      return ok(waitsForWindow(record, notBefore));
    }
    const begun = await connections.beginAttempt(id, attempt);
    if (!begun.ok) return begun;
    if (!begun.value) return superseded(connections.get(id));
    since.set(id, clock.now());
    changes.emit({ id, outcome: null });
    const via = { provider: record.provider, connection: id };
    const answer = await postToken({
      fetch: fetchVia(fetch, via),
      clock,
      settings,
      tokenUrl,
      client: { clientId: client.clientId, secret: secret.value },
      parameters: request.parameters,
    });
    // Not awaited: the next try may find it there.
    if (defined.discovery && answer.kind === 'unusable' && MOVED.has(answer.status))
      void options.rediscover?.(defined, client.id, via);
    // The server forgot the client that Tokentray registered, and every grant with it (RFC 7592 §2.3): a new sign-in helps.
    const forgotten =
      client.registration !== undefined && answer.kind === 'oauth-error' && answer.error === 'invalid_client';
    if (forgotten) clients.refuseRegistration(client.id);
    const verdict: Verdict = forgotten
      ? { kind: 'gone', reason: `${name} no longer knows Tokentray’s registration, nor this sign-in.` }
      : classify(answer, { name }, settings, record.renewal);
    return { sent: { record, tokens: tokens.value, attempt, replayOf, reuseWindowSeconds }, verdict };
  }

  /** Stores what came of a request. */
  async function recordOutcome({ sent, verdict }: Answered): Promise<Result<RefreshOutcome>> {
    const { record } = sent;
    const recorded = await recorder.recordOutcome(sent, verdict);
    holds.delete(record.id);
    if (recorded.ok && (verdict.kind === 'transient' || verdict.kind === 'misconfigured'))
      hold(record, recorded.value, verdict.kind === 'transient' ? (verdict.retryAfterMs ?? 0) : 0);
    since.delete(record.id);
    return emitOutcome(record.id, recorded);
  }

  function emitOutcome(id: ConnectionId, recorded: Result<RefreshOutcome>): Result<RefreshOutcome> {
    changes.emit({ id, outcome: recorded.ok ? recorded.value : null });
    return recorded;
  }

  function misconfigured(record: ConnectionRecord, reason: string): Result<RefreshOutcome> {
    const outcome = recorder.misconfigured(record, reason);
    hold(record, outcome, 0);
    return emitOutcome(record.id, ok(outcome));
  }

  function hold(record: ConnectionRecord, outcome: RefreshOutcome, askedMs: number): void {
    const ownMs = Math.min(shortestDelayMs(record), LONGEST_HOLD_MS);
    const holdMs = Math.min(Math.max(askedMs, ownMs), LONGEST_WAIT_MS);
    holds.set(record.id, { untilMonotonicMs: clock.monotonicMs() + holdMs, outcome });
  }

  function held(id: ConnectionId): RefreshOutcome | null {
    const entry = holds.get(id);
    if (entry && clock.monotonicMs() < entry.untilMonotonicMs) return entry.outcome;
    holds.delete(id);
    return null;
  }

  /** Why there is no newer token; null when there is one. */
  async function renew(record: ConnectionRecord): Promise<Failure | null> {
    const blocked = automaticRefreshBlocked(record, store.settings.get().refreshingPaused);
    if (blocked) return blocked;
    const early = held(record.id);
    const result = early ? ok(early) : await refresh(record.id);
    return result.ok ? outcomeFailure(record, result.value) : result.error;
  }

  async function newerTokens(before: ConnectionRecord): Promise<Result<TokenSet>> {
    const why = await renew(before);
    // Read again: time has passed, and a new sign-in may have come.
    const after = connections.get(before.id);
    if (after === null) return noConnection();
    if (after.condition.kind === 'gone') return failure(grantGone(after, after.condition.reason));
    return why === null || !hasExpired(after, clock.now()) ? connections.tokens(after.id) : failure(why);
  }

  return {
    onChange: changes.event,
    refresh,
    freshTokens(id, minTtlMs) {
      if (vault.failure !== null) return failure(vault.failure);
      const before = connections.get(id);
      if (before === null) return noConnection();
      if (before.condition.kind === 'gone') return failure(grantGone(before, before.condition.reason));
      return needsNewer(before, minTtlMs, clock.now()) ? newerTokens(before) : connections.tokens(id);
    },
    refreshingSince: (id) => since.get(id) ?? null,
    trouble(id) {
      const record = connections.get(id);
      return record && troubles.of(record);
    },
    forget(id) {
      holds.delete(id);
      troubles.forget(id);
      recorder.forget(id);
    },
    async idle() {
      await Promise.allSettled(flights.values());
      await Promise.all(recorder.unsaved().map((id) => recorder.saveAgain(id)));
    },
    async drain() {
      ending = true;
      semaphore.close();
      await Promise.allSettled(flights.values());
      await Promise.all(recorder.unsaved().map((id) => recorder.saveAgain(id)));
    },
  };
}

/** A refresh token that may have been replaced was already sent again: sending it once more now could end the sign-in. */
/** Says that nothing was asked this time: the last fault alone would read as if it had happened again. */
const waitsForWindow = ({ condition }: ConnectionRecord, retryAt: number): RefreshOutcome => ({
  kind: 'transient',
  code: 'temporary',
  reason: `${condition.kind === 'transient' ? condition.reason : 'the provider’s answer was lost in transit'}; asking again too soon could end the sign-in`,
  retryAt,
  askedToWait: true,
});

const superseded = (record: ConnectionRecord | null): Result<RefreshOutcome> =>
  record === null ? noConnection() : ok({ kind: 'refreshed', expiresAt: record.expiresAt });
