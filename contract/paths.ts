/** What determines where data is stored. Plain data, so that the core and the command line always agree. */
export interface PathEnvironment {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  homedir: string;
  /** Numeric user id; null on Windows. */
  uid: number | null;
}

/** The longest socket path that every Unix accepts (macOS: 104 bytes with the final NUL). */
const MAX_SOCKET_PATH_BYTES = 103;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

const join = (platform: string, ...parts: string[]): string =>
  parts.map((part) => part.replace(/[/\\]+$/, '')).join(platform === 'win32' ? '\\' : '/');

/**
 * Expands a leading `~` or `~/`, which shells do not expand everywhere. Null for another user's home (`~name/…`), which
 * only a shell can look up, and where there is no home. Other paths are returned unchanged.
 */
export function expandTilde(
  path: string,
  { platform, homedir }: Pick<PathEnvironment, 'platform' | 'homedir'>,
): string | null {
  const inHome = path === '~' || path.startsWith('~/') || (platform === 'win32' && path.startsWith('~\\'));
  if (inHome && homedir === '') return null;
  if (path === '~') return homedir;
  if (inHome) return join(platform, homedir, path.slice(2));
  return /^~[^/\\]+\//.test(path) ? null : path;
}

/** The data folder: `TOKENTRAY_HOME`, else `tokentray` in the platform's config folder. */
export function dataFolder({ platform, env, homedir }: PathEnvironment): string {
  const chosen = env['TOKENTRAY_HOME'];
  if (chosen) return expandTilde(chosen, { platform, homedir }) ?? chosen;
  if (platform === 'win32') {
    return join(platform, env['APPDATA'] ?? join(platform, homedir, 'AppData', 'Roaming'), 'tokentray');
  }
  if (platform === 'darwin') return join(platform, homedir, 'Library', 'Application Support', 'tokentray');
  const xdg = env['XDG_CONFIG_HOME'];
  return join(
    platform,
    xdg?.startsWith('/') === true ? xdg : join(platform, homedir, '.config'),
    'tokentray',
  );
}

/** The sandbox's data folder: its own, inside the person's, so that the two never mix. */
export const sandboxFolder = (home: string, platform: string): string => join(platform, home, 'sandbox');

/** The store's file in the data folder. */
export const storeFile = (home: string, platform: string): string => join(platform, home, 'tokentray.db');

/** 53-bit FNV-style hash in hex: names a socket after its data folder; not for security. */
function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const byte of new TextEncoder().encode(text)) {
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

/**
 * The address of the app's local socket for a data folder: `<home>/run/api.sock`, or a folder in
 * `/tmp` owned by the user where that path would be too long, or a named pipe on Windows.
 */
export function socketPath(home: string, { platform, uid }: PathEnvironment): string {
  if (platform === 'win32') return `\\\\.\\pipe\\tokentray-${shortHash(home.toLowerCase())}`;
  const inside = join(platform, home, 'run', 'api.sock');
  if (byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  return `/tmp/tokentray-${uid ?? 0}-${shortHash(home)}/api.sock`;
}

/**
 * The socket for other machines and containers: alone in a folder of its own, so that the folder can be mounted and the main
 * socket stays out of it. Null on Windows.
 */
export function remoteSocketPath(
  home: string,
  { platform, uid }: Pick<PathEnvironment, 'platform' | 'uid'>,
): string | null {
  if (platform === 'win32') return null;
  const inside = join(platform, home, 'run', 'remote', 'api.sock');
  if (byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  return `/tmp/tokentray-${uid ?? 0}-${shortHash(home)}/remote/api.sock`;
}

/** The file that holds this start's secret for the named pipe (Windows only). */
export const pipeSecretFile = (home: string, platform: string): string =>
  join(platform, home, 'run', 'pipe.key');
