import type { GatewayDoor } from '../../../contract/gateway.ts';
import type { Consumers } from '../../consumers/ports.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';
import { fail } from '../../lib/result.ts';
import { opensGateway } from '../opens-gateway.ts';
import type { Door } from '../ports.ts';
import { retire } from '../retire.ts';
import { createConsumerServer, type ConsumerServer } from './listener.ts';
import { Routes } from './routes.ts';
import type { ServeOptions } from './serve.ts';

export interface DoorOptions extends ServeOptions {
  consumers: Pick<Consumers, 'authenticate' | 'list' | 'onChange'>;
  /** As the settings have it; 0 takes a free one, for tests. */
  port: () => number;
  /** A free one will do where that one is taken. */
  mayBeAnother?: boolean;
  onPortChange: Event<unknown>;
}

const RETRY_MS = 30_000;

/** The gateway's address for keys. Listens while there is a consumer that can use it. */
export function createDoor(options: DoorOptions): Door {
  const { consumers, clock, port } = options;
  const changed = new Emitter<void>();
  const routes = new Routes(options);
  const subscriptions = new DisposableStack();
  let state: GatewayDoor = { url: null, fault: null };
  let open: { wanted: number; server: ConsumerServer } | null = null;
  /** At ports of former settings. */
  const retiring = new Set<ConsumerServer>();
  let retry: Disposable | null = null;
  let disposed = false;
  let working: Promise<void> = Promise.resolve();

  function become(next: GatewayDoor): void {
    if (next.url === state.url && next.fault?.message === state.fault?.message) return;
    state = next;
    changed.emit();
  }

  const isNeeded = (): boolean => !disposed && consumers.list().some(opensGateway);

  async function adjust(): Promise<void> {
    const wanted = isNeeded() ? port() : null;
    void retry?.dispose();
    retry = null;
    if (open !== null && open.wanted !== wanted) {
      const { server } = open;
      open = null;
      if (wanted === null) await server.close();
      else {
        retiring.add(server);
        retire(server.server, () => retiring.delete(server));
      }
    }
    if (wanted === null) await Promise.all([...retiring].map((server) => server.close()));
    if (wanted === null) become({ url: null, fault: null });
    else if (open === null) await listenAt(wanted);
  }

  async function listenAt(wanted: number): Promise<void> {
    const server = createConsumerServer(options, routes);
    const first = await server.listen(wanted);
    const bound = first === 'EADDRINUSE' && options.mayBeAnother === true ? await server.listen(0) : first;
    if (typeof bound === 'string') {
      become({ url: null, fault: portFault(wanted, bound) });
      retry = clock.setTimeout(adjustSoon, RETRY_MS);
      return;
    }
    open = { wanted, server };
    become({ url: bound.url, fault: null });
  }

  function adjustSoon(): void {
    working = working.then(adjust);
  }
  subscriptions.add(consumers.onChange(adjustSoon));
  subscriptions.add(options.onPortChange(adjustSoon));
  subscriptions.add(routes);
  adjustSoon();

  return {
    get state() {
      return state;
    },
    onChange: changed.event,
    dispose: async () => {
      disposed = true;
      await subscriptions.dispose();
      adjustSoon();
      await working;
    },
  };
}

const portFault = (port: number, code: string): GatewayDoor['fault'] =>
  code === 'EADDRINUSE'
    ? fail(
        'port-taken',
        `The gateway cannot listen: another program uses port ${port}.`,
        'End that program, or choose another port in the settings.',
      ).error
    : fail(
        'io',
        `The gateway cannot listen on port ${port} (${code}).`,
        'Choose another port in the settings.',
      ).error;
