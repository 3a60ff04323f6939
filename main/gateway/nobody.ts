import type { Admission, Consumers, Traffic } from '../consumers/ports.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail } from '../lib/result.ts';

const none = (): ReturnType<typeof fail> => fail('unsupported', 'The gateway is not available yet.');

/** In the place of consumers: there are none, so that nothing listens. */
export const nobody = (): {
  consumers: Consumers;
  admission: Admission;
  traffic: Pick<Traffic, 'record'>;
} => ({
  consumers: {
    onChange: new Emitter<void>().event,
    onRemoved: new Emitter<never>().event,
    list: () => [],
    get: () => null,
    resolve: none,
    authenticate: () => null,
    add: none,
    change: none,
    remove: none,
    connectionRules: () => null,
    setConnectionRules: none,
    ruledConnections: () => [],
  },
  admission: {
    admit: () => ({
      goes: false,
      decision: 'refused',
      status: 403,
      code: 'unsupported',
      message: 'The gateway is not available yet.',
      hint: '',
      retryAfterSeconds: null,
      reason: 'There are no consumers.',
    }),
  },
  traffic: { record: () => undefined },
});
