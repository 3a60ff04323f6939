import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createCloudClient } from 'jira.js';
import { systemClock } from '../../main/lib/clock.ts';
import { RUDE_KINDS } from '../../main/sandbox/conditions.ts';
import { SANDBOX_PEOPLE } from '../../main/sandbox/people.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../main/sandbox/start-sandbox.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import {
  authorizeAddress,
  postToSandbox,
  refreshAtSandbox,
  signInAtSandbox,
  tokensFromSandbox,
  type SandboxTokens,
} from './support/sandbox-sign-in.ts';
import { oauth2In } from '../fakes/oauth2.ts';

const started: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.dispose();
});

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ clock: systemClock, ...options });
  started.push(sandbox);
  return sandbox;
}

const ACME = SANDBOX_PEOPLE[0]!.sites[0]!;
const ACME_SANDBOX = SANDBOX_PEOPLE[0]!.sites[1]!;
const MINUTE = 60_000;

const get = (sandbox: Sandbox, path: string, token: string): Promise<Response> =>
  fetch(sandbox.url + path, { headers: { authorization: `Bearer ${token}` } });

async function refreshed(sandbox: Sandbox, refreshToken: string): Promise<SandboxTokens> {
  const answer = await refreshAtSandbox(sandbox, refreshToken);
  expect(answer.status).toBe(200);
  return (await answer.json()) as SandboxTokens;
}

async function refusal(answer: Response): Promise<string> {
  return `${answer.status} ${((await answer.json()) as { error: string }).error}`;
}

