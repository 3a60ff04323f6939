import { beforeEach, expect, it } from 'vitest';
import type { ShowTarget } from '../../../../contract/show.ts';
import type { DesktopNotification } from '../../../../main/hosts/electron/notification-for.ts';
import { runCommand } from '../../../../main/hosts/electron/run-command.ts';
import type { TrayCommand } from '../../../../main/hosts/electron/tray-menu.ts';
import { fail, ok, type Result } from '../../../../main/lib/result.ts';
import { heldId } from '../../../fakes/gateway-data.ts';
import { connectionId } from '../../../fakes/window-data.ts';

const connection = connectionId(1);

let calls: unknown[][];
let answer: Result<unknown>;
let opened: (ShowTarget | null)[];
let told: DesktopNotification[];
let quits: number;
let notifications: boolean;
let alerts: string[][];

const run = (command: TrayCommand): Promise<void> =>
  runCommand(command, {
    call: (name, input) => {
      calls.push([name, input]);
      return Promise.resolve(answer);
    },
    open: (target) => opened.push(target),
    notify: (notification) => {
      told.push(notification);
      return Promise.resolve(notifications);
    },
    alert: (...words) => alerts.push(words),
    quit: () => quits++,
  });

beforeEach(() => {
  calls = [];
  answer = ok({});
  opened = [];
  told = [];
  quits = 0;
  notifications = true;
  alerts = [];
});

it.each<[TrayCommand, unknown[]]>([
  [{ do: 'use', connection }, ['connections.use', { connection }]],
  [{ do: 'copy', connection, field: 'site_url' }, ['credentials.copy', { connection, field: 'site_url' }]],
  [{ do: 'copy', connection: null, field: 'site_url' }, ['credentials.copy', { field: 'site_url' }]],
  [{ do: 'write-exports' }, ['exports.write', {}]],
  [
    { do: 'decide', request: heldId(1), decision: 'approve' },
    ['gateway.decide', { request: heldId(1), decision: 'approve' }],
  ],
  [
    { do: 'decide', request: heldId(1), decision: 'approve', lasts: 'day' },
    ['gateway.decide', { request: heldId(1), decision: 'approve', lasts: 'day' }],
  ],
  [{ do: 'pause', paused: true }, ['settings.set', { refreshingPaused: true }]],
])('%o asks the core', async (command, call) => {
  await run(command);
  expect(calls).toEqual([call]);
  expect(told).toEqual([]);
});

it('reports what went wrong and what to do in a notification', async () => {
  answer = fail('keychain-locked', 'The keychain is locked.', 'Unlock it.');
  await run({ do: 'copy', connection, field: 'access_token' });
  expect(told).toEqual([
    {
      kind: 'failed',
      title: 'Nothing was copied',
      body: 'The keychain is locked. Unlock it.',
      target: null,
    },
  ]);
});

it('reports a decision that came too late', async () => {
  answer = fail('not-found', 'This request no longer waits.');
  await run({ do: 'decide', request: heldId(1), decision: 'deny' });
  expect(told).toMatchObject([{ title: 'Nothing was decided', body: 'This request no longer waits.' }]);
});

it('uses a message box where the desktop shows no notifications', async () => {
  notifications = false;
  answer = fail('offline', 'Atlassian can’t be reached.');
  await run({ do: 'copy', connection, field: 'access_token' });
  expect(alerts).toEqual([['Nothing was copied', 'Atlassian can’t be reached.']]);
});

it.each([
  [connection, { view: 'connection', connection }],
  [null, { view: 'connections' }],
] as const)('opens the window where only that can copy: %j', async (connection, target) => {
  answer = fail('unsupported', 'Only the window can copy.', 'Copy it there.');
  await run({ do: 'copy', connection, field: 'access_token' });
  expect(opened).toEqual([target]);
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['Nothing was copied', 'Only the window can copy. Copy it there.'],
  ]);
});

it('shows the settings while it checks for updates', async () => {
  await run({ do: 'check-for-updates' });
  expect(opened).toEqual([{ view: 'settings' }]);
  expect(calls).toEqual([['updates.check', {}]]);
});

it('opens the window and quits without asking the core', async () => {
  await run({ do: 'open', target: { view: 'settings' } });
  await run({ do: 'quit' });
  expect(opened).toEqual([{ view: 'settings' }]);
  expect(quits).toBe(1);
  expect(calls).toEqual([]);
});
