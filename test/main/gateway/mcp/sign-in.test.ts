import { describe, expect, test } from 'vitest';
import { CALLBACK, mcpRig, type Tokens } from './mcp-rig.ts';

const call = (name: string, id = 7): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name },
});

describe('discovery', () => {
  test('a challenge leads to the resource, the server and back, in the client’s own spelling of the host', async () => {
    const rig = await mcpRig();
    for (const host of ['127.0.0.1', 'localhost']) {
      const origin = rig.origin.replace('127.0.0.1', host);
      for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
        const refused = await rig.ask(`${origin}/work/rovo`, { method });
        expect([method, refused.status]).toEqual([method, 401]);
        expect(refused.headers.get('www-authenticate')).toBe(
          `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/work/rovo", scope="mcp:read mcp:write"`,
        );
      }
      const resource = await rig.ask(`${origin}/.well-known/oauth-protected-resource/work/rovo`);
      expect(await resource.json()).toMatchObject({
        resource: `${origin}/work/rovo`,
        authorization_servers: [origin],
        scopes_supported: ['mcp:read', 'mcp:write'],
      });
      const server = await rig.ask(`${origin}/.well-known/oauth-authorization-server`);
      expect(await server.json()).toMatchObject({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: true,
      });
    }
  });

  test.each([
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/work/rovo',
    '/.well-known/oauth-protected-resource',
    '/.well-known/x',
  ])('%s is 404 and JSON', async (path) => {
    const rig = await mcpRig();
    const answer = await rig.ask(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json']);
  });

  test('nobody learns which connections there are', async () => {
    const rig = await mcpRig();
    const texts = await Promise.all(
      ['work', 'home'].map(async (name) => {
        const refused = await rig.ask(`/${name}/rovo`);
        const described = await rig.ask(`/.well-known/oauth-protected-resource/${name}/rovo`);
        const seen = [refused.status, refused.headers.get('www-authenticate'), await refused.text()];
        return JSON.stringify([...seen, described.status, await described.text()]).replaceAll(name, 'x');
      }),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('signing in', () => {
  test('registration, consent in the window, and a token that works at its resource only', async () => {
    const rig = await mcpRig({ connections: ['work', 'home'] });
    const client = await rig.register();
    const page = await rig.ask(rig.authorizeUrl(client));
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await page.clone().text()).toContain(
      'in a terminal: npm --prefix &quot;/my &lt;src&gt;&quot; run -s tokentray -- mcp consents --sandbox.',
    );
    const path = await rig.waitPath(page);
    const [view] = rig.signIn.consents();
    expect(view).toMatchObject({
      clientName: 'Agent',
      clientHost: null,
      redirectHost: '127.0.0.1:33418',
      unproven: true,
      connection: { name: 'work' },
      server: 'rovo',
      scopes: ['mcp:read', 'mcp:write'],
    });
    const held = rig.ask(path);
    expect(rig.signIn.consent({ id: view!.id, decision: 'allow', name: 'My agent' }).ok).toBe(true);
    const sent = await held;
    const callback = new URL(sent.headers.get('location') ?? '');
    expect([sent.status, callback.searchParams.get('state'), callback.searchParams.get('iss')]).toEqual([
      302,
      'st',
      rig.origin,
    ]);
    expect(rig.signIn.consents()).toEqual([]);
    expect(rig.consumers.list()).toEqual([]);
    const answer = await rig.exchange(client, callback.searchParams.get('code') ?? '');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const tokens = (await answer.json()) as Tokens;
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'mcp:read mcp:write' });
    expect(rig.consumers.list()).toMatchObject([
      {
        kind: 'mcp-client',
        name: 'My agent',
        client: { id: client, redirectHost: '127.0.0.1:33418' },
        rules: [{ then: 'allow', apis: ['mcp'] }],
      },
    ]);
    expect([...(rig.consumers.list()[0]?.connections ?? [])]).toEqual([rig.connections[0]?.id]);
    // The key that a consumer is made with is nobody's.
    expect(rig.consumers.keys.size).toBe(1);
    expect(await (await rig.rpc(tokens.access_token, call('getIssue'))).json()).toMatchObject({ id: 7 });
    expect((await rig.rpc(tokens.access_token, call('x'), { path: '/home/rovo' })).status).toBe(401);
    const byId = `/${rig.connections[0]!.id}/rovo`;
    const local = rig.origin.replace('127.0.0.1', 'localhost');
    expect((await rig.rpc(tokens.access_token, call('getIssue'), { path: byId })).status).toBe(200);
    expect(
      (await rig.rpc(tokens.access_token, call('getIssue'), { path: `${local}/work/rovo` })).status,
    ).toBe(200);
  });

  test('survives a restart; the consumer’s removal ends it at once', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const tokens = await rig.tokens(client);
    await rig.restart();
    expect((await rig.rpc(tokens.access_token, call('getIssue'))).status).toBe(200);
    expect((await rig.refresh(client, tokens.refresh_token)).status).toBe(200);
    rig.consumers.remove(rig.consumers.list()[0]!.id);
    expect((await rig.rpc(tokens.access_token, call('getIssue'))).status).toBe(401);
    expect(await (await rig.refresh(client, tokens.refresh_token)).json()).toMatchObject({
      error: 'invalid_grant',
    });
    expect(rig.store.grants()).toEqual([]);
  });

  test('ends on its last day, and the next consent is a new one under the same name', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const tokens = await rig.tokens(client);
    const [before] = rig.consumers.list();
    rig.consumers.change(before!.id, { expiresAt: rig.clock.now() + 1000 });
    await rig.clock.advanceAsync(2000);
    expect((await rig.rpc(tokens.access_token, call('getIssue'))).status).toBe(401);
    expect(await (await rig.refresh(client, tokens.refresh_token)).json()).toMatchObject({
      error: 'invalid_grant',
    });
    expect(rig.consumers.list()).toEqual([]);
    const again = await rig.tokens(client);
    rig.consumers.change(rig.consumers.list()[0]!.id, { expiresAt: rig.clock.now() + 1000 });
    await rig.clock.advanceAsync(2000);
    const newest = await rig.tokens(client);
    expect(rig.consumers.list()).toMatchObject([{ name: before!.name, expiresAt: null }]);
    expect((await rig.rpc(again.access_token, call('getIssue'))).status).toBe(401);
    expect((await rig.rpc(newest.access_token, call('getIssue'))).status).toBe(200);
  });

  test('denied, and never answered, end as access_denied with state and issuer', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const denied = await rig.consent(client, {}, { decision: 'deny' });
    const path = await rig.waitPath(await rig.ask(rig.authorizeUrl(client)));
    await rig.clock.advanceAsync(600_000);
    const late = new URL((await rig.ask(path)).headers.get('location') ?? '');
    for (const { searchParams } of [denied, late])
      expect([searchParams.get('error'), searchParams.get('state'), searchParams.get('iss')]).toEqual([
        'access_denied',
        'st',
        rig.origin,
      ]);
    expect(rig.signIn.consents()).toEqual([]);
    expect(rig.activity).toEqual(['The MCP client “Agent” was refused.']);
    await rig.clock.advanceAsync(130_000);
    expect((await rig.ask(path)).status).toBe(404);
  });

  test('the tab is asked again while the person thinks, and a tab that is loaded again asks once', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const path = await rig.waitPath(await rig.ask(rig.authorizeUrl(client)));
    expect(await rig.waitPath(await rig.ask(rig.authorizeUrl(client)))).toBe(path);
    expect(rig.signIn.consents()).toHaveLength(1);
    const held = rig.ask(path);
    // The request has to arrive before time passes.
    await expect.poll(() => rig.clock.pendingTimers).toBeGreaterThan(1);
    rig.clock.advance(20_000);
    expect(await rig.waitPath(await held)).toBe(path);
  });

  test.each([
    ['reads its description', '/.well-known/oauth-protected-resource/work/rovo'],
    // Revision 2025-03-26
    ['only asks it', '/work/rovo'],
  ])(
    'a client that %s, and names no resource or the origin, leaves the choice to the person',
    async (_what, path) => {
      const rig = await mcpRig({ connections: ['home', 'work'] });
      const client = await rig.register();
      await rig.ask(path);
      for (const resource of [null, `${rig.origin}/`, rig.origin]) {
        await rig.ask(rig.authorizeUrl(client, { resource }));
        const [view] = rig.signIn.consents();
        expect(view).toMatchObject({ connection: { name: 'work' }, choices: { length: 2 } });
        expect(
          rig.signIn.consent({ id: view!.id, decision: 'allow', connection: 'elsewhere' }),
        ).toMatchObject({
          ok: false,
          error: { code: 'invalid-input' },
        });
        expect(rig.signIn.consent({ id: view!.id, decision: 'allow', connection: 'home' }).ok).toBe(true);
      }
    },
  );

  test('a second sign-in of a client is one more for the same consumer, with the rules of the last consent', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const first = await rig.tokens(client, { scope: 'mcp:read' });
    expect(rig.consumers.list()).toMatchObject([{ rules: [{ operations: ['read'] }] }]);
    const rules = [{ then: 'ask' as const }];
    const second = await rig.tokens(client, { state: 'other' }, { rules });
    expect(rig.consumers.list()).toMatchObject([{ rules }]);
    expect(first.scope).toBe('mcp:read');
    // An access token ends alone, a refresh token with all that belongs to it, the last one with the consumer.
    await rig.form('/revoke', { client_id: client, token: first.access_token });
    expect((await rig.rpc(first.access_token, call('getIssue'))).status).toBe(401);
    expect((await rig.refresh(client, first.refresh_token)).status).toBe(200);
    // Also for a request that came before, and waits for the person.
    await rig.rpc(second.access_token, call('getIssue'));
    const other = await rig.tokens(client, { state: 'third' }, { rules });
    await rig.rpc(other.access_token, call('getIssue'));
    await rig.form('/revoke', { client_id: client, token: other.access_token });
    expect(rig.asked.slice(-2).map((request) => request.keyWorks())).toEqual([true, false]);
    await rig.form('/revoke', { client_id: client, token: other.refresh_token });
    await rig.form('/revoke', { client_id: client, token: first.refresh_token });
    expect((await rig.refresh(client, first.refresh_token)).status).toBe(400);
    expect((await rig.rpc(second.access_token, call('getIssue'))).status).toBe(200);
    expect(rig.consumers.list()).toHaveLength(1);
    await rig.form('/revoke', { client_id: client, token: second.refresh_token });
    expect(rig.consumers.list()).toEqual([]);
  });

  test('refresh tokens rotate; one that was just used works once more, an old one ends the sign-in', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const first = await rig.tokens(client);
    rig.clock.advance(3_600_001);
    expect((await rig.rpc(first.access_token, call('getIssue'))).status).toBe(401);
    const second = (await (await rig.refresh(client, first.refresh_token)).json()) as Tokens;
    expect((await rig.rpc(second.access_token, call('getIssue'))).status).toBe(200);
    rig.clock.advance(59_000);
    const again = (await (await rig.refresh(client, first.refresh_token)).json()) as Tokens;
    expect(again.refresh_token).not.toBe(second.refresh_token);
    rig.clock.advance(2000);
    expect((await rig.refresh(client, first.refresh_token)).status).toBe(400);
    for (const { access_token } of [second, again])
      expect((await rig.rpc(access_token, call('getIssue'))).status).toBe(401);
    expect((await rig.refresh(client, again.refresh_token)).status).toBe(400);
  });

  test('an unknown client is invalid_client, so that it registers again', async () => {
    const rig = await mcpRig();
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      const answer = await rig.form('/token', {
        grant_type,
        client_id: 'mcp_gone',
        code: 'x',
        refresh_token: 'x',
      });
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    }
  });
});

