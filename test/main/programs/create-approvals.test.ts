import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { HeldQueue } from '../../../main/consumers/held-requests.ts';
import { createApprovals } from '../../../main/programs/create-approvals.ts';
import { unknownProgram } from '../../../main/programs/describe.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';

it('loads what finds programs when the first one asks, and once', async () => {
  const clock = new FakeClock();
  const store = memoryStore({ clock });
  const connection = value(store.connections.insert(sampleConnection(), sampleTokens()));
  const held = new HeldQueue(clock);
  let loads = 0;
  const approvals = createApprovals({
    ...{ store, held, clock },
    loadFinder: () => {
      loads += 1;
      const whoAsks = () => Promise.resolve(unknownProgram());
      return Promise.resolve({ whoAsks, processes: { began: () => Promise.resolve(null) } });
    },
  });
  value(approvals.setAsks(connection, true));
  expect(loads).toBe(0);
  const asked = [1, 2].map(() =>
    approvals.admit({
      ...{ socket: {} as Socket, signal: undefined, connection, what: 'Get the access token' },
      onWait: () => undefined,
    }),
  );
  await expect.poll(() => held.list().length).toBe(2);
  for (const { id } of held.list()) value(held.decide(id, 'approve'));
  expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
  expect(loads).toBe(1);
});
