import { fail } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type UpdateCalls = Extract<keyof Handlers, `updates.${string}`>;

export function updateHandlers({ host: { updater } }: Services): Pick<Handlers, UpdateCalls> {
  if (updater === null) {
    const unsupported = () => fail('unsupported', 'This Tokentray does not update itself.');
    return {
      'updates.check': unsupported,
      'updates.download': unsupported,
      'updates.install': unsupported,
    };
  }
  return {
    'updates.check': () => updater.check(),
    'updates.download': () => updater.download(),
    'updates.install': () => updater.install(),
  };
}
