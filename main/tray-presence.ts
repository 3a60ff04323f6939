import { BodyWriter } from './store/dbus-wire.ts';
import { SessionBus, sessionBusSocket } from './store/session-bus.ts';

const TIME_LIMIT_MS = 1000;
/** Owned by whatever shows tray icons (KDE, Xfce, Cinnamon, GNOME with an extension). */
const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Whether the desktop shows tray icons. Electron does not tell: it makes an icon that nobody sees. Only Linux has
 * desktops without. https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
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
