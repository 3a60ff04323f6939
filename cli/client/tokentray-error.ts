/** What kept a call from succeeding. Neither text contains a secret. */
export class TokentrayError extends Error {
  override readonly name = 'TokentrayError';
  /** Such as `needs-reconnect`, `not-found`, `offline`, `not-reachable`. */
  readonly code: string;
  /** What to do; empty where there is nothing. */
  readonly hint: string;

  constructor({ code, message, hint = '' }: { code: string; message: string; hint?: string | undefined }) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
