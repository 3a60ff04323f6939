import path from 'node:path';
import { expect, it } from 'vitest';
import { cliSession } from '../../fakes/cli-session.ts';
import { someHooks } from '../../fakes/some-hooks.ts';

const session = cliSession();

it('lists hooks with what they run and how that ended', async () => {
  session.core.answers = { 'hooks.list': () => ({ hooks: someHooks() }) };
  const { out, code } = await session.cli.run('hooks');
  expect(code).toBe(0);
  expect(out).toContain('notify-send Tokentray');
  expect(out).toMatch(/▲ Failed .*, with the token\. It failed with exit code 3: no route to host/);
  expect(out).toContain('sh -c "make reload"');
  expect(out).toContain('‖ Paused, from a backup');
  expect((await session.cli.json('hooks', 'list')).documents).toEqual([someHooks()]);
});

it('adds a program as it is given, and its path as seen from here', async () => {
  const [hook] = someHooks();
  session.core.answers = { 'hooks.add': () => hook! };
  const { cwd } = session.cli;
  const options = ['--connection', 'acme', '--with-token', '--timeout', '5'];
  const added = await session.cli.run(
    'hooks',
    'add',
    'token-new',
    ...options,
    '--',
    './notify',
    '--with-token',
    'a b',
  );
  expect(added.err).toBe('Try it: tokentray hooks test hook0001\n');
  await session.cli.run('hooks', 'add', 'export-written', '--', 'notify');
  expect(session.core.inputs('hooks.add')).toEqual([
    {
      ...{ event: 'token-new', connection: 'acme', program: path.join(cwd ?? '', 'notify') },
      ...{ args: ['--with-token', 'a b'], withToken: true, timeoutSeconds: 5 },
    },
    { event: 'export-written', program: 'notify', args: [], withToken: false },
  ]);
  for (const wrong of [
    ['token-new'],
    ['no-such-event', '--', 'x'],
    ['token-new', '--timeout', '601', '--', 'x'],
  ])
    expect((await session.cli.run('hooks', 'add', ...wrong)).code).toBe(2);
});

it('exits as the hook did when it is tried', async () => {
  const run = { at: '2026-11-22T09:30:00.000Z', ok: false, durationMs: 3, message: 'It was not found.' };
  session.core.answers = { 'hooks.test': () => ({ run }) };
  expect(await session.cli.run('hooks', 'test', 'x')).toMatchObject({
    code: 1,
    out: '▲ It was not found.\n',
  });
  expect((await session.cli.json('hooks', 'test', 'x')).documents).toEqual([run]);
});
