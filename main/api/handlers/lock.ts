import type { LOCK_CALLS } from '../../../contract/lock-calls.ts';
import { ok } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';
import { appStatus } from './app.ts';

export const lockHandlers = (services: Services): Pick<Handlers, keyof typeof LOCK_CALLS> => {
  const { lock } = services;
  return {
    'app.lock': () => {
      const locked = lock.lock('person');
      return locked.ok ? ok(appStatus(services)) : locked;
    },
    'app.unlock': async () => {
      const unlocked = await lock.unlock();
      return unlocked.ok ? ok(appStatus(services)) : unlocked;
    },
  };
};
