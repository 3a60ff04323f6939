import { ONLY_IF_USED } from '../../contract/core-process.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { SANDBOX_TTL_USAGE, sandboxTtl, type StartOptions } from './options.ts';

/** The desktop app's options. Electron's and Chromium's own switches may come between them, in any order. */
export interface DesktopOptions extends StartOptions {
  /** Starts without the window, as at login. */
  hidden: boolean;
  /** Whether the desktop shows tray icons; null: find out. */
  tray: boolean | null;
}

/** Pure. Ignores unknown arguments, which are Electron's or Chromium's. Fails with `usage`. */
export function parseDesktopOptions(args: readonly string[]): Result<DesktopOptions> {
  const has = (name: string): boolean => args.includes(`--${name}`);
  const valueOf = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
  const given = valueOf('sandbox-ttl');
  const ttl = given === undefined ? null : sandboxTtl(given);
  if (given !== undefined && ttl === null) return fail('usage', SANDBOX_TTL_USAGE);
  return ok({
    sandbox: has('sandbox'),
    sandboxTtlSeconds: ttl,
    sandboxUnregistered: has('sandbox-unregistered'),
    sessionOnly: has('session-only'),
    keySource: valueOf('key-source') ?? null,
    onlyIfUsed: args.includes(ONLY_IF_USED),
    hidden: has('hidden'),
    tray: has('tray') ? true : has('no-tray') ? false : null,
  });
}

/** The arguments that `parseDesktopOptions` reads as these options, for another start; `onlyIfUsed` was for one start. Pure. */
export const desktopArguments = (options: DesktopOptions): string[] => [
  ...(options.sandbox ? ['--sandbox'] : []),
  ...(options.sandboxTtlSeconds === null ? [] : [`--sandbox-ttl=${options.sandboxTtlSeconds}`]),
  ...(options.sandboxUnregistered ? ['--sandbox-unregistered'] : []),
  ...(options.sessionOnly ? ['--session-only'] : []),
  ...(options.keySource === null ? [] : [`--key-source=${options.keySource}`]),
  ...(options.hidden ? ['--hidden'] : []),
  ...(options.tray === null ? [] : [options.tray ? '--tray' : '--no-tray']),
];
