import type { ActivityEntry } from '../../contract/activity.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Store } from '../store/ports.ts';
import type { Condition, ConnectionRecord, RefreshAttempt, TokenSet } from '../store/records.ts';
import { retryAt, type LostAnswer } from './backoff.ts';
import type { Processed, Verdict } from './classify.ts';
import { noConnection } from './refresh-failures.ts';
import { replayableUntil, replayNotBefore } from './refresh-attempt.ts';
import type { RefreshOutcome } from './ports.ts';

/** A refresh request that was sent: the connection and tokens as they were then, and its journal entry. */
export interface SentRequest {
  record: ConnectionRecord;
  tokens: TokenSet;
  attempt: RefreshAttempt;
  /** The previous journal entry, when an earlier answer for the same refresh token was lost. */
  replayOf: RefreshAttempt | null;
  reuseWindowSeconds: number;
}

export interface OutcomeRecorderOptions {
  store: Pick<Store, 'connections' | 'activity'>;
  clock: Clock;
  logger: Logger;
  random: () => number;
}

/** Stores how refreshes ended and reports it once. An answer for an older generation never affects a newer sign-in. */
export interface OutcomeRecorder {
  recordOutcome(sent: SentRequest, verdict: Verdict): Promise<Result<RefreshOutcome>>;
  /** The app registration is at fault before anything could be sent. */
  misconfigured(record: ConnectionRecord, reason: string): RefreshOutcome;
  /** Stores a new token set whose saving failed before; null when there is none. */
  saveAgain(id: ConnectionId): Promise<Result<RefreshOutcome> | null>;
  /** The connection was removed, and cannot be put back. */
  forget(id: ConnectionId): void;
  /** Connections whose new token set is in memory only. */
  unsaved(): ConnectionId[];
}

/** A new token set that could not be stored. No caller gets it, and its request is never repeated. */
interface Unsaved {
  record: ConnectionRecord;
  tokens: TokenSet;
  tries: number;
}

const FIRST_SAVE_DELAY_MS = 5000;
const LONGEST_SAVE_DELAY_MS = 60_000;

