import { fail, ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/** The servers make `https://{name}.atlassian.net` of it (their `transport.util.ts`). */
const SITE = /^([a-z0-9-]+)\.atlassian\.net$/;

/**
 * The MCP servers of aashari for Jira, Confluence and Bitbucket: `mcp-server-atlassian-jira`, `…-confluence`, `…-bitbucket`.
 * They take an API token and the bare name of the site; that for Bitbucket needs no site.
 */
export const aashariMcp: VariablesPreset = {
  kind: 'variables',
  name: 'aashari-mcp',
  description: 'MCP servers for Jira, Confluence and Bitbucket (aashari)',
  link: 'https://github.com/aashari/mcp-server-atlassian-jira',
  variables: ['ATLASSIAN_SITE_NAME', 'ATLASSIAN_USER_EMAIL', 'ATLASSIAN_API_TOKEN'],
  variants: [
    {
      needs: { apis: ['jira', 'confluence'], on: 'site', sent: 'basic', atSite: true },
      connect: 'atlassian --method api-token',
      fixedHosts: 'it makes its address of the name of the site',
      map: (credentials) => {
        const { site, name } = credentials.connection;
        const host = site !== null && URL.canParse(site.url) ? new URL(site.url).hostname : '';
        const siteName = SITE.exec(host)?.[1];
        if (siteName === undefined)
          return fail(
            'unsupported',
            `The preset aashari-mcp does not work with “${name}”: it knows sites at atlassian.net only, not ${host}.`,
            'Use another server, such as mcp-atlassian.',
          );
        return ok([
          ...variable('ATLASSIAN_SITE_NAME', siteName),
          ...variable('ATLASSIAN_USER_EMAIL', usernameOf(credentials)),
          ...variable('ATLASSIAN_API_TOKEN', credentials.accessToken, true),
        ]);
      },
    },
    {
      needs: { apis: ['bitbucket'], on: 'cloud', sent: 'basic' },
      connect: 'bitbucket --method api-token',
      fixedHosts: 'it asks api.bitbucket.org, and no other address can be set',
      map: (credentials) =>
        ok([
          ...variable('ATLASSIAN_USER_EMAIL', usernameOf(credentials)),
          ...variable('ATLASSIAN_API_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
