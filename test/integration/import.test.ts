import { createHash, randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportCandidate, ImportNote } from '../../contract/import.ts';
import { startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { signInAtSandbox } from './support/sandbox-sign-in.ts';
import { offeredBy } from './support/ways-in.ts';

interface Found {
  candidates: ImportCandidate[];
  notes: ImportNote[];
  results?: {
    connection: { name: string; provider: string; method: string } | null;
    error: { code: string } | null;
    notes: string[];
  }[];
}

const JIRA_DATA_CENTER = {
  id: 'jira-data-center',
  name: 'Jira Data Center',
  instance: { example: 'https://jira.example.com' },
  methods: [
    { method: 'personal-access-token', ways: [{ as: 'bearer' }] },
    { method: 'basic', username: 'text', ways: [{ as: 'basic' }] },
  ],
  apis: [
    {
      id: 'jira',
      name: 'Jira',
      urls: { default: '{site}' },
      whoAmI: { path: '/rest/api/2/myself', id: 'key', name: 'displayName', email: 'emailAddress' },
    },
  ],
  identity: { kind: 'apis' },
};

const CLIENT = {
  client_id: 'tokentray-sandbox-app',
  client_secret: 'tokentray-sandbox-secret-that-opens-nothing-else',
};
const REDIRECT = 'http://127.0.0.1:7979/callback';

/** The tokens of another program that signed Ana in with the sandbox's app. */
async function grantOfAnother(sandboxUrl: string): Promise<{ access_token: string; refresh_token: string }> {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/authorize', sandboxUrl);
  for (const [name, value] of Object.entries({
    audience: 'api.atlassian.com',
    prompt: 'consent',
    response_type: 'code',
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT,
    scope: 'read:me read:jira-work read:jira-user offline_access',
    state: 'state-of-another-program',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }))
    url.searchParams.set(name, value);
  const callback = new URL(await signInAtSandbox(url.href, { sites: ['acme'] }));
  const answer = await fetch(new URL('/oauth/token', sandboxUrl), {
    method: 'POST',
    body: new URLSearchParams({
      ...CLIENT,
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: REDIRECT,
    }),
  });
  return (await answer.json()) as { access_token: string; refresh_token: string };
}

describe('tokentray import', () => {
  let app: RunningApp;
  let data: string;
  let home: string;
  let project: string;

  const put = (file: string, content: string | Buffer): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  };
  const run = (...args: string[]): Promise<CliAnswer> => app.cli(['import', ...args], { cwd: project });
  const found = (answer: CliAnswer): Found => answer.json() as Found;

  beforeEach(async () => {
    data = mkdtempSync(path.join(tmpdir(), 'tokentray-import-'));
    home = path.join(data, 'home');
    project = path.join(home, 'project');
    mkdirSync(project, { recursive: true });
    put(path.join(data, 'sandbox', 'providers', 'jira-data-center.json'), JSON.stringify(JIRA_DATA_CENTER));
    const env = { HOME: home, XDG_CONFIG_HOME: '', GH_CONFIG_DIR: undefined, JIRA_CONFIG_FILE: undefined };
    app = await startApp([], { home: data, keepHome: true, env });
  });
  afterEach(async () => {
    await app.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  it('lists masked, takes what works, names what does not, and leaves the files alone', async () => {
    const { apiTokens, dataCenter } = await offeredBy(app);
    const api = apiTokens.find(({ scoped }) => !scoped)!;
    const jira = dataCenter.find(({ provider }) => provider === 'jira-data-center')!;
    const files: Record<string, string> = {
      [path.join(project, '.env')]: [
        `JIRA_URL=${api.site}`,
        `JIRA_USERNAME=${api.email}`,
        `JIRA_API_TOKEN="${api.token}"`,
        `CONFLUENCE_URL=${api.site}/wiki`,
        `CONFLUENCE_USERNAME=${api.email}`,
        `CONFLUENCE_API_TOKEN="${api.token}"`,
      ].join('\n'),
      [path.join(home, '.cursor', 'mcp.json')]: JSON.stringify({
        mcpServers: {
          jira: {
            command: 'uvx',
            env: { JIRA_URL: `${jira.url}/browse/TRAY-1`, JIRA_PERSONAL_TOKEN: jira.personalAccessToken },
          },
        },
      }),
      [path.join(home, '.config', '.jira', '.config.yml')]:
        `installation: Local\nserver: ${jira.url}\nlogin: ana\nauth_type: bearer\napi_token: wrong-token-of-somebody-9876\n`,
      [path.join(home, '.codeium', 'windsurf', 'mcp_config.json')]: '{ "mcpServers": ',
    };
    for (const [file, content] of Object.entries(files)) put(file, content);
    const secrets = [api.token, jira.personalAccessToken, 'wrong-token-of-somebody-9876'];

    const listed = await run('--json');
    expect(listed.code).toBe(0);
    const { candidates, notes } = found(listed);
    expect(
      candidates.map(({ provider, method, problem }) => [provider, method, problem?.code ?? null]),
    ).toEqual([
      ['atlassian', 'api-token', null],
      ['jira-data-center', 'personal-access-token', null],
      ['jira-data-center', 'personal-access-token', null],
    ]);
    expect(candidates[0]).toMatchObject({
      address: api.site,
      username: api.email,
      secret: `…${api.token.slice(-4)}`,
    });
    expect(notes.map(({ place }) => place)).toContain(
      path.join(home, '.codeium', 'windsurf', 'mcp_config.json'),
    );
    expect(((await app.cli(['list', '--json'])).json() as unknown[]).length).toBe(0);

    const shown = await run();
    expect(shown.code).toBe(0);
    expect(shown.stderr).toContain('add --yes');

    const taken = await run('--yes', '--json');
    expect(taken.code).toBe(1);
    expect(found(taken).results?.map(({ connection, error }) => connection?.provider ?? error?.code)).toEqual(
      ['atlassian', 'jira-data-center', 'denied'],
    );
    const connections = (await app.cli(['list', '--json'])).json() as {
      name: string;
      provider: string;
      site: { url: string };
    }[];
    expect(connections.map(({ provider, site }) => [provider, site.url])).toEqual(
      expect.arrayContaining([
        ['atlassian', api.site],
        ['jira-data-center', jira.url],
      ]),
    );
    expect(connections.length).toBe(2);
    for (const { name } of connections)
      expect([name, (await app.cli(['test', name])).code]).toEqual([name, 0]);

    const again = found(await run('--json'));
    expect(again.candidates.slice(0, 2).map(({ problem }) => problem?.code)).toEqual([
      'conflict',
      'conflict',
    ]);

    for (const { stdout, stderr } of [listed, shown, taken])
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    for (const [file, content] of Object.entries(files)) expect(readFileSync(file, 'utf8')).toBe(content);

    const report = (await run('--report', '--json')).json() as { clear: { path: string; kinds: string[] }[] };
    expect(report.clear.map(({ path: file }) => path.relative(home, file))).toEqual([
      '.config/.jira/.config.yml',
      '.cursor/mcp.json',
      'project/.env',
    ]);
  });

  describe('with the OAuth tokens of mcp-atlassian', () => {
    const file = (): string => path.join(home, '.mcp-atlassian', `oauth-${CLIENT.client_id}.json`);
    const store = (tokens: object, expiresAt: number): void => {
      put(file(), JSON.stringify({ ...tokens, expires_at: expiresAt / 1000, cloud_id: null }));
    };

    it('that are still valid: stored paused, and the other program can go on', async () => {
      const tokens = await grantOfAnother(app.sandboxUrl);
      store(tokens, Date.now() + 3_000_000);
      const taken = await run('mcp-atlassian', '--yes', '--json');
      expect(taken.code).toBe(0);
      expect(found(taken).candidates).toMatchObject([{ refreshes: true, problem: null }]);
      expect(found(taken).results).toMatchObject([
        {
          connection: { provider: 'atlassian', status: { state: 'paused' } },
          notes: [expect.stringContaining('tokentray resume')],
        },
      ]);
      const refreshed = await fetch(new URL('/oauth/token', app.sandboxUrl), {
        method: 'POST',
        body: new URLSearchParams({
          ...CLIENT,
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token,
        }),
      });
      expect(refreshed.status).toBe(200);
    });

    it('that have ended: refused, until they are taken over; then ours is the newest, and it is known whose they are', async () => {
      store(await grantOfAnother(app.sandboxUrl), Date.now() - 1000);
      const before = readFileSync(file(), 'utf8');
      const refused = await run('mcp-atlassian', '--yes', '--json');
      expect(refused.code).toBe(1);
      expect(found(refused).results).toMatchObject([{ connection: null, error: { code: 'refused' } }]);

      const taken = await run('mcp-atlassian', '--yes', '--take-over', '--json');
      expect(found(taken).results).toMatchObject([
        {
          connection: {
            name: 'acme',
            account: { email: 'ana@acme.example' },
            site: { name: 'acme' },
            status: { state: 'connected' },
          },
          notes: [expect.stringContaining('Whoever renews it second ends it')],
        },
      ]);
      expect(taken.code).toBe(0);
      expect((await app.cli(['test', 'acme'])).code).toBe(0);
      expect((await app.cli(['refresh', 'acme'])).code).toBe(0);
      expect(readFileSync(file(), 'utf8')).toBe(before);
    });

    it('that the provider no longer takes: exit code 4, and nothing stays behind', async () => {
      store({ access_token: 'gone', refresh_token: 'gone-refresh-token' }, Date.now() - 1000);
      const taken = await run('mcp-atlassian', '--yes', '--take-over', '--json');
      expect(taken.code).toBe(4);
      expect(found(taken).results).toMatchObject([{ connection: null, error: { code: 'needs-reconnect' } }]);
      expect(((await app.cli(['list', '--json'])).json() as unknown[]).length).toBe(0);
    });
  });

  it('reads no broken, huge or foreign file, and says so', async () => {
    put(path.join(project, '.env'), Buffer.from([0xff, 0x00, 0x80]));
    put(path.join(project, '.mcp.json'), `{"a":"${'x'.repeat(4 << 20)}"}`);
    const foreign = path.join(data, 'foreign.json');
    put(foreign, '{"mcpServers":{"a":{"env":{"JIRA_API_TOKEN":"somebody-elses"}}}}');
    mkdirSync(path.join(home, '.cursor'));
    symlinkSync(foreign, path.join(home, '.cursor', 'mcp.json'));
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(foreign, 65_534, 65_534);
    const answer = await run('--json');
    const messages = found(answer).notes.map(({ message }) => message);
    expect(messages).toContain('It is not text in UTF-8 or UTF-16.');
    expect(messages).toContain('It is larger than 4 MiB, so it was not read.');
    if (!isRoot) return;
    expect(messages).toContainEqual(expect.stringContaining('belongs to another user'));
    expect(found(answer).candidates).toEqual([]);
    expect(answer.code).toBe(5);
  });

  it('tells wrong usage from nothing found', async () => {
    expect((await run()).code).toBe(5);
    expect((await run('--report')).code).toBe(0);
    expect((await run('no-such-program')).code).toBe(2);
    expect((await run('gh', '--file', '.env')).code).toBe(2);
    expect((await run('env', '--file', 'missing.env')).code).toBe(5);
  });
});
