import { describe, expect, test } from 'vitest';
import { readMessages } from '../../../../main/gateway/mcp/carry/messages.ts';
import { toolReadsOnly } from '../../../../main/atlassian/tool-reads-only.ts';
import { messageReadsOnly } from '../../../../main/gateway/mcp/carry/reads-only.ts';
import type { McpUpstreams } from '../../../../main/gateway/mcp/carry/exchange.ts';
import type { Upstream } from '../../../../main/gateway/ports.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import { allow, mcpRig, type McpRig, type RigOptions } from './mcp-rig.ts';

const call = (name = 'getIssue', id: number | string = 1): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: {} },
});
const ask = (method: string, id = 1): object => ({ jsonrpc: '2.0', id, method });

async function signedIn(
  options: RigOptions = {},
  scope: string | null = null,
): Promise<{ rig: McpRig; token: string }> {
  const rig = await mcpRig(options);
  const { access_token } = await rig.tokens(await rig.register(), { scope });
  return { rig, token: access_token };
}

describe('headers', () => {
  test('those of the protocol pass both ways, and nothing else', async () => {
    const { rig, token } = await signedIn();
    const answer = await rig.rpc(token, ask('initialize'), {
      headers: {
        'mcp-protocol-version': '2025-11-25',
        'mcp-param-x': 'y',
        'last-event-id': '7',
        cookie: 'a=b',
        'x-forwarded-for': '1.2.3.4',
        'x-tokentray-key': 'k',
        'proxy-authorization': 'Basic eA==',
      },
    });
    const sent = rig.upstream.received[0]?.headers ?? {};
    expect(sent).toMatchObject({
      authorization: 'Bearer upstream-1',
      'mcp-protocol-version': '2025-11-25',
      'mcp-param-x': 'y',
      'last-event-id': '7',
      host: rig.upstream.url.host,
    });
    for (const name of [
      'cookie',
      'x-forwarded-for',
      'x-tokentray-key',
      'proxy-authorization',
      'origin',
      'referer',
    ])
      expect(sent[name]).toBeUndefined();
    expect(JSON.stringify(sent)).not.toContain(token);
    expect(answer.headers.get('mcp-session-id')).toBe('session-1');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test.each<[string, Record<string, string>, number]>([
    ['the same', { 'mcp-method': 'tools/call', 'mcp-name': 'getIssue' }, 200],
    ['encoded', { 'mcp-name': `=?base64?${Buffer.from('getIssue').toString('base64')}?=` }, 200],
    ['another tool', { 'mcp-method': 'tools/call', 'mcp-name': 'deleteIssue' }, 400],
    ['another method', { 'mcp-method': 'tools/list' }, 400],
  ])('that say %s as the body', async (_what, headers, status) => {
    const { rig, token } = await signedIn();
    expect((await rig.rpc(token, call(), { headers })).status).toBe(status);
    expect(rig.upstream.received).toHaveLength(status === 200 ? 1 : 0);
  });
});

test('a session is its client’s alone', async () => {
  const rig = await mcpRig();
  const one = await rig.tokens(await rig.register());
  const other = await rig.tokens(await rig.register());
  const session = (await rig.rpc(one.access_token, ask('initialize'))).headers.get('mcp-session-id') ?? '';
  const headers = { 'mcp-session-id': session };
  const asked = async (token: string, method = 'POST'): Promise<number> =>
    (
      await rig.ask('/work/rovo', {
        method,
        headers: { ...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: JSON.stringify(call()) }),
      })
    ).status;
  expect([await asked(one.access_token), await asked(one.access_token, 'GET')]).toEqual([200, 405]);
  expect([await asked(other.access_token), await asked(other.access_token, 'DELETE')]).toEqual([404, 404]);
  expect(await asked(one.access_token, 'DELETE')).toBe(204);
  expect(await asked(one.access_token)).toBe(404);
  expect(rig.upstream.received).toHaveLength(4);
});

describe('what only reads', () => {
  test.each([
    ['getJiraIssue', true],
    ['searchJiraIssuesUsingJql', true],
    ['lookupJiraAccountId', true],
    ['jira_get_issue', true],
    ['jira_search', true],
    ['confluence_get_page', true],
    ['atlassianUserInfo', true],
    ['getTransitionsForJiraIssue', true],
    ['createJiraIssue', false],
    ['jira_create_issue', false],
    ['get_or_create_page', false],
    ['jira_delete_issue', false],
    ['get_and_purge', false],
    ['getPagesThenTrash', false],
    ['find_issue_resolve', false],
    ['transitionJiraIssue', false],
    ['confluence_update_page', false],
    ['runAnything', false],
    ['get', true],
    ['', false],
    ['forget', false],
    ['jira', false],
  ])('tool %s: %s', (name, reads) => {
    expect(toolReadsOnly(name)).toBe(reads);
  });

  test.each([
    ['initialize', true],
    ['tools/list', true],
    ['notifications/initialized', true],
    ['resources/read', true],
    ['server/discover', true],
    ['tools/call', false],
    ['other/thing', false],
    ['tools/list2', false],
  ])('method %s: %s', (method, reads) => {
    expect(messageReadsOnly(method, null)).toBe(reads);
  });

  const deep = (begin: string, end: string): string =>
    `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${begin}${end}}}`;
  test.each([
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getX","name":"deleteX"}}', null],
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"tools/list"}', null],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","m\\u0065thod":"x"}', null],
    ['\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}', null],
    ['[]', null],
    ['{"jsonrpc":"1.0","id":1,"method":"ping"}', null],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\\": {\\"x\\":1}"}}', 'ping'],
    [deep('['.repeat(990), ']'.repeat(990)), 'ping'],
    [deep(`"${'[{\\"'.repeat(5000)}`, '"'), 'ping'],
    [deep('['.repeat(1001), ']'.repeat(1001)), null],
    [deep('{"a":'.repeat(1_000_000), `1${'}'.repeat(1_000_000)}`), null],
  ])('a body that two readers could read differently, or not at all, is none: case %#', (text, method) => {
    expect(readMessages(Buffer.from(text))?.messages[0]?.method ?? null).toBe(method);
  });
});

