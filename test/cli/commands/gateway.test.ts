import { expect, it } from 'vitest';
import type { ConsumerView, GatewayView } from '../../../contract/gateway.ts';
import type { ConsumerId, HeldRequestId } from '../../../contract/ids.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aHeld, aTrafficEntry } from '../../fakes/gateway-data.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

const session = cliSession();

const consumer: ConsumerView = {
  id: 'c1' as ConsumerId,
  kind: 'key',
  name: 'agent',
  connections: [connectionId(1)],
  rules: [{ then: 'allow', words: 'Everything is allowed.' }],
  limits: {},
  keyStart: 'ttk_abcd',
  createdAt: '2026-11-20T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  client: null,
};
const addresses = [
  { connection: connectionId(1), api: 'jira', name: 'Jira', url: 'http://127.0.0.1:7980/acme/jira' },
  { connection: connectionId(2), api: 'jira', name: 'Jira', url: 'http://127.0.0.1:7980/beta/jira' },
];
const view = (change: Partial<GatewayView> = {}): GatewayView => ({
  gateway: { url: 'http://127.0.0.1:7980', fault: null },
  mcp: { url: null, fault: null },
  consumers: [consumer],
  held: [],
  connectionRules: [],
  addresses,
  ...change,
});

it('add prints the key alone on stdout, and the addresses of its connections on stderr', async () => {
  session.core.answers = {
    'gateway.add': () => ({ consumer, key: 'ttk_secret' }),
    'gateway.view': () => view(),
    'gateway.explain': () => ({ rules: [], warnings: ['It contradicts itself.'] }),
    'connections.list': () => ({
      connections: [aConnection(1, session.cli.now, { name: 'acme' })],
      damaged: [],
    }),
  };
  expect(
    await session.cli.run('gateway', 'add', 'acme', '--name', 'agent', '--read-only', '--per-minute', '60'),
  ).toEqual({
    code: 0,
    out: 'ttk_secret\n',
    err: 'acme  Jira  http://127.0.0.1:7980/acme/jira\n▲ It contradicts itself.\n',
  });
  expect(session.core.inputs('gateway.add')).toEqual([
    {
      name: 'agent',
      connections: ['acme'],
      rules: [{ then: 'allow', operations: ['read'] }],
      limits: { requestsPerMinute: 60 },
    },
  ]);
  expect((await session.cli.json('gateway', 'add', '--name', 'agent')).documents).toEqual([
    { consumer, key: 'ttk_secret', addresses: addresses.slice(0, 1) },
  ]);
  expect((await session.cli.run('gateway', 'add', 'acme')).code).toBe(2);
});

it('add says that there is no address before there is a connection', async () => {
  session.core.answers = {
    'gateway.add': () => ({ consumer: { ...consumer, connections: null }, key: 'ttk_secret' }),
    'gateway.view': () => view({ addresses: [] }),
    'gateway.explain': () => ({ rules: [], warnings: [] }),
    'connections.list': () => ({ connections: [], damaged: [] }),
  };
  const { code, err } = await session.cli.run('gateway', 'add', '--name', 'agent');
  expect(code).toBe(0);
  expect(err).toContain('There is no address yet.');
});

it('list shows names, not ids, and why the gateway does not listen', async () => {
  const fault = { code: 'port-taken', message: 'Port 7980 is used.', hint: 'Choose another.' } as const;
  session.core.answers = {
    'gateway.view': () => view({ gateway: { url: null, fault }, addresses: [] }),
    'connections.list': () => ({
      connections: [aConnection(1, session.cli.now, { name: 'acme' })],
      damaged: [],
    }),
  };
  expect(await session.cli.run('gateway', 'list')).toEqual({
    code: 0,
    out: 'NAME   KIND  CONNECTIONS  LAST USED  EXPIRES  KEY\nagent  key   acme         never      never    ttk_abcd…\n\nagent:\n- Everything is allowed.\n',
    err: '▲ Port 7980 is used.\n    Choose another.\n',
  });
});

