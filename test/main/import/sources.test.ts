import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { acli } from '../../../main/import/sources/acli.ts';
import { authsome } from '../../../main/import/sources/authsome.ts';
import { env } from '../../../main/import/sources/env.ts';
import { gh } from '../../../main/import/sources/gh.ts';
import { jiraCli } from '../../../main/import/sources/jira-cli.ts';
import { mcpAtlassian } from '../../../main/import/sources/mcp-atlassian.ts';
import { mcpRemote } from '../../../main/import/sources/mcp-remote.ts';
import type { Source } from '../../../main/import/source.ts';
import { brief, findIn, FOLDER, HOME, type World } from './support.ts';

const CLOUD = 'https://acme.atlassian.net';
const token = (
  provider: string,
  method: string,
  address: string | null,
  username: string | null,
  secret: string,
) => ({
  provider,
  method,
  address,
  username,
  secret,
});

const dotenv = (...lines: string[]): World => ({ files: { [`${FOLDER}/.env`]: lines.join('\n') } });
const ANA = token('atlassian', 'api-token', CLOUD, 'ana@acme.example', 'ATATT-ana');

const mcpJson = (server: object, key = 'mcpServers') => JSON.stringify({ [key]: { atlassian: server } });
const MCP_ENV = { JIRA_URL: CLOUD, JIRA_USERNAME: 'ana@acme.example', JIRA_API_TOKEN: 'ATATT-ana' };

const goBase64 = (content: string | Buffer): string =>
  `go-keyring-base64:${Buffer.from(content).toString('base64')}`;
const ACLI_FILE = `${HOME}/.config/acli/jira_config.yaml`;
const ACLI_YAML = `profiles:
    - site: acme.atlassian.net
      cloud_id: cloud-1
      account_id: 712020:ana
      email: ana@acme.example
      auth_type: api_token
current_profile: cloud-1:712020:ana
`;
const JIRA_FILE = `${HOME}/.config/.jira/.config.yml`;
const jiraYaml = (server: string, authType = 'basic') =>
  `installation: Cloud\nserver: ${server}\nlogin: ana@acme.example\nauth_type: ${authType}\nproject:\n  key: TRAY\n`;
const GH_FILE = `${HOME}/.config/gh/hosts.yml`;

