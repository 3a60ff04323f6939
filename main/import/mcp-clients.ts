import path from 'node:path';
import { variablesOf, type Variables } from './parse.ts';
import type { Surroundings } from './surroundings.ts';
import { entries, items } from './tree.ts';

/** The files in which MCP clients keep the servers that they start. */
export function clientConfigFiles({
  home,
  configHome,
  folder,
  platform,
  env,
}: Pick<Surroundings, 'home' | 'configHome' | 'folder' | 'platform' | 'env'>): string[] {
  const desktop =
    platform === 'darwin'
      ? path.join(home, 'Library', 'Application Support', 'Claude')
      : platform === 'win32'
        ? path.join(env['APPDATA'] ?? home, 'Claude')
        : path.join(configHome, 'Claude');
  return [
    ...(folder === null
      ? []
      : ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json'].map((name) => path.join(folder, name))),
    path.join(home, '.claude.json'),
    path.join(desktop, 'claude_desktop_config.json'),
    path.join(home, '.cursor', 'mcp.json'),
    path.join(home, '.codeium', 'windsurf', 'mcp_config.json'),
    path.join(home, '.mcp', 'configs.json'),
  ];
}

/** The variables that each server of such a file is started with, its options of the same meaning among them. */
export function serverVariables(config: unknown): Variables[] {
  const places = [config, ...entries(config, 'projects').map(([, project]) => project)];
  const servers = places.flatMap((place) => [
    ...entries(place, 'mcpServers'),
    ...entries(place, 'servers'),
    // `~/.mcp/configs.json`: `{ "<server>": { "environments": {…} } }`.
    ...entries(place).filter(([, server]) => entries(server, 'environments').length > 0),
  ]);
  return servers
    .map(([, server]) => ({
      ...optionVariables(items(server, 'args')),
      ...Object.fromEntries(entries(server, 'environments')),
      ...Object.fromEntries(entries(server, 'env')),
    }))
    .map(variablesOf)
    .filter(({ size }) => size > 0);
}

const OPTIONS: Readonly<Record<string, string>> = {
  '--jira-url': 'JIRA_URL',
  '--jira-username': 'JIRA_USERNAME',
  '--jira-token': 'JIRA_API_TOKEN',
  '--jira-personal-token': 'JIRA_PERSONAL_TOKEN',
  '--confluence-url': 'CONFLUENCE_URL',
  '--confluence-username': 'CONFLUENCE_USERNAME',
  '--confluence-token': 'CONFLUENCE_API_TOKEN',
  '--confluence-personal-token': 'CONFLUENCE_PERSONAL_TOKEN',
  '--oauth-client-id': 'ATLASSIAN_OAUTH_CLIENT_ID',
  '--oauth-client-secret': 'ATLASSIAN_OAUTH_CLIENT_SECRET',
  '--oauth-redirect-uri': 'ATLASSIAN_OAUTH_REDIRECT_URI',
  '--oauth-scope': 'ATLASSIAN_OAUTH_SCOPE',
  '--oauth-cloud-id': 'ATLASSIAN_OAUTH_CLOUD_ID',
  '--oauth-access-token': 'ATLASSIAN_OAUTH_ACCESS_TOKEN',
};

/** mcp-atlassian's options, and `docker run -e NAME=value`. */
function optionVariables(args: readonly unknown[]): Record<string, string> {
  const words = args.filter((word) => typeof word === 'string');
  const found: Record<string, string> = {};
  words.forEach((word, index) => {
    const [, option = '', value = words[index + 1] ?? ''] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
    if (name !== undefined) found[name] = value;
    const [, variable, set = ''] =
      /^(?:--env=|-e)?((?:JIRA|CONFLUENCE|ATLASSIAN)_[A-Z_]+)=(.*)$/s.exec(word) ?? [];
    if (variable !== undefined) found[variable] = set;
  });
  return found;
}
