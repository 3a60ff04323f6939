import type { Rules } from '../../../../contract/gateway.ts';
import { deadline } from '../../../lib/deadline.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Disposable } from '../../../lib/disposable.ts';
import type { McpResource } from '../ports.ts';
import { tokenHash } from '../hash.ts';
import type { AuthorizationRequest } from './request.ts';

/** What a person allowed. */
export interface Consented {
  readonly request: AuthorizationRequest;
  readonly resource: McpResource;
  readonly rules: Rules;
  readonly name: string;
}

const CODE_LIFE_MS = 120_000;
/** How long a used code is known, so that a second use is noticed. */
const REMEMBER_MS = 600_000;
const MOST = 200;

interface Entry {
  readonly consented: Consented;
  readonly expiresAtMs: number;
  /** The sign-in that it led to; null: not used yet. */
  grant: string | null;
  readonly forget: Disposable;
}

/** Authorization codes: each good once, for two minutes. Kept as hashes, in memory. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #random: () => string;

  constructor(clock: Clock, random: () => string) {
    this.#clock = clock;
    this.#random = random;
  }

  issue(consented: Consented): string {
    const code = this.#random();
    const hash = tokenHash(code);
    const forget = deadline(this.#clock, REMEMBER_MS, () => this.#codes.delete(hash));
    const expiresAtMs = this.#clock.monotonicMs() + CODE_LIFE_MS;
    this.#codes.set(hash, { consented, expiresAtMs, grant: null, forget });
    const [oldest] = this.#codes;
    if (this.#codes.size > MOST && oldest !== undefined) {
      void oldest[1].forget.dispose();
      this.#codes.delete(oldest[0]);
    }
    return code;
  }

  /**
   * Takes a code. `used`: it was taken before, by whoever; `grant` is what it led to then. A code that is asked for with
   * wrong particulars is used up all the same: somebody else may have it.
   */
  take(
    code: string,
  ):
    | { kind: 'good'; consented: Consented; ledTo: (grant: string) => void }
    | { kind: 'used'; grant: string }
    | null {
    const entry = this.#codes.get(tokenHash(code));
    if (entry === undefined) return null;
    if (entry.grant !== null) return { kind: 'used', grant: entry.grant };
    entry.grant = '';
    if (this.#clock.monotonicMs() > entry.expiresAtMs) return null;
    return {
      kind: 'good',
      consented: entry.consented,
      ledTo: (grant) => {
        entry.grant = grant;
      },
    };
  }

  dispose(): void {
    for (const { forget } of this.#codes.values()) void forget.dispose();
    this.#codes.clear();
  }
}
