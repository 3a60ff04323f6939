import { randomUUID } from 'node:crypto';
import type { HeldRequestView } from '../../contract/gateway.ts';
import { HeldRequestId, type ConsumerId } from '../../contract/ids.ts';
import type { GrantLasts } from '../../contract/vocabulary.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { HeldRequests } from './ports.ts';

/** How long the person has. */
export const HOLD_MS = 180_000;
/** A person can look through so many. */
export const MOST_HELD = 100;
export const MOST_HELD_OF_ONE = 10;

/** How the waiting ended. `left`: the client went away. `refused`: rules changed, or the consumer was removed. */
export type HoldOutcome = 'approved' | 'denied' | 'unanswered' | 'left' | 'refused';

export type HeldDecision = 'approve' | 'deny';

export type RequestToHold = Pick<
  HeldRequestView,
  'consumer' | 'connection' | 'api' | 'method' | 'path' | 'summary' | 'program'
> & {
  /** Asked after every change of rules: false ends the waiting as `refused`. */
  readonly stillAsked: () => boolean;
  /** Keeps an answer for longer than this request; if it fails, the request goes on waiting. */
  readonly remember?: (decision: HeldDecision, lasts: Exclude<GrantLasts, 'once'>) => Result<void>;
};

interface Held {
  readonly view: HeldRequestView;
  readonly request: RequestToHold;
  readonly end: (outcome: HoldOutcome) => void;
}

/** Requests that wait for the person. One approval lets one request through. */
export class HeldQueue implements HeldRequests, Disposable {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  list(): readonly HeldRequestView[] {
    return [...this.#held.values()].map(({ view }) => view);
  }

  decide(id: string, decision: HeldDecision, lasts: GrantLasts = 'once'): Result<void> {
    const held = this.#held.get(id);
    if (held === undefined)
      return fail(
        'not-found',
        'This request no longer waits.',
        'Its time was over, or the program that sent it went away. It can be sent again.',
      );
    if (lasts !== 'once') {
      const remembered = held.request.remember?.(decision, lasts) ?? onlyOnce();
      if (!remembered.ok) return remembered;
    }
    held.end(decision === 'approve' ? 'approved' : 'denied');
    return ok(undefined);
  }

  /** Why no further request of this consumer can wait; null when one can. */
  full(consumer: ConsumerId): 'of-all' | 'of-one' | null {
    if (this.#held.size >= MOST_HELD) return 'of-all';
    let own = 0;
    for (const { view } of this.#held.values()) if (view.consumer.id === consumer) own += 1;
    return own >= MOST_HELD_OF_ONE ? 'of-one' : null;
  }

  /** Never rejects. */
  hold(request: RequestToHold, signal: AbortSignal): Promise<HoldOutcome> {
    if (signal.aborted) return Promise.resolve('left');
    return new Promise((resolve) => {
      const id = HeldRequestId.parse(randomUUID());
      const now = this.#clock.now();
      const { consumer, connection, api, method, path, summary, program } = request;
      const end = (outcome: HoldOutcome): void => {
        if (!this.#held.delete(id)) return;
        void timer.dispose();
        signal.removeEventListener('abort', leave);
        resolve(outcome);
        this.#changed.emit();
      };
      const leave = (): void => {
        end('left');
      };
      const timer = this.#clock.setTimeout(() => {
        end('unanswered');
      }, HOLD_MS);
      signal.addEventListener('abort', leave);
      const view = {
        ...{ id, consumer, connection, api, method, path, summary },
        ...(program !== undefined && { program }),
        since: isoTime(now),
        until: isoTime(now + HOLD_MS),
      };
      this.#held.set(id, { view, request, end });
      this.#changed.emit();
    });
  }

  /** Ends those that would not be asked about any more, because rules changed or a consumer was removed. */
  recheck(): void {
    for (const { request, end } of [...this.#held.values()]) if (!request.stillAsked()) end('refused');
  }

  dispose(): void {
    for (const { end } of [...this.#held.values()]) end('refused');
  }
}

const onlyOnce = (): Result<never> =>
  fail(
    'invalid-input',
    'An answer to this request holds only once.',
    'Change the rules of its key to be asked about fewer requests.',
  );
