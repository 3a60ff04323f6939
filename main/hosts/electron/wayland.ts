/**
 * Whether Electron is a Wayland client. Pure. `ozonePlatform`: the switch `--ozone-platform`, to which Chromium itself
 * writes its decision (ui/linux/display_server_utils.h); empty if it is not set.
 */
export function isWayland(parts: {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  ozonePlatform: string;
}): boolean {
  const { platform, env, ozonePlatform } = parts;
  if (platform !== 'linux') return false;
  if (ozonePlatform !== '' && ozonePlatform !== 'auto') return ozonePlatform === 'wayland';
  return (env['XDG_SESSION_TYPE'] ?? 'wayland') === 'wayland' && Boolean(env['WAYLAND_DISPLAY']);
}
