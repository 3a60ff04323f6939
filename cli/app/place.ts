import path from 'node:path';
import { dataFolder, pipeSecretFile, sandboxFolder, socketPath } from '../../contract/paths.ts';
import { callerBus } from '../../contract/session-bus.ts';
import { distrustCarriedSocket, distrustSocket } from '../../contract/socket-trust.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { Address } from '../wire/exchange.ts';

/** Where an app is: its data folder and its socket. */
export interface Place {
  readonly home: string;
  readonly socket: string;
  readonly sandbox: boolean;
  /** The app runs on another machine or outside of this container, and its socket was carried here. */
  readonly remote: boolean;
}

/** The person's data folder, made absolute. */
export const homeFolder = ({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>): string =>
  path.resolve(cwd ?? '/', dataFolder(paths));

export function placeOf(context: Pick<Context, 'paths' | 'cwd'>, sandbox: boolean): Place {
  const person = homeFolder(context);
  const carried = context.paths.env['TOKENTRAY_SOCKET'];
  if (carried)
    return {
      home: person,
      socket: path.resolve(context.cwd ?? '/', carried),
      sandbox: false,
      remote: true,
    };
  const home = sandbox ? sandboxFolder(person, context.paths.platform) : person;
  return { home, socket: socketPath(home, context.paths), sandbox, remote: false };
}

/** Why nothing may be sent to the socket, or null if it can be trusted. */
export function distrust(
  { paths, look, realPath }: Pick<Context, 'paths' | 'look' | 'realPath'>,
  { home, socket, remote }: Place,
): Outcome<never> | null {
  const error = remote
    ? distrustCarriedSocket({ socket, uid: paths.uid }, look)
    : distrustSocket({ home, socket, realFolder: realPath(path.dirname(socket)), uid: paths.uid }, look);
  return error && { ok: false, error };
}

/**
 * The named pipe has a secret of its own for each start; a Unix socket is guarded by its folder; one that was carried from
 * another machine opens with a key.
 */
export function addressOf(context: Pick<Context, 'paths' | 'readText'>, place: Place): Address {
  const { platform, env } = context.paths;
  const { socket, home, remote } = place;
  if (remote) return { socket, secret: carriedKey(context), sessionBus: null };
  const secret = platform === 'win32' ? context.readText(pipeSecretFile(home, platform)) : null;
  return { socket, secret: secret?.trim() ?? null, sessionBus: callerBus(platform, env) };
}

/** From `TOKENTRAY_KEY`, or the file that `TOKENTRAY_KEY_FILE` names. Null: there is none that could be a key. */
function carriedKey({ paths: { env }, readText }: Pick<Context, 'paths' | 'readText'>): string | null {
  const file = env['TOKENTRAY_KEY_FILE'];
  const key = (env['TOKENTRAY_KEY'] ?? (file ? readText(file) : null) ?? '').trim();
  return /^[\w-]{1,200}$/.test(key) ? key : null;
}