describe('rules', () => {
  test('are asked about tools: reading with GET, the rest with POST', async () => {
    const { rig, token } = await signedIn();
    for (const message of [ask('tools/list'), call('getIssue'), call('create issue')])
      await rig.rpc(token, message);
    expect(rig.asked.map(({ method, path, api }) => `${method} ${api} ${path}`)).toEqual([
      'GET mcp /tools/list',
      'GET mcp /tools/call/getIssue',
      'POST mcp /tools/call/create%20issue',
    ]);
  });

  test('that refuse give a call the reason as its result: the session goes on', async () => {
    const { rig, token } = await signedIn({
      admit: ({ path }) =>
        path.includes('create')
          ? {
              goes: false,
              decision: 'refused',
              status: 403,
              code: 'refused',
              message: 'Only reading is allowed.',
              hint: 'Change the rules.',
              retryAfterSeconds: null,
              reason: 'Only reading',
            }
          : allow(),
    });
    const refused = await rig.rpc(token, call('createIssue', 'x'));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([200, null]);
    expect(await refused.json()).toEqual({
      jsonrpc: '2.0',
      id: 'x',
      result: {
        content: [{ type: 'text', text: 'Only reading is allowed. Change the rules.' }],
        isError: true,
      },
    });
    const batch = await rig.rpc(token, [call('getIssue', 1), call('createIssue', 2)] as object);
    expect(await batch.json()).toMatchObject([{ id: 1 }, { id: 2, result: { isError: true } }]);
    expect(rig.upstream.received).toEqual([]);
    expect(rig.traffic.at(-1)).toMatchObject({
      decision: 'refused',
      status: 200,
      path: '/tools/call/getIssue',
    });
  });

  test('a sign-in without mcp:write is told what to ask for, and asks the person', async () => {
    const { rig, token } = await signedIn({}, 'mcp:read');
    expect((await rig.rpc(token, call('getIssue'))).status).toBe(200);
    const refused = await rig.rpc(token, call('createIssue'));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      `Bearer error="insufficient_scope", resource_metadata="${rig.origin}/.well-known/oauth-protected-resource/work/rovo", scope="mcp:read mcp:write"`,
    ]);
    const client = rig.consumers.list()[0]?.client?.id ?? '';
    const more = await rig.tokens(client, { scope: 'mcp:read mcp:write' });
    expect((await rig.rpc(more.access_token, call('createIssue'))).status).toBe(200);
  });
});