it('list and requests say which connection an address and a request are of', async () => {
  const { now } = session.cli;
  const id = connectionId(7);
  const entry = aTrafficEntry(1, now, { connection: id, api: 'jira', path: '/rest/api/3/myself' });
  session.core.answers = {
    'gateway.view': () =>
      view({
        addresses: [{ connection: id, api: 'jira', name: 'Jira', url: `http://127.0.0.1:7980/${id}/jira` }],
      }),
    'connections.list': () => ({ connections: [aConnection(7, now, { name: 'work/acme' })], damaged: [] }),
    'gateway.traffic': () => ({ entries: [{ ...entry, id: 2, connection: null, api: null }, entry] }),
  };
  expect((await session.cli.run('gateway', 'list')).out).toContain(
    `work/acme  Jira  http://127.0.0.1:7980/${id}/jira\n`,
  );
  const [first, second] = (await session.cli.run('gateway', 'requests')).out.split('\n');
  expect(first).toContain('  work/acme jira  ');
  expect(second).toContain('  –  ');
});

it('change needs something to change', async () => {
  session.core.answers = { 'gateway.change': () => consumer };
  expect((await session.cli.run('gateway', 'change', 'agent')).code).toBe(2);
  expect((await session.cli.run('gateway', 'change', 'agent', '--no-limits')).out).toBe(
    '- Everything is allowed.\n',
  );
  await session.cli.run('gateway', 'change', 'agent', '--all-connections');
  await session.cli.run('gateway', 'change', 'agent', 'acme', 'beta');
  await session.cli.run('gateway', 'change', 'agent', '--expires', '2027-03-31');
  await session.cli.run('gateway', 'change', 'agent', '--expires', 'never');
  expect(session.core.inputs('gateway.change')).toEqual([
    { consumer: 'agent', limits: {} },
    { consumer: 'agent', connections: null },
    { consumer: 'agent', connections: ['acme', 'beta'] },
    { consumer: 'agent', expires: '2027-03-31' },
    { consumer: 'agent', expires: null },
  ]);
});

it('approves and denies by id, or its beginning', async () => {
  const held = ['3f2a-1', '3f2b-2', '4000-3'].map((id) =>
    aHeld(1, session.cli.now, { id: id as HeldRequestId }),
  );
  session.core.answers = { 'gateway.view': () => view({ held }), 'gateway.decide': () => ({}) };
  await session.cli.run('gateway', 'approve', '3f2a-1');
  await session.cli.run('gateway', 'deny', '4');
  expect(session.core.inputs('gateway.decide')).toEqual([
    { request: '3f2a-1' as HeldRequestId, decision: 'approve' },
    { request: '4000-3' as HeldRequestId, decision: 'deny' },
  ]);
  expect(await session.cli.run('gateway', 'approve', '3f')).toMatchObject({ code: 2 });
  expect(await session.cli.run('gateway', 'approve', 'x')).toMatchObject({ code: 5 });
  expect(session.core.inputs('gateway.decide')).toHaveLength(2);
});

it('add reads only unless told otherwise', async () => {
  session.core.answers = {
    'gateway.view': () => view(),
    'gateway.add': () => ({ consumer, key: 'ttk_secret' }),
    'gateway.explain': () => ({ rules: [], warnings: [] }),
  };
  await session.cli.run('gateway', 'add', '--name', 'a');
  await session.cli.run('gateway', 'add', '--name', 'b', '--everything');
  expect(session.core.inputs('gateway.add').map(({ rules }) => rules)).toEqual([
    [{ then: 'allow', operations: ['read'] }],
    [{ then: 'allow' }],
  ]);
  const both = await session.cli.run('gateway', 'add', '--name', 'c', '--everything', '--read-only');
  expect(both.code).toBe(2);
});

it('rules shows, sets and removes those of a connection', async () => {
  const own = [{ connection: connectionId(1), rules: [{ then: 'ask' as const, words: 'You are asked.' }] }];
  session.core.answers = {
    'gateway.view': () => view(),
    'gateway.set-connection-rules': ({ rules }) => view({ connectionRules: rules === null ? [] : own }),
    'gateway.explain': () => ({ rules: [], warnings: [] }),
    'connections.list': () => ({
      connections: [aConnection(1, session.cli.now, { name: 'acme' })],
      damaged: [],
    }),
  };
  expect((await session.cli.run('gateway', 'rules', 'acme')).err).toContain('no rules of its own');
  expect((await session.cli.run('gateway', 'rules', 'acme', '--ask', 'change')).out).toBe(
    '- You are asked.\n',
  );
  expect((await session.cli.json('gateway', 'rules', 'acme', '--remove')).documents).toEqual([
    { connection: connectionId(1), rules: null },
  ]);
  expect((await session.cli.run('gateway', 'rules', 'nobody')).code).toBe(5);
});
