import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { basic, CALLBACK, runSandbox } from './running-sandbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-sandbox-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the list wants the control’s header, and has the agreed fields', async () => {
  const { ask, url } = await runSandbox();
  expect((await ask('/__sandbox/credentials')).status).toBe(403);
  const { json } = await ask('/__sandbox/credentials', { headers: { 'x-sandbox-control': '1' } });
  const lists = json as Record<string, Record<string, unknown>[]>;
  const fields = (name: string): string[][] => lists[name]!.map((entry) => Object.keys(entry).sort());
  const all = (name: string, ...expected: string[]): void => {
    expect(fields(name).length).toBeGreaterThan(0);
    for (const entry of fields(name)) expect(entry).toEqual(expected.sort());
  };
  all('apiTokens', 'email', 'token', 'site', 'scoped');
  all('serviceAccounts', 'clientId', 'clientSecret', 'site');
  all('dataCenter', 'provider', 'url', 'personalAccessToken', 'username', 'password');
  all('bitbucket', 'email', 'token', 'workspace');
  expect(lists['apiTokens']![0]).toMatchObject({ email: 'ana@acme.example', site: `${url}/sites/acme` });
  expect(new Set(lists['dataCenter']!.map(({ provider }) => provider)).size).toBe(4);
});

test('the control ends a credential over HTTP and brings it back', async () => {
  const { ask, credentials } = await runSandbox();
  const { email, token } = credentials.apiTokens[0]!;
  const end = async (how: string | null): Promise<number> =>
    (
      await ask('/__sandbox/end-credential', {
        json: { secret: token, how },
        headers: { 'x-sandbox-control': '1' },
      })
    ).status;
  const status = async (): Promise<number> =>
    (await ask('/sites/acme/rest/api/3/myself', { auth: basic(email, token) })).status;
  expect([await end('revoked'), await status()]).toEqual([200, 401]);
  expect([await end(null), await status()]).toEqual([200, 200]);
  expect(await end('stolen')).toBe(400);
});

test.each([
  ['not-enabled', { scopes: ['read:me'] }, { notEnabledScopes: ['read:me'] }],
  ['data-center', { loginPage: true }, { loginPage: true, basicAllowed: true }],
  ['device', { intervalSeconds: 1 }, { device: { intervalSeconds: 1, lifetimeSeconds: 600 } }],
])('%s is a condition that fair ends', async (command, json, conditions) => {
  const { ask } = await runSandbox();
  const headers = { 'x-sandbox-control': '1' };
  const before = await ask('/__sandbox/state', { headers });
  expect((await ask(`/__sandbox/${command}`, { json, headers })).json).toMatchObject({ conditions });
  expect((await ask('/__sandbox/fair', { json: {}, headers })).json).toEqual(before.json);
});

test('credentials, their ends and registered clients survive a restart', async () => {
  const stateFile = path.join(folder, 'state.json');
  const before = await runSandbox({ stateFile });
  const { token } = before.credentials.apiTokens[0]!;
  const json = { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none', client_name: 'Mine' };
  const { client_id } = (await before.ask('/openid/register', { json })).json as { client_id: string };
  // Last, so that nothing else saves it.
  before.sandbox.control.endCredential(token, 'revoked');
  await before.sandbox.dispose();
  expect(readFileSync(stateFile, 'utf8')).not.toContain(token);

  const after = await runSandbox({ stateFile });
  expect(after.credentials.apiTokens.map((entry) => entry.token)).toEqual(
    before.credentials.apiTokens.map((entry) => entry.token),
  );
  const [first, second] = after.credentials.apiTokens;
  const status = async ({ email, token: value }: { email: string; token: string }): Promise<number> =>
    (await after.ask('/sites/acme/rest/api/3/myself', { auth: basic(email, value) })).status;
  expect([await status(first!), await status(second!)]).toEqual([401, 200]);
  const form = { client_id, scope: 'profile' };
  expect((await after.ask('/openid/device_authorization', { form })).status).toBe(200);
});

test('a token that a refresh request of another service carries is recorded as used', async () => {
  const { ask, sandbox } = await runSandbox();
  const client_id = 'tokentray-sandbox-openid';
  sandbox.control.rude('503', 1, 'token');
  const form = { grant_type: 'refresh_token', client_id, refresh_token: 'x' };
  expect((await ask('/openid/token', { form })).status).toBe(503);
  expect((await ask('/openid/token', { form })).json).toMatchObject({ error: 'invalid_grant' });
  expect(sandbox.control.totals()).toMatchObject({ requests: 2, unknown: 1 });
  sandbox.control.loseAnswers(1);
  await expect(ask('/bitbucket.org/site/oauth2/access_token', { form })).rejects.toThrow();
});

test('the home page shows every value, to be copied, under a policy for one script', async () => {
  const { ask, sandbox } = await runSandbox();
  const { text, headers } = await ask('/');
  const { apiTokens, dataCenter, bitbucket, serviceAccounts, statuspage } = sandbox.control.credentials();
  for (const value of [
    ...apiTokens.map(({ token }) => token),
    ...dataCenter.flatMap(({ personalAccessToken, password }) => [personalAccessToken, password]),
    bitbucket[0]!.token,
    serviceAccounts[0]!.clientSecret,
    statuspage[0]!.apiKey,
  ])
    expect(text).toContain(`value="${value}"`);
  expect(headers.get('content-security-policy')).toMatch(/script-src 'sha256-[^' ]+';/);
  expect(text.match(/<script/g)).toHaveLength(1);
});