export function createOutcomeRecorder({
  store,
  clock,
  logger,
  random,
}: OutcomeRecorderOptions): OutcomeRecorder {
  const { connections, activity } = store;
  const unsaved = new Map<ConnectionId, Unsaved>();

  /** The record if its grant is still the one that the request was for; else what to answer instead. */
  function current(sent: ConnectionRecord): ConnectionRecord | Result<RefreshOutcome> {
    const record = connections.get(sent.id);
    if (record === null) return noConnection();
    return record.generation === sent.generation
      ? record
      : ok({ kind: 'refreshed', expiresAt: record.expiresAt });
  }

  function append(
    level: ActivityEntry['level'],
    { id }: ConnectionRecord,
    event: string,
    message: string,
  ): void {
    activity.append({ at: isoTime(clock.now()), level, event, message, connection: id, export: null });
  }

  function report(
    level: ActivityEntry['level'],
    record: ConnectionRecord,
    event: string,
    message: string,
    reason?: string,
  ): void {
    append(level, record, event, message);
    logger[level === 'info' ? 'info' : 'warn'](event, { connection: record.id, reason });
  }

  function keepCondition(record: ConnectionRecord, condition: Condition, clearAttempt: boolean): void {
    // If the condition cannot be stored, only the stored status is lost; the outcome is still emitted.
    const kept = connections.update(record.id, { condition, clearAttempt });
    if (!kept.ok) logger.warn('refresh.status-not-stored', { connection: record.id, code: kept.error.code });
  }

  /** A replay that never arrived does not count: it may be sent again within the reuse window. */
  async function undoReplay({ record, replayOf }: SentRequest): Promise<void> {
    const kept = replayOf === null ? null : await connections.beginAttempt(record.id, replayOf);
    if (kept?.ok === false)
      logger.warn('refresh.status-not-stored', { connection: record.id, code: kept.error.code });
  }

  /** It was removed while the request was under way. If that is undone, this is the only refresh token that works. */
  async function keepWithRemoved(pending: Unsaved): Promise<void> {
    const { record, tokens, tries } = pending;
    if (!connections.removed().some((removed) => removed.record.id === record.id)) return;
    const saved = await connections.saveRefreshed(record.id, record.generation, tokens, clock.now());
    if (saved.ok || saved.error.code === 'not-found') return;
    logger.warn('refresh.not-stored', { connection: record.id, code: saved.error.code });
    unsaved.set(record.id, { ...pending, tries: tries + 1 });
  }

  async function save(pending: Unsaved): Promise<Result<RefreshOutcome>> {
    const { tokens } = pending;
    const record = current(pending.record);
    unsaved.delete(pending.record.id);
    if ('ok' in record) {
      await keepWithRemoved(pending);
      return record;
    }
    const now = clock.now();
    const saved = await connections.saveRefreshed(record.id, record.generation, tokens, now);
    const inTrouble = record.condition.kind === 'transient' || pending.tries > 0;
    if (!saved.ok) {
      // Read again: a new sign-in may have come while this one waited for the disk.
      const latest = current(pending.record);
      const tries = pending.tries + 1;
      // Also where it was removed meanwhile: it may be put back.
      if (!('ok' in latest) || connections.get(record.id) === null)
        unsaved.set(record.id, { ...pending, tries });
      if ('ok' in latest) return latest;
      const delayMs = Math.min(FIRST_SAVE_DELAY_MS * 2 ** (tries - 1), LONGEST_SAVE_DELAY_MS);
      const reason = `the new token could not be stored: ${saved.error.message.replace(/\.$/, '')}`;
      const failed = { code: 'temporary', reason, retryAt: now + delayMs, askedToWait: false } as const;
      return ok(failedForNow(latest, failed, { inTrouble, clearAttempt: false }));
    }
    if (!saved.value)
      return ok({ kind: 'refreshed', expiresAt: connections.get(record.id)?.expiresAt ?? null });
    if (inTrouble)
      report('info', record, 'refresh.recovered', `“${record.name}” has a new access token again.`);
    else {
      logger.debug('refresh.refreshed', { connection: record.id });
      append('info', record, 'refresh.refreshed', `“${record.name}” has a new access token.`);
    }
    return ok({ kind: 'refreshed', expiresAt: tokens.expiresAt });
  }

  /** Reports only when the trouble begins, not while it lasts. */
  function failedForNow(
    record: ConnectionRecord,
    failed: Omit<RefreshOutcome & { kind: 'transient' }, 'kind'>,
    { inTrouble, clearAttempt }: { inTrouble: boolean; clearAttempt: boolean },
  ): RefreshOutcome {
    const before = record.condition.kind === 'transient' ? record.condition : null;
    const { code, reason, retryAt } = failed;
    const since = before?.since ?? clock.now();
    const failures = (before?.failures ?? 0) + 1;
    const answered = code === 'temporary';
    keepCondition(record, { kind: 'transient', since, reason, failures, retryAt, answered }, clearAttempt);
    if (!inTrouble) {
      const message = `“${record.name}” could not be refreshed: ${reason}. Tokentray keeps trying.`;
      report('warning', record, `refresh.${code}`, message, reason);
    }
    return { kind: 'transient', ...failed };
  }

  function misconfigured(record: ConnectionRecord, reason: string, clearAttempt: boolean): RefreshOutcome {
    const known = record.condition.kind === 'misconfigured' ? record.condition : null;
    const since = known?.since ?? clock.now();
    if (known?.reason !== reason || clearAttempt)
      keepCondition(record, { kind: 'misconfigured', since, reason }, clearAttempt);
    if (known === null) {
      report(
        'error',
        record,
        'refresh.misconfigured',
        `“${record.name}” cannot be refreshed: ${reason}`,
        reason,
      );
    }
    return { kind: 'misconfigured', reason };
  }

  return {
    async recordOutcome(sent, verdict) {
      const { record: sentRecord, replayOf } = sent;
      if (verdict.kind === 'refreshed') {
        const { tokens } = verdict;
        return save({
          record: sentRecord,
          tokens: {
            ...tokens,
            refreshToken: tokens.refreshToken ?? sent.tokens.refreshToken,
            scopes: tokens.scopes ?? sent.tokens.scopes,
          },
          tries: 0,
        });
      }
      const neverArrived =
        verdict.kind === 'misconfigured' || (verdict.kind === 'transient' && verdict.processed === 'no');
      if (neverArrived) await undoReplay(sent);
      // Only now: a new sign-in may have come meanwhile.
      const record = current(sentRecord);
      if ('ok' in record) return record;
      switch (verdict.kind) {
        case 'gone': {
          const reason = replayOf
            ? `${verdict.reason} An earlier answer was lost in transit.`
            : verdict.reason;
          keepCondition(record, { kind: 'gone', since: clock.now(), reason }, true);
          report('error', record, 'refresh.gone', `“${record.name}” must be reconnected: ${reason}`, reason);
          return ok({ kind: 'gone', reason });
        }
        case 'misconfigured':
          return ok(misconfigured(record, verdict.reason, replayOf === null));
        case 'transient': {
          const { code, reason, processed, retryAfterMs } = verdict;
          const lost = lostAnswer(sent, processed, clock.now());
          const before = record.condition.kind === 'transient' ? record.condition : null;
          const at = retryAt({
            now: clock.now(),
            failures: (before?.failures ?? 0) + 1,
            obtainedAt: sent.tokens.obtainedAt,
            expiresAt: sent.tokens.expiresAt,
            retryAfterMs,
            lost,
            random: random(),
          });
          const askedToWait = retryAfterMs !== null || lost?.kind === 'replayed';
          const failed = { code, reason, retryAt: at, askedToWait };
          const clearAttempt = lost === null;
          return ok(failedForNow(record, failed, { inTrouble: before !== null, clearAttempt }));
        }
      }
    },
    misconfigured: (record, reason) => misconfigured(record, reason, false),
    async saveAgain(id) {
      const pending = unsaved.get(id);
      return pending ? save(pending) : null;
    },
    forget: (id) => void unsaved.delete(id),
    unsaved: () => [...unsaved.keys()],
  };
}

function lostAnswer(
  { attempt, replayOf, reuseWindowSeconds }: SentRequest,
  processed: Processed,
  now: number,
): LostAnswer | null {
  if (replayOf === null) return processed === 'perhaps' ? { kind: 'just-now' } : null;
  return processed === 'no'
    ? { kind: 'not-replayed', replayBy: replayableUntil(attempt, reuseWindowSeconds) }
    : { kind: 'replayed', notBefore: replayNotBefore(attempt, reuseWindowSeconds, now) };
}
