import type { Presence } from '../core/host.ts';
import type { Clock } from '../lib/clock.ts';
import { BodyReader, BodyWriter } from '../lib/dbus-wire.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { sessionBusSocket } from '../lib/session-bus-address.ts';
import { SessionBus } from '../lib/session-bus.ts';

/**
 * Who locks the screen: KDE and others by the common name, the others by their own.
 * https://specifications.freedesktop.org/idle-inhibit-spec/latest/ (ActiveChanged, GetActive)
 */
const SCREENS = [
  { name: 'org.freedesktop.ScreenSaver', path: '/org/freedesktop/ScreenSaver' },
  { name: 'org.gnome.ScreenSaver', path: '/org/gnome/ScreenSaver' },
  { name: 'org.cinnamon.ScreenSaver', path: '/org/cinnamon/ScreenSaver' },
  { name: 'org.mate.ScreenSaver', path: '/org/mate/ScreenSaver' },
  { name: 'org.xfce.ScreenSaver', path: '/org/xfce/ScreenSaver' },
] as const;
/** GNOME and what is built on it; its unit is certain, that of the common name is not. */
const IDLE = { name: 'org.gnome.Mutter.IdleMonitor', path: '/org/gnome/Mutter/IdleMonitor/Core' };
const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};
const QUESTION_LIMIT_MS = 2000;
const RETRY_MS = 30_000;

/** Presence on a Linux desktop, as its session bus tells it. Nothing is known where there is no bus. */
export function busPresence(parts: {
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
  clock: Clock;
}): Presence {
  const { env, uid, clock } = parts;

  /** On a connection of its own; null where the bus does not answer in time. */
  async function ask<T>(question: (bus: SessionBus) => Promise<T>): Promise<T | null> {
    const socket = sessionBusSocket(env);
    if (socket === null) return null;
    const bus = new SessionBus(socket, uid);
    const limit = clock.setTimeout(() => {
      bus.close('no answer in time');
    }, QUESTION_LIMIT_MS);
    try {
      await bus.hello();
      return await question(bus);
    } catch {
      return null;
    } finally {
      void limit.dispose();
      bus.close();
    }
  }

  return {
    watchScreen: (onChange) => {
      let bus: SessionBus | null = null;
      let retry: Disposable | null = null;
      let ended = false;
      const follow = async (): Promise<void> => {
        const socket = sessionBusSocket(env);
        if (socket === null) return;
        bus = new SessionBus(socket, uid);
        try {
          await followScreen(bus, onChange);
        } catch {
          // The bus is gone, or not there yet.
        } finally {
          // It may be that it only did not answer as it should: two connections would tell everything twice.
          bus.close();
        }
        if (!ended) retry = clock.setTimeout(() => void follow(), RETRY_MS);
      };
      void follow();
      return disposable(() => {
        ended = true;
        void retry?.dispose();
        bus?.close();
      });
    },
    idleSeconds: () =>
      ask(async (bus) => {
        if (!(await hasOwner(bus, IDLE.name))) return null;
        const reply = await callOf(bus, IDLE, 'GetIdletime');
        return Number(reply.readBigUInt64LE(0)) / 1000;
      }),
    tellsScreen: async () =>
      (await ask(async (bus) => {
        for (const { name } of SCREENS) if (await hasOwner(bus, name)) return true;
        return false;
      })) ?? false,
  };
}

/** Rejects when the connection is over. */
async function followScreen(bus: SessionBus, onChange: (locked: boolean) => void): Promise<never> {
  bus.onSignal(({ member, body }) => {
    // Any program of the session may send one, also with nothing in it.
    if (member === 'ActiveChanged' && body.length >= 4) onChange(new BodyReader(body).uint32() === 1);
  });
  await bus.hello();
  for (const { name } of SCREENS)
    await bus.match(`type='signal',sender='${name}',interface='${name}',member='ActiveChanged'`);
  for (const screen of SCREENS) {
    // Asking one that is not there would start it.
    if (!(await hasOwner(bus, screen.name))) continue;
    const reply = await callOf(bus, screen, 'GetActive').catch(() => null);
    if (reply === null) continue;
    onChange(new BodyReader(reply).uint32() === 1);
    break;
  }
  return bus.closed;
}

async function hasOwner(bus: SessionBus, name: string): Promise<boolean> {
  const body = new BodyWriter().string(name).bytes();
  const reply = await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body });
  return new BodyReader(reply).uint32() === 1;
}

const callOf = (
  bus: SessionBus,
  { name, path }: { name: string; path: string },
  member: string,
): Promise<Buffer> =>
  bus.call({ destination: name, path, interface: name, member, signature: '', body: new Uint8Array() });
