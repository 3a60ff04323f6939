import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { DocumentPorts } from '../../../../main/gateway/mcp/authorize/client-document.ts';
import { CALLBACK, mcpRig, VERIFIER, type McpRig, type Tokens } from './mcp-rig.ts';

const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'getIssue' } };

/** With headers that `fetch` does not let a page or a test set. */
const raw = (
  rig: McpRig,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>> | readonly string[],
  method = 'GET',
): Promise<{ status: number; body: string; headers: Readonly<Record<string, unknown>> }> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(rig.origin);
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: headers as never },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });

describe('where a code goes', () => {
  test.each([
    ['another host', 'https://evil.example/callback'],
    ['another path of the same host', 'http://127.0.0.1:33418/other'],
    ['a longer path', `${CALLBACK}/more`],
    ['a query that was not registered', `${CALLBACK}?x=1`],
    ['localhost for 127.0.0.1', 'http://localhost:33418/callback'],
    ['a user name that looks like the host', 'http://127.0.0.1:33418@evil.example/callback'],
    ['a backslash', 'http://127.0.0.1:33418\\@evil.example/callback'],
    ['a name that begins the same', 'http://127.0.0.1.evil.example/callback'],
    ['a fragment', `${CALLBACK}#x`],
    ['https', CALLBACK.replace('http:', 'https:')],
    ['a script', 'javascript:alert(1)'],
    ['nothing', null],
  ])('not to %s: nobody is redirected, nobody is asked', async (_what, redirect_uri) => {
    const rig = await mcpRig();
    const answer = await rig.ask(rig.authorizeUrl(await rig.register(), { redirect_uri }));
    expect([answer.status, answer.headers.get('location'), rig.signIn.consents()]).toEqual([400, null, []]);
  });

  test('the port of a loopback address does not matter', async () => {
    const rig = await mcpRig();
    const client = await rig.register(['http://127.0.0.1/callback']);
    const callback = await rig.consent(client, { redirect_uri: 'http://127.0.0.1:50123/callback' });
    expect(callback.origin).toBe('http://127.0.0.1:50123');
  });

  test('a parameter that is there twice is nobody’s request', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const twice = `${rig.authorizeUrl(client)}&redirect_uri=${encodeURIComponent('https://evil.example/')}`;
    expect((await rig.ask(twice)).status).toBe(400);
    expect(rig.signIn.consents()).toEqual([]);
  });
});

describe('requests that the client is told about, with state and issuer', () => {
  test.each<[string, Record<string, string | null>, string]>([
    ['no PKCE', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['PKCE without a method, which is plain', { code_challenge_method: null }, 'invalid_request'],
    ['PKCE that is plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge that is too short', { code_challenge: 'abc' }, 'invalid_request'],
    ['a token at once', { response_type: 'token' }, 'unsupported_response_type'],
    ['another server', { resource: 'https://mcp.atlassian.com/v2/mcp' }, 'invalid_target'],
    ['another port', { resource: 'http://127.0.0.1:1/work/rovo' }, 'invalid_target'],
    ['an unknown connection', { resource: '/nobody/rovo' }, 'invalid_target'],
    ['an unknown server', { resource: '/work/other' }, 'invalid_target'],
    ['dot segments', { resource: '/x/../work/rovo' }, 'invalid_target'],
    ['something deeper', { resource: '/work/rovo/x' }, 'invalid_target'],
    ['a query', { resource: '/work/rovo?x' }, 'invalid_target'],
    ['no question to the person', { prompt: 'none' }, 'consent_required'],
  ])('%s', async (_what, changes, error) => {
    const rig = await mcpRig();
    const { resource } = changes;
    const changed = resource?.startsWith('/') === true ? { resource: rig.origin + resource } : changes;
    const answer = await rig.ask(rig.authorizeUrl(await rig.register(), changed));
    const { searchParams, origin, pathname } = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, origin + pathname, searchParams.get('error')]).toEqual([302, CALLBACK, error]);
    expect([searchParams.get('state'), searchParams.get('iss')]).toEqual(['st', rig.origin]);
    expect(rig.signIn.consents()).toEqual([]);
  });

  test.each(['exact', 'slash', 'parent', 'parent-slash', 'localhost', 'by-id'])(
    'a resource that is %s is fine',
    async (spelling) => {
      const rig = await mcpRig();
      const { origin } = rig;
      const resource = {
        exact: `${origin}/work/rovo`,
        slash: `${origin}/work/rovo/`,
        parent: `${origin}/work`,
        'parent-slash': `${origin}/work/`,
        localhost: `${origin.replace('127.0.0.1', 'localhost')}/work/rovo`,
        'by-id': `${origin}/${rig.connections[0]!.id}/rovo`,
      }[spelling]!;
      const callback = await rig.consent(await rig.register(), { resource });
      expect(callback.searchParams.get('code')).not.toBeNull();
    },
  );
});