describe('the server’s 401', () => {
  const upstreams = (rig: () => McpRig, better: string | null): McpUpstreams & { replaced: number } => {
    const made = {
      replaced: 0,
      open: () => ok(rig().toUpstream('old')),
      replace: (): Promise<Upstream | null> => {
        made.replaced += 1;
        return Promise.resolve(better === null ? null : rig().toUpstream(better));
      },
    };
    return made;
  };
  const onlyNew = (rig: McpRig): void => {
    const { answer } = rig.upstream;
    rig.upstream.answer = (request, response, body) => {
      if (request.headers.authorization === 'Bearer new') answer(request, response, body);
      else response.writeHead(401, { 'www-authenticate': 'Bearer resource_metadata="https://x"' }).end();
    };
  };

  test.each([
    ['new', 200, false],
    ['other', 200, true],
    [null, 200, true],
  ])('with %s instead: the call is answered %i', async (better, status, isError) => {
    const made = upstreams(() => rig, better);
    const rig = await mcpRig({ upstreams: made });
    const { access_token } = await rig.tokens(await rig.register());
    onlyNew(rig);
    const answer = await rig.rpc(access_token, call());
    expect([answer.status, answer.headers.get('www-authenticate'), made.replaced]).toEqual([status, null, 1]);
    const { result } = (await answer.json()) as { result: { isError?: boolean } };
    expect(result.isError ?? false).toBe(isError);
    // What is no call has no result to put it into.
    const listed = await rig.rpc(access_token, ask('tools/list'));
    expect(listed.status).toBe(isError ? 503 : 200);
    expect(
      rig.upstream.received.every(
        ({ body }) => body === JSON.stringify(call()) || body === JSON.stringify(ask('tools/list')),
      ),
    ).toBe(true);
  });

  const text = async (answer: Response): Promise<string> => {
    const { result } = (await answer.json()) as { result: { isError: boolean; content: { text: string }[] } };
    expect(result.isError).toBe(true);
    return result.content[0]?.text ?? '';
  };

  test.each<[string, string | undefined, string | null, string, number]>([
    [
      'after a renewal',
      'Bearer error="invalid_token"',
      'other',
      'Rovo does not accept the credential of “work”, although it was just renewed. Reconnect “work” in Tokentray.',
      1,
    ],
    [
      'where nothing can be renewed',
      undefined,
      null,
      'Rovo does not accept the credential of “work”. Reconnect “work” in Tokentray.',
      1,
    ],
    [
      'for scopes',
      'Bearer error="insufficient_scope", scope="read:jira-work <b> write:jira-work"',
      'other',
      'Rovo needs permissions that “work” does not have. It asks for: read:jira-work, write:jira-work. The credential itself works. Reconnect “work” in Tokentray with these permissions, if you may have them.',
      0,
    ],
  ])('%s is told apart', async (_what, challenge, better, words, replaced) => {
    const made = upstreams(() => rig, better);
    const rig = await mcpRig({ upstreams: made });
    const { access_token } = await rig.tokens(await rig.register());
    rig.upstream.answer = (_request, response) =>
      response.writeHead(401, challenge === undefined ? {} : { 'www-authenticate': challenge }).end();
    expect([await text(await rig.rpc(access_token, call())), made.replaced]).toEqual([words, replaced]);
  });

  test('when the renewal finds that the sign-in is over, it says that', async () => {
    let isOver = false;
    const rig = await mcpRig({
      upstreams: {
        open: () =>
          isOver
            ? fail('needs-reconnect', 'Atlassian has ended the sign-in of “work”.', 'Reconnect it.')
            : ok(rig.toUpstream('old')),
        replace: () => {
          isOver = true;
          return Promise.resolve(null);
        },
      },
    });
    const { access_token } = await rig.tokens(await rig.register());
    onlyNew(rig);
    expect(await text(await rig.rpc(access_token, call()))).toBe(
      'Atlassian has ended the sign-in of “work”. Reconnect it.',
    );
  });

  test('a 403 names the permissions that the server asks for', async () => {
    const { rig, token } = await signedIn();
    rig.upstream.answer = (_request, response) =>
      response
        .writeHead(403, { 'www-authenticate': 'Bearer error="insufficient_scope", scope="write:x"' })
        .end();
    expect(await text(await rig.rpc(token, call()))).toContain('It asks for: write:x.');
  });

  test('a connection without a credential says what to do', async () => {
    const { rig, token } = await signedIn({
      upstreams: {
        open: () => fail('needs-reconnect', '“work” has to be reconnected.', 'Reconnect it in Tokentray.'),
        replace: () => Promise.resolve(null),
      },
    });
    expect(await (await rig.rpc(token, call())).json()).toMatchObject({
      result: {
        isError: true,
        content: [{ text: '“work” has to be reconnected. Reconnect it in Tokentray.' }],
      },
    });
  });

  test.each([403, 302, 500, 'cut'] as const)('%s of the server starts no sign-in', async (status) => {
    const { rig, token } = await signedIn();
    rig.upstream.answer = (_request, response) => {
      if (status === 'cut') response.destroy();
      else
        response
          .writeHead(status, {
            location: 'https://evil.example',
            'www-authenticate': 'Bearer error="insufficient_scope"',
          })
          .end();
    };
    const answer = await rig.rpc(token, ask('tools/list'));
    expect([answer.status, answer.headers.get('location'), answer.headers.get('www-authenticate')]).toEqual([
      status === 500 ? 500 : 502,
      null,
      null,
    ]);
  });
});

