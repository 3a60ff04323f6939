import type { CredentialHeader } from '../credentials/sent.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';

/**
 * The program mcp-atlassian over HTTP: takes a credential with each request (`servers/main.py`, `dependencies.py` of
 * 0.23.1). Without one in the environment, as here, it answers nobody who brings none.
 */
export const MCP_ATLASSIAN_PROGRAM = {
  name: 'mcp-atlassian',
  commands: [['mcp-atlassian'], ['uvx', 'mcp-atlassian']],
  /** It listens everywhere unless told. */
  arguments: (port: number): readonly string[] => [
    '--transport',
    'streamable-http',
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
  ],
  /** Lets it take tokens of OAuth with the cloud id of their site. */
  environment: { ATLASSIAN_OAUTH_ENABLE: 'true' },
  path: '/mcp',
  /** Says with each request which site a token of OAuth is for. */
  siteHeader: 'x-atlassian-cloud-id',
  installHint: 'Install uv (https://docs.astral.sh/uv), which runs it, or mcp-atlassian itself.',

  /** Tokens of OAuth say with each request where they belong; others belong to the site in its environment. */
  place: (connection: ConnectionRecord): Readonly<Record<string, string>> => {
    const { site, sent } = connection;
    if (site === null || (sent.as === 'bearer' && site.cloudId !== null)) return {};
    const url = site.url.replace(/\/+$/, '');
    const both = { JIRA_URL: url, CONFLUENCE_URL: `${url}/wiki` };
    if (site.cloudId !== null) return both;
    return site.products.includes('confluence') ? { CONFLUENCE_URL: url } : { JIRA_URL: url };
  },

  header: (connection: ConnectionRecord, header: CredentialHeader): Result<CredentialHeader> => {
    const { site, sent, name } = connection;
    if (site === null)
      return fail(
        'unsupported',
        `No site is selected for “${name}”.`,
        'Choose one under Sites in the window.',
      );
    if (sent.as === 'basic') return ok(header);
    if (sent.as === 'header')
      return fail('unsupported', `mcp-atlassian cannot use the credential of “${name}”.`);
    if (site.cloudId !== null)
      return ok({ ...header, also: [{ name: 'x-atlassian-cloud-id', value: site.cloudId }] });
    return ok({ name: header.name, value: header.value.replace(/^Bearer /, 'Token ') });
  },
} as const;
