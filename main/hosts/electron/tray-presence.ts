import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { BodyWriter } from '../../lib/dbus-wire.ts';
import { sessionBusSocket } from '../../lib/session-bus-address.ts';
import { SessionBus } from '../../lib/session-bus.ts';

const TIME_LIMIT_MS = 1000;
/** Owned by whatever shows tray icons (KDE, Xfce, Cinnamon, GNOME with an extension). */
const WATCHER = 'org.kde.StatusNotifierWatcher';
/** At login the desktop's components start at the same time as the app, in any order. */
const LOGIN_WAIT_MS = 15_000;
const RETRY_MS = 1000;

/** Whether the desktop shows tray icons, as far as is known. */
export interface TrayPresence extends Disposable {
  readonly shown: boolean;
  /** Resolves to `shown` once it is final; never, if disposed before that. */
  readonly settled: Promise<boolean>;
}

/** Asks now and, if the desktop may still be starting (`atLogin`), again for a while. */
export async function trayPresence(parts: {
  ask: () => Promise<boolean>;
  atLogin: boolean;
  clock: Clock;
}): Promise<TrayPresence> {
  const { ask, atLogin, clock } = parts;
  let shown = await ask();
  let timer: Disposable | null = null;
  let ended = false;
  const deadline = clock.monotonicMs() + (atLogin ? LOGIN_WAIT_MS : 0);
  const settled = new Promise<boolean>((resolve) => {
    const next = (): void => {
      if (shown || clock.monotonicMs() >= deadline) {
        resolve(shown);
        return;
      }
      timer = clock.setTimeout(() => {
        void ask().then((answer) => {
          shown = answer;
          if (!ended) next();
        });
      }, RETRY_MS);
    };
    next();
  });
  return {
    get shown() {
      return shown;
    },
    settled,
    dispose: () => {
      ended = true;
      void timer?.dispose();
    },
  };
}

/**
 * Whether the desktop shows tray icons now. Electron does not report it: it creates an icon that nobody sees. Only on
 * Linux are there desktops without tray icons. https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
 */
export async function hasTray(parts: {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
}): Promise<boolean> {
  const { platform, env, uid } = parts;
  if (platform !== 'linux') return true;
  const socket = sessionBusSocket(env);
  if (socket === null) return false;
  const bus = new SessionBus(socket, uid);
  const limit = setTimeout(() => {
    bus.close();
  }, TIME_LIMIT_MS);
  try {
    await bus.hello();
    const reply = await bus.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameHasOwner',
      signature: 's',
      body: new BodyWriter().string(WATCHER).bytes(),
    });
    // A D-Bus boolean is a uint32.
    return reply.length >= 4 && reply.readUInt32LE(0) === 1;
  } catch {
    return false;
  } finally {
    clearTimeout(limit);
    bus.close();
  }
}
