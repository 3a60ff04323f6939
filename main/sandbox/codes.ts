import type { Grant } from './grants.ts';

/** What an authorization code was given for; the exchange must repeat it. */
export interface CodeBinding {
  clientId: string;
  redirectUri: string;
  /** RFC 7636 §4.2, method S256; null where the server ignores it. */
  challenge: string | null;
  grant: Grant;
  scopes: string[];
}

/** Beyond this, a code is forgotten. */
const LONGEST_LIFETIME_MS = 600_000;

/** Authorization codes: used once (RFC 6749 §4.1.2). */
export class Codes {
  readonly #bindings = new Map<string, CodeBinding & { issuedAt: number }>();
  readonly #newCode: () => string;

  constructor(newCode: () => string) {
    this.#newCode = newCode;
  }

  issue(binding: CodeBinding, now: number): string {
    for (const [code, { issuedAt }] of this.#bindings) {
      if (now - issuedAt > LONGEST_LIFETIME_MS) this.#bindings.delete(code);
    }
    const code = this.#newCode();
    this.#bindings.set(code, { ...binding, issuedAt: now });
    return code;
  }

  /** Invalidates the code, whatever the result of the exchange; null when it is unknown, used or too old. */
  take(code: string, now: number, lifetimeMs = 60_000): CodeBinding | null {
    const binding = this.#bindings.get(code);
    this.#bindings.delete(code);
    return binding && now - binding.issuedAt <= lifetimeMs ? binding : null;
  }
}