describe('a code', () => {
  const failsWith = async (answer: Promise<Response>): Promise<string> => {
    const { status, ok } = await answer;
    const { error } = (await (await answer).json()) as { error: string };
    return ok ? 'ok' : `${status} ${error}`;
  };

  test.each<[string, Record<string, string>, string]>([
    ['another verifier', { code_verifier: 'w'.repeat(43) }, '400 invalid_grant'],
    ['no verifier', { code_verifier: '' }, '400 invalid_grant'],
    ['a verifier that is too short', { code_verifier: VERIFIER.slice(1) }, '400 invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:1/callback' }, '400 invalid_grant'],
    ['another resource', { resource: 'http://127.0.0.1:1/work/rovo' }, '400 invalid_target'],
  ])('with %s gives nothing, and is used up', async (_what, changes, error) => {
    const rig = await mcpRig();
    const client = await rig.register();
    const code = (await rig.consent(client)).searchParams.get('code') ?? '';
    expect(await failsWith(rig.exchange(client, code, changes))).toBe(error);
    expect(await failsWith(rig.exchange(client, code))).toBe('400 invalid_grant');
    expect(rig.consumers.list()).toEqual([]);
  });

  test('of another client gives nothing', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const other = await rig.register();
    const code = (await rig.consent(client)).searchParams.get('code') ?? '';
    expect(await failsWith(rig.exchange(other, code))).toBe('400 invalid_grant');
  });

  test('that is used twice ends the sign-in that it led to', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const code = (await rig.consent(client)).searchParams.get('code') ?? '';
    const { access_token } = (await (await rig.exchange(client, code)).json()) as { access_token: string };
    expect((await rig.rpc(access_token, call)).status).toBe(200);
    expect(await failsWith(rig.exchange(client, code))).toBe('400 invalid_grant');
    expect((await rig.rpc(access_token, call)).status).toBe(401);
    expect(rig.consumers.list()).toEqual([]);
  });

  test('is good for two minutes', async () => {
    const rig = await mcpRig();
    const client = await rig.register();
    const code = (await rig.consent(client)).searchParams.get('code') ?? '';
    rig.clock.advance(120_001);
    expect(await failsWith(rig.exchange(client, code))).toBe('400 invalid_grant');
  });

  test('refresh tokens of another client, and other resources, give nothing', async () => {
    const rig = await mcpRig({ connections: ['work', 'home'] });
    const client = await rig.register();
    const other = await rig.register();
    const { refresh_token } = await rig.tokens(client);
    expect(await failsWith(rig.refresh(other, refresh_token))).toBe('400 invalid_grant');
    const form = { grant_type: 'refresh_token', client_id: client, refresh_token };
    const elsewhere = { ...form, resource: `${rig.origin}/home/rovo` };
    expect(await failsWith(rig.form('/token', elsewhere))).toBe('400 invalid_target');
    expect(await failsWith(rig.form('/token', { ...form, scope: 'mcp:read admin' }))).toBe(
      '400 invalid_scope',
    );
    expect(await failsWith(rig.form('/token', { ...form, resource: `${rig.origin}/` }))).toBe('ok');
  });
});

