import { lstatSync } from 'node:fs';
import path from 'node:path';
import { walkPathSync } from './path-steps.ts';
import { doubtsOf, thisPerson, type Person } from './step-owners.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One address of a session bus. */
export interface BusAddress {
  /** As it was given; for messages. */
  text: string;
  /** The Unix socket, as `net.connect` takes it; null where Node cannot reach it, such as `autolaunch:`. */
  socket: string | null;
  /** Which bus it has to be; null where the address does not say it. */
  guid: string | null;
  origin: 'caller' | 'environment' | 'user';
}

const unescapeValue = (value: string): string =>
  value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function socketOf(address: string): string | null {
  if (!address.startsWith('unix:')) return null;
  for (const pair of address.slice('unix:'.length).split(',')) {
    const [key, value] = pair.split('=');
    if (key === 'path' && value) return unescapeValue(value);
    if (key === 'abstract' && value) return `\0${unescapeValue(value)}`;
  }
  return null;
}

/**
 * The addresses of a list, in its order. Pure.
 * https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 */
const busAddresses = (list: string, origin: BusAddress['origin']): BusAddress[] =>
  list
    .split(';')
    .filter((text) => text !== '')
    .map((text) => ({
      text,
      socket: socketOf(text),
      guid: /[:,]guid=([^,]*)/.exec(text)?.[1] ?? null,
      origin,
    }));

/** What this environment names; `disabled:` means that there should be none. Pure. */
function environmentBuses(env: Environment): BusAddress[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const named = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  return busAddresses(named !== '' ? named : runtime ? `unix:path=${runtime}/bus` : '', 'environment');
}

/** The socket of the bus that `env` names, as `net.connect` takes it; null when there is none that Node can reach. */
export const sessionBusSocket = (env: Environment): string | null =>
  environmentBuses(env).find(({ socket }) => socket !== null)?.socket ?? null;

/**
 * Every bus that may be the person's, the likeliest first: those that callers came from, what the environment names,
 * and the one that systemd keeps for the user, which cron, SSH and agents do not name. Pure.
 */
export function possibleBuses(parts: {
  env: Environment;
  callers: readonly string[];
  userBus: string | null;
}): BusAddress[] {
  const { env, callers, userBus } = parts;
  const own = environmentBuses(env);
  if (userBus !== null && !own.some(isDisabled))
    own.push({ text: `unix:path=${userBus}`, socket: userBus, guid: null, origin: 'user' });
  const met = callers.flatMap((list) => busAddresses(list, 'caller'));
  const seen = new Set(own.map(keyOf));
  const news = met.filter((bus) => !seen.has(keyOf(bus)));
  return [...news, ...own].filter(
    (bus, index, all) => !isDisabled(bus) && all.findIndex((other) => keyOf(other) === keyOf(bus)) === index,
  );
}

/** The same bus can be written in several ways. */
const keyOf = ({ socket, text }: BusAddress): string => socket ?? text;
const isDisabled = ({ text }: BusAddress): boolean => text.startsWith('disabled:');

/** The bus of `systemd --user`, if it is there and ours. */
export function userBusSocket(uid: number): string | null {
  const socket = `/run/user/${uid}/bus`;
  const found = lstatSync(socket, { throwIfNoEntry: false });
  return found?.isSocket() === true && found.uid === uid ? socket : null;
}

/**
 * Why somebody else could answer in the place of the person's bus, or null: the bus of a session that has ended leaves an
 * address behind that everybody can take. An abstract socket has no owner that could be looked at, so there the bus has
 * to be the one with the address's guid.
 */
export function distrustBus(
  { socket, guid }: Pick<BusAddress, 'socket' | 'guid'>,
  person: Person | null = thisPerson(),
): string | null {
  if (socket === null || person === null) return null;
  if (socket.startsWith('\0'))
    return guid === null ? 'its address has no guid, so any user could answer at it' : null;
  let walked;
  try {
    walked = walkPathSync(path.resolve(socket));
  } catch {
    // Nor can it be reached then.
    return null;
  }
  const doubt = doubtsOf(walked?.steps ?? [], person).find(({ kind }) => kind !== 'no-owners');
  return doubt ? `another user could answer in its place, by way of ${doubt.step.path}` : null;
}
