// A real D-Bus session, with and without a desktop portal.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchColorScheme, type ColorScheme } from '../../main/hosts/electron/color-scheme.ts';
import { startBus } from './support/keyring.ts';
import { startPortal } from './support/portal.ts';

const uid = process.getuid?.() ?? 0;
let bus: Awaited<ReturnType<typeof startBus>>;
let scheme: ColorScheme | null = null;
let changes: number;

beforeEach(async () => {
  changes = 0;
  bus = await startBus();
});
afterEach(async () => {
  await scheme?.dispose();
  await bus.stop();
});

const watch = (env: NodeJS.ProcessEnv = bus.env): ColorScheme =>
  (scheme = watchColorScheme({ env, uid, onChange: () => changes++ }));

it.each([
  [0, null],
  [1, true],
  [2, false],
  [7, null],
])('scheme %d is dark: %s', async (given, dark) => {
  const portal = await startPortal(bus.env, given);
  const watched = watch();
  expect(watched.dark).toBeNull();
  // Whatever it is, a change is the proof that it was read.
  if (dark !== null) await expect.poll(() => watched.dark).toBe(dark);
  await expect
    .poll(() => {
      portal.set(given === 1 ? 2 : 1);
      return watched.dark;
    })
    .toBe(given !== 1);
  portal.set(given);
  await expect.poll(() => watched.dark).toBe(dark);
  portal.stop();
});

it('follows every change, once', async () => {
  const portal = await startPortal(bus.env, 2);
  const watched = watch();
  await expect.poll(() => watched.dark).toBe(false);
  portal.set(1);
  await expect.poll(() => watched.dark).toBe(true);
  portal.set(1);
  portal.set(2);
  await expect.poll(() => watched.dark).toBe(false);
  expect(changes).toBe(3);
  portal.stop();
});

it('is not known without a portal, without a bus, and when the bus goes', async () => {
  const watched = watch();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(watched.dark).toBeNull();
  expect(watch({}).dark).toBeNull();
  expect(watch({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus.folder}/absent` }).dark).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(changes).toBe(0);
});
