/** Passes the caller's session bus to the core, which may have been started without one. Only on the local socket. */
export const SESSION_BUS_HEADER = 'tokentray-session-bus';

/**
 * The D-Bus addresses of this environment's session, as the header carries them; null where it has none. Only Linux has
 * its keychain on a bus. Pure.
 */
export function callerBus(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (platform !== 'linux') return null;
  const runtime = env['XDG_RUNTIME_DIR'];
  const named = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  const bus = named !== '' ? named : runtime ? `unix:path=${encodeURI(runtime)}/bus` : '';
  return isBusAddress(bus) ? bus : null;
}

/** Whether the text can be a bus address: characters other than plain ASCII are escaped in one. */
export const isBusAddress = (text: string): boolean => /^[a-z]+:[!-~]{1,1000}$/.test(text);
