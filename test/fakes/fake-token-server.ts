import type { Send } from '../../main/lib/bounded-fetch.ts';
import type { Clock } from '../../main/lib/clock.ts';
import type { TokenSet } from '../../main/store/records.ts';

/** What becomes of one request instead of a plain answer. */
export type TokenFault =
  /** The request never arrives. */
  | { kind: 'refused' }
  /** Processed, and the answer lost on its way. */
  | { kind: 'lost' }
  /** Not processed, answered so. */
  | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> }
  /** Processed, and answered with something else. */
  | { kind: 'garbled'; status: number; body: string }
  /** Processed and answered, with other members in the body. */
  | { kind: 'members'; members: Record<string, unknown> };

interface Issued {
  grant: string;
  replacedAt: number | null;
  /** A replacement has reached the client: using this one again is a fault of the client. */
  replacementDelivered: boolean;
  /** How often it was used again within the reuse window. */
  replays: number;
  inFlight: boolean;
}

const systemFault = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

const aborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

/** A token endpoint with rotation, a reuse window and reuse detection, that notes what clients do wrong. */
export class FakeTokenServer {
  readonly url = 'https://auth.example/token';
  /** How long a replaced refresh token is still taken. */
  reuseWindowMs = 600_000;
  lifeSeconds = 3600;
  /** Applied to the next requests, one each. */
  readonly faults: TokenFault[] = [];
  /** Applied to every request while set; `faults` go first. */
  always: TokenFault | null = null;
  /** While set, requests wait for it before they are looked at. */
  barrier: Promise<void> | null = null;
  /** What a client must never do. */
  readonly violations: string[] = [];
  readonly requests: URLSearchParams[] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly #clock: Clock;
  readonly #issued = new Map<string, Issued>();
  readonly #revoked = new Set<string>();
  #serial = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The token set of a new sign-in. */
  signIn(grant: string): TokenSet {
    const now = this.#clock.now();
    const expiresAt = now + this.lifeSeconds * 1000;
    return { ...this.#issue(grant), expiresAt, obtainedAt: now, scopes: ['read'] };
  }

  revoke(grant: string): void {
    this.#revoked.add(grant);
  }

  isRevoked(grant: string): boolean {
    return this.#revoked.has(grant);
  }

  /** A client that crashed knows nothing of the answers it had not stored. */
  forgetDeliveryOf(refreshToken: string): void {
    const issued = this.#issued.get(refreshToken);
    if (issued) issued.replacementDelivered = false;
  }

  /** A client whose clock was set cannot know how far a reuse window is. */
  forgetReplays(): void {
    for (const issued of this.#issued.values()) issued.replays = -Infinity;
  }

  readonly fetch: Send = async (_url, init) => {
    const parameters = new URLSearchParams(init?.body);
    this.requests.push(parameters);
    const refreshToken = parameters.get('refresh_token') ?? '';
    const issued = this.#issued.get(refreshToken);
    if (issued?.inFlight) this.violations.push('one refresh token in two requests at once');
    if (issued?.replacementDelivered) this.violations.push('a refresh token known to be replaced was used');
    if (issued) issued.inFlight = true;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await Promise.race([this.barrier, aborted(init?.signal)]);
      return this.#answer(issued);
    } finally {
      this.inFlight -= 1;
      if (issued) issued.inFlight = false;
    }
  };

  #answer(issued: Issued | undefined): Response {
    const fault = this.faults.shift() ?? this.always;
    if (fault?.kind === 'refused') throw systemFault('ECONNREFUSED');
    if (fault?.kind === 'answer')
      return new Response(fault.body, { status: fault.status, headers: fault.headers ?? {} });
    const body = this.#spend(issued);
    if (fault?.kind === 'lost') throw systemFault('ECONNRESET');
    if (fault?.kind === 'garbled') return new Response(fault.body, { status: fault.status });
    if (body === null) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    if (issued) issued.replacementDelivered = true;
    return Response.json({ ...body, ...(fault?.kind === 'members' ? fault.members : {}) });
  }

  #spend(issued: Issued | undefined): Record<string, unknown> | null {
    if (issued === undefined || this.#revoked.has(issued.grant)) return null;
    const now = this.#clock.now();
    if (issued.replacedAt !== null && now > issued.replacedAt + this.reuseWindowMs) {
      this.#revoked.add(issued.grant);
      return null;
    }
    // At its very end, by the client's clock, the window may be over.
    if (issued.replacedAt !== null && now < issued.replacedAt + this.reuseWindowMs) issued.replays += 1;
    if (issued.replays > 1) this.violations.push('a lost answer was asked for again more than once');
    issued.replacedAt ??= now;
    const { accessToken, refreshToken: next } = this.#issue(issued.grant);
    return {
      access_token: accessToken,
      refresh_token: next,
      expires_in: this.lifeSeconds,
      token_type: 'Bearer',
      scope: 'read',
    };
  }

  #issue(grant: string): { accessToken: string; refreshToken: string } {
    this.#serial += 1;
    const refreshToken = `refresh-${this.#serial}`;
    this.#issued.set(refreshToken, {
      grant,
      replacedAt: null,
      replacementDelivered: false,
      replays: 0,
      inFlight: false,
    });
    return { accessToken: `access-${this.#serial}`, refreshToken };
  }
}
