import type { CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { McpFileView } from '../../contract/mcp-files.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { CLIENTS } from './clients/all-clients.ts';
import type { Aim, Surroundings } from './clients/client.ts';
import { findConnection, type Lookup } from './find-connection.ts';
import { locate, type Located } from './locate.ts';
import { ourAddress, serverNamed, type Doors } from './servers.ts';

interface ListOptions extends Lookup {
  surroundings: Surroundings;
  doors: () => Doors;
  signIn: { isOn: () => boolean };
}

/** Every client's file that has entries of ours, or cannot be read. */
export async function listFiles(
  options: ListOptions,
  folder: string | undefined,
): Promise<Result<CallOutput<'mcp.files'>>> {
  const files: McpFileView[] = [];
  for (const client of Object.values(CLIENTS)) {
    const seen = new Set<string>();
    for (const scope of ['user', 'project'] as const) {
      if (scope === 'project' && (folder === undefined || client.projectFile === null)) continue;
      const located = locate(client, { scope, folder }, options.surroundings);
      // In the home folder, the file of the project is the person's own.
      if (!located.ok || seen.has(located.value.file)) continue;
      seen.add(located.value.file);
      const ours = await read(client, located.value);
      const view = { client: client.id, scope, file: located.value.file };
      if (!ours.ok) files.push({ ...view, entries: [], problem: ours.error });
      else if (ours.value.size > 0) {
        const entries = [...ours.value].map(([name, aim]) => ({
          name,
          url: aim.url,
          usesKey: aim.helper !== null,
          problem: problemOf(options, aim, { client: client.id, scope, name }),
        }));
        files.push({ ...view, entries, problem: null });
      }
    }
  }
  return ok({ files });
}

async function read(client: (typeof CLIENTS)['codex'], located: Located): Promise<Result<Map<string, Aim>>> {
  const { bytesToList } = await import('./client-file.ts');
  const bytes = await bytesToList(located.file);
  if (!bytes.ok) return failure(bytes.error);
  if (bytes.value === null) return ok(new Map<string, Aim>());
  const { inFile, ourEntries } = await import('./plan.ts');
  return inFile(located.file, ourEntries(client, bytes.value));
}

/** Why an entry does not work; null while it fits what we have. */
function problemOf(
  options: ListOptions,
  { url, helper }: Aim,
  { client, name, scope }: Pick<McpFileView, 'client' | 'scope'> & { name: string },
): Failure | null {
  const address = ourAddress(url);
  if (address === null) return null;
  const server = serverNamed(address.server);
  if (!server.ok) return server.error;
  if (server.value.kind !== 'known') return null;
  if (!options.connections.resolve(address.connection).ok)
    return fail(
      'not-found',
      'Its connection is no longer there.',
      `Remove the entry: tokentray mcp remove ${client} --name ${name}${scope === 'project' ? ' --project' : ''}. Or add it again with a connection that is there: tokentray mcp add ${client} --connection NAME`,
    ).error;
  const found = findConnection(options, server.value, address.connection);
  if (!found.ok) return found.error;
  const doors = options.doors();
  const { origin } = new URL(helper === null ? doors.mcp : doors.gateway);
  if (new URL(url).port !== new URL(origin).port) {
    return fail(
      'conflict',
      `It leads to ${address.origin}, but Tokentray is at ${origin}.`,
      'Add it again; its address is then corrected.',
    ).error;
  }
  if (helper === null && !options.signIn.isOn()) {
    return fail(
      'unsupported',
      'Tokentray does not let MCP clients sign in at the moment.',
      'Switch it on in the settings, or add the entry again.',
    ).error;
  }
  return null;
}
