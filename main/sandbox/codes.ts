import type { Grant } from './grants.ts';

/** Authorization codes are valid for a minute and can be used once (RFC 6749 §4.1.2). */
const CODE_LIFETIME_MS = 60_000;

/** What an authorization code was given for; the exchange must repeat it. */
export interface CodeBinding {
  clientId: string;
  redirectUri: string;
  /** RFC 7636 §4.2, method S256. */
  challenge: string;
  grant: Grant;
  scopes: string[];
}

export class Codes {
  readonly #bindings = new Map<string, CodeBinding & { issuedAt: number }>();
  readonly #newCode: () => string;

  constructor(newCode: () => string) {
    this.#newCode = newCode;
  }

  issue(binding: CodeBinding, now: number): string {
    for (const [code, { issuedAt }] of this.#bindings) {
      if (now - issuedAt > CODE_LIFETIME_MS) this.#bindings.delete(code);
    }
    const code = this.#newCode();
    this.#bindings.set(code, { ...binding, issuedAt: now });
    return code;
  }

  /** Invalidates the code, whatever the result of the exchange; null when it is unknown, used or too old. */
  take(code: string, now: number): CodeBinding | null {
    const binding = this.#bindings.get(code);
    this.#bindings.delete(code);
    return binding && now - binding.issuedAt <= CODE_LIFETIME_MS ? binding : null;
  }
}
