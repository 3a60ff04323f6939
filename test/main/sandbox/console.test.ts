import { describe, expect, it } from 'vitest';
import { answerConsole } from '../../../main/sandbox/console/console.ts';
import { CONSOLE_SERVICE } from '../../../main/sandbox/console/service-name.ts';
import { judgeAuthorizeRequest } from '../../../main/sandbox/authorize-request.ts';
import { ATLASSIAN_SERVER } from '../../../main/sandbox/oauth-server.ts';
import { sandboxRequest, sandboxState } from './sandbox-fixture.ts';

function openConsole() {
  const state = sandboxState();
  const post = (path: string, form: Record<string, string> | [string, string][], origin?: string) =>
    answerConsole(
      state,
      sandboxRequest(path, {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: origin === undefined ? {} : { origin },
      }),
    );
  const get = (path: string) => answerConsole(state, sandboxRequest(path));
  const apps = () => state.registered.at(CONSOLE_SERVICE);
  const create = (name = 'My app'): string => {
    const { location = '' } = post('/console', { name }).headers;
    return location.split('/')[2] ?? '';
  };
  return { state, post, get, apps, create };
}

const CALLBACK = 'http://127.0.0.1:7979/callback';

describe('the console of the sandbox', () => {
  it('creates an app that can do nothing yet', () => {
    const { apps, create, get } = openConsole();
    const clientId = create();
    expect(clientId).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(apps()).toMatchObject([{ name: 'My app', clientId, redirectUris: [], scopes: [] }]);
    expect(get('/console').body).toContain(`/console/${clientId}/permissions`);
    expect(get(`/console/${clientId}/settings`).body).toContain(apps()[0]?.clientSecret ?? '?');
  });

  it('takes scopes that are ticked and that are pasted, and nothing else', () => {
    const { apps, create, post } = openConsole();
    const clientId = create();
    const reply = post(`/console/${clientId}/permissions`, [
      ['scope', 'read:me'],
      ['pasted', ' read:jira-work, made:up '],
    ]);
    expect(reply.headers['location']).toBe(`/console/${clientId}/permissions?saved`);
    expect(apps()[0]?.scopes).toEqual(['read:me', 'read:jira-work']);
    post(`/console/${clientId}/permissions`, [['scope', 'read:me']]);
    expect(apps()[0]?.scopes).toEqual(['read:me']);
  });

  it('has room for one callback URL, on this machine', () => {
    const { apps, create, post } = openConsole();
    const clientId = create();
    expect(post(`/console/${clientId}/authorization`, { callback: 'https://acme.example/cb' }).status).toBe(
      400,
    );
    for (const callback of ['http://localhost:1/x', ` ${CALLBACK} `])
      expect(post(`/console/${clientId}/authorization`, { callback }).status).toBe(303);
    expect(apps()[0]?.redirectUris).toEqual([CALLBACK]);
  });

  it('makes another secret', () => {
    const { apps, create, post } = openConsole();
    const clientId = create();
    const before = apps()[0]?.clientSecret;
    post(`/console/${clientId}/settings`, {});
    expect(apps()[0]?.clientSecret).not.toBe(before);
  });

  it('refuses forms from elsewhere, apps that are not there, and other methods', () => {
    const { apps, create, post, get, state } = openConsole();
    const clientId = create();
    expect(post('/console', { name: 'x' }, 'https://evil.example').status).toBe(403);
    expect(post(`/console/${clientId}/settings`, {}, 'null').status).toBe(403);
    expect(post('/console', { name: ' ' }).status).toBe(400);
    expect(get('/console/nobody').status).toBe(404);
    expect(post(`/console/${clientId}/elsewhere`, {}).status).toBe(404);
    expect(answerConsole(state, sandboxRequest('/console', { method: 'DELETE' })).status).toBe(404);
    expect(apps()).toHaveLength(1);
  });

  it('has what it registers refused as Atlassian does, until all of it is there', () => {
    const { state, create, post } = openConsole();
    const clientId = create();
    const judge = () =>
      judgeAuthorizeRequest(
        new URLSearchParams({
          client_id: clientId,
          redirect_uri: CALLBACK,
          response_type: 'code',
          audience: 'api.atlassian.com',
          scope: 'read:me offline_access',
          state: 'st',
          code_challenge: 'x'.repeat(43),
          code_challenge_method: 'S256',
        }),
        {
          server: ATLASSIAN_SERVER,
          apps: ATLASSIAN_SERVER.apps(state),
          notEnabled: [],
          resources: null,
          httpsCallbackOnly: false,
        },
      );
    expect(judge()).toMatchObject({ kind: 'page', title: 'Callback not registered' });
    post(`/console/${clientId}/authorization`, { callback: CALLBACK });
    expect(judge()).toMatchObject({ kind: 'page', detail: 'The scope read:me is not enabled for this app.' });
    post(`/console/${clientId}/permissions`, { scope: 'read:me' });
    expect(judge()).toMatchObject({ kind: 'valid' });
  });
});
