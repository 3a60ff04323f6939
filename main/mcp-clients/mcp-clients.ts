import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { KeyedQueue } from '../exports/keyed-queue.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ActivityStore } from '../store/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { CLIENTS } from './clients/all-clients.ts';
import type { Aim, McpClient, Surroundings } from './clients/client.ts';
import type { Named } from './entry-name.ts';
import { findConnection, type Lookup } from './find-connection.ts';
import type { HeaderKeys } from './header-keys.ts';
import { helperCommand, type HelperOptions } from './helper-command.ts';
import { endKeysOf, type EntryWithKey } from './keys-of-entries.ts';
import { listFiles } from './list-files.ts';
import { locate, type Located } from './locate.ts';
import { notesFor } from './notes.ts';
import type { McpClients } from './ports.ts';
import { isLoopback, ourAddress, serverNamed, serverUrl, type Doors } from './servers.ts';

export interface McpClientsOptions extends Lookup {
  surroundings: Surroundings;
  doors: () => Doors;
  /** Lets MCP clients sign in from now on. */
  signIn: { isOn: () => boolean; switchOn: () => Result<unknown> };
  /** Null where there are no keys. */
  keys: HeaderKeys | null;
  helper: Pick<HelperOptions, 'checkout' | 'sandbox'>;
  activity: Pick<ActivityStore, 'append'>;
  clock: Pick<Clock, 'now'>;
}

/** What a request comes to. */
interface Resolved {
  readonly client: McpClient;
  readonly located: Located;
  readonly named: Named;
  readonly aim: Aim;
  readonly connection: ConnectionId | null;
  /** For an entry with a key. */
  readonly allow: { readonly connection: { id: ConnectionId; name: string }; readonly api: string } | null;
  /** The client signs in at our door. */
  readonly signsIn: boolean;
}

/** Formats and their parsers are loaded by the first use: they are seldom needed. */
const files = () => import('./change-files.ts');