describe('consent', () => {
  test.each<[string, string, Record<string, string>, number]>([
    ['a frame', 'GET', { 'sec-fetch-dest': 'iframe' }, 403],
    ['an image', 'GET', { 'sec-fetch-dest': 'image' }, 403],
    ['a script', 'GET', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'no-cors' }, 403],
    ['a form of another page', 'POST', { origin: 'https://evil.example' }, 403],
    ['a form', 'POST', {}, 405],
    ['a page of its own', 'GET', { 'sec-fetch-dest': 'document' }, 200],
  ])('asked by %s', async (_what, method, headers, status) => {
    const rig = await mcpRig();
    const path = rig.authorizeUrl(await rig.register());
    const answer = await raw(rig, path, { host: new URL(rig.origin).host, ...headers }, method);
    expect(answer.status).toBe(status);
    expect(rig.signIn.consents()).toHaveLength(status === 200 ? 1 : 0);
    if (status === 200)
      expect([answer.headers['content-security-policy'], answer.headers['x-frame-options']]).toEqual([
        expect.stringContaining("frame-ancestors 'none'"),
        'DENY',
      ]);
  });

  test('nothing that a browser can send answers for the person', async () => {
    const rig = await mcpRig();
    const path = await rig.waitPath(await rig.ask(rig.authorizeUrl(await rig.register())));
    for (const query of ['&decision=allow', '&allow=1'])
      void rig.ask(path + query, { signal: AbortSignal.timeout(300) }).catch(() => undefined);
    expect(
      (await rig.ask(path, { method: 'POST', body: new URLSearchParams({ decision: 'allow' }) })).status,
    ).toBe(405);
    expect(rig.signIn.consents()).toHaveLength(1);
    expect((await rig.ask('/authorize/wait?id=guess')).status).toBe(404);
  });

  test('another user of the machine, who read the address, gets nothing', async () => {
    const rig = await mcpRig({ ownUser: false });
    const answer = await rig.ask(rig.authorizeUrl(await rig.register()));
    expect([answer.status, rig.signIn.consents()]).toEqual([403, []]);
  });

  test('clients that never come back take five places each, and twenty in all', async () => {
    const rig = await mcpRig();
    const clients = await Promise.all(Array.from({ length: 6 }, () => rig.register()));
    const errors: (string | null)[] = [];
    for (const client of clients)
      for (const state of ['1', '2', '3', '4', '5', '6']) {
        const { headers } = await rig.ask(rig.authorizeUrl(client, { state }));
        const location = headers.get('location');
        errors.push(location === null ? null : new URL(location).searchParams.get('error'));
      }
    expect(rig.signIn.consents()).toHaveLength(20);
    expect(errors.filter((error) => error === 'temporarily_unavailable')).toHaveLength(16);
    expect(errors[5]).toBe('temporarily_unavailable');
    await rig.clock.advanceAsync(600_000);
    expect(rig.signIn.consents()).toEqual([]);
  });
});

describe('a stream that is open', () => {
  type Ended = (rig: McpRig, client: string, tokens: { code: string; refresh: string }) => Promise<unknown>;
  test.each<[string, Ended]>([
    ['its code is used again', (rig, client, { code }) => rig.exchange(client, code)],
    [
      'an old refresh token of it is used',
      async (rig, client, { refresh }) => {
        await rig.refresh(client, refresh);
        rig.clock.advance(61_000);
        await rig.refresh(client, refresh);
      },
    ],
    [
      'the client gives it back',
      (rig, client, { refresh }) => rig.form('/revoke', { client_id: client, token: refresh }),
    ],
    [
      'the person removes the client',
      (rig) => Promise.resolve(rig.consumers.remove(rig.consumers.list()[0]!.id)),
    ],
  ])('ends when %s', async (what, end) => {
    const rig = await mcpRig();
    const client = await rig.register();
    // Another sign-in of the same client, which has done nothing.
    const other = await rig.tokens(client);
    const code = (await rig.consent(client, { state: 'second' })).searchParams.get('code') ?? '';
    const given = (await (await rig.exchange(client, code)).json()) as Tokens;
    const { answer } = rig.upstream;
    rig.upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const headers = { authorization: `Bearer ${given.access_token}`, accept: 'text/event-stream' };
    const stream = await rig.ask('/work/rovo', { headers });
    expect(stream.status).toBe(200);
    await end(rig, client, { code, refresh: given.refresh_token });
    await expect(stream.text()).rejects.toThrow();
    await expect.poll(() => rig.upstream.received[0]?.cut).toBe(true);
    expect((await rig.rpc(given.access_token, call)).status).toBe(401);
    expect((await rig.refresh(client, given.refresh_token)).status).toBe(400);
    rig.upstream.answer = answer;
    const isLeft = !what.includes('person');
    expect((await rig.rpc(other.access_token, call)).status).toBe(isLeft ? 200 : 401);
  });
});

