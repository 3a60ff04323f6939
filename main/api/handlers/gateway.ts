import { failure, ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import { removeDamaged } from '../remove-damaged.ts';
import type { Services } from '../services.ts';

type GatewayCalls = Extract<keyof Handlers, `gateway.${string}`>;

export const gatewayHandlers = (services: Services): Pick<Handlers, GatewayCalls> => {
  const { gateway, store } = services;
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
    'gateway.begin-run': (input) => {
      // A run whose every request would be refused does not begin.
      const { failure: locked } = store.vault;
      return locked === null ? gateway.beginRun(input) : failure(locked);
    },
    'gateway.end-run': (input) => gateway.endRun(input),
  };
};