describe.each<[string, Source, [string, World, object[]][]]>([
  [
    'env',
    env,
    [
      ['an empty home', {}, []],
      [
        'the names of jira.js, with quotes, export and Windows line ends',
        dotenv(
          'export JIRA_BASE_URL="https://acme.atlassian.net/"\r',
          "JIRA_EMAIL='ana@acme.example'\r",
          'JIRA_API_TOKEN=ATATT-ana\r',
        ),
        [ANA],
      ],
      [
        'Confluence, whose address ends in /wiki',
        dotenv(
          `CONFLUENCE_URL=${CLOUD}/wiki`,
          'CONFLUENCE_USERNAME=ana@acme.example',
          'CONFLUENCE_API_TOKEN=ATATT-ana',
        ),
        [ANA],
      ],
      [
        'a bare site name',
        dotenv(
          'ATLASSIAN_SITE_NAME=acme',
          'ATLASSIAN_USER_EMAIL=ana@acme.example',
          'ATLASSIAN_API_TOKEN=ATATT-ana',
        ),
        [token('atlassian', 'api-token', 'acme', 'ana@acme.example', 'ATATT-ana')],
      ],
      [
        'a personal access token of a Data Center',
        dotenv('JIRA_URL=https://jira.corp.example/jira', 'JIRA_PERSONAL_TOKEN=pat'),
        [token('jira-data-center', 'personal-access-token', 'https://jira.corp.example/jira', null, 'pat')],
      ],
      [
        'a bearer token of a Data Center',
        dotenv('JIRA_SERVER=https://jira.corp.example', 'JIRA_AUTH_TYPE=bearer', 'JIRA_API_TOKEN=pat'),
        [token('jira-data-center', 'personal-access-token', 'https://jira.corp.example', null, 'pat')],
      ],
      [
        'a token of a Data Center without a user, which only a bearer token can be',
        dotenv('CONFLUENCE_URL=https://wiki.corp.example', 'CONFLUENCE_API_TOKEN=pat'),
        [token('confluence-data-center', 'personal-access-token', 'https://wiki.corp.example', null, 'pat')],
      ],
      [
        'user and password of a Data Center',
        dotenv(
          'CONFLUENCE_URL=https://wiki.corp.example',
          'CONFLUENCE_USER=ana',
          'CONFLUENCE_PASSWORD=secret',
        ),
        [token('confluence-data-center', 'basic', 'https://wiki.corp.example', 'ana', 'secret')],
      ],
      [
        'a personal access token for the cloud, which takes none',
        dotenv(`JIRA_URL=${CLOUD}`, 'JIRA_PERSONAL_TOKEN=pat'),
        [],
      ],
      [
        'a brought access token',
        dotenv(`JIRA_URL=${CLOUD}`, 'ATLASSIAN_OAUTH_CLOUD_ID=1', 'ATLASSIAN_OAUTH_ACCESS_TOKEN=eyJ'),
        [token('atlassian', 'access-token', CLOUD, null, 'eyJ')],
      ],
      ['what authsome gives instead of a token', dotenv('ATLASSIAN_ACCESS_TOKEN=authsome-proxy-managed'), []],
      [
        'our own block, but not what stands around it',
        dotenv(
          '# >>> tokentray (abc123) >>>',
          'ATLASSIAN_ACCESS_TOKEN=ours',
          '# <<< tokentray (abc123) <<<',
          'GITHUB_TOKEN=ghp_1',
        ),
        [token('github', 'personal-access-token', null, null, 'ghp_1')],
      ],
      [
        'a GitHub server of its own',
        dotenv('GH_HOST=git.corp.example', 'GH_ENTERPRISE_TOKEN=ghp_1'),
        [token('github-enterprise', 'personal-access-token', 'git.corp.example', null, 'ghp_1')],
      ],
      [
        'placeholders and references',
        dotenv(
          `JIRA_URL=${CLOUD}`,
          'JIRA_API_TOKEN=${OTHER}',
          'CONFLUENCE_API_TOKEN=your_api_token',
          'ATLASSIAN_TOKEN=<token>',
        ),
        [],
      ],
      ['a name that is a prototype’s', dotenv('__proto__=x', 'constructor=y'), []],
      ['no variables at all', dotenv('\u0001\u0002 {"a": 1', '=', '==='), []],
      [
        'Bitbucket',
        dotenv('BITBUCKET_USERNAME=ana@acme.example', 'BITBUCKET_API_TOKEN=ATATT-bb'),
        [token('bitbucket', 'api-token', null, 'ana@acme.example', 'ATATT-bb')],
      ],
      [
        'the named file, and not .env',
        {
          files: { [`${FOLDER}/.env`]: 'GH_TOKEN=a', '/srv/other.env': 'GH_TOKEN=b' },
          file: '/srv/other.env',
        },
        [token('github', 'personal-access-token', null, null, 'b')],
      ],
    ],
  ],
  [
    'mcp-atlassian',
    mcpAtlassian,
    [
      ['an empty home', {}, []],
      [
        'Claude Code’s file',
        { files: { [`${FOLDER}/.mcp.json`]: mcpJson({ command: 'uvx', env: MCP_ENV }) } },
        [ANA],
      ],
      [
        'VS Code’s file',
        { files: { [`${FOLDER}/.vscode/mcp.json`]: mcpJson({ env: MCP_ENV }, 'servers') } },
        [ANA],
      ],
      [
        'a project in Claude’s own file',
        {
          files: {
            [`${HOME}/.claude.json`]: JSON.stringify({
              projects: { [FOLDER]: { mcpServers: { a: { env: MCP_ENV } } } },
            }),
          },
        },
        [ANA],
      ],
      [
        'Claude Desktop on a Mac, with options',
        {
          platform: 'darwin',
          files: {
            [`${HOME}/Library/Application Support/Claude/claude_desktop_config.json`]: mcpJson({
              args: [
                'mcp-atlassian',
                `--jira-url=${CLOUD}`,
                '--jira-username',
                'ana@acme.example',
                '--jira-token',
                'ATATT-ana',
              ],
            }),
          },
        },
        [ANA],
      ],
      [
        'docker with variables in its arguments',
        {
          files: {
            [`${HOME}/.cursor/mcp.json`]: mcpJson({
              args: [
                'run',
                '-e',
                `JIRA_URL=${CLOUD}`,
                '-e',
                'JIRA_USERNAME=ana@acme.example',
                '--env=JIRA_API_TOKEN=ATATT-ana',
              ],
            }),
          },
        },
        [ANA],
      ],
      [
        'a named JSON file',
        { file: '/srv/mcp.json', files: { '/srv/mcp.json': mcpJson({ env: MCP_ENV }) } },
        [ANA],
      ],
      [
        '@aashari’s file',
        {
          files: {
            [`${HOME}/.mcp/configs.json`]: JSON.stringify({
              jira: {
                environments: {
                  ATLASSIAN_SITE_NAME: 'acme',
                  ATLASSIAN_API_TOKEN: 't',
                  ATLASSIAN_USER_EMAIL: 'a@b',
                },
              },
            }),
          },
        },
        [token('atlassian', 'api-token', 'acme', 'a@b', 't')],
      ],
      [
        'prototype keys, wrong types and depth',
        {
          files: {
            [`${FOLDER}/.mcp.json`]: `{"__proto__":{"mcpServers":{"a":{"env":{"JIRA_API_TOKEN":"x"}}}},"mcpServers":[1,null,{"env":7}]}`,
            [`${HOME}/.cursor/mcp.json`]:
              '{"mcpServers":{"a":{"env":{"__proto__":"x","JIRA_API_TOKEN":["t"]}},"b":null}}',
          },
        },
        [],
      ],
    ],
  ],
  [
    'jira-cli',
    jiraCli,
    [
      ['an empty home', {}, []],
      [
        'the token in the keychain',
        { files: { [JIRA_FILE]: jiraYaml(CLOUD) }, keychain: { 'jira-cli/ana@acme.example': 'ATATT-ana' } },
        [ANA],
      ],
      [
        'the same on a Mac, encoded',
        {
          files: { [JIRA_FILE]: jiraYaml(CLOUD) },
          keychain: { 'jira-cli/ana@acme.example': goBase64('ATATT-ana') },
        },
        [ANA],
      ],
      [
        '.netrc before the keychain, once',
        {
          files: {
            [JIRA_FILE]: jiraYaml(CLOUD),
            [`${HOME}/.netrc`]: 'machine acme.atlassian.net\n  login ana@acme.example password ATATT-ana\n',
          },
          keychain: { 'jira-cli/ana@acme.example': 'older' },
        },
        [ANA],
      ],
      [
        'a Data Center with a bearer token',
        {
          files: { '/srv/jira.yml': jiraYaml('https://jira.corp.example', 'bearer') },
          env: { JIRA_CONFIG_FILE: '/srv/jira.yml' },
          keychain: { 'jira-cli/ana@acme.example': 'pat' },
        },
        [token('jira-data-center', 'personal-access-token', 'https://jira.corp.example', null, 'pat')],
      ],
      [
        '.netrc alone: macros, quotes, comments, other machines',
        {
          files: {
            [`${HOME}/.netrc`]:
              '# mine\nmachine other.example login x password y\nmacdef init\nmachine bad login b password c\n\nmachine acme.atlassian.net login "ana@acme.example" password "ATATT-ana"\ndefault login anonymous password z\n',
          },
        },
        [ANA],
      ],
      ['no token anywhere', { files: { [JIRA_FILE]: jiraYaml(CLOUD) } }, []],
      ['a file that is no YAML', { files: { [JIRA_FILE]: 'server: [\n\t"' } }, []],
      ['a file that is a list', { files: { [JIRA_FILE]: '- server\n' } }, []],
    ],
  ],
  [
    'acli',
    acli,
    [
      ['an empty home', {}, []],
      [
        'an API token',
        {
          files: { [ACLI_FILE]: ACLI_YAML },
          keychain: { 'acli/jira:cloud-1:712020:ana': goBase64('ATATT-ana') },
        },
        [ANA],
      ],
      [
        'OAuth tokens, which only acli renews',
        {
          files: { [ACLI_FILE]: ACLI_YAML },
          keychain: {
            'acli/jira:cloud-1:712020:ana': goBase64(gzipSync('{"access_token":"eyJ","refresh_token":"r"}')),
          },
        },
        [],
      ],
      ['nothing in the keychain', { files: { [ACLI_FILE]: ACLI_YAML } }, []],
    ],
  ],
  [
    'gh',
    gh,
    [
      ['an empty home', {}, []],
      [
        'a token in the file',
        {
          files: {
            [GH_FILE]: 'github.com:\n    user: ana\n    oauth_token: gho_1\n    git_protocol: https\n',
          },
        },
        [token('github', 'personal-access-token', null, null, 'gho_1')],
      ],
      [
        'two users, in the keychain',
        {
          files: { [GH_FILE]: 'github.com:\n    users:\n        ana:\n        ben:\n    user: ana\n' },
          keychain: { 'gh:github.com/ana': 'gho_a', 'gh:github.com/ben': goBase64('gho_b') },
        },
        [
          token('github', 'personal-access-token', null, null, 'gho_a'),
          token('github', 'personal-access-token', null, null, 'gho_b'),
        ],
      ],
      [
        'a server of its own',
        { files: { [GH_FILE]: 'git.corp.example:\n    oauth_token: gho_1\n' } },
        [token('github-enterprise', 'personal-access-token', 'https://git.corp.example', null, 'gho_1')],
      ],
      ['a tenant of the cloud', { files: { [GH_FILE]: 'acme.ghe.com:\n    oauth_token: gho_1\n' } }, []],
    ],
  ],
])('%s', (_, source, rows) => {
  test.each(rows)('%s', async (_name, world, expected) => {
    const { found } = await findIn(source, world);
    expect(found.map(brief)).toEqual(expected);
  });
});

