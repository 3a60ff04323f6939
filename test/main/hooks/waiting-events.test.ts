import { expect, it } from 'vitest';
import type { HookEvent } from '../../../main/hooks/ports.ts';
import { WaitingEvents } from '../../../main/hooks/waiting-events.ts';
import type { ConnectionId, ProviderId } from '../../../contract/ids.ts';

const of = (id: string, at: number): HookEvent => ({
  event: 'token-refreshed',
  at,
  connection: { id: id as ConnectionId, name: id, provider: 'acme' as ProviderId },
  export: null,
});

it('keeps the newest event of each connection, in the order in which they came', () => {
  const waiting = new WaitingEvents();
  for (const event of [of('a', 1), of('b', 2), of('a', 3)]) expect(waiting.add(event)).toBe(true);
  expect([waiting.take()?.at, waiting.take()?.at, waiting.take()]).toEqual([2, 3, null]);
});

it('puts back what could not be used, unless there is something newer', () => {
  const waiting = new WaitingEvents();
  waiting.putBack(of('a', 1));
  waiting.add(of('a', 2));
  waiting.putBack(of('a', 1));
  expect([waiting.take()?.at, waiting.take()]).toEqual([2, null]);
});

it('is bounded', () => {
  const waiting = new WaitingEvents();
  for (let number = 0; number < 100; number += 1) expect(waiting.add(of(`c${number}`, number))).toBe(true);
  expect(waiting.add(of('one more', 100))).toBe(false);
  expect(waiting.take()?.at).toBe(1);
});
