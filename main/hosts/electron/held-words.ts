import type { HeldRequestView } from '../../../contract/gateway.ts';

/** Who waits for the person; at least one request. */
export function heldSentence(held: readonly HeldRequestView[]): string {
  const [first, ...others] = held;
  return others.length === 0
    ? `“${first?.consumer.name ?? ''}” waits for your decision`
    : `${held.length} requests wait for your decision`;
}
