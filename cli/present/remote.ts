import { carrySteps } from '../../contract/carry-socket.ts';
import type { ConsumerView } from '../../contract/gateway.ts';
import type { Runtime } from '../runtime.ts';
import { connectionsOf, type Names } from './gateway.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';
import { localTime, relative } from './time.ts';

/** Prints keys for other machines. */
export function showRemoteKeys(
  { context, out, print }: Runtime,
  keys: readonly ConsumerView[],
  names: Names,
): void {
  const now = context.clock.now();
  const headings = ['NAME', 'CONNECTIONS', 'FIELDS', 'LAST USED', 'EXPIRES', 'KEY'].map((text) =>
    out.dim(text),
  );
  const rows = keys.map((key) => [
    plain(key.name),
    plain(connectionsOf(key, names)),
    key.fields?.join(', ') ?? 'all',
    key.lastUsedAt === null ? 'never' : relative(key.lastUsedAt, now),
    key.expiresAt === null ? 'never' : localTime(key.expiresAt),
    out.dim(`${key.keyStart}…`),
  ]);
  printTable({ context, print }, headings, rows);
}

/** Says on stderr how to carry the socket to where the key is needed. */
export function showCarrying({ log, err }: Runtime, socket: string): void {
  for (const { title, text } of carrySteps(socket)) {
    log(err.dim(`${title}:`));
    log(`  ${text}`);
  }
}
