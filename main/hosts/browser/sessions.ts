import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';

/** How long a one-time link works, ms. */
const LINK_LIFETIME_MS = 10 * 60_000;
const MAX_LINKS = 100;
const MAX_SESSIONS = 100;

/** Codes are stored as hashes: a lookup by hash leaks nothing through its timing. */
const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** One-time links, and the sessions that they were exchanged for. All of them end with the process. */
export class Sessions {
  readonly #clock: Clock;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new one-time code, valid for ten minutes. */
  createLink(): string {
    const code = randomBytes(32).toString('base64url');
    this.#links.set(fingerprint(code), this.#clock.monotonicMs() + LINK_LIFETIME_MS);
    dropOldest(this.#links, MAX_LINKS);
    return code;
  }

  /** Whether a code could be redeemed now. */
  isLink(code: string): boolean {
    const validUntil = this.#links.get(fingerprint(code));
    return validUntil !== undefined && validUntil >= this.#clock.monotonicMs();
  }

  /** Exchanges a code for a session; null if it is unknown, already used or expired. */
  redeem(code: string): string | null {
    const isLink = this.isLink(code);
    this.#links.delete(fingerprint(code));
    if (!isLink) return null;
    const session = randomBytes(32).toString('base64url');
    this.#sessions.add(fingerprint(session));
    dropOldest(this.#sessions, MAX_SESSIONS);
    return session;
  }

  has(session: string): boolean {
    return this.#sessions.has(fingerprint(session));
  }
}

function dropOldest(
  entries: { size: number; keys(): Iterable<string>; delete(key: string): boolean },
  most: number,
): void {
  for (const key of entries.keys()) {
    if (entries.size <= most) return;
    entries.delete(key);
  }
}
