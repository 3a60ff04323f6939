import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../contract/connection.ts';
import { startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { connectBy } from './support/connect.ts';
import { signInAtSandbox } from './support/sandbox-sign-in.ts';

interface Credentials {
  apiTokens: { email: string; token: string; site: string; scoped: boolean }[];
  serviceAccounts: { clientId: string; clientSecret: string; site: string }[];
  serviceAccountTokens: { email: string; token: string; site: string }[];
  accessTokens: { token: string; site: string }[];
  dataCenter: {
    provider: string;
    url: string;
    personalAccessToken: string;
    username: string;
    password: string;
  }[];
  bitbucket: { email: string; token: string }[];
  bitbucketAccessTokens: { token: string }[];
  statuspage: { apiKey: string }[];
  opsgenie: { apiKey: string }[];
  oauthClients: { provider: string; clientId: string; clientSecret: string | null }[];
}

let app: RunningApp;
let given: Credentials;

beforeAll(async () => {
  app = await startApp();
  given = (await app.sandbox('credentials')) as Credentials;
});
afterAll(async () => {
  await app.stop();
});

const DATA_CENTER = ['jira', 'confluence', 'bitbucket', 'bamboo'].map((product) => `${product}-data-center`);

const of = (provider: string): Credentials['dataCenter'][number] => {
  const found = given.dataCenter.find((each) => each.provider === provider);
  if (!found) throw new Error(`the sandbox has no ${provider}`);
  return found;
};

/** What works after every sign-in: it says whose it is, opens its APIs, and is taken out again. */
async function works(name: string, header: RegExp): Promise<void> {
  const test = await app.cli(['test', name, '--json']);
  expect(test.stdout + test.stderr).toMatch(/"ok":true/);
  expect(test.code).toBe(0);
  const got = await app.cli(['get', name, '--field', 'authorization']);
  expect(got.stdout.slice(0, 12)).toMatch(header);
  expect((await app.cli(['remove', name, '--json'])).code).toBe(0);
}

async function connect(name: string, args: string[], input = ''): Promise<CliAnswer> {
  const answer = await app.cli(['connect', ...args, '--name', name, '--json'], { input });
  expect(answer.stderr).toBe('');
  expect(answer.code).toBe(0);
  return answer;
}

describe('a pasted secret connects, works, says so, and is removed', () => {
  it.each<[string, () => [string[], string], RegExp]>([
    [
      'API token of Atlassian Cloud, for a site by its name',
      () => {
        const { email, token } = given.apiTokens.find(({ scoped }) => !scoped)!;
        return [['atlassian', '--method', 'api-token', '--site', 'acme', '--email', email], token];
      },
      /^Basic /,
    ],
    [
      'API token with scopes, which works at the gateway only',
      () => {
        const { email, token, site } = given.apiTokens.find(({ scoped }) => scoped)!;
        return [['atlassian', '--method', 'api-token', '--site', site, '--email', email], ` ${token}\n`];
      },
      /^Basic /,
    ],
    [
      'API token of a service account',
      () => {
        const { email, token, site } = given.serviceAccountTokens[0]!;
        return [['atlassian', '--method', 'api-token', '--site', site, '--email', email], token];
      },
      /^(Basic|Bearer) /,
    ],
    [
      'access token from elsewhere',
      () => {
        const { token, site } = given.accessTokens[0]!;
        return [['atlassian', '--method', 'access-token', '--site', site], `Bearer ${token}`];
      },
      /^Bearer /,
    ],
    ...DATA_CENTER.flatMap((provider): [string, () => [string[], string], RegExp][] => [
      [
        `${provider}: personal access token`,
        () => [
          [provider, '--method', 'personal-access-token', '--url', `${of(provider).url}/browse/X-1?y=z`],
          of(provider).personalAccessToken,
        ],
        /^Bearer /,
      ],
      [
        `${provider}: password`,
        () => [
          [provider, '--method', 'basic', '--url', of(provider).url, '--email', of(provider).username],
          of(provider).password,
        ],
        /^Basic /,
      ],
    ]),
    [
      'API token of Bitbucket Cloud',
      () => {
        const { email, token } = given.bitbucket[0]!;
        return [['bitbucket', '--method', 'api-token', '--email', email], token];
      },
      /^Basic /,
    ],
    [
      'token of a repository, which belongs to nobody',
      () => [['bitbucket', '--method', 'access-token'], given.bitbucketAccessTokens[0]!.token],
      /^Bearer /,
    ],
    [
      'API token for the MCP server',
      () => {
        const { email, token } = given.apiTokens.find(({ scoped }) => scoped)!;
        return [['atlassian-mcp', '--method', 'api-token', '--email', email], token];
      },
      /^Basic /,
    ],
    [
      'key of a service account for the MCP server',
      () => [['atlassian-mcp', '--method', 'api-key'], given.serviceAccountTokens[0]!.token],
      /^Bearer /,
    ],
    ['key of Statuspage', () => [['statuspage'], given.statuspage[0]!.apiKey], /^OAuth /],
    ['key of Opsgenie', () => [['opsgenie'], given.opsgenie[0]!.apiKey], /^GenieKey /],
  ])('%s', async (name, secret, header) => {
    const [args, input] = secret();
    await connect(name, args, input);
    const refreshed = await app.cli(['refresh', name]);
    expect(refreshed).toMatchObject({ code: 1, stderr: expect.stringContaining('pasted') as string });
    await works(name, header);
  });

  it('is replaced in place', async () => {
    const { email, token } = given.apiTokens.find(({ scoped }) => !scoped)!;
    await connect('mine', ['atlassian', '--method', 'api-token', '--site', 'acme', '--email', email], token);
    const again = await app.cli(['reconnect', 'mine', '--expires', '90d', '--json'], { input: token });
    expect(again.code).toBe(0);
    const [view] = ((await app.cli(['list', '--json'])).json() as ConnectionView[]).filter(
      ({ name }) => name === 'mine',
    );
    expect(view?.expiresAt).toEqual(expect.any(String));
    expect((await app.cli(['remove', 'mine', '--json'])).code).toBe(0);
  });

  it.each([
    ['atlassian', ['--site', 'acme']],
    ['atlassian-mcp', []],
  ])('that is wrong connects nothing, and says what to do: %s', async (provider, args) => {
    const { email } = given.apiTokens[0]!;
    const refused = await app.cli(
      ['connect', provider, '--method', 'api-token', ...args, '--email', email, '--json'],
      { input: 'ATATT3xFfGF0-nothing' },
    );
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ error: { code: 'denied', hint: expect.any(String) as string } });
  });
});

