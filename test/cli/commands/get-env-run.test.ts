import { describe, expect, it } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import { WAITS_HEADER } from '../../../contract/waits.ts';
import { OutputClosed, type ChildEnd } from '../../../cli/context.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { connectionId } from '../../fakes/window-data.ts';

const session = cliSession();
const acme = { id: connectionId(1), name: 'acme' };

describe('get', () => {
  const credential: CallOutput<'credentials.get'> = {
    connection: acme,
    field: 'access_token',
    value: 'eyJ\u001btoken',
    expiresAt: '2026-11-22T10:00:00.000Z',
  };

  it('prints the value as it is and a line end', async () => {
    session.core.answers = { 'credentials.get': () => credential };
    expect(await session.cli.run('get')).toEqual({ code: 0, out: 'eyJ\u001btoken\n', err: '' });
    expect(session.core.inputs('credentials.get')).toEqual([{ folder: '/work', field: 'access_token' }]);
    session.cli.cwd = null;
    await session.cli.run('get');
    expect(session.core.inputs('credentials.get')[1]).toEqual({ field: 'access_token' });
  });

  it('prints it also when nobody reads what it says meanwhile', async () => {
    session.core.raw = (_, response) => {
      response.writeInformation(102, { [WAITS_HEADER]: 'approval' });
      response.end(JSON.stringify(credential));
    };
    session.cli.stderr.write = () => {
      throw new OutputClosed();
    };
    expect(await session.cli.run('get')).toMatchObject({ code: 0, out: 'eyJ\u001btoken\n' });
  });

  it('fails also when nobody reads why', async () => {
    session.core.answers = { 'credentials.get': () => refuse('not-found', 'There is none.') };
    session.cli.stdout.write = session.cli.stderr.write = () => {
      throw new OutputClosed();
    };
    expect((await session.cli.run('get')).code).toBe(5);
    expect((await session.cli.run('get', '--json')).code).toBe(5);
  });

  it('hands on connection, field and TTL', async () => {
    session.core.answers = { 'credentials.get': () => credential };
    await session.cli.run('get', 'my acme', '--field', 'site_url', '--min-ttl', '0');
    expect(session.core.inputs('credentials.get')).toEqual([
      { connection: 'my acme', field: 'site_url', minTtlSeconds: 0 },
    ]);
  });

  it('gives the documented shape', async () => {
    session.core.answers = { 'credentials.get': () => credential };
    expect((await session.cli.json('get')).documents).toEqual([credential]);
  });
});

const variables = [
  { name: 'ATLASSIAN_ACCESS_TOKEN', value: 'a b', secret: true },
  { name: 'ATLASSIAN_CLOUD_ID', value: 'c', secret: false },
];
const env = (text: string): CallOutput<'credentials.env'> => ({
  connection: acme,
  variables,
  text,
  expiresAt: null,
});

describe('env', () => {
  it.each([
    ['A=1\n', 'A=1\n'],
    ['{"A":1}', '{"A":1}\n'],
    ['', ''],
  ])('prints %j as %j', async (text, out) => {
    session.core.answers = { 'credentials.env': () => env(text) };
    expect(await session.cli.run('env', 'acme', '--preset', 'atlassian', '--format', 'bash')).toEqual({
      code: 0,
      out,
      err: '',
    });
    expect(session.core.inputs('credentials.env')).toEqual([
      { connection: 'acme', preset: 'atlassian', format: 'bash' },
    ]);
  });

  it('masks each secret for GitHub Actions before it prints any, where it does not get into the file', async () => {
    const order: string[] = [];
    session.core.answers = {
      'credentials.env': () => ({
        ...env('A=x%y\n'),
        variables: [
          { name: 'A', value: 'x%y\nz', secret: true },
          { name: 'B', value: 'open', secret: false },
          { name: 'C', value: '', secret: true },
        ],
      }),
    };
    for (const stream of [session.cli.stdout, session.cli.stderr]) {
      const write = stream.write.bind(stream);
      stream.write = (text) => {
        order.push(text);
        write(text);
      };
    }
    expect(await session.cli.run('env', '--format', 'github-actions')).toEqual({
      code: 0,
      out: 'A=x%y\n',
      err: '::add-mask::x%25y%0Az\n',
    });
    expect(order).toEqual(['::add-mask::x%25y%0Az\n', 'A=x%y\n']);
    expect((await session.cli.json('env', '--format', 'github-actions')).err).toBe('');
  });

  it('gives variables and text to programs', async () => {
    session.core.answers = { 'credentials.env': () => env('A=1\n') };
    expect((await session.cli.json('env')).documents).toEqual([env('A=1\n')]);
  });
});

describe('run', () => {
  it('runs the command with the variables added to ours', async () => {
    session.core.answers = { 'credentials.env': () => env('') };
    session.cli.env['PATH'] = '/bin';
    expect(await session.cli.run('run', 'acme', '--', 'tool', '--json', '--', 'x')).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(session.cli.children).toEqual([
      {
        command: 'tool',
        args: ['--json', '--', 'x'],
        env: { ...session.cli.env, ATLASSIAN_ACCESS_TOKEN: 'a b', ATLASSIAN_CLOUD_ID: 'c' },
      },
    ]);
    expect(session.core.inputs('credentials.env')).toEqual([
      { connection: 'acme', format: 'json', minTtlSeconds: 300, program: 'tool' },
    ]);
  });

  it.each<[ChildEnd, number, string]>([
    [{ kind: 'exited', code: 0 }, 0, ''],
    [{ kind: 'exited', code: 42 }, 42, ''],
    [{ kind: 'killed', signal: 'SIGTERM' }, 143, ''],
    [{ kind: 'not-started', code: 'ENOENT' }, 127, 'tokentray: Command not found: tool (ENOENT)\n'],
    [{ kind: 'not-started', code: 'EACCES' }, 126, 'tokentray: Cannot run: tool (EACCES)\n'],
  ])('ends like the command: %j → %i', async (end, code, err) => {
    session.core.answers = { 'credentials.env': () => env('') };
    session.cli.onRunChild = () => end;
    expect(await session.cli.run('run', '--', 'tool')).toEqual({ code, out: '', err });
  });
});
