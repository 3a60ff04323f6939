import type { CallOutput } from '../../contract/calls.ts';
import type { Aim } from './clients/client.ts';
import type { HeaderKeys } from './header-keys.ts';
import { ourAddress, serverNamed } from './servers.ts';

/** An entry with a key that is still in a file. */
export interface EntryWithKey {
  readonly file: string;
  /** Null: the file cannot be read, so it may lead anywhere. */
  readonly url: string | null;
}

/**
 * Ends the keys of entries that were removed. A key is for a connection and a server, whichever file asks for it: where a
 * file that we know of still does, it stays.
 */
export function endKeysOf(
  removed: readonly Aim[],
  rest: readonly EntryWithKey[],
  keys: HeaderKeys,
): CallOutput<'mcp.remove'>['keys'] {
  const ended = new Map<string, CallOutput<'mcp.remove'>['keys'][number]>();
  for (const { url, helper } of removed) {
    const key = helper === null ? null : keyOf(url);
    const name = key && keys.named(key.connection, key.api);
    if (key === null || name === null) continue;
    const user = rest.find((entry) => {
      const other = entry.url === null ? key : keyOf(entry.url);
      return other?.connection === key.connection && other.api === key.api;
    });
    if (user === undefined) keys.remove(key.connection, key.api);
    ended.set(name, { name, usedBy: user?.file ?? null });
  }
  return [...ended.values()];
}

/** What an address of the gateway needs a key for. */
function keyOf(url: string): { connection: string; api: string } | null {
  const address = ourAddress(url);
  const server = address && serverNamed(address.server);
  return server?.ok === true && server.value.kind === 'known' && server.value.keyApi !== null
    ? { connection: address?.connection ?? '', api: server.value.keyApi }
    : null;
}
