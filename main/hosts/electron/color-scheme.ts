import { BodyWriter } from '../../lib/dbus-wire.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { SessionBus, sessionBusSocket } from '../../lib/session-bus.ts';

const PORTAL = 'org.freedesktop.portal.Desktop';
const PORTAL_PATH = '/org/freedesktop/portal/desktop';
const SETTINGS = 'org.freedesktop.portal.Settings';
const NAMESPACE = 'org.freedesktop.appearance';
const KEY = 'color-scheme';

export interface ColorScheme extends Disposable {
  /** Whether the desktop is dark; null while that is not known, or where it has no preference. */
  readonly dark: boolean | null;
}

/**
 * The color scheme of a Linux desktop, from its portal, as it changes; null for ever where there is none. Electron's own flags
 * follow the theme that was set for the app. https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
 */
export function watchColorScheme(parts: {
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
  onChange: () => void;
}): ColorScheme {
  const { env, uid, onChange } = parts;
  let dark: boolean | null = null;
  const set = (scheme: number): void => {
    const next = darkOf(scheme);
    if (next === dark) return;
    dark = next;
    onChange();
  };
  const socket = sessionBusSocket(env);
  const bus = socket === null ? null : new SessionBus(socket, uid);
  if (bus) {
    bus.onSignal = (body) => {
      const scheme = changedScheme(body);
      if (scheme !== null) set(scheme);
    };
    readScheme(bus).then(set, () => {
      // Without a portal there is nothing to wait for.
      bus.close();
    });
  }
  return {
    get dark() {
      return dark;
    },
    dispose: () => {
      bus?.close();
    },
  };
}

/** 1: dark, 2: light, anything else: no preference. */
const darkOf = (scheme: number): boolean | null => (scheme === 1 ? true : scheme === 2 ? false : null);

async function readScheme(bus: SessionBus): Promise<number> {
  await bus.hello();
  // Before the first look, so that no change is missed.
  await bus.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'AddMatch',
    signature: 's',
    body: new BodyWriter()
      .string(
        `type='signal',sender='${PORTAL}',path='${PORTAL_PATH}',interface='${SETTINGS}',member='SettingChanged',arg0='${NAMESPACE}',arg1='${KEY}'`,
      )
      .bytes(),
  });
  const reply = await bus.call({
    destination: PORTAL,
    path: PORTAL_PATH,
    interface: SETTINGS,
    // Old portals have no `ReadOne`; this puts a variant into the variant.
    member: 'Read',
    signature: 'ss',
    body: new BodyWriter().string(NAMESPACE).string(KEY).bytes(),
  });
  return uint32OfVariant(reply, 0) ?? 0;
}

/** The scheme that a `SettingChanged` tells; null for any other signal. */
function changedScheme(body: Buffer): number | null {
  const [namespace, keyAt] = stringAt(body, 0);
  if (namespace !== NAMESPACE) return null;
  const [key, valueAt] = stringAt(body, keyAt);
  return key === KEY ? uint32OfVariant(body, valueAt) : null;
}

const aligned = (offset: number): number => Math.ceil(offset / 4) * 4;

/** A string of a D-Bus body and where it ends; empty where there is none. */
function stringAt(body: Buffer, offset: number): [text: string, end: number] {
  const start = aligned(offset) + 4;
  if (start > body.length) return ['', body.length];
  const end = start + body.readUInt32LE(start - 4);
  return [body.toString('utf8', start, Math.min(end, body.length)), end + 1];
}

/** The number in a variant, or in a variant in it; null when it holds something else. */
function uint32OfVariant(body: Buffer, offset: number): number | null {
  const length = body[offset] ?? 0;
  const signature = body.toString('latin1', offset + 1, offset + 1 + length);
  const valueAt = offset + length + 2;
  if (signature === 'v') return uint32OfVariant(body, valueAt);
  const at = aligned(valueAt);
  return signature === 'u' && at + 4 <= body.length ? body.readUInt32LE(at) : null;
}
