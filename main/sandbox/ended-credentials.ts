import { createHash } from 'node:crypto';
import { z } from 'zod';

export const Ending = z.enum(['revoked', 'expired']);
export type Ending = z.infer<typeof Ending>;

/** Which secrets have stopped working. Only their hashes are kept. */
export class EndedCredentials {
  readonly #endings: Map<string, Ending>;
  readonly #onChange: () => void;

  constructor(onChange: () => void, restored: Readonly<Record<string, Ending>>) {
    this.#endings = new Map(Object.entries(restored));
    this.#onChange = onChange;
  }

  /** Null while it works. */
  how(secret: string): Ending | null {
    return this.#endings.get(hash(secret)) ?? null;
  }

  /** Null makes it work again. */
  set(secret: string, ending: Ending | null): void {
    if (ending === null) this.#endings.delete(hash(secret));
    else this.#endings.set(hash(secret), ending);
    this.#onChange();
  }

  saved(): Record<string, Ending> {
    return Object.fromEntries(this.#endings);
  }
}

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
