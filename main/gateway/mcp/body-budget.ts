import type { IncomingMessage } from 'node:http';
import { collectBody } from './http.ts';

/** A message that is held in memory until `release`, or why it is not. */
export type HeldBody =
  | { readonly kind: 'held'; readonly bytes: Buffer; release(): void }
  | { readonly kind: 'too-large' | 'no-room' };

export interface BodyLimits {
  readonly oneBytes: number;
  /** Of everything that one client has under way. */
  readonly clientBytes: number;
  readonly allBytes: number;
}

const MEBI = 1 << 20;
export const BODY_LIMITS: BodyLimits = { oneBytes: 8 * MEBI, clientBytes: 32 * MEBI, allBytes: 64 * MEBI };

/**
 * Rules have to see whole messages, so they are held, and until their answer has ended: this bounds how much all of them
 * take together. One client cannot take all of it.
 */
export class BodyBudget {
  readonly #limits: BodyLimits;
  readonly #ofClient = new Map<string, number>();
  #all = 0;

  constructor(limits = BODY_LIMITS) {
    this.#limits = limits;
  }

  /** Rejects when the client leaves in the middle. */
  async read(request: IncomingMessage, client: string): Promise<HeldBody> {
    const { oneBytes, clientBytes, allBytes } = this.#limits;
    if (Number(request.headers['content-length'] ?? 0) > oneBytes) return { kind: 'too-large' };
    let held = 0;
    let refusal: 'too-large' | 'no-room' = 'too-large';
    const take = (bytes: number): boolean => {
      if (held + bytes > oneBytes) return false;
      if (this.#of(client) + bytes > clientBytes || this.#all + bytes > allBytes) {
        refusal = 'no-room';
        return false;
      }
      held += bytes;
      this.#add(client, bytes);
      return true;
    };
    const release = (): void => {
      this.#add(client, -held);
      held = 0;
    };
    try {
      const bytes = await collectBody(request, take);
      if (bytes !== null) return { kind: 'held', bytes, release };
    } catch (fault) {
      release();
      throw fault;
    }
    release();
    return { kind: refusal };
  }

  #of(client: string): number {
    return this.#ofClient.get(client) ?? 0;
  }

  #add(client: string, bytes: number): void {
    this.#all += bytes;
    const now = this.#of(client) + bytes;
    if (now === 0) this.#ofClient.delete(client);
    else this.#ofClient.set(client, now);
  }
}
