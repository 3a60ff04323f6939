import type { EnvVariable } from '../../../contract/export.ts';
import { apiUrl, type Credentials } from '../../credentials/access.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import { ok } from '../../lib/result.ts';
import { usernameOf, variable, type VariablesPreset } from './preset.ts';

/** `https://api.atlassian.com/ex/confluence/{cloud id}` becomes host, and path of the REST API below it. */
function places(credentials: Credentials): EnvVariable[] {
  const address = apiUrl(credentials, 'confluence');
  if (address === null || !URL.canParse(address)) return [];
  const { host, protocol, pathname } = new URL(address);
  const below = pathname.replace(/\/+$/, '').replace(/\/wiki$/, '');
  const product =
    instanceOf(credentials.connection) === null ? '/wiki' : pathname.replace(/\/+$/, '').slice(below.length);
  return [
    ...variable('CONFLUENCE_DOMAIN', host),
    ...variable('CONFLUENCE_PROTOCOL', protocol.slice(0, -1)),
    ...variable('CONFLUENCE_API_PATH', `${below}${product}/rest/api`),
  ];
}

/** confluence-cli (pchuri), from its `lib/config.js`. */
export const confluenceCli: VariablesPreset = {
  kind: 'variables',
  name: 'confluence-cli',
  description: 'Command line for Confluence (pchuri/confluence-cli)',
  link: 'https://github.com/pchuri/confluence-cli',
  variables: [
    'CONFLUENCE_DOMAIN',
    'CONFLUENCE_PROTOCOL',
    'CONFLUENCE_API_PATH',
    'CONFLUENCE_AUTH_TYPE',
    'CONFLUENCE_EMAIL',
    'CONFLUENCE_API_TOKEN',
  ],
  variants: [
    {
      needs: { apis: ['confluence'], sent: 'basic' },
      connect: 'atlassian --method api-token',
      map: (credentials) =>
        ok([
          ...places(credentials),
          ...variable('CONFLUENCE_AUTH_TYPE', 'basic'),
          ...variable('CONFLUENCE_EMAIL', usernameOf(credentials)),
          ...variable('CONFLUENCE_API_TOKEN', credentials.accessToken, true),
        ]),
    },
    {
      needs: { apis: ['confluence'], sent: 'bearer' },
      connect: 'atlassian',
      map: (credentials) =>
        ok([
          ...places(credentials),
          ...variable('CONFLUENCE_AUTH_TYPE', 'bearer'),
          ...variable('CONFLUENCE_API_TOKEN', credentials.accessToken, true),
        ]),
    },
  ],
};
