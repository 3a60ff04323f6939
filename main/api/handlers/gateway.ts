import type { ConnectionId } from '../../../contract/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import { admitProgram } from '../admit-program.ts';
import type { CallFrom } from '../call-from.ts';
import type { Handlers } from '../dispatcher.ts';
import { removeDamaged } from '../remove-damaged.ts';
import type { Services } from '../services.ts';

type GatewayCalls = Extract<keyof Handlers, `gateway.${string}`>;

export const gatewayHandlers = (services: Services): Pick<Handlers, GatewayCalls> => {
  const { gateway } = services;
  return {
    'gateway.view': () => ok(gateway.view()),
    'gateway.operations': () => ok(gateway.operations()),
    'gateway.explain': (input) => ok(gateway.explain(input)),
    'gateway.add': (input) => gateway.add(input),
    'gateway.change': (input) => gateway.change(input),
    'gateway.remove': (input) => {
      const removed = gateway.remove(input);
      if (removed.ok || removed.error.code !== 'not-found') return removed;
      const damaged = removeDamaged(services, 'consumer', input.consumer);
      return damaged?.ok === true ? ok({ id: damaged.value.id }) : (damaged ?? removed);
    },
    'gateway.set-connection-rules': (input) => gateway.setConnectionRules(input),
    'gateway.decide': (input) => gateway.decide(input),
    'gateway.traffic': (input) => gateway.traffic(input),
    'gateway.usage': (input) => gateway.usage(input),
    'gateway.begin-run': async (input, from) => {
      const admitted = await admitRun(services, from, input);
      return admitted.ok ? gateway.beginRun({ ...input, connections: admitted.value }) : admitted;
    },
    'gateway.end-run': (input) => gateway.endRun(input),
  };
};

/** The connections, each admitted for what the run will do with it. */
async function admitRun(
  services: Pick<Services, 'approvals' | 'connections'>,
  from: CallFrom,
  {
    connections = [undefined],
    folder,
  }: { connections?: (string | undefined)[] | undefined; folder?: string | undefined },
): Promise<Result<ConnectionId[]>> {
  const ids: ConnectionId[] = [];
  const asked: Promise<Result<void>>[] = [];
  for (const reference of connections) {
    const found = services.connections.resolve(reference, { folder });
    if (!found.ok) return found;
    ids.push(found.value.id);
    asked.push(Promise.resolve(admitProgram(services, from, found.value, 'Use it through the gateway')));
  }
  const refused = (await Promise.all(asked)).find((result) => !result.ok);
  return refused ?? ok(ids);
}