describe('registration', () => {
  test.each([
    [['https://evil.example/cb'], 400],
    [[CALLBACK, 'https://evil.example/cb'], 201],
    [[], 400],
  ])('%j gives %i', async (redirect_uris, status) => {
    const rig = await mcpRig();
    const answer = await rig.ask('/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'A\u202eB', redirect_uris }),
    });
    expect(answer.status).toBe(status);
    const body = (await answer.json()) as Record<string, unknown>;
    if (status === 201)
      expect(body).toMatchObject({
        client_name: 'A B',
        redirect_uris: [CALLBACK],
        token_endpoint_auth_method: 'none',
      });
    else expect(body).toMatchObject({ error: 'invalid_redirect_uri' });
    expect(body['client_secret']).toBeUndefined();
  });

  test('is bounded in number and pace; one that is in use stays', async () => {
    const rig = await mcpRig();
    const used = await rig.register();
    await rig.tokens(used);
    for (let minute = 0; minute < 8; minute += 1) {
      for (let count = 0; count < 29; count += 1) await rig.register();
      rig.clock.advance(60_000);
    }
    expect(rig.store.registrations().length).toBe(200);
    expect(rig.store.registrations().some(({ id }) => id === used)).toBe(true);
    rig.clock.advance(31 * 86_400_000);
    await rig.register();
    expect(rig.store.registrations()).toHaveLength(2);
    const statuses = [];
    for (let count = 0; count < 31; count += 1) statuses.push(await rig.register());
    expect(statuses.at(-1)).toBeUndefined();
  });
});

test('the door follows the settings, and says when its port is taken', async () => {
  const rig = await mcpRig();
  const other = await mcpRig();
  const port = Number(new URL(other.origin).port);
  await rig.changeSettings({ port });
  expect(rig.signIn.door.state).toMatchObject({ url: null, fault: { code: 'port-taken' } });
  await other.changeSettings({ on: false });
  expect(other.signIn.door.state).toEqual({ url: null, fault: null });
  rig.clock.advance(30_000);
  await rig.signIn.door.settled();
  expect(rig.signIn.door.state).toEqual({ url: `http://127.0.0.1:${port}`, fault: null });
});