describe('streams', () => {
  const event = (text: string): string => `data: ${text}\n\n`;
  const streaming = (rig: McpRig): ((text: string) => void) => {
    let write: (text: string) => void = () => undefined;
    rig.upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      response.flushHeaders();
      write = (text) => void response.write(event(text));
    };
    return (text) => {
      write(text);
    };
  };

  test('come as they are written', async () => {
    const { rig, token } = await signedIn();
    const write = streaming(rig);
    const answer = await rig.rpc(token, call());
    expect(answer.headers.get('x-accel-buffering')).toBe('no');
    const reader = answer.body!.getReader();
    for (const text of ['one', 'two']) {
      write(text);
      // An hour without a word is nothing.
      rig.clock.advance(3_600_000);
      expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(event(text));
    }
    await reader.cancel();
  });

  test.each([
    ['2025-11-25', false],
    ['2026-07-28', true],
  ])('a client of %s that leaves cancels: %s', async (version, cancels) => {
    const { rig, token } = await signedIn();
    streaming(rig);
    const leave = new AbortController();
    await rig.rpc(token, call(), { headers: { 'mcp-protocol-version': version }, signal: leave.signal });
    leave.abort();
    await expect.poll(() => rig.traffic.length).toBe(1);
    if (cancels) await expect.poll(() => rig.upstream.received[0]?.cut).toBe(true);
    else {
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(rig.upstream.received[0]?.cut).toBe(false);
      await rig.clock.advanceAsync(601_000);
      await expect.poll(() => rig.upstream.received[0]?.cut).toBe(true);
    }
  });

  test.each(['2025-11-25', '2026-07-28'])('of a removed client of %s end', async (version) => {
    const { rig, token } = await signedIn();
    streaming(rig);
    const answer = await rig.rpc(token, call(), { headers: { 'mcp-protocol-version': version } });
    rig.consumers.remove(rig.consumers.list()[0]!.id);
    await expect(answer.text()).rejects.toThrow();
    await expect.poll(() => rig.upstream.received[0]?.cut).toBe(true);
  });
});

test.each([
  ['no JSON', 'x', 'application/json', 400],
  ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
  ['text', '{}', 'text/plain', 415],
])('%s is refused', async (_what, body, type, status) => {
  const { rig, token } = await signedIn();
  const answer = await rig.ask('/work/rovo', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
  });
  expect([answer.status, rig.upstream.received]).toEqual([status, []]);
});