export function createMcpClients(options: McpClientsOptions): McpClients {
  const { surroundings, doors, signIn, keys, helper, activity, clock } = options;
  const queue = new KeyedQueue();
  const log = (event: string, message: string, connection: ConnectionId | null = null): void => {
    const at = new Date(clock.now()).toISOString();
    activity.append({ at, level: 'info', event, message, connection, export: null });
  };

  function resolve(request: CallInput<'mcp.plan'>): Result<Resolved> {
    const client = CLIENTS[request.client];
    const located = locate(client, request, surroundings);
    if (!located.ok) return located;
    const server = serverNamed(request.server ?? 'rovo');
    if (!server.ok) return server;
    const key = request.key === true;
    if (key && !client.takesHelper) {
      return fail(
        'invalid-input',
        `${client.name} cannot ask another program for a key.`,
        'Leave out --key: it signs in by itself.',
      );
    }
    const base = { client, located: located.value };
    if (server.value.kind === 'address') {
      const { url, host } = server.value;
      if (key)
        return fail('invalid-input', 'A key works only at Tokentray’s own address.', 'Leave out --key.');
      const named = { server: host, connection: null, url };
      return ok({
        ...base,
        named,
        aim: { url, helper: null },
        connection: null,
        allow: null,
        signsIn: false,
      });
    }
    const found = findConnection(options, server.value, request.connection);
    if (!found.ok) return found;
    const connection = { id: found.value.id, name: found.value.name };
    const url = serverUrl(server.value, connection.id, { key, doors: doors() });
    if (url === null || (key && server.value.keyApi === null)) {
      return fail(
        'invalid-input',
        `${server.value.id} is only for clients that sign in.`,
        'Leave out --key: the client then signs in by itself.',
      );
    }
    const command = helperCommand(connection.id, { ...helper, platform: surroundings.platform });
    return ok({
      ...base,
      named: { server: server.value.id, connection: connection.name, url },
      aim: { url, helper: key ? command : null },
      connection: connection.id,
      allow: key && server.value.keyApi !== null ? { connection, api: server.value.keyApi } : null,
      signsIn: !key,
    });
  }

  async function plan(request: CallInput<'mcp.plan'>): Promise<Result<CallOutput<'mcp.plan'>>> {
    const resolved = resolve(request);
    if (!resolved.ok) return resolved;
    const { client, located, named, aim } = resolved.value;
    const change = await (await files()).plannedChange(client, located, named, aim);
    if (!change.ok) return change;
    const { name, changes, diff, digest, exists } = change.value;
    return ok({
      client: client.id,
      scope: located.scope,
      file: located.file,
      exists,
      changes,
      name,
      url: aim.url,
      diff,
      notes: notesFor(
        client,
        located,
        { name, exists, usesKey: aim.helper !== null },
        {
          signsIn: resolved.value.signsIn,
          switchesOn: resolved.value.signsIn && !signIn.isOn(),
          hasFolder: surroundings.hasFolder,
        },
      ),
      digest,
    });
  }

  async function write({
    digest,
    ...request
  }: CallInput<'mcp.write'>): Promise<Result<CallOutput<'mcp.write'>>> {
    const resolved = resolve(request);
    if (!resolved.ok) return resolved;
    const { client, located, named, aim, allow, signsIn } = resolved.value;
    if (allow !== null && keys === null) return fail('unsupported', 'There are no keys here.');
    const allowed = allow === null ? null : (keys?.allow(allow.connection, allow.api) ?? null);
    if (allowed !== null && !allowed.ok) return failure(allowed.error);
    const added = await (await files()).addEntry(client, located, { named, aim, digest });
    if (!added.ok) {
      allowed?.value.undo();
      return added;
    }
    const on = signsIn && !signIn.isOn() ? signIn.switchOn() : ok(undefined);
    if (!on.ok) return failure(on.error);
    const { change, backup } = added.value;
    const { file } = located;
    const message = `Added “${change.name}” to the file of ${client.name}: ${file}.`;
    if (change.changes) log('mcp.written', message, resolved.value.connection);
    return ok({ file, name: change.name, changed: change.changes, backup });
  }

  async function remove(request: CallInput<'mcp.remove'>): Promise<Result<CallOutput<'mcp.remove'>>> {
    const client = CLIENTS[request.client];
    const located = locate(client, request, surroundings);
    if (!located.ok) return located;
    const removed = await (await files()).removeEntries(client, located.value, request.name);
    if (!removed.ok) return removed;
    const names = removed.value.removed.map((name) => `“${name}”`).join(', ');
    log('mcp.removed', `Removed ${names} from the file of ${client.name}: ${located.value.file}.`);
    const { aims, ...rest } = removed.value;
    return ok({ file: located.value.file, ...rest, keys: await endKeys(aims, request.folder) });
  }

  async function endKeys(
    removed: readonly Aim[],
    folder: string | undefined,
  ): Promise<CallOutput<'mcp.remove'>['keys']> {
    if (keys === null || removed.every(({ helper: command }) => command === null)) return [];
    const listed = await listFiles(options, folder);
    const entries: EntryWithKey[] = listed.ok
      ? listed.value.files.flatMap<EntryWithKey>(({ client, file, entries: all, problem }) =>
          problem !== null && CLIENTS[client].takesHelper
            ? [{ file, url: null }]
            : all.filter(({ usesKey }) => usesKey).map(({ url }) => ({ file, url })),
        )
      : [];
    return endKeysOf(removed, entries, keys);
  }

  function header({ connection, url }: CallInput<'mcp.header'>): Result<CallOutput<'mcp.header'>> {
    if (keys === null) return fail('unsupported', 'There are no keys here.');
    const address = url === undefined ? null : ourAddress(url);
    if (url !== undefined && (address === null || !isOrigin(address.origin, doors().gateway))) {
      return fail(
        'refused',
        'The key would go to an address that is not the gateway’s.',
        'Write the entry again: tokentray mcp add claude-code --key',
      );
    }
    const server = serverNamed(address?.server ?? 'rovo');
    if (!server.ok) return server;
    if (server.value.kind !== 'known' || server.value.keyApi === null)
      return fail('refused', 'This server is only for clients that sign in.');
    const found = findConnection(options, server.value, address?.connection ?? connection);
    if (!found.ok) return found;
    const key = keys.issue({ id: found.value.id, name: found.value.name }, server.value.keyApi);
    return key.ok ? ok({ headers: { Authorization: `Bearer ${key.value}` } }) : key;
  }

  // One at a time: two clients may keep their servers in one file, by a link.
  return {
    plan,
    write: (request) => queue.run('files', () => write(request)),
    files: ({ folder }) => queue.run('files', () => listFiles(options, folder)),
    remove: (request) => queue.run('files', () => remove(request)),
    header: (request) => Promise.resolve(header(request)),
  };
}

/** The same port of this machine, however it is called. */
function isOrigin(one: string, other: string): boolean {
  const [first, second] = [new URL(one), new URL(other)];
  return isLoopback(first) && isLoopback(second) && first.port === second.port;
}