describe('a service account connects without anybody, and is renewed', () => {
  it.each(['atlassian', ...DATA_CENTER.filter((id) => id !== 'bamboo-data-center')])(
    '%s',
    async (provider) => {
      const client =
        provider === 'atlassian'
          ? given.serviceAccounts[0]!
          : given.oauthClients.find(({ clientId }) => clientId === `tokentray-sandbox-${provider}-service`)!;
      const added = await app.cli(
        ['clients', 'add', provider, '--client-id', client.clientId, '--name', 'Bot', '--json'],
        { input: client.clientSecret ?? '' },
      );
      expect(added.code).toBe(0);
      const instance = provider === 'atlassian' ? [] : ['--url', of(provider).url];
      await connect('bot', [
        provider,
        '--grant',
        'client-credentials',
        '--client',
        client.clientId,
        ...instance,
      ]);
      expect(await app.cli(['refresh', 'bot'])).toMatchObject({ code: 0 });
      await works('bot', /^Bearer /);
      expect((await app.cli(['clients', 'remove', client.clientId])).code).toBe(0);
    },
  );
});

describe('a person signs in in the browser', () => {
  it.each([
    ['atlassian', []],
    ['jira-data-center', []],
    ['confluence-data-center', []],
    ['bitbucket-data-center', []],
    ['bamboo-data-center', []],
    ['bitbucket', []],
    ['trello', []],
    ['atlassian-mcp', []],
    ['example', ['--grant', 'authorization-code']],
  ])('%s', async (provider, args) => {
    const instance = DATA_CENTER.includes(provider) ? ['--url', of(provider).url] : [];
    const connected = await connectBy(app, (url) => signInAtSandbox(url, { sites: ['acme'] }), [
      'connect',
      provider,
      '--method',
      'oauth2',
      '--name',
      'mine',
      ...args,
      ...instance,
    ]);
    expect(connected).toMatchObject({ connection: { name: 'mine' } });
    expect(await app.cli(['refresh', 'mine'])).toMatchObject({
      code: 0,
      stderr: expect.any(String) as string,
    });
    expect((await app.cli(['get', 'mine', '--field', 'authorization'])).stdout).toMatch(/^Bearer /);
    expect((await app.cli(['remove', 'mine', '--json'])).code).toBe(0);
  });
});
