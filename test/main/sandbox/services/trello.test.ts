import { expect, test } from 'vitest';
import { authorizeUrl, bearer, runSandbox, type RunningSandbox, type Tokens } from '../running-sandbox.ts';

const client_id = 'tokentray-sandbox-trello';

async function signIn(running: RunningSandbox, scope: string): Promise<Tokens> {
  const request = { client_id, scope, prompt: 'consent' };
  const grant = await running.codeGrant(`${running.url}/authorize`, request);
  const json = { ...grant, client_id };
  return (await running.ask('/oauth/token', { json })).json as Tokens;
}

test('a public client signs in with PKCE alone, at Atlassian’s addresses', async () => {
  const running = await runSandbox();
  const tokens = await signIn(running, 'read:member:trello');
  expect(tokens).toMatchObject({ expires_in: 3600, scope: 'read:member:trello' });
  const auth = bearer(tokens.access_token);
  expect((await running.ask('/api.trello.com/1/members/me', { auth })).json).toMatchObject({
    username: 'ana',
  });
  const boards = await running.ask('/api.trello.com/1/members/me/boards', { auth });
  expect([boards.status, boards.text]).toEqual([401, 'unauthorized permission requested']);
  expect((await running.ask('/api.trello.com/1/members/me')).text).toBe('invalid token');
  // It is no token of Jira.
  expect((await running.ask('/oauth/token/accessible-resources', { auth })).status).toBe(401);
});

test('token requests are JSON; refresh tokens rotate', async () => {
  const running = await runSandbox();
  const { refresh_token } = await signIn(running, 'read:member:trello');
  const refresh = { grant_type: 'refresh_token', client_id, refresh_token };
  expect((await running.ask('/oauth/token', { form: refresh })).json).toMatchObject({
    error: 'invalid_request',
  });
  const next = (await running.ask('/oauth/token', { json: refresh })).json as Tokens;
  expect(next.refresh_token).not.toBe(refresh_token);
  running.clock.advance(600_001);
  const late = await running.ask('/oauth/token', { json: refresh });
  expect([late.status, late.json]).toMatchObject([403, { error: 'invalid_grant' }]);
});

test('a sign-in without PKCE is refused', async () => {
  const running = await runSandbox();
  const url = authorizeUrl(`${running.url}/authorize`, {
    client_id,
    scope: 'read:member:trello',
    code_challenge: '',
  });
  expect((await running.allow(url)).searchParams.get('error')).toBe('invalid_request');
});
