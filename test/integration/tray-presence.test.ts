// A real D-Bus session, with and without somebody who shows tray icons.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BodyWriter } from '../../main/lib/dbus-wire.ts';
import { sessionBusSocket } from '../../main/lib/session-bus-address.ts';
import { SessionBus } from '../../main/lib/session-bus.ts';
import { hasTray } from '../../main/hosts/electron/tray-presence.ts';
import { startBus } from './support/keyring.ts';

const uid = process.getuid?.() ?? 0;
let bus: Awaited<ReturnType<typeof startBus>>;

beforeEach(async () => {
  bus = await startBus();
});
afterEach(async () => {
  await bus.stop();
});

it('is there while somebody owns the name, and only then', async () => {
  const ask = (): Promise<boolean> => hasTray({ platform: 'linux', env: bus.env, uid });
  expect(await ask()).toBe(false);

  const panel = new SessionBus(sessionBusSocket(bus.env) ?? '', uid);
  await panel.hello();
  await panel.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'RequestName',
    signature: 'su',
    body: new BodyWriter().string('org.kde.StatusNotifierWatcher').uint32(0).bytes(),
  });
  expect(await ask()).toBe(true);
  panel.close();
  await expect.poll(ask).toBe(false);
});

it('is not there without a bus', async () => {
  expect(await hasTray({ platform: 'linux', env: {}, uid })).toBe(false);
  const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus.folder}/absent` };
  expect(await hasTray({ platform: 'linux', env, uid })).toBe(false);
});

it('does not hold up the start where the bus hangs', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-hung-bus-'));
  const server = createServer(() => undefined);
  try {
    const socket = path.join(folder, 'bus');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` };
    expect(await hasTray({ platform: 'linux', env, uid })).toBe(false);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each(['darwin', 'win32'])('is always there on %s', async (platform) => {
  expect(await hasTray({ platform, env: {}, uid })).toBe(true);
});
