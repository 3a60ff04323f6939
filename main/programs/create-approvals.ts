import type { ConnectionId } from '../../contract/ids.ts';
import type { HeldQueue } from '../consumers/held-requests.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Store } from '../store/ports.ts';
import { ProgramApprovals } from './approvals.ts';
import type { Approvals, Processes, WhoAsks } from './ports.ts';

/** How programs are found: loaded when the first one asks. */
export interface Finder {
  readonly whoAsks: WhoAsks;
  readonly processes: Pick<Processes, 'look'>;
}

/** Programs of this machine and the person's approval of them. */
export function createApprovals({
  store,
  held,
  finder,
  clock,
}: {
  store: Pick<Store, 'grants' | 'activity' | 'connections'>;
  held: HeldQueue;
  finder: () => Promise<Finder>;
  clock: Clock;
}): Approvals & Disposable {
  return new ProgramApprovals({
    store: store.grants,
    held,
    whoAsks: async (socket) => (await finder()).whoAsks(socket),
    processes: { look: async (pid) => (await finder()).processes.look(pid) },
    activity: store.activity,
    connectionName: (id: ConnectionId) => store.connections.get(id)?.name ?? null,
    clock,
  });
}
