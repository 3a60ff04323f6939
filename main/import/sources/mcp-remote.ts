import { createHash } from 'node:crypto';
import path from 'node:path';
import { candidate, type Candidate, type Place } from '../candidate.ts';
import { parseJson } from '../parse.ts';
import type { Source } from '../source.ts';
import { items, text } from '../tree.ts';

/** Servers whose provider is known. mcp-remote names its files by the MD5 of the address, which cannot be turned round. */
const SERVERS: Readonly<Record<string, readonly string[]>> = {
  'atlassian-mcp': [
    'https://mcp.atlassian.com/v1/mcp',
    'https://mcp.atlassian.com/v1/mcp/authv2',
    'https://mcp.atlassian.com/v2/mcp',
    'https://mcp.atlassian.com/v1/sse',
  ],
};

const PROVIDERS: ReadonlyMap<string, string> = new Map(
  Object.entries(SERVERS).flatMap(([provider, addresses]) =>
    addresses
      .flatMap((address) => [address, `${address}/`])
      .map((address) => [createHash('md5').update(address).digest('hex'), provider] as const),
  ),
);

/** mcp-remote: `<hash>_tokens.json` and `<hash>_client_info.json` in a folder for each of its versions. */
export const mcpRemote: Source = {
  id: 'mcp-remote',
  name: 'mcp-remote',
  looksAt: '~/.mcp-auth',
  takesFile: false,
  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async find(surroundings) {
    const { env, home, list, read, note } = surroundings;
    const root = env['MCP_REMOTE_CONFIG_DIR'] ?? path.join(home, '.mcp-auth');
    const found: Candidate[] = [];
    const folders = list(root).filter((name) => name.startsWith('mcp-remote-'));
    for (const folder of [...folders.reverse().map((name) => path.join(root, name)), root]) {
      for (const name of list(folder)) {
        const [, hash] = /^([0-9a-f]{32})_tokens\.json$/.exec(name) ?? [];
        if (hash === undefined) continue;
        const file = path.join(folder, name);
        const place: Place = { kind: 'file', path: file };
        const source = read(file);
        const tokens = source === null ? undefined : parseJson(source, place, surroundings);
        const accessToken = text(tokens, 'access_token');
        if (accessToken === null) continue;
        const provider = PROVIDERS.get(hash);
        if (provider === undefined) {
          note(
            place,
            'It holds OAuth tokens for an MCP server that Tokentray does not know.',
            'OAuth tokens',
          );
          continue;
        }
        const infoFile = path.join(folder, `${hash}_client_info.json`);
        const infoSource = read(infoFile);
        const info =
          infoSource === null
            ? undefined
            : parseJson(infoSource, { kind: 'file', path: infoFile }, surroundings);
        const clientId = text(info, 'client_id');
        const refreshToken = text(tokens, 'refresh_token');
        found.push(
          candidate({
            place,
            provider,
            methods: clientId !== null && refreshToken !== null ? ['oauth2'] : ['access-token'],
            secret: accessToken,
            grant:
              clientId === null || refreshToken === null
                ? null
                : {
                    clientId,
                    clientSecret: text(info, 'client_secret'),
                    redirectUri: text({ first: items(info, 'redirect_uris')[0] }, 'first'),
                    refreshToken,
                    scopes: text(tokens, 'scope')?.split(/\s+/) ?? [],
                    cloudId: null,
                  },
          }),
        );
      }
    }
    return found;
  },
};
