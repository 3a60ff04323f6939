import { fail, ok, type Result } from '../lib/result.ts';
import type { Aim, Entry, McpClient } from './clients/client.ts';
import { ourAddress } from './servers.ts';

/** Every entry of ours starts with it. */
const MARK = 'tokentray-';

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24)
    .replace(/-+$/, '');

/** What an entry of ours leads to; null for an entry that somebody else made, whatever it is called. */
export function ourAim(client: McpClient, name: string, entry: Entry): Aim | null {
  if (!name.startsWith(MARK)) return null;
  const aim = client.aim(entry);
  if (aim === null) return null;
  const isOurs =
    ourAddress(aim.url) !== null || (URL.canParse(aim.url) && isNamedAfter(name, new URL(aim.url)));
  return isOurs ? aim : null;
}

const isNamedAfter = (name: string, { hostname }: URL): boolean => name.startsWith(MARK + slug(hostname));

/** What names are made of. */
export interface Named {
  /** The known server, or the host of an address. */
  readonly server: string;
  /** The connection's name; null for an address. */
  readonly connection: string | null;
  readonly url: string;
}

/**
 * The name of an entry: the one that is there for the same connection and server, else `tokentray-<server>`, else with
 * the connection's name or a number. `conflict` where somebody else uses the plain name.
 */
export function entryName(
  client: McpClient,
  entries: ReadonlyMap<string, Entry>,
  { server, connection, url }: Named,
): Result<string> {
  for (const [name, entry] of entries) {
    const aim = ourAim(client, name, entry);
    if (aim !== null && isSame(aim.url, url)) return ok(name);
  }
  const plain = MARK + slug(server);
  const taken = entries.get(plain);
  if (taken === undefined) return ok(plain);
  if (ourAim(client, plain, taken) === null) {
    return fail(
      'conflict',
      `It has an entry “${plain}” that Tokentray did not make.`,
      'Rename or remove that entry, then try again.',
    );
  }
  const stem = connection === null || slug(connection) === '' ? plain : `${plain}-${slug(connection)}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 && stem !== plain ? stem : `${stem}-${number + 1}`;
    if (!entries.has(name)) return ok(name);
  }
}

/** The same server with the same connection, at whatever port. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [ourAddress(one), ourAddress(other)];
  if (first === null || second === null) return one === other;
  return first.connection === second.connection && first.server === second.server;
}
