import path from 'node:path';
import { dataFolder, pipeSecretFile, sandboxFolder, socketPath } from '../../contract/paths.ts';
import { callerBus } from '../../contract/session-bus.ts';
import type { Context } from '../context.ts';
import { failed, type Outcome } from '../outcome.ts';
import type { Address } from '../wire/exchange.ts';

/** Where an app lives: its data folder and the socket that belongs to it. */
export interface Place {
  readonly home: string;
  readonly socket: string;
  readonly sandbox: boolean;
}

/** The person's data folder, made absolute. */
export const homeFolder = ({ paths, cwd }: Pick<Context, 'paths' | 'cwd'>): string =>
  path.resolve(cwd, dataFolder(paths));

export function placeOf(context: Pick<Context, 'paths' | 'cwd'>, sandbox: boolean): Place {
  const person = homeFolder(context);
  const home = sandbox ? sandboxFolder(person, context.paths.platform) : person;
  return { home, socket: socketPath(home, context.paths), sandbox };
}

/**
 * A refusal when the socket would stand in a folder that another user made. Where the data folder's path is too long
 * for a socket it stands in `/tmp`, and who answers there would be told secrets.
 */
export function plantedSocket(
  context: Pick<Context, 'paths' | 'ownerOf'>,
  { home, socket }: Place,
): Outcome<never> | null {
  const { platform, uid } = context.paths;
  if (platform === 'win32' || socket.startsWith(`${home}/`)) return null;
  const folder = path.dirname(socket);
  const owner = context.ownerOf(folder);
  if (owner === null || owner === uid) return null;
  return failed(
    'refused',
    `${folder} is not a folder of yours; another user made it.`,
    'Have it removed, or set TOKENTRAY_HOME to a shorter path.',
  );
}

/** The named pipe has a secret of its own for each start; a Unix socket is guarded by its folder. */
export function addressOf(context: Pick<Context, 'paths' | 'readText'>, place: Place): Address {
  const { platform, env } = context.paths;
  const secret = platform === 'win32' ? context.readText(pipeSecretFile(place.home, platform)) : null;
  return { socket: place.socket, secret: secret?.trim() ?? null, sessionBus: callerBus(platform, env) };
}
