import type { HeldRequestView } from '../../contract/gateway.ts';

/** How long a request still waits: `4 min left`, `52 s left`. `now`: epoch ms. */
export function leftWords(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return seconds > 120 ? `${Math.floor(seconds / 60)} min left` : `${seconds} s left`;
}

/** What a screen reader announces when requests begin to wait; null if none did. */
export function heldAnnouncement(
  before: readonly HeldRequestView[],
  after: readonly HeldRequestView[],
): string | null {
  const known = new Set(before.map(({ id }) => id));
  const [first, ...others] = after.filter(({ id }) => !known.has(id));
  if (first === undefined) return null;
  if (others.length > 0) return `${after.length} requests wait for your decision.`;
  const { consumer, connection, summary } = first;
  return `${consumer.name} asks ${connection.name}: ${summary}. It waits for your decision.`;
}
