import type { ConsumerId } from '../../../contract/ids.ts';
import type { Consumers } from '../../consumers/ports.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { createConsumerServer } from './listener.ts';
import { Routes } from './routes.ts';
import type { ServeOptions } from './serve.ts';

export interface RunDoorOptions extends ServeOptions {
  consumers: Pick<Consumers, 'authenticate' | 'get' | 'onRemoved'>;
}

/** Addresses of the gateway for one run each, which end with it. */
export interface RunDoors extends Disposable {
  /** Gives the address. At it no other key works, so a key that the run finds somewhere gives it nothing. */
  open(run: ConsumerId): Promise<Result<string>>;
}

export function createRunDoors(options: RunDoorOptions): RunDoors {
  const { consumers } = options;
  const open = new Map<ConsumerId, Disposable>();
  const end = async (run: ConsumerId): Promise<void> => {
    const door = open.get(run);
    open.delete(run);
    await door?.dispose();
  };
  const removed = consumers.onRemoved((id) => void end(id));

  return {
    open: async (run) => {
      const parts = new DisposableStack();
      const routes = parts.add(new Routes(options));
      const own = {
        authenticate: (key: string) => {
          const consumer = consumers.authenticate(key);
          return consumer?.id === run ? consumer : null;
        },
      };
      const server = createConsumerServer({ ...options, consumers: own }, routes);
      const listening = await server.listen(0);
      if (typeof listening === 'string') {
        await parts.dispose();
        return fail('io', `The gateway cannot listen for this run (${listening}).`);
      }
      parts.add({ dispose: () => server.close() });
      open.set(run, parts);
      if (consumers.get(run) === null) {
        await end(run);
        return fail('cancelled', 'The run ended before it began.');
      }
      return ok(listening.url);
    },
    dispose: async () => {
      await removed.dispose();
      for (const run of [...open.keys()]) await end(run);
    },
  };
}