test('listens on the loopback address only, with endpoints that point at itself', async () => {
  const { url, definition } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { apis, identity } = definition;
  const oauth2 = oauth2In(definition);
  expect([oauth2.authorizationUrl, oauth2.tokenUrl, oauth2.revocationUrl]).toEqual([
    `${url}/authorize`,
    `${url}/oauth/token`,
    `${url}/oauth/revoke`,
  ]);
  expect(identity).toEqual({ kind: 'atlassian-cloud', apiUrl: url, siteUrl: `${url}/sites/{name}` });
  for (const api of apis) expect(api.urls['default']).toBe(`${url}/ex/${api.id}/{cloudId}`);
  const { port } = new URL(url);
  const other = connect(Number(port), '127.0.0.2');
  await expect(
    new Promise((resolve, reject) => other.on('connect', resolve).on('error', reject)),
  ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('signs in with code and PKCE, and tells who it is and which sites were granted', async () => {
  const sandbox = await start();
  const tokens = await tokensFromSandbox(sandbox, { account: 'ana', sites: ['acme-sandbox'] });
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
  const me = await get(sandbox, '/me', tokens.access_token);
  expect(await me.json()).toMatchObject({
    email: 'ana@acme.example',
    name: 'Ana Keller',
    account_status: 'active',
  });
  const resources = await get(sandbox, '/oauth/token/accessible-resources', tokens.access_token);
  // Once for Jira, once for Confluence.
  expect(await resources.json()).toMatchObject([
    { id: ACME_SANDBOX.cloudId, url: 'https://acme-sandbox.atlassian.net' },
    { id: ACME_SANDBOX.cloudId, scopes: expect.arrayContaining(['read:confluence-user']) as unknown },
  ]);
});

test('a person who says no is sent back with access_denied and the state', async () => {
  const sandbox = await start();
  const { url, state } = authorizeAddress(sandbox);
  const callback = new URL(await signInAtSandbox(url, { decision: 'deny' }));
  expect(callback.searchParams.get('error')).toBe('access_denied');
  expect(callback.searchParams.get('state')).toBe(state);
  expect(callback.searchParams.has('code')).toBe(false);
});

test('a wrong callback is an error page, never a redirect', async () => {
  const registered = 'http://localhost:4711/cb';
  const sandbox = await start({
    apps: [{ name: 'Mine', clientId: 'mine', clientSecret: 'mine-too', redirectUris: [registered] }],
  });
  const ask = (redirectUri: string): Promise<Response> =>
    fetch(authorizeAddress(sandbox, { overrides: { client_id: 'mine', redirect_uri: redirectUri } }).url, {
      redirect: 'manual',
    });
  expect((await ask(registered)).status).toBe(200);
  const refused = await ask('http://localhost:4712/cb');
  expect(refused.status).toBe(400);
  expect(refused.headers.get('location')).toBeNull();
  expect(await refused.text()).toContain('Callback not registered');
});

test('a page of another origin cannot press Allow', async () => {
  const sandbox = await start();
  const { url } = authorizeAddress(sandbox);
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ account: 'ana', decision: 'allow' }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
  }
  expect(sandbox.control.view().grants).toEqual([]);
});

test('takes JSON as well as forms', async () => {
  const sandbox = await start();
  const { refresh_token = '' } = await tokensFromSandbox(sandbox);
  const answer = await postToSandbox(sandbox, { grant_type: 'refresh_token', refresh_token }, { as: 'json' });
  expect(answer.status).toBe(200);
});

test('a wrong secret is a fault of the app, not the end of the grant', async () => {
  const sandbox = await start();
  const { refresh_token = '' } = await tokensFromSandbox(sandbox);
  const answer = await postToSandbox(sandbox, {
    grant_type: 'refresh_token',
    refresh_token,
    client_secret: 'wrong',
  });
  expect(await refusal(answer)).toBe('401 access_denied');
  await refreshed(sandbox, refresh_token);
});

test('a refresh token rotates; the replaced one works for 10 more minutes and then ends the family', async () => {
  const clock = new FakeClock();
  const sandbox = await start({ clock });
  const first = (await tokensFromSandbox(sandbox)).refresh_token!;
  const second = (await refreshed(sandbox, first)).refresh_token!;
  expect(second).not.toBe(first);
  clock.advance(10 * MINUTE);
  const third = (await refreshed(sandbox, first)).refresh_token!;
  await refreshed(sandbox, second);
  clock.advance(1);
  expect(await refusal(await refreshAtSandbox(sandbox, first))).toBe('403 unauthorized_client');
  expect(await refusal(await refreshAtSandbox(sandbox, third))).toBe('403 unauthorized_client');
  expect(sandbox.control.totals()).toMatchObject({ current: 1, grace: 2, replaced: 1, unknown: 1 });
});

test('90 days without use end a refresh token; either wording can be had', async () => {
  const clock = new FakeClock();
  const sandbox = await start({ clock });
  let token = (await tokensFromSandbox(sandbox)).refresh_token!;
  clock.advance(90 * 24 * 60 * MINUTE);
  token = (await refreshed(sandbox, token)).refresh_token!;
  clock.advance(90 * 24 * 60 * MINUTE + 1);
  sandbox.control.goneAs('invalid_grant');
  expect(await refusal(await refreshAtSandbox(sandbox, token))).toBe('403 invalid_grant');
});

test('an access token ends at its time, and a refresh does not end it before', async () => {
  const clock = new FakeClock();
  const sandbox = await start({ clock, accessTokenTtlSeconds: 60 });
  const { access_token, refresh_token = '' } = await tokensFromSandbox(sandbox);
  await refreshed(sandbox, refresh_token);
  clock.advance(59_000);
  expect((await get(sandbox, '/me', access_token)).status).toBe(200);
  clock.advance(1_000);
  expect((await get(sandbox, '/me', access_token)).status).toBe(401);
});

test('without offline_access there is no refresh token', async () => {
  const sandbox = await start();
  const tokens = await tokensFromSandbox(sandbox, { scopes: ['read:me'] });
  expect(tokens).not.toHaveProperty('refresh_token');
});

test('the newest consent replaces the scopes of earlier sign-ins, and revoking ends them all', async () => {
  const sandbox = await start();
  const before = await tokensFromSandbox(sandbox, { sites: ['acme'] });
  await tokensFromSandbox(sandbox, { sites: ['acme-sandbox'], scopes: ['read:me', 'offline_access'] });
  await tokensFromSandbox(sandbox, { account: 'ben' });
  const now = await refreshed(sandbox, before.refresh_token!);
  expect(now.scope).toBe('read:me offline_access');
  expect(sandbox.control.view().grants).toMatchObject([
    { account: 'ana', sites: [ACME.cloudId, ACME_SANDBOX.cloudId], signIns: 2 },
    { account: 'ben', sites: 'all', signIns: 1 },
  ]);

  const oauth2 = oauth2In(sandbox.definition);
  const revoke = await fetch(oauth2.revocationUrl!, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: oauth2.client!.clientId,
      client_secret: oauth2.client!.clientSecret!,
      token: now.refresh_token!,
    }),
  });
  expect(revoke.status).toBe(200);
  expect(sandbox.control.view().grants).toMatchObject([{ account: 'ben' }]);
  expect((await refreshAtSandbox(sandbox, now.refresh_token!)).status).toBe(403);
});