describe('who may ask at all', () => {
  test.each<[string, (host: string) => Record<string, string | string[]>, number]>([
    ['another name that leads here', (host) => ({ host: host.replace('127.0.0.1', 'evil.example') }), 403],
    ['another port', () => ({ host: '127.0.0.1:1' }), 403],
    ['a name without a port', () => ({ host: '127.0.0.1' }), 403],
    ['a page elsewhere', (host) => ({ host, origin: 'https://evil.example' }), 403],
    ['a page without an origin', (host) => ({ host, origin: 'null' }), 403],
    ['a page at another port', (host) => ({ host, origin: 'http://127.0.0.1:1' }), 403],
    ['ourselves', (host) => ({ host, origin: `http://${host}` }), 401],
  ])('%s', async (_what, headers, status) => {
    const rig = await mcpRig();
    const { access_token } = await rig.tokens(await rig.register());
    const sent = headers(new URL(rig.origin).host);
    expect((await raw(rig, '/work/rovo', sent)).status).toBe(status);
    if (status !== 403) return;
    // Whatever else is right.
    const withToken = await raw(
      rig,
      '/work/rovo',
      { ...sent, authorization: `Bearer ${access_token}` },
      'POST',
    );
    expect([withToken.status, rig.upstream.received]).toEqual([403, []]);
    expect((await raw(rig, '/.well-known/oauth-authorization-server', sent)).status).toBe(403);
  });

  test.each([
    '//evil.example/work/rovo',
    '/work/rovo/../../x',
    '/work\\rovo',
    '/./work/rovo',
    'http://evil.example/work/rovo',
  ])('the address %s', async (path) => {
    const rig = await mcpRig();
    const answer = await raw(rig, path, { host: new URL(rig.origin).host });
    expect(answer.status).toBe(400);
  });

  test('two hosts are none', async () => {
    const rig = await mcpRig();
    const { host } = new URL(rig.origin);
    const answer = await raw(rig, '/work/rovo', ['Host', host, 'Host', 'evil.example'] as never);
    expect(answer.status).toBe(403);
  });

  test('keys that are no access tokens of this door', async () => {
    const rig = await mcpRig();
    const added = rig.consumers.add({
      kind: 'key',
      name: 'script',
      connections: null,
      rules: [],
      limits: {},
      expiresAt: null,
      client: null,
    });
    expect((await rig.rpc(added.ok ? added.value.key : '', call)).status).toBe(401);
    const { refresh_token } = await rig.tokens(await rig.register());
    expect((await rig.rpc(refresh_token, call)).status).toBe(401);
    expect(rig.upstream.received).toEqual([]);
  });
});

