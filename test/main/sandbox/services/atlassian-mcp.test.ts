import { describe, expect, test } from 'vitest';
import {
  authorizeUrl,
  basic,
  bearer,
  CALLBACK,
  runSandbox,
  type Answer,
  type RunningSandbox,
  type Tokens,
} from '../running-sandbox.ts';

const V2 = '/mcp.atlassian.com/v2/mcp';
const AUTH_V2 = '/mcp.atlassian.com/v1/mcp/authv2';
const V1 = '/mcp.atlassian.com/v1/mcp';

interface Server {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  registration_endpoint: string;
}

const rpc = (method: string, params: object = {}): object => ({ jsonrpc: '2.0', id: 1, method, params });

async function discover({ ask, url }: RunningSandbox, path: string): Promise<Server> {
  const [, metadataUrl] =
    /resource_metadata="([^"]+)"/.exec((await ask(path)).headers.get('www-authenticate') ?? '') ?? [];
  const resource = (await ask(metadataUrl!)).json as { resource: string; authorization_servers: string[] };
  expect(resource.resource).toBe(url + path);
  const server = new URL(resource.authorization_servers[0]!);
  const { json } = await ask(`/.well-known/oauth-authorization-server${server.pathname}`);
  return json as Server;
}

describe('discovery', () => {
  test.each([V2, AUTH_V2])('%s leads to a server whose metadata names another issuer', async (path) => {
    const running = await runSandbox();
    const { issuer, registration_endpoint } = await discover(running, path);
    // The tenant's server calls itself by Atlassian's own address.
    expect(issuer).toBe(running.url);
    expect(registration_endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/register$/);
  });

  test('every method is challenged first', async () => {
    const { ask } = await runSandbox();
    for (const method of ['GET', 'POST', 'DELETE']) expect((await ask(V2, { method })).status).toBe(401);
  });

  test('the oldest address has no resource metadata, and a server elsewhere', async () => {
    const { ask, url } = await runSandbox();
    const answer = await ask(V1);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    expect((await ask(`/.well-known/oauth-protected-resource${V1}`)).status).toBe(404);
    const { json } = await ask('/.well-known/oauth-authorization-server/mcp.atlassian.com');
    expect(json).toMatchObject({ issuer: `${url}/cf.mcp.atlassian.com` });
  });
});

describe('sign-in of a client that registered itself', () => {
  async function register(
    { ask }: RunningSandbox,
    { registration_endpoint }: Server,
  ): Promise<{ client_id: string; client_secret: string }> {
    const answer = await ask(registration_endpoint, {
      json: { client_name: 'Test', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' },
    });
    expect(answer.status).toBe(201);
    return answer.json as { client_id: string; client_secret: string };
  }

  async function exchange(
    running: RunningSandbox,
    server: Server,
    client: Readonly<Record<string, string>>,
    resource: string,
  ): Promise<Answer> {
    const request = { client_id: client['client_id']!, resource };
    const form = await running.codeGrant(server.authorization_endpoint, request);
    return running.ask(server.token_endpoint, { form: { ...form, ...client, resource } });
  }

  test('a secret comes back unasked, and is needed', async () => {
    const running = await runSandbox();
    const server = await discover(running, V2);
    const { client_id, client_secret } = await register(running, server);
    const resource = running.url + V2;
    const without = await exchange(running, server, { client_id }, resource);
    expect([without.status, without.json]).toMatchObject([401, { error: 'invalid_client' }]);
    const { access_token, refresh_token } = (
      await exchange(running, server, { client_id, client_secret }, resource)
    ).json as Tokens;
    const auth = bearer(access_token);
    const started = await running.ask(V2, {
      auth,
      json: rpc('initialize', { protocolVersion: '2025-11-25' }),
    });
    expect(started.json).toMatchObject({ id: 1, result: { protocolVersion: '2025-11-25' } });
    const note = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await running.ask(V2, { auth, json: note })).status).toBe(202);
    expect((await running.ask(V2, { auth })).status).toBe(405);
    // It is no token of the products.
    expect((await running.ask('/oauth/token/accessible-resources', { auth })).status).toBe(401);

    const refresh = { grant_type: 'refresh_token', refresh_token, client_id, client_secret };
    const bare = await running.ask(server.token_endpoint, { form: refresh });
    expect(bare.json).toMatchObject({ error: 'invalid_target' });
    expect((await running.ask(server.token_endpoint, { form: { ...refresh, resource } })).status).toBe(200);
  });

  test('the callback is matched with its port, the resource to the letter', async () => {
    const running = await runSandbox();
    const server = await discover(running, V2);
    const { client_id } = await register(running, server);
    const resource = running.url + V2;
    const other = authorizeUrl(server.authorization_endpoint, {
      client_id,
      resource,
      redirect_uri: CALLBACK.replace('7979', '7980'),
    });
    expect((await running.ask(other)).text).toContain('Callback not registered');
    const origin = authorizeUrl(server.authorization_endpoint, { client_id, resource: running.url });
    expect((await running.allow(origin)).searchParams.get('error')).toBe('invalid_target');
  });

  test.each([
    ['no callback', { client_name: 'x' }, 'invalid_redirect_uri'],
    ['no address', { redirect_uris: ['x y'] }, 'invalid_redirect_uri'],
    ['no object', [], 'invalid_client_metadata'],
  ])('registration with %s is refused', async (_name, json, error) => {
    const running = await runSandbox();
    const { registration_endpoint } = await discover(running, V2);
    const answer = await running.ask(registration_endpoint, { json });
    expect([answer.status, answer.json]).toMatchObject([400, { error }]);
  });
});

test('API tokens and service accounts’ keys work too; a classic token gives few tools', async () => {
  const running = await runSandbox();
  const { apiTokens, serviceAccountTokens } = running.credentials;
  const tools = async (auth: string): Promise<number | undefined> =>
    ((await running.ask(V2, { auth, json: rpc('tools/list') })).json as { result?: { tools: [] } }).result
      ?.tools.length;
  const basicOf = ({ email, token }: { email: string; token: string }): string => basic(email, token);
  expect(await tools(basicOf(apiTokens.find(({ scoped }) => !scoped)!))).toBe(1);
  expect(await tools(basicOf(apiTokens.find(({ scoped }) => scoped)!))).toBe(5);
  expect(await tools(bearer(serviceAccountTokens[0]!.token))).toBe(5);
  expect(await tools(bearer(apiTokens[0]!.token))).toBeUndefined();
  const who = rpc('tools/call', { name: 'atlassianUserInfo' });
  expect((await running.ask(V2, { auth: basicOf(apiTokens[0]!), json: who })).text).toContain(
    'ana@acme.example',
  );
});