test('jira.js gets real answers', async () => {
  const sandbox = await start();
  const { access_token } = await tokensFromSandbox(sandbox, { account: 'leila' });
  const cloudId = SANDBOX_PEOPLE[4]!.sites[0]!.cloudId;
  const jira = createCloudClient({
    host: `${sandbox.url}/ex/jira/${cloudId}`,
    auth: { type: 'bearer', token: access_token },
    onSchemaMismatch: 'throw',
  });
  const myself = await jira.myself.getCurrentUser();
  expect(myself.displayName).toMatch(/^🦊 ليلى/);
  const projects = await jira.projects.searchProjects();
  expect(projects.values.map(({ key }) => key)).toEqual(['TRAY', 'OPS']);
  const found = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = OPS ORDER BY created',
    fields: ['summary'],
  });
  expect(found.issues?.map(({ key }) => key)).toEqual(['OPS-1', 'OPS-2']);
  expect(found.issues?.[0]?.fields).toEqual({ summary: 'Rotate the on-call list' });
  const posted = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: '',
    fields: ['*all'],
    maxResults: 2,
  });
  expect(posted).toMatchObject({ isLast: false, nextPageToken: '2' });
  const issue = await jira.issues.getIssue({ issueIdOrKey: 'TRAY-3' });
  expect(issue.fields?.['summary']).toContain('日本語');
  expect((await jira.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
});

test('jira.js takes an API token: a classic one at the site, a scoped one at the gateway', async () => {
  const sandbox = await start();
  const { apiTokens } = sandbox.control.credentials();
  const nameAt = async (host: string, scoped: boolean): Promise<string> => {
    const { email, token } = apiTokens.find((entry) => entry.scoped === scoped)!;
    const auth = { type: 'basic', email, apiToken: token } as const;
    const jira = createCloudClient({ host, auth, onSchemaMismatch: 'throw' });
    return (await jira.myself.getCurrentUser()).displayName ?? '';
  };
  expect(await nameAt(`${sandbox.url}/sites/acme`, false)).toBe('Ana Keller');
  expect(await nameAt(`${sandbox.url}/ex/jira/${ACME.cloudId}`, true)).toBe('Ana Keller');
  await expect(nameAt(`${sandbox.url}/sites/acme`, true)).rejects.toMatchObject({ status: 401 });
});

test('a site that was not granted is not found, a missing scope is 401 without naming it', async () => {
  const sandbox = await start();
  const { access_token } = await tokensFromSandbox(sandbox, {
    sites: ['acme'],
    scopes: ['read:jira-user', 'read:confluence-space.summary'],
  });
  const status = async (path: string): Promise<number> => (await get(sandbox, path, access_token)).status;
  expect(await status(`/ex/jira/${ACME.cloudId}/rest/api/2/myself`)).toBe(200);
  expect(await status(`/ex/confluence/${ACME.cloudId}/wiki/rest/api/space`)).toBe(410);
  expect(await status(`/ex/jira/${ACME_SANDBOX.cloudId}/rest/api/3/myself`)).toBe(404);
  const refused = await get(sandbox, `/ex/jira/${ACME.cloudId}/rest/api/3/project/search`, access_token);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toEqual({ code: 401, message: 'Unauthorized; scope does not match' });
});

test('a lost answer was processed all the same; the replay is seen as one', async () => {
  const sandbox = await start();
  const token = (await tokensFromSandbox(sandbox)).refresh_token!;
  sandbox.control.loseAnswers(1);
  await expect(refreshAtSandbox(sandbox, token)).rejects.toThrow();
  await refreshed(sandbox, token);
  expect(sandbox.control.uses()).toMatchObject([
    { standing: 'current', answered: false, concurrent: false },
    { standing: 'grace', answered: true, concurrent: false },
  ]);
  expect(sandbox.control.refreshTokensUsedTwice()).toBe(1);
});

