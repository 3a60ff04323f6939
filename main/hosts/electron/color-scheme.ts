import { BodyReader, BodyWriter } from '../../lib/dbus-wire.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { sessionBusSocket } from '../../lib/session-bus-address.ts';
import { SessionBus } from '../../lib/session-bus.ts';

const PORTAL = 'org.freedesktop.portal.Desktop';
const PORTAL_PATH = '/org/freedesktop/portal/desktop';
const SETTINGS = 'org.freedesktop.portal.Settings';
const NAMESPACE = 'org.freedesktop.appearance';
const KEY = 'color-scheme';

export interface ColorScheme extends Disposable {
  /** Whether the desktop is dark; null while this is unknown, or if it has no preference. */
  readonly dark: boolean | null;
}

/**
 * Follows the color scheme of a Linux desktop through its portal; always null where there is none. Electron's own flags
 * reflect the theme that was set for the app. https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
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
    bus.onSignal(({ member, body }) => {
      const scheme = member === 'SettingChanged' ? changedScheme(new BodyReader(body)) : null;
      if (scheme !== null) set(scheme);
    });
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
  // Subscribe before the first read, so that no change is missed.
  await bus.match(
    `type='signal',sender='${PORTAL}',path='${PORTAL_PATH}',interface='${SETTINGS}',member='SettingChanged',arg0='${NAMESPACE}',arg1='${KEY}'`,
  );
  const reply = await bus.call({
    destination: PORTAL,
    path: PORTAL_PATH,
    interface: SETTINGS,
    // Old portals have no `ReadOne`; `Read` wraps the variant in another variant.
    member: 'Read',
    signature: 'ss',
    body: new BodyWriter().string(NAMESPACE).string(KEY).bytes(),
  });
  return numberIn(new BodyReader(reply)) ?? 0;
}

/** The scheme in a `SettingChanged` signal; null if the signal is about something else. */
const changedScheme = (body: BodyReader): number | null =>
  body.string() === NAMESPACE && body.string() === KEY ? numberIn(body) : null;

/** The number in a variant, possibly nested; null if it holds something else. */
function numberIn(variant: BodyReader): number | null {
  const signature = variant.signature();
  if (signature === 'v') return numberIn(variant);
  return signature === 'u' ? variant.uint32() : null;
}
