import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { emptySnapshot } from '../../fakes/window-data.ts';

const session = cliSession();
const locked = {
  state: 'locked',
  since: '2026-11-22T09:30:00.000Z',
  by: 'person',
  refreshing: false,
} as const;

it('locks and unlocks', async () => {
  const { status } = emptySnapshot();
  session.core.answers = {
    'app.lock': () => ({ ...status, keychain: locked }),
    'app.unlock': () => status,
    status: () => ({ ...status, keychain: locked }),
    'connections.list': () => ({ connections: [] }),
  };
  expect((await session.cli.run('lock')).err).toBe('Locked. Unlock it: tokentray unlock\n');
  expect((await session.cli.json('lock')).documents).toEqual([{ locked: true, ...locked }]);
  session.cli.program = 'npm run -s tokentray --';
  expect((await session.cli.run('status')).out).toContain('▲ Locked. Unlock: npm run -s tokentray -- unlock');
  expect((await session.cli.json('unlock')).documents).toEqual([{ locked: false }]);
});

it('fails as a locked keychain does when it is locked', async () => {
  session.core.answers = { 'credentials.get': () => refuse('locked', 'Tokentray is locked.') };
  expect((await session.cli.run('get')).code).toBe(7);
});

it('changes when the app locks, and locks nothing then', async () => {
  let settings: Settings = DEFAULT_SETTINGS;
  session.core.answers = {
    'settings.get': () => settings,
    'settings.set': (patch) => (settings = { ...settings, ...(patch as Partial<Settings>) }),
  };
  await session.cli.run('lock', '--with-screen', 'on', '--after-idle', '15');
  expect((await session.cli.run('lock', '--keep-refreshing', 'on')).out).toBe(
    'With the screen: on\nWithout you: after 15 min\nRefreshing: goes on while it is locked\n',
  );
  expect((await session.cli.json('lock', '--settings')).documents).toEqual([
    { withScreen: true, afterIdleMinutes: 15, refreshWhileLocked: true },
  ]);
  expect((await session.cli.run('lock', '--after-idle', '1441')).code).toBe(2);
});
