import path from 'node:path';
import { atlassianCandidates, oauthClientOf, type OAuthClientVariables } from '../atlassian-variables.ts';
import { candidate, type Candidate, type Place } from '../candidate.ts';
import { clientConfigFiles, serverVariables } from '../mcp-clients.ts';
import { parseJson, parseVariables, type Variables } from '../parse.ts';
import type { Source } from '../source.ts';
import type { Surroundings } from '../surroundings.ts';
import { items, number, text } from '../tree.ts';

const KEYCHAIN_SERVICE = 'mcp-atlassian-oauth';
const TOKEN_FILE = /^oauth-.{1,300}\.json$/;

/** mcp-atlassian: its variables in `.env` or in an MCP client’s file, and the OAuth tokens that it keeps and renews. */
export const mcpAtlassian: Source = {
  id: 'mcp-atlassian',
  name: 'mcp-atlassian',
  looksAt: '~/.mcp-atlassian, .env, the files of MCP clients, and the keychain',
  takesFile: true,
  async find(surroundings) {
    const sets = variableSets(surroundings);
    const found = sets.flatMap(({ variables, place }) => atlassianCandidates(variables, place, surroundings));
    const clients = sets.flatMap(({ variables }) => oauthClientOf(variables));
    return [...found, ...(await tokenSets(clients, surroundings))];
  },
};

interface VariableSet {
  variables: Variables;
  place: Place;
}

function variableSets(surroundings: Surroundings): VariableSet[] {
  const { file, folder, home, read } = surroundings;
  const env = file === null ? [path.join(home, '.mcp-atlassian', '.env')] : [];
  if (file === null && folder !== null) env.unshift(path.join(folder, '.env'));
  if (file !== null && !/\.jsonc?$/i.test(file)) env.push(file);
  const sets = env.flatMap((one) => {
    const source = read(one);
    const place: Place = { kind: 'file', path: one };
    return source === null ? [] : [{ variables: parseVariables(source), place }];
  });
  const configs = file === null ? clientConfigFiles(surroundings) : /\.jsonc?$/i.test(file) ? [file] : [];
  for (const config of configs) {
    const source = read(config);
    if (source === null) continue;
    const place: Place = { kind: 'file', path: config };
    for (const variables of serverVariables(parseJson(source, place, surroundings)))
      sets.push({ variables, place });
  }
  return sets;
}

/** Its file and its keychain item hold the same; the file is there wherever the item is, since it writes both. */
async function tokenSets(
  clients: readonly OAuthClientVariables[],
  surroundings: Surroundings,
): Promise<Candidate[]> {
  const { home, list, read, keychain, note } = surroundings;
  const folder = path.join(home, '.mcp-atlassian');
  const found: Candidate[] = [];
  const add = (source: string, place: Place, clientId: string | null): void => {
    const set = tokenSet(parseJson(source, place, surroundings), place, clientId, clients);
    if (set !== null) found.push(set);
  };
  for (const name of list(folder)) {
    if (!TOKEN_FILE.test(name)) continue;
    const file = path.join(folder, name);
    const source = read(file);
    if (source !== null) add(source, { kind: 'file', path: file }, clientIdOf(name));
  }
  for (const { clientId, cloudId } of clients) {
    if (found.some(({ grant }) => grant?.clientId === clientId)) continue;
    const accounts = [
      ...(cloudId === null ? [] : [`oauth-${clientId}-cloud-${cloudId}`]),
      `oauth-${clientId}`,
    ];
    for (const account of accounts) {
      const stored = await keychain(KEYCHAIN_SERVICE, account);
      if (stored === null) continue;
      add(stored, { kind: 'keychain', service: KEYCHAIN_SERVICE, account }, clientId);
      break;
    }
    if (!found.some(({ grant }) => grant?.clientId === clientId))
      note(
        null,
        `mcp-atlassian has the OAuth client ${clientId}, but no tokens. Add the client here: tokentray clients add atlassian --client-id ${clientId}`,
      );
  }
  return found;
}

/** Of the older names: `oauth-<id>`, `oauth-<id>-cloud-<cloud id>`, `oauth-<id>-dc-<hash>`. Newer ones are a digest. */
function clientIdOf(file: string): string | null {
  const name = file.replace(/^oauth-/, '').replace(/\.json$/, '');
  return /^v\d+-[0-9a-f]{64}$/.test(name) ? null : name.replace(/-(cloud|dc)-[^-].*$/, '');
}

/** What one file or item holds: `expires_at` is in seconds since 1970. */
export function tokenSet(
  value: unknown,
  place: Place,
  nameSays: string | null,
  clients: readonly OAuthClientVariables[],
): Candidate | null {
  const accessToken = text(value, 'access_token');
  const refreshToken = text(value, 'refresh_token');
  const clientId = text(value, 'storage_identity', 'client_id') ?? nameSays;
  if (refreshToken === null || clientId === null) return null;
  const client = clients.find((known) => known.clientId === clientId);
  const baseUrl = text(value, 'base_url');
  const expires = number(value, 'expires_at');
  const stored = items(value, 'storage_identity', 'scopes').filter((scope) => typeof scope === 'string');
  return candidate({
    place,
    provider: baseUrl === null ? 'atlassian' : 'jira-data-center',
    methods: ['oauth2'],
    address: baseUrl,
    secret: accessToken ?? '',
    expiresAt: accessToken === null ? 0 : expires === null ? null : expires * 1000,
    grant: {
      clientId,
      clientSecret: client?.clientSecret ?? null,
      redirectUri: client?.redirectUri ?? null,
      refreshToken,
      scopes: stored.length > 0 ? stored : (client?.scopes ?? []),
      cloudId: text(value, 'cloud_id') ?? client?.cloudId ?? null,
    },
  });
}
