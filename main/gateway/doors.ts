import type { Admission, Consumers, Traffic } from '../consumers/ports.ts';
import type { Connections } from '../connections/ports.ts';
import { apiAddresses, instanceOf } from '../credentials/addresses.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { ForgetsSecrets } from '../lib/forgets-secrets.ts';
import type { Event } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Store } from '../store/ports.ts';
import type { Governor } from './governor.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Door, Relay, Upstreams } from './ports.ts';
import { createRelay } from './relay/relay.ts';
import { createDoor } from './reverse/door.ts';
import { createRunDoors, type RunDoors } from './reverse/run-door.ts';

export interface DoorsOptions {
  consumers: Consumers;
  admission: Admission;
  traffic: Pick<Traffic, 'record'>;
  connections: Pick<Connections, 'resolve' | 'onChange' | 'onRemoved'>;
  store: Pick<Store, 'connections'>;
  registry: Pick<ProviderRegistry, 'get'>;
  upstreams: Upstreams;
  governor: Governor;
  clock: Clock;
  logger: Logger;
  port: () => number;
  mayBeAnother?: boolean;
  onPortChange: Event<unknown>;
}

/** What every entrance shares, and the address for keys. */
export interface Doors extends Disposable, ForgetsSecrets {
  readonly gateway: Door;
  /** The same for one run alone. */
  readonly ofRuns: Pick<RunDoors, 'open'>;
  readonly relay: Relay;
}

/** Opens the ways in: the relay is one for all of them. */
export function createDoors(options: DoorsOptions): Doors {
  const { store, registry } = options;
  const parts = new DisposableStack();
  const { relay, forgetSecrets, ...ending } = createRelay(options);
  parts.add(ending);
  const serving = {
    ...options,
    relay,
    records: store.connections,
    apisOf: (connection: ConnectionRecord) => {
      const definition = registry.get(connection.provider, instanceOf(connection));
      return definition.ok ? apiAddresses(definition.value, connection) : [];
    },
  };
  const gateway = parts.add(createDoor(serving));
  const ofRuns = parts.add(createRunDoors(serving));
  return { gateway, ofRuns, relay, forgetSecrets, dispose: () => parts.dispose() };
}
