import type { Settings } from '../../contract/settings.ts';
import { MOST_IDLE_MINUTES } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Runtime } from '../runtime.ts';

const ANSWERS = ['on', 'off'] as const;

export const command = defineCommand(
  {
    name: 'lock',
    summary: 'Locks the app: no credential is given or sent until you unlock it',
    details:
      'The key to your tokens leaves memory. Env files keep what they have, and nothing is refreshed unless you choose that. With an option, it changes when the app locks, and does not lock it now.',
    positionals: [],
    options: {
      'with-screen': {
        type: 'text',
        value: 'on|off',
        description: 'Whether it locks and unlocks with the screen (default: off)',
        choices: ANSWERS,
      },
      'after-idle': {
        type: 'number',
        value: 'MINUTES',
        description: 'Lock after so long without you; 0 is never (default: 0)',
        min: 0,
        max: MOST_IDLE_MINUTES,
      },
      'keep-refreshing': {
        type: 'text',
        value: 'on|off',
        description: 'Whether refreshing goes on; the key then stays in memory (default: off)',
        choices: ANSWERS,
      },
      settings: { type: 'flag', description: 'Show when it locks' },
    },
    examples: [
      'tokentray lock',
      'tokentray lock --with-screen on --after-idle 15',
      'tokentray lock --settings',
    ],
  },
  async (runtime, { options }) => {
    const screen = options['with-screen'];
    const minutes = options['after-idle'];
    const refresh = options['keep-refreshing'];
    const change: Partial<Settings> = {
      ...(screen !== undefined && { lockWithScreen: screen === 'on' }),
      ...(minutes !== undefined && { lockAfterIdleMinutes: minutes }),
      ...(refresh !== undefined && { refreshWhileLocked: refresh === 'on' }),
    };
    if (Object.keys(change).length > 0)
      return showSettings(runtime, await runtime.app.call('settings.set', change));
    if (options.settings) return showSettings(runtime, await runtime.app.call('settings.get', {}));
    const locked = await runtime.app.call('app.lock', {});
    if (!locked.ok) return locked;
    const { keychain } = locked.value;
    if (runtime.json) runtime.document({ locked: true, ...(keychain.state === 'locked' && keychain) });
    else runtime.log('Locked. Unlock it: tokentray unlock');
    return done(0);
  },
);

function showSettings(runtime: Runtime, settings: Outcome<Settings>): Outcome<number> {
  if (!settings.ok) return settings;
  const { lockWithScreen, lockAfterIdleMinutes: minutes, refreshWhileLocked } = settings.value;
  if (runtime.json) {
    runtime.document({ withScreen: lockWithScreen, afterIdleMinutes: minutes, refreshWhileLocked });
    return done(0);
  }
  runtime.print(`With the screen: ${lockWithScreen ? 'on' : 'off'}`);
  runtime.print(`Without you: ${minutes === 0 ? 'never' : `after ${minutes} min`}`);
  runtime.print(
    `Refreshing: ${refreshWhileLocked ? 'goes on while it is locked' : 'stops while it is locked'}`,
  );
  return done(0);
}
