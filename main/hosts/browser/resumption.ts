import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { RememberedFile } from '../remembered-file.ts';
import type { PageMemory } from './page-memory.ts';

const CHALLENGE_LIFETIME_MS = 60_000;
const MAX_CHALLENGES = 100;
const MAX_PAGES = 20;

/** A page's answer to a challenge. The key is SPKI, the signature ECDSA P-256 with SHA-256; all base64url. */
export interface Proof {
  page: string;
  challenge: string;
  signature: string;
}

/** The text that is signed: useless for another address or another challenge. */
export const resumptionText = (origin: string, challenge: string): string =>
  `tokentray resume\n${origin}\n${challenge}`;

const fingerprint = (page: string): string => createHash('sha256').update(page).digest('base64url');

/**
 * Lets a page that outlived the core reconnect to the next one. Whatever took the port in the meantime has seen the
 * page's cookie and path, so neither stays valid; instead the page proves that it holds the private key that it created.
 */
export class Resumption {
  readonly #clock: Clock;
  readonly #memory: Pick<RememberedFile<PageMemory>, 'get' | 'set'>;
  readonly #challenges = new Map<string, { page: string; validUntil: number }>();

  constructor(clock: Clock, memory: Pick<RememberedFile<PageMemory>, 'get' | 'set'>) {
    this.#clock = clock;
    this.#memory = memory;
  }

  /** Remembers the public key of a page that has a session. */
  remember(page: string): void {
    const { pages } = this.#memory.get();
    const mark = fingerprint(page);
    if (!pages.includes(mark)) this.#memory.set({ pages: [...pages, mark].slice(-MAX_PAGES) });
  }

  /** A challenge for a known page; null for any other. */
  challenge(page: string): string | null {
    const mark = fingerprint(page);
    if (!this.#memory.get().pages.includes(mark)) return null;
    for (const oldest of this.#challenges.keys()) {
      if (this.#challenges.size < MAX_CHALLENGES) break;
      this.#challenges.delete(oldest);
    }
    const challenge = randomBytes(32).toString('base64url');
    this.#challenges.set(challenge, {
      page: mark,
      validUntil: this.#clock.monotonicMs() + CHALLENGE_LIFETIME_MS,
    });
    return challenge;
  }

  /** Whether the page holds the key. The challenge can be used once; so can the key, if the proof is valid. */
  accept({ page, challenge, signature }: Proof, origin: string): boolean {
    const asked = this.#challenges.get(challenge);
    this.#challenges.delete(challenge);
    const mark = fingerprint(page);
    if (asked?.page !== mark || asked.validUntil < this.#clock.monotonicMs()) return false;
    if (!isSigned(page, resumptionText(origin, challenge), signature)) return false;
    this.#memory.set({ pages: this.#memory.get().pages.filter((known) => known !== mark) });
    return true;
  }
}

function isSigned(page: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(page, 'base64url'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ec') return false;
    const proof = Buffer.from(signature, 'base64url');
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, proof);
  } catch {
    // What the page sent as its key is not a key.
    return false;
  }
}