test('two requests with one refresh token at the same time are counted as concurrent', async () => {
  const sandbox = await start();
  const token = (await tokensFromSandbox(sandbox)).refresh_token!;
  sandbox.control.slow(100);
  await Promise.all([refreshed(sandbox, token), refreshed(sandbox, token)]);
  expect(sandbox.control.totals()).toMatchObject({ requests: 2, concurrent: 2, current: 1, grace: 1 });
});

test.each(RUDE_KINDS)('rude answer: %s, once, then fair again', async (kind) => {
  const sandbox = await start();
  const token = (await tokensFromSandbox(sandbox)).refresh_token!;
  sandbox.control.rude(kind, 1, 'token');
  const spoiled = await postToSandbox(
    sandbox,
    { grant_type: 'refresh_token', refresh_token: token },
    { signal: AbortSignal.timeout(1000) },
  )
    .then(async (answer) => ((await answer.json()) as Partial<SandboxTokens>).access_token)
    .catch(() => undefined);
  expect(spoiled).toBeUndefined();
  await refreshed(sandbox, token);
  const processed = ['cut-json', 'cut-connection', 'stall'].includes(kind);
  expect(sandbox.control.totals()).toMatchObject({ requests: 2, grace: processed ? 1 : 0 });
});

test('lifetimes of every shape', async () => {
  const sandbox = await start();
  const { control } = sandbox;
  const seen: unknown[] = [];
  let token = (await tokensFromSandbox(sandbox)).refresh_token!;
  for (const shape of ['number', 'string', 'zero', 'negative', 'absent'] as const) {
    control.expiresInAs(shape);
    const tokens = await refreshed(sandbox, token);
    token = tokens.refresh_token!;
    seen.push(tokens.expires_in);
  }
  expect(seen).toEqual([3600, '3600', 0, -1, undefined]);
});

test('a scope taken away is missing from then on; without offline_access the old refresh token stays', async () => {
  const sandbox = await start();
  const token = (await tokensFromSandbox(sandbox)).refresh_token!;
  sandbox.control.withoutScope('write:jira-work', 'offline_access');
  const tokens = await refreshed(sandbox, token);
  expect(tokens.scope.split(' ')).not.toContain('write:jira-work');
  expect(tokens).not.toHaveProperty('refresh_token');
  sandbox.control.withoutScope();
  await refreshed(sandbox, token);
  expect(sandbox.control.totals()).toMatchObject({ current: 2, grace: 0 });
});

test.each([
  ['refuse', 'ECONNREFUSED'],
  ['reset', 'ECONNRESET'],
  ['hang', 'TimeoutError'],
] as const)('down by %s, and back on the same port', async (mode, fault) => {
  const sandbox = await start();
  await sandbox.control.down(mode);
  const reason = await fetch(sandbox.url, { signal: AbortSignal.timeout(500) }).then(
    () => 'answered',
    (thrown: unknown) => {
      const { name, cause } = thrown as { name: string; cause?: { code?: string } };
      return cause?.code ?? name;
    },
  );
  expect(reason).toBe(fault);
  await sandbox.control.down(null);
  expect((await fetch(sandbox.url)).status).toBe(200);
});

test('revoking an account ends its tokens and no others', async () => {
  const sandbox = await start();
  const ana = await tokensFromSandbox(sandbox);
  const ben = await tokensFromSandbox(sandbox, { account: 'ben' });
  expect(sandbox.control.revokeAccount('ana@acme.example')).toBe(true);
  expect((await get(sandbox, '/me', ana.access_token)).status).toBe(401);
  expect((await get(sandbox, '/me', ben.access_token)).status).toBe(200);
  sandbox.control.revokeAll();
  expect((await get(sandbox, '/me', ben.access_token)).status).toBe(401);
});

