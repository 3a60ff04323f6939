/** RFC 8628 §3.5: what a poll is told, or who approved. */
export type DevicePoll =
  | { state: 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'invalid_grant' }
  | { state: 'approved'; scopes: string[]; person: string };

interface DeviceCode {
  userCode: string;
  clientId: string;
  scopes: string[];
  /** Epoch ms. */
  expiresAt: number;
  intervalMs: number;
  lastPoll: number | null;
  /** Key of the person who approved; `denied`; null: nobody has decided. */
  decision: { person: string } | 'denied' | null;
}

/** RFC 8628 §6.1: consonants only, so that no words come up. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** The device sign-ins in progress. They are forgotten when the process ends, as they soon expire anyway. */
export class DeviceCodes {
  readonly #codes = new Map<string, DeviceCode>();
  readonly #random: (bytes: number) => Buffer;

  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
  }

  start(
    request: Pick<DeviceCode, 'clientId' | 'scopes' | 'expiresAt' | 'intervalMs'>,
    now: number,
  ): { deviceCode: string; userCode: string } {
    for (const [code, { expiresAt }] of this.#codes)
      // Kept for a while, so that a late poll hears that it expired.
      if (now - expiresAt > 600_000) this.#codes.delete(code);
    const deviceCode = this.#random(32).toString('base64url');
    const letters = [...this.#random(8)].map((byte) => LETTERS[byte % LETTERS.length] ?? 'B').join('');
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    this.#codes.set(deviceCode, { ...request, userCode, lastPoll: null, decision: null });
    return { deviceCode, userCode };
  }

  /** Whether somebody can still decide about this code; spelling is forgiven as RFC 8628 §6.1 asks. */
  isOpen(userCode: string, now: number): boolean {
    return this.#find(userCode, now) !== null;
  }

  /** False when the code is unknown, expired or decided already. */
  decide(userCode: string, decision: { person: string } | 'denied', now: number): boolean {
    const code = this.#find(userCode, now);
    if (code) code.decision = decision;
    return code !== null;
  }

  poll(deviceCode: string, clientId: string, now: number): DevicePoll {
    const code = this.#codes.get(deviceCode);
    if (code?.clientId !== clientId) return { state: 'invalid_grant' };
    if (now >= code.expiresAt) return { state: 'expired_token' };
    const tooSoon = code.lastPoll !== null && now - code.lastPoll < code.intervalMs;
    code.lastPoll = now;
    if (tooSoon) {
      code.intervalMs += 5000;
      return { state: 'slow_down' };
    }
    if (code.decision === null) return { state: 'authorization_pending' };
    this.#codes.delete(deviceCode);
    if (code.decision === 'denied') return { state: 'access_denied' };
    return { state: 'approved', scopes: code.scopes, person: code.decision.person };
  }

  #find(typed: string, now: number): DeviceCode | null {
    const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z]/g, '');
    const found = [...this.#codes.values()].find(({ userCode }) => plain(userCode) === plain(typed));
    return found?.decision === null && now < found.expiresAt ? found : null;
  }
}
