import { createHash } from 'node:crypto';
import type { TokenStanding } from './grants.ts';

/** One token request that carried a refresh token. */
export interface RefreshUse {
  /** Start of the token's SHA-256, hex: tells tokens apart without being one. */
  token: string;
  /** Epoch ms when the request had come in. */
  at: number;
  /** What the token was; null if the request was rejected before the token was checked. */
  standing: TokenStanding | 'unknown' | null;
  /** Another request with the same token was in progress at some time during this one. */
  concurrent: boolean;
  /** The complete answer was sent; null while the request is in progress. */
  answered: boolean | null;
}

export interface RefreshUseTotals {
  requests: number;
  current: number;
  grace: number;
  replaced: number;
  expired: number;
  unknown: number;
  concurrent: number;
}

/** Longest history kept; totals go on counting. */
const MAX_USES = 50_000;

/** Records how clients use refresh tokens, and counts the mistakes that real servers punish. */
export class RefreshUses {
  #uses: RefreshUse[] = [];
  #totals = noUses();
  readonly #open = new Map<string, Set<RefreshUse>>();
  /** How often each token was judged, by hash. */
  readonly #judged = new Map<string, number>();

  begin(refreshToken: string, now: number): RefreshUse {
    const token = createHash('sha256').update(refreshToken).digest('hex').slice(0, 16);
    const others = this.#open.get(token) ?? new Set();
    const use: RefreshUse = { token, at: now, standing: null, concurrent: false, answered: null };
    this.#totals.requests += 1;
    for (const other of others.size > 0 ? [...others, use] : []) this.#markConcurrent(other);
    this.#open.set(token, others.add(use));
    this.#uses.push(use);
    if (this.#uses.length > MAX_USES) this.#uses = this.#uses.slice(-MAX_USES / 2);
    return use;
  }

  judge(use: RefreshUse, standing: TokenStanding | 'unknown'): void {
    use.standing = standing;
    this.#totals[standing] += 1;
    this.#judged.set(use.token, (this.#judged.get(use.token) ?? 0) + 1);
  }

  end(use: RefreshUse, answered: boolean): void {
    use.answered = answered;
    const others = this.#open.get(use.token);
    others?.delete(use);
    if (others?.size === 0) this.#open.delete(use.token);
  }

  list(): readonly RefreshUse[] {
    return this.#uses;
  }

  totals(): Readonly<RefreshUseTotals> {
    return this.#totals;
  }

  /** How many refresh tokens were processed more than once, a replay within the reuse window included. */
  usedTwice(): number {
    return [...this.#judged.values()].filter((count) => count > 1).length;
  }

  forget(): void {
    this.#uses = [];
    this.#totals = noUses();
    this.#judged.clear();
  }

  #markConcurrent(use: RefreshUse): void {
    if (!use.concurrent) this.#totals.concurrent += 1;
    use.concurrent = true;
  }
}

const noUses = (): RefreshUseTotals => ({
  requests: 0,
  current: 0,
  grace: 0,
  replaced: 0,
  expired: 0,
  unknown: 0,
  concurrent: 0,
});
