import type { ErrorCode, Failure } from '../../contract/errors.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { asSentence } from '../lib/as-sentence.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Result } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { RefreshOutcome, Trouble } from './ports.ts';
import { outcomeFailure } from './refresh-failures.ts';

/** Failures that say nothing about refreshing this connection, or that its record already shows. */
const NO_TROUBLE: ReadonlySet<ErrorCode> = new Set(['not-found', 'cancelled', 'unsupported', 'locked']);

/**
 * Why connections cannot be refreshed where their records do not say so: nothing could be tried, or the store did not
 * accept the outcome. Kept in memory only, because with a full disk it cannot be stored.
 */
export class Troubles {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #troubles = new Map<ConnectionId, Trouble & { generation: number }>();

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** None of a sign-in that a newer one replaced. */
  of(record: Pick<ConnectionRecord, 'id' | 'generation'>): Trouble | null {
    const trouble = this.#troubles.get(record.id);
    return trouble?.generation === record.generation ? trouble : null;
  }

  /** A refresh ended; `record` is the current record. True when the trouble changed. */
  ended(record: ConnectionRecord, result: Result<RefreshOutcome>): boolean {
    const { id, generation } = record;
    const before = this.of(record);
    const failure = troubleOf(record, result);
    if (failure?.message === before?.failure.message && failure?.code === before?.failure.code) return false;
    if (failure === null) this.#troubles.delete(id);
    else {
      this.#troubles.set(id, { since: before?.since ?? this.#clock.now(), failure, generation });
      if (before?.failure.code !== failure.code)
        this.#logger.warn('refresh.not-possible', { connection: id, code: failure.code });
    }
    return true;
  }

  forget(id: ConnectionId): void {
    this.#troubles.delete(id);
  }
}

function troubleOf(record: ConnectionRecord, result: Result<RefreshOutcome>): Failure | null {
  if (!result.ok) return NO_TROUBLE.has(result.error.code) ? null : result.error;
  const outcome = result.value;
  if (outcome.kind === 'refreshed' || outcome.kind === record.condition.kind) return null;
  if (outcome.kind !== 'transient') return outcomeFailure(record, outcome);
  return {
    code: 'io',
    message: asSentence(outcome.reason),
    hint: 'Check that the disk with the data folder is writable and has free space. Tokentray tries again automatically.',
  };
}