test('the control over HTTP wants its header, steers, and prints no token', async () => {
  const sandbox = await start();
  const tokens = await tokensFromSandbox(sandbox);
  const call = (path: string, body?: unknown, headers = { 'x-sandbox-control': '1' }): Promise<Response> =>
    fetch(`${sandbox.url}/__sandbox/${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  expect((await fetch(`${sandbox.url}/__sandbox/state`)).status).toBe(403);
  expect((await call('rude', { kind: '500', times: 2 })).status).toBe(200);
  expect((await call('rude', { kind: 'kind', times: 2 })).status).toBe(400);
  expect((await call('down', { mode: 'refuse' })).status).toBe(400);
  expect((await call('nonsense', {})).status).toBe(404);
  expect((await get(sandbox, '/me', tokens.access_token)).status).toBe(500);
  expect((await refreshAtSandbox(sandbox, tokens.refresh_token!)).status).toBe(500);
  await refreshed(sandbox, tokens.refresh_token!);

  const state = await (await call('state')).text();
  const uses = await (await call('uses')).text();
  expect(JSON.parse(state)).toMatchObject({ totals: { requests: 2 }, grants: [{ account: 'ana' }] });
  for (const token of [tokens.access_token, tokens.refresh_token!])
    expect(state + uses).not.toContain(token.slice(0, 40));

  expect((await call('down', { mode: 'hang', forMs: 60_000 })).status).toBe(200);
  expect((await call('fair', {})).status).toBe(200);
  expect((await fetch(sandbox.url)).status).toBe(200);
  expect((await call('revoke-all', {})).status).toBe(200);
  expect((await get(sandbox, '/me', tokens.access_token)).status).toBe(401);
});

test('a port closed for a time opens again by itself', async () => {
  const clock = new FakeClock();
  const sandbox = await start({ clock });
  await sandbox.control.down('refuse', 1000);
  await expect(fetch(sandbox.url)).rejects.toThrow();
  clock.advance(1000);
  await expect
    .poll(() =>
      fetch(sandbox.url).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
});

test('malformed input is refused and the next request is answered', async () => {
  const sandbox = await start();
  const { url } = sandbox;
  const tokenUrl = `${url}/oauth/token`;
  const json = { 'content-type': 'application/json' };
  const status = async (address: string, init: RequestInit): Promise<number> =>
    (await fetch(address, { redirect: 'manual', ...init })).status;
  expect(await status(tokenUrl, { method: 'POST', headers: json, body: '{"a":' })).toBe(400);
  expect(await status(tokenUrl, { method: 'POST', headers: json, body: '[1]' })).toBe(400);
  expect(await status(tokenUrl, { method: 'POST', headers: json, body: '{"__proto__":1}' })).toBe(401);
  expect(await status(tokenUrl, { method: 'POST', body: 'plain' })).toBe(400);
  expect(await status(tokenUrl, { method: 'POST', headers: json, body: 'x'.repeat(100_000) })).toBe(413);
  expect(await status(`${url}/authorize?client_id=%E0%A4%A&redirect_uri=%00`, {})).toBe(400);
  expect(await status(`${url}/ex/jira/%2e%2e/..//`, {})).toBe(404);
  for (const authorization of [
    'Bearer',
    'Bearer ..',
    'Bearer a.b.c',
    'Basic eDp5',
    `Bearer ${'x'.repeat(8000)}`,
  ])
    expect(await status(`${url}/me`, { headers: { authorization } })).toBe(401);
  expect(await raw(url, 'NONSENSE\r\n\r\n')).toContain('400');
  expect(
    await raw(url, 'GET http://other.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  ).toContain('421');
  expect(await raw(url, 'GET // HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n')).toContain(' 40');
  expect((await fetch(url)).status).toBe(200);
});

/** What the server answers to these bytes; HOST stands for its own. */
function raw(url: string, bytes: string): Promise<string> {
  const { port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket
      .on('close', () => {
        resolve(text);
      })
      .on('error', reject);
    socket.write(bytes.replace('HOST', host));
  });
}

test('dispose ends everything promptly, even requests that hang or wait', async () => {
  const clock = new FakeClock();
  const sandbox = await start({ clock });
  sandbox.control.slow(600_000);
  const waiting = fetch(sandbox.url).then(
    () => 'answered',
    () => 'ended',
  );
  await expect.poll(() => clock.pendingTimers).toBe(1);
  await sandbox.control.down('hang', 60_000);
  const hanging = fetch(sandbox.url).then(
    () => 'answered',
    () => 'ended',
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = performance.now();
  await sandbox.dispose();
  await sandbox.dispose();
  expect(await Promise.all([waiting, hanging])).toEqual(['ended', 'ended']);
  expect(performance.now() - before).toBeLessThan(1000);
  await expect.poll(() => clock.pendingTimers).toBe(0);
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
