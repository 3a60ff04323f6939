import { randomUUID } from 'node:crypto';
import { ConsumerId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { Store } from '../store/ports.ts';
import { RequestAdmission } from './admission.ts';
import { ConsumerRegistry } from './consumers.ts';
import { HeldQueue } from './held-requests.ts';
import { Limits } from './limits.ts';
import type { Admission, Consumers, LookUp, Traffic } from './ports.ts';
import { TrafficLog } from './traffic.ts';

export interface Consuming extends Disposable {
  readonly consumers: Consumers;
  readonly held: HeldQueue;
  readonly admission: Admission;
  readonly traffic: Traffic;
}

/** Everything about who may ask and by which rules; `lookUp` asks what requests do not say. */
export function createConsumers({
  store,
  clock,
  lookUp,
  used,
}: {
  store: Pick<Store, 'consumers' | 'traffic' | 'activity'>;
  clock: Clock;
  lookUp: LookUp;
  /** Called with each request of a consumer to a connection. */
  used?: ConstructorParameters<typeof TrafficLog>[0]['used'];
}): Consuming {
  const parts = new DisposableStack();
  const consumers = parts.add(
    new ConsumerRegistry({
      store: store.consumers,
      clock,
      newId: () => ConsumerId.parse(randomUUID()),
    }),
  );
  const traffic = parts.add(new TrafficLog({ store: store.traffic, clock, used }));
  const held = parts.add(new HeldQueue(clock));
  const { activity } = store;
  const admission = parts.add(
    new RequestAdmission({ consumers, held, limits: new Limits(clock), lookUp, activity, clock }),
  );
  return { consumers, held, admission, traffic, dispose: () => parts.dispose() };
}
