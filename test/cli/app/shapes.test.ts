import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../contract/calls.ts';
import { hasShape } from '../../../cli/app/shapes.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aConnection, aClient, aProvider, signInId } from '../../fakes/window-data.ts';

const session = cliSession();

/** Each command with the call whose answer is odd, and those before it that are not. */
const COMMANDS = [
  ['get'],
  ['env'],
  ['run', '--', 'tool'],
  ['open'],
  ['status'],
  ['doctor'],
  ['connect', 'atlassian'],
  ['list'],
  ['use', 'acme'],
  ['test'],
  ['refresh'],
  ['pause', 'acme'],
  ['resume'],
  ['rename', 'a', 'b'],
  ['reconnect', 'acme'],
  ['remove', 'acme', '--yes'],
  ['export', 'add', '.env'],
  ['export', 'list'],
  ['export', 'write'],
  ['export', 'remove', '.env'],
  ['providers'],
  ['clients', 'list'],
  ['clients', 'add', 'atlassian', '--client-id', 'x', '--public'],
  ['log'],
  ['mcp', 'add', 'cursor'],
  ['mcp', 'list'],
  ['mcp', 'remove', 'cursor'],
  ['mcp', 'header'],
] as const;

const ODD = [
  '{}',
  '{"connections":7}',
  '{"connections":[null]}',
  '{"connections":[{"name":"x"}]}',
  '{"exports":[{"status":null}]}',
  '{"clients":[{}],"providers":{},"entries":[1],"findings":"x"}',
  '{"stage":{"stage":"brand-new"},"id":"x","providerName":"y"}',
  '{"status":{"state":"constructor"}}',
  '{"value":{"toString":1}}',
];

describe.each(COMMANDS.map((argv) => [argv.join(' '), argv] as const))('%s', (_name, argv) => {
  it.each(ODD)('fails clearly at %s', async (body) => {
    session.core.raw = (_, response) => response.writeHead(200).end(body);
    const { code, out, err } = await session.cli.run(...argv);
    expect(err + out).toContain('sent an answer that Tokentray does not understand');
    expect(err + out).not.toContain('TypeError');
    expect(code).toBe(1);
  });
});

it('takes what the contract gives', () => {
  const now = Date.now();
  const connection = aConnection(1, now);
  expect(CALLS['connections.list'].output.safeParse({ connections: [connection] }).success).toBe(true);
  expect(hasShape('connections.list', { connections: [connection] })).toBe(true);
  expect(hasShape('connections.use', { ...connection, status: { state: 'paused', since: null } })).toBe(true);
  expect(hasShape('clients.add', aClient())).toBe(true);
  expect(hasShape('providers.list', { providers: [aProvider()], problems: [], folder: '/x' })).toBe(true);
  const stage = { stage: 'done', connection: connection.id };
  expect(hasShape('sign-in.wait', { id: signInId(1), provider: 'a', providerName: 'A', stage })).toBe(true);
});
