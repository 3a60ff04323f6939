import path from 'node:path';
import { dataFolder, pipeSecretFile, sandboxFolder, socketPath } from '../../contract/paths.ts';
import { callerBus } from '../../contract/session-bus.ts';
import { distrustSocket } from '../../contract/socket-trust.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { Address } from '../wire/exchange.ts';

/** Where an app is: its data folder and its socket. */
export interface Place {
  readonly home: string;
  readonly socket: string;
  readonly sandbox: boolean;
}

/** The person's data folder, made absolute. */
export const homeFolder = ({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>): string =>
  path.resolve(cwd ?? '/', dataFolder(paths));

export function placeOf(context: Pick<Context, 'paths' | 'cwd'>, sandbox: boolean): Place {
  const person = homeFolder(context);
  const home = sandbox ? sandboxFolder(person, context.paths.platform) : person;
  return { home, socket: socketPath(home, context.paths), sandbox };
}

/** Why nothing may be sent to the socket, or null if it can be trusted. */
export function distrust(
  { paths, look, realPath }: Pick<Context, 'paths' | 'look' | 'realPath'>,
  { home, socket }: Place,
): Outcome<never> | null {
  const error = distrustSocket(
    { home, socket, realFolder: realPath(path.dirname(socket)), uid: paths.uid },
    look,
  );
  return error && { ok: false, error };
}

/** The named pipe has a secret of its own for each start; a Unix socket is guarded by its folder. */
export function addressOf(context: Pick<Context, 'paths' | 'readText'>, place: Place): Address {
  const { platform, env } = context.paths;
  const secret = platform === 'win32' ? context.readText(pipeSecretFile(place.home, platform)) : null;
  return { socket: place.socket, secret: secret?.trim() ?? null, sessionBus: callerBus(platform, env) };
}
