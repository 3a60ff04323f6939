import { beforeEach, expect, it } from 'vitest';
import type { ShowTarget } from '../../../../contract/show.ts';
import { copiedNotice } from '../../../../main/hosts/electron/copied-notice.ts';
import type { DesktopNotification } from '../../../../main/hosts/electron/notification-for.ts';
import { runCommand } from '../../../../main/hosts/electron/run-command.ts';
import type { TrayCommand } from '../../../../main/hosts/electron/tray-item.ts';
import { fail, ok, type Result } from '../../../../main/lib/result.ts';
import { heldId } from '../../../fakes/gateway-data.ts';
import { connectionId } from '../../../fakes/window-data.ts';

const connection = connectionId(1);

let calls: unknown[][];
let answer: Result<unknown>;
let opened: (ShowTarget | null)[];
let told: DesktopNotification[];
let copied: unknown[];
let quits: number;
let notifications: boolean;
let alerts: string[][];

const run = (command: TrayCommand): Promise<void> =>
  runCommand(command, {
    call: (name, input) => {
      calls.push([name, input]);
      return Promise.resolve(answer as Result<never>);
    },
    open: (target) => opened.push(target),
    notify: (notification) => {
      told.push(notification);
      return Promise.resolve(notifications);
    },
    alert: (...words) => alerts.push(words),
    copied: (what) => copied.push(what),
    quit: () => quits++,
  });

beforeEach(() => {
  calls = [];
  answer = ok({});
  opened = [];
  told = [];
  copied = [];
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
    { do: 'copy', connection, field: 'api_url', api: 'jira' },
    ['credentials.copy', { connection, field: 'api_url', api: 'jira' }],
  ],
  [
    { do: 'decide', request: heldId(1), decision: 'approve' },
    ['gateway.decide', { request: heldId(1), decision: 'approve' }],
  ],
  [
    { do: 'decide', request: heldId(1), decision: 'approve', lasts: 'day' },
    ['gateway.decide', { request: heldId(1), decision: 'approve', lasts: 'day' }],
  ],
  [{ do: 'pause', paused: true }, ['settings.set', { refreshingPaused: true }]],
  [{ do: 'lock', locked: true }, ['app.lock', {}]],
  [{ do: 'lock', locked: false }, ['app.unlock', {}]],
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

it('says what kind of value was copied and when it goes, and nothing else', async () => {
  answer = ok({ copied: true, clearsInSeconds: 30 });
  await run({ do: 'copy', connection, field: 'access_token' });
  expect(copied).toEqual([{ field: 'access_token', clearsInSeconds: 30 }]);
  answer = fail('keychain-locked', 'The keychain is locked.');
  await run({ do: 'copy', connection, field: 'access_token' });
  expect(copied).toHaveLength(1);
});

it.each([
  ['access_token', 30, 'Copied the token – clears in 30 s'],
  ['authorization', 120, 'Copied the authorization header – clears in 2 min'],
  ['access_token', 0, 'Copied the token. It stays on the clipboard until you copy something else.'],
  ['cloud_id', 30, 'Copied the cloud ID'],
] as const)('the notice after copying %s, kept for %i s: “%s”', (field, clearsInSeconds, title) => {
  expect(copiedNotice({ field, clearsInSeconds })).toEqual({
    kind: 'copied',
    title,
    body: '',
    target: null,
    passing: true,
  });
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