describe('OAuth tokens of mcp-atlassian', () => {
  const client = [
    'ATLASSIAN_OAUTH_CLIENT_ID=app-1',
    'ATLASSIAN_OAUTH_CLIENT_SECRET=app-secret',
    'ATLASSIAN_OAUTH_REDIRECT_URI=http://localhost:8080/callback',
    'ATLASSIAN_OAUTH_SCOPE=read:jira-work offline_access',
    'ATLASSIAN_OAUTH_CLOUD_ID=cloud-1',
  ].join('\n');
  const tokens = {
    refresh_token: 'refresh',
    access_token: 'access',
    expires_at: 1_764_547_200.5,
    cloud_id: 'cloud-1',
  };
  const grant = {
    clientId: 'app-1',
    clientSecret: 'app-secret',
    redirectUri: 'http://localhost:8080/callback',
    refreshToken: 'refresh',
    scopes: ['read:jira-work', 'offline_access'],
    cloudId: 'cloud-1',
  };
  const identity = {
    version: 2,
    client_id: 'app-1',
    resource: 'cloud-1',
    scopes: ['read:jira-work'],
    profile: 'default',
  };
  const v2 = `oauth-v2-${'a'.repeat(64)}`;

  test.each<[string, string, object, object]>([
    ['first', 'oauth-app-1.json', tokens, grant],
    ['by cloud', 'oauth-app-1-cloud-cloud-1.json', tokens, grant],
    [
      'by identity',
      `${v2}.json`,
      { ...tokens, storage_identity: identity },
      { ...grant, scopes: ['read:jira-work'] },
    ],
    [
      'of a client that no file names',
      'oauth-app-9.json',
      tokens,
      {
        ...grant,
        clientId: 'app-9',
        clientSecret: null,
        redirectUri: null,
        scopes: [],
      },
    ],
  ])('in the file of the names that came %s', async (_, name, content, expected) => {
    const { found } = await findIn(mcpAtlassian, {
      files: { [`${FOLDER}/.env`]: client, [`${HOME}/.mcp-atlassian/${name}`]: JSON.stringify(content) },
    });
    expect(found).toMatchObject([
      {
        provider: 'atlassian',
        methods: ['oauth2'],
        secret: 'access',
        expiresAt: 1_764_547_200_500,
        grant: expected,
      },
    ]);
  });

  test('in the keychain, where no file has them', async () => {
    const { found } = await findIn(mcpAtlassian, {
      files: { [`${FOLDER}/.env`]: client },
      keychain: { 'mcp-atlassian-oauth/oauth-app-1-cloud-cloud-1': JSON.stringify(tokens) },
    });
    expect(found).toMatchObject([{ place: { kind: 'keychain', service: 'mcp-atlassian-oauth' }, grant }]);
  });

  test('of a Data Center name its address', async () => {
    const { found } = await findIn(mcpAtlassian, {
      files: {
        [`${HOME}/.mcp-atlassian/oauth-app-1-dc-01234567.json`]: JSON.stringify({
          ...tokens,
          cloud_id: null,
          base_url: 'https://jira.corp.example',
        }),
      },
    });
    expect(found).toMatchObject([
      {
        provider: 'jira-data-center',
        address: 'https://jira.corp.example',
        grant: { clientId: 'app-1', cloudId: null },
      },
    ]);
  });

  test('that are missing or broken lead to a note and to nothing else', async () => {
    const { found, notes } = await findIn(mcpAtlassian, {
      files: {
        [`${FOLDER}/.env`]: client,
        [`${HOME}/.mcp-atlassian/oauth-app-1.json`]: '{"refresh_token": "se',
      },
    });
    expect(found).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual([
      'It is not valid JSON, so it was left out.',
      expect.stringContaining('tokentray clients add atlassian --client-id app-1'),
    ]);
    expect(JSON.stringify(notes)).not.toMatch(/app-secret|"se/);
  });
});

describe('mcp-remote', () => {
  // printf %s https://mcp.atlassian.com/v1/mcp | md5sum
  const hash = '01910c24c5f2edcaf999bd1eaaeaeee8';
  const folder = `${HOME}/.mcp-auth/mcp-remote-0.1.37`;
  const tokens = JSON.stringify({
    access_token: 'a',
    refresh_token: 'r',
    token_type: 'bearer',
    expires_in: 3600,
    scope: 'x y',
  });

  test('tells Atlassian’s server by the hash of its address', async () => {
    const { found } = await findIn(mcpRemote, {
      files: {
        [`${folder}/${hash}_tokens.json`]: tokens,
        [`${folder}/${hash}_client_info.json`]: JSON.stringify({
          client_id: 'dcr',
          redirect_uris: ['http://localhost:3334/oauth/callback'],
        }),
      },
    });
    expect(found).toMatchObject([
      {
        provider: 'atlassian-mcp',
        methods: ['oauth2'],
        expiresAt: null,
        grant: {
          clientId: 'dcr',
          clientSecret: null,
          redirectUri: 'http://localhost:3334/oauth/callback',
          refreshToken: 'r',
          scopes: ['x', 'y'],
        },
      },
    ]);
  });

  test('reports tokens of a server that it does not know', async () => {
    const { found, notes } = await findIn(mcpRemote, {
      files: { [`${folder}/${'0'.repeat(32)}_tokens.json`]: tokens },
    });
    expect(found).toEqual([]);
    expect(notes).toMatchObject([{ clear: 'OAuth tokens' }]);
  });
});

test('authsome: nothing is taken from its encrypted store, and a key that lies in a file is reported', async () => {
  const { found, notes } = await findIn(authsome, {
    files: { [`${HOME}/.authsome/server/master.key`]: 'k' },
  });
  expect(found).toEqual([]);
  expect(notes.map(({ clear }) => clear)).toEqual([null, 'encryption key']);
});
