import { expect, it } from 'vitest';
import type { GrantView } from '../../../contract/grants.ts';
import type { GrantId } from '../../../contract/ids.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aGrant, aHeld, aProgramHeld, emptyGateway } from '../../fakes/gateway-data.ts';
import { aConnection } from '../../fakes/window-data.ts';

const session = cliSession();

const answerWith = (grants: GrantView[]): void => {
  session.core.answers = {
    'grants.list': () => ({ grants }),
    'grants.revoke': (input) => ({ revoked: input.grants as GrantId[] }),
    'connections.set-approval': ({ approval }) => aConnection(1, session.cli.now, { name: 'acme', approval }),
  };
};

it('list says which program may what, for how long, and when it did', async () => {
  const { now } = session.cli;
  const grants = [
    aGrant(1, now),
    aGrant(2, now, { decision: 'deny', lasts: 'session', session: 'bash in xterm', lastUsedAt: null }),
  ];
  answerWith(grants);
  const { code, out } = await session.cli.run('grants', 'list');
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['PROGRAM', 'CONNECTION', 'ANSWER', 'HOLDS', 'LAST USED', 'FILE', 'ID'],
    [
      'deploy-1.mjs',
      'acme',
      'allowed',
      'always',
      '5 min ago',
      '/home/ana/project/deploy-1.mjs',
      grants[0]?.id,
    ],
    [
      ...['deploy-2.mjs', 'acme', 'denied', 'session of bash in xterm', 'never'],
      ...['/home/ana/project/deploy-2.mjs', grants[1]?.id],
    ],
    [''],
  ]);
  expect((await session.cli.json('grants', 'list')).documents).toEqual([grants]);
});

it('list says how answers come about where there is none', async () => {
  answerWith([]);
  expect(await session.cli.run('grants', 'list')).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringContaining('grants require CONNECTION') as string,
  });
});

it('revoke takes names of programs, ids or their beginning, or all of a connection', async () => {
  const { now } = session.cli;
  const grants = [
    aGrant(1, now),
    aGrant(2, now),
    aGrant(3, now, { connection: { id: aConnection(2, now).id, name: 'beta' } }),
  ];
  answerWith(grants);
  const ids = grants.map(({ id }) => id);
  expect((await session.cli.run('grants', 'revoke', 'deploy-1.mjs', ids[1] ?? '')).err).toBe(
    'Forgot 2 answers.\n',
  );
  expect((await session.cli.run('grants', 'revoke', '--all', '--connection', 'beta')).code).toBe(0);
  expect(session.core.inputs('grants.revoke')).toEqual([{ grants: ids.slice(0, 2) }, { grants: [ids[2]] }]);
  expect((await session.cli.run('grants', 'revoke', 'other')).code).toBe(5);
  for (const args of [[], ['deploy-1.mjs', '--all']])
    expect((await session.cli.run('grants', 'revoke', ...args)).code).toBe(2);
  answerWith([]);
  expect((await session.cli.run('grants', 'revoke', '--all')).code).toBe(0);
  expect(session.core.inputs('grants.revoke')).toHaveLength(2);
});

it('require has a connection ask, or no longer', async () => {
  answerWith([]);
  const { code, err } = await session.cli.run('grants', 'require', 'acme');
  expect([code, err]).toEqual([0, expect.stringContaining('tokentray gateway held')]);
  expect((await session.cli.json('grants', 'require', 'acme', '--off')).documents).toMatchObject([
    { name: 'acme', approval: 'none' },
  ]);
  expect(session.core.inputs('connections.set-approval')).toEqual([
    { connection: 'acme', approval: 'ask' },
    { connection: 'acme', approval: 'none' },
  ]);
});

it('held shows what is known of a program, and an answer may hold for longer', async () => {
  const { now } = session.cli;
  const held = [aHeld(1, now), aProgramHeld(2, now)];
  session.core.answers = {
    'gateway.view': () => ({ ...emptyGateway(), held }),
    'gateway.decide': () => ({}),
  };
  expect((await session.cli.run('gateway', 'held')).out).toContain(
    [
      'deploy.mjs:',
      '- /usr/bin/node /home/ana/project/deploy.mjs',
      '- process 4711, started by bash in gnome-terminal',
      '- in /home/ana/project\n',
    ].join('\n'),
  );
  const id = held[1]?.id ?? '';
  await session.cli.run('gateway', 'approve', id, '--for', 'day');
  await session.cli.run('gateway', 'deny', id, '--for', 'always');
  expect(session.core.inputs('gateway.decide')).toEqual([
    { request: id, decision: 'approve', lasts: 'day' },
    { request: id, decision: 'deny', lasts: 'always' },
  ]);
  expect((await session.cli.run('gateway', 'approve', id, '--for', 'ever')).code).toBe(2);
});