describe('a client that is known by a document', () => {
  const ID = 'https://client.example/mcp.json';
  const document = (changes: object = {}): string =>
    JSON.stringify({
      client_id: ID,
      client_name: 'Document',
      redirect_uris: ['http://127.0.0.1/cb'],
      ...changes,
    });
  const ports = (
    body: string,
    { addresses = ['93.184.215.14'], status = 200, contentType = 'application/json' } = {},
  ): DocumentPorts & { asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      resolve: () => Promise.resolve(addresses),
      get: (url, address) => {
        asked.push(`${url.href} at ${address ?? 'whatever a proxy finds'}`);
        return Promise.resolve({ status, contentType, body: Buffer.from(body) });
      },
      proxyRefused: () => false,
    };
  };
  const authorize = (rig: McpRig, id: string): Promise<Response> =>
    rig.ask(rig.authorizeUrl(id, { redirect_uri: 'http://127.0.0.1:5555/cb' }));

  test('is asked for once, at the address that was checked, and shows its host', async () => {
    const documents = ports(document());
    const rig = await mcpRig({ documents });
    for (const state of ['1', '2']) {
      const page = await rig.ask(rig.authorizeUrl(ID, { redirect_uri: 'http://127.0.0.1:5555/cb', state }));
      expect(page.status).toBe(200);
    }
    expect(documents.asked).toEqual([`${ID} at 93.184.215.14`]);
    expect(rig.signIn.consents()[0]).toMatchObject({
      clientName: 'Document',
      clientHost: 'client.example',
      unproven: true,
    });
  });

  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.8',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:93.184.215.14',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    '3fff::1',
    'fe80::1%lo',
    'localhost',
    '',
  ])('whose name leads to %s is not asked', async (address) => {
    const documents = ports(document(), { addresses: [address] });
    const rig = await mcpRig({ documents });
    expect((await authorize(rig, ID)).status).toBe(400);
    const mixed = ports(document(), { addresses: ['93.184.215.14', address] });
    const other = await mcpRig({ documents: mixed });
    expect((await authorize(other, ID)).status).toBe(400);
    expect([...documents.asked, ...mixed.asked]).toEqual([]);
  });

  test('at public addresses of both kinds is asked', async () => {
    for (const address of [
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
      '192.0.1.1',
      '2606:4700::1111',
      '2a00:1450::1',
    ]) {
      const documents = ports(document(), { addresses: [address] });
      expect([address, (await authorize(await mcpRig({ documents }), ID)).status]).toEqual([address, 200]);
    }
  });

  test.each([
    'https://client.example',
    'https://client.example/',
    'https://a@client.example/x',
    'https://a:b@client.example/x',
    'https://client.example/x#y',
    'https://client.example/../x',
    'https://client.example/%2e%2e/x',
    'https://client.example/a/./x',
    'https://CLIENT.example/x',
    'https://client.example:443/x',
    'https://client.example/x y',
    'https://client.example\\x',
    'http://client.example/x',
    'https://127.1/x',
  ])('is not looked for at %s', async (id) => {
    const documents = ports(document({ client_id: id }));
    const rig = await mcpRig({ documents });
    expect((await authorize(rig, id)).status).toBe(400);
    expect(documents.asked).toEqual([]);
  });

  test.each<[string, DocumentPorts]>([
    ['a redirect', ports(document(), { status: 302 })],
    ['an error', ports(document(), { status: 404 })],
    ['a page', ports('<html>', { contentType: 'text/html' })],
    ['no JSON', ports('{')],
    ['another client’s', ports(document({ client_id: `${ID}?` }))],
    ['a secret', ports(document({ client_secret: 'x' }))],
    ['another authentication', ports(document({ token_endpoint_auth_method: 'client_secret_basic' }))],
    ['a foreign redirect alone', ports(document({ redirect_uris: ['https://evil.example/cb'] }))],
    ['more than 5 KB', ports(document({ filler: 'x'.repeat(5200) }))],
    ['nobody', { ...ports(''), resolve: () => Promise.reject(new Error('no such host')) }],
    ['a reset', { ...ports(''), get: () => Promise.reject(new Error('reset')) }],
  ])('that answers with %s is not one, and is asked again', async (_what, documents) => {
    let asked = 0;
    const counted: DocumentPorts = {
      resolve: (name) => {
        asked += 1;
        return documents.resolve(name);
      },
      get: documents.get,
      proxyRefused: documents.proxyRefused,
    };
    const rig = await mcpRig({ documents: counted });
    for (const _ of [1, 2]) expect((await authorize(rig, ID)).status).toBe(400);
    expect(asked).toBe(2);
  });

  const found = () => Promise.resolve(['93.184.215.14']);
  const unknown = () => Promise.reject(new Error('no such host'));
  test.each<[string, string, DocumentPorts['resolve'], boolean, (string | null)[]]>([
    ['at its address', 'https://client.dev/x', found, false, ['93.184.215.14']],
    [
      'by name, when the proxy refuses addresses',
      'https://client.dev/x',
      found,
      true,
      ['93.184.215.14', null],
    ],
    ['by name, when it is known only to the proxy', 'https://client.dev/x', unknown, false, [null]],
    ['not by name at another port', 'https://client.dev:8443/x', unknown, false, []],
    ['not at another port either', 'https://client.dev:8443/x', found, true, ['93.184.215.14']],
    ['not by a name of one part', 'https://intranet/x', unknown, false, []],
    ['not by a private name', 'https://wiki.corp.internal/x', unknown, false, []],
    ['not by a name of this machine', 'https://a.localhost/x', unknown, false, []],
    ['not by an address in place of a name', 'https://10.0.0.1/x', unknown, false, []],
    [
      'not when it leads to a private address',
      'https://client.dev/x',
      () => Promise.resolve(['10.1.2.3']),
      true,
      [],
    ],
    ['not when it leads nowhere', 'https://client.dev/x', () => Promise.resolve([]), true, []],
  ])('is asked %s', async (_what, id, resolve, refuses, expected) => {
    const tried: (string | null)[] = [];
    const rig = await mcpRig({
      documents: {
        resolve,
        get: (_url, address) => {
          tried.push(address);
          if (address !== null && refuses) return Promise.reject(new Error('refused'));
          const body = Buffer.from(document({ client_id: id }));
          return Promise.resolve({ status: 200, contentType: 'application/json', body });
        },
        proxyRefused: () => true,
      },
    });
    const isRead = expected.length > 0 && (expected.at(-1) === null || !refuses);
    expect([(await authorize(rig, id)).status, tried]).toEqual([isRead ? 200 : 400, expected]);
  });

  test('that never answers is given up after five seconds', async () => {
    const rig = await mcpRig({
      documents: { ...ports(''), resolve: () => new Promise(() => undefined) },
    });
    const before = rig.clock.pendingTimers;
    const answer = authorize(rig, ID);
    await expect.poll(() => rig.clock.pendingTimers).toBeGreaterThan(before);
    rig.clock.advance(5000);
    expect((await answer).status).toBe(400);
  });
});
