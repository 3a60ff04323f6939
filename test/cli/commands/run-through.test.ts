import { expect, it } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ConsumerId } from '../../../contract/ids.ts';
import { OutputClosed } from '../../../cli/context.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';

const session = cliSession();
const run = 'run-1' as ConsumerId;

const begun = (change: Partial<CallOutput<'gateway.begin-run'>> = {}): CallOutput<'gateway.begin-run'> => ({
  run,
  variables: [{ name: 'TOKENTRAY_GATEWAY_KEY', value: 'ttk_key', secret: true }],
  removed: ['ATLASSIAN_ACCESS_TOKEN'],
  notes: [],
  ...change,
});

it('gives the command a key that is held while it runs, and ends it', async () => {
  session.core.answers = { 'gateway.begin-run': () => begun(), 'gateway.end-run': () => ({}) };
  session.cli.env['ATLASSIAN_ACCESS_TOKEN'] = 'inherited';
  session.cli.onRunChild = ({ env }) => {
    expect(env['TOKENTRAY_GATEWAY_KEY']).toBe('ttk_key');
    expect(env).not.toHaveProperty('ATLASSIAN_ACCESS_TOKEN');
    expect([...session.core.held]).toEqual([run]);
    return { kind: 'exited', code: 7 };
  };
  expect(
    await session.cli.run('run', 'acme', 'beta', '--gateway', '--read-only', '--', '/bin/tool', 'x'),
  ).toEqual({
    code: 7,
    out: '',
    err: '',
  });
  expect(session.core.inputs('gateway.begin-run')).toEqual([
    {
      through: 'gateway',
      connections: ['acme', 'beta'],
      rules: [{ then: 'allow', operations: ['read'] }],
      isolated: false,
      program: 'tool',
    },
  ]);
  expect(session.core.inputs('gateway.end-run')).toEqual([{ run }]);
  await expect.poll(() => session.core.held.size).toBe(0);
});

it('says what cannot be fed, and why a run cannot begin', async () => {
  session.core.answers = {
    'gateway.begin-run': () => begun({ notes: ['Go is different.'] }),
    'gateway.end-run': () => ({}),
  };
  expect((await session.cli.run('run', '--proxy', '--', 'go')).err).toBe('▲ Go is different.\n');
  session.core.answers = {
    'gateway.begin-run': () => refuse('unsupported', 'It asks elsewhere.', 'Use --proxy.'),
  };
  expect(await session.cli.run('run', '--gateway', '--', 'tool')).toEqual({
    code: 1,
    out: '',
    err: 'tokentray: It asks elsewhere.\n  Use --proxy.\n',
  });
  expect(session.cli.children).toHaveLength(1);
});

it('ends the run too when the command cannot be started', async () => {
  session.core.answers = { 'gateway.begin-run': () => begun(), 'gateway.end-run': () => ({}) };
  session.cli.onRunChild = () => ({ kind: 'not-started', code: 'ENOENT' });
  expect((await session.cli.run('run', '--gateway', '--', 'nope')).code).toBe(127);
  expect(session.core.inputs('gateway.end-run')).toEqual([{ run }]);
});

it('says when the app ends while the command runs', async () => {
  session.core.answers = { 'gateway.begin-run': () => begun() };
  session.cli.onRunChild = async () => {
    await session.core.close();
    await expect.poll(() => session.cli.stderr.text).toContain('The app has ended');
    return { kind: 'exited', code: 0 };
  };
  expect((await session.cli.run('run', '--gateway', '--', 'tool')).code).toBe(0);
});

it('runs the command, and ends as it does, though nobody reads what is said about it', async () => {
  session.core.answers = { 'gateway.begin-run': () => begun({ notes: ['Go is different.'] }) };
  let said = 0;
  session.cli.stderr.write = () => {
    said += 1;
    throw new OutputClosed();
  };
  session.cli.onRunChild = async () => {
    await session.core.close();
    await expect.poll(() => said).toBe(2);
    return { kind: 'exited', code: 7 };
  };
  expect((await session.cli.run('run', '--gateway', '--', 'tool')).code).toBe(7);
});

it.each([
  [['--gateway', '--proxy'], 'either'],
  [['--isolated'], 'needs --gateway or --proxy'],
  [['--read-only'], 'needs --gateway or --proxy'],
  [['--gateway', '--watch'], 'not needed'],
  [['--proxy', '--preset', 'atlassian', '--preset', 'atlassian'], 'once'],
  [['a', 'b', 'c', '--preset', 'atlassian', '--preset', 'atlassian'], 'once for each'],
  [['--env-file-wins'], 'needs --env-file'],
])('refuses %j', async (words, message) => {
  const { code, err } = await session.cli.run('run', ...words, '--', 'tool');
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(session.core.calls).toEqual([]);
});

it('runs nothing that cannot be isolated', async () => {
  session.cli.output = 'unshare: unshare failed: Operation not permitted\n';
  session.cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 1 });
  const { code, err } = await session.cli.run('run', '--gateway', '--isolated', '--', 'tool');
  expect(code).toBe(1);
  expect(err).toContain('cannot be isolated here, so it was not run: unshare: unshare failed');
  expect(session.cli.children).toEqual([]);
  expect(session.core.calls).toEqual([]);
});

it('isolates nothing of root that does not ask for it by name', async () => {
  session.cli.paths.uid = 0;
  session.core.answers = { 'gateway.begin-run': () => refuse('not-found', 'It went on.', '') };
  const { code, err } = await session.cli.run('run', '--gateway', '--isolated', '--', 'tool');
  expect([code, err]).toEqual([1, expect.stringContaining('so it was not run: root owns')]);
  expect(err).toContain('--isolated-as-root');
  expect(session.core.calls).toEqual([]);
  session.cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 0 });
  expect((await session.cli.run('run', '--gateway', '--isolated-as-root', '--', 'tool')).err).toContain(
    'It went on.',
  );
});
