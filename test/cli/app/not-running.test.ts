import { expect, it } from 'vitest';
import { notRunning, type NotRunning } from '../../../cli/app/not-running.ts';

const facts: NotRunning = {
  asked: 'own',
  host: 'browser',
  home: '/data',
  hasOwn: null,
  sandbox: 'never-used',
};

it.each<[Partial<NotRunning>, string, string]>([
  [{}, 'The app is not running (data folder /data).', 'Start it: tokentray serve'],
  [{ host: 'electron' }, 'The app is not running (data folder /data).', 'Start it: tokentray'],
  [{ asked: 'sandbox' }, 'The sandbox is not running.', 'Start it: tokentray serve --sandbox'],
  [{ asked: 'sandbox', host: 'electron' }, 'The sandbox is not running.', 'Start it: tokentray --sandbox'],
  [
    { sandbox: 'running' },
    'The app with your own connections is not running (data folder /data).',
    'To use the sandbox, which is running, add --sandbox to the command. For your own connections: tokentray serve',
  ],
  [
    { sandbox: 'ended' },
    'Neither the app with your own connections (data folder /data) nor the sandbox is running.',
    'Start the sandbox again: tokentray serve --sandbox. For your own connections: tokentray serve',
  ],
  [
    { sandbox: 'ended', hasOwn: false, host: 'electron' },
    'The sandbox is no longer running, and you have no connections of your own.',
    'Start the sandbox again: tokentray --sandbox. For your own connections: tokentray',
  ],
])('%j', (given, message, hint) => {
  expect(notRunning({ ...facts, ...given })).toEqual({ code: 'not-reachable', message, hint });
});
