import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../../contract/calls.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { OutputClosed } from '../../../cli/context.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { FakeCore, refuse } from '../../fakes/fake-core.ts';
import { aConnection } from '../../fakes/window-data.ts';

const session = cliSession();

/** The tokens of the connections, by name; of the folder’s under `here`. */
let tokens: Record<string, string>;

const answer = ({ connection = 'here' }: CallInput<'credentials.env'>): CallOutput<'credentials.env'> => ({
  connection: { id: connection as ConnectionId, name: connection },
  variables: [{ name: 'TOKEN', value: tokens[connection] ?? '', secret: true }],
  text: '',
  expiresAt: null,
});

beforeEach(() => {
  tokens = { here: 'token-here', acme: 'token-acme', beta: 'token-beta' };
  session.core.answers = { 'credentials.env': answer };
});

const given = (): Record<string, string | undefined> => {
  const own = Object.entries(session.cli.children.at(-1)?.env ?? {});
  return Object.fromEntries(own.filter(([name]) => !Object.hasOwn(session.cli.env, name) || name === 'MINE'));
};

describe('several connections', () => {
  it('give their variables together, which is explained once at a terminal', async () => {
    const line = ['run', 'acme', 'beta', '--', 'tool'] as const;
    expect(await session.cli.run(...line)).toEqual({ code: 0, out: '', err: '' });
    expect(given()).toEqual({ TOKEN: 'token-acme', ACME_TOKEN: 'token-acme', BETA_TOKEN: 'token-beta' });
    expect((await session.cli.atTerminal().run(...line)).err).toBe(
      'Several connections set TOKEN: it is that of acme; also ACME_TOKEN, BETA_TOKEN.\n',
    );
  });

  it('may be for a tool each, or all for one', async () => {
    const presets = () => session.core.inputs('credentials.env').map(({ preset }) => preset);
    await session.cli.run('run', 'a', 'b', '--preset', 'mcp-atlassian', '--preset=atlassian', '--', 'tool');
    await session.cli.run('run', 'a', 'b', '--preset', 'mcp-atlassian', '--', 'tool');
    expect(presets()).toEqual(['mcp-atlassian', 'atlassian', 'mcp-atlassian', 'mcp-atlassian']);
  });

  it('run nothing when one of them cannot be read', async () => {
    session.core.answers = {
      'credentials.env': (input) =>
        input.connection === 'beta' ? refuse('needs-reconnect', 'Beta has ended.') : answer(input),
    };
    expect(await session.cli.run('run', 'acme', 'beta', '--', 'tool')).toMatchObject({ code: 4 });
    expect(session.cli.children).toEqual([]);
  });
});

describe('--env-file', () => {
  const put = (name: string, text: string): string => {
    const file = path.join(session.cli.home, name);
    writeFileSync(file, text);
    return file;
  };

  it('adds variables that ours replace, unless it is to win', async () => {
    session.cli.cwd = session.cli.home;
    session.cli.env['MINE'] = 'inherited';
    put('one.env', '\uFEFFTOKEN=from-file\r\nexport MINE="a b" # so\r\nBOTH=1\n');
    put('two.env', 'BOTH=2\n');
    const line = ['run', '--env-file', 'one.env', '--env-file=two.env'];
    await session.cli.run(...line, '--', 'tool');
    expect(given()).toEqual({ TOKEN: 'token-here', MINE: 'a b', BOTH: '2' });
    await session.cli.run(...line, '--env-file-wins', '--', 'tool');
    expect(given()).toMatchObject({ TOKEN: 'from-file' });
  });

  it('also adds them to a run through the gateway, but nothing that it must not have', async () => {
    const file = put('x.env', 'ATLASSIAN_ACCESS_TOKEN=secret\nMINE=1\n');
    session.core.answers = {
      'gateway.begin-run': () => ({
        run: 'run-1' as CallOutput<'gateway.begin-run'>['run'],
        variables: [{ name: 'KEY', value: 'ttk_key', secret: true }],
        removed: ['ATLASSIAN_ACCESS_TOKEN'],
        notes: [],
      }),
      'gateway.end-run': () => ({}),
    };
    await session.cli.run('run', '--gateway', '--mask', '--env-file', file, '--', 'tool');
    expect(given()).toEqual({ KEY: 'ttk_key', MINE: '1' });
    expect(session.cli.children[0]?.mask).toEqual(['ttk_key']);
  });

  it.each([
    ['that is not there', 'gone.env', 'there is no such file'],
    ['that is no text', 'binary.env', 'not a text file'],
  ])('runs nothing with a file %s', async (_, name, words) => {
    session.cli.cwd = session.cli.home;
    put('binary.env', 'A=\0');
    const { code, err } = await session.cli.run('run', '--env-file', name, '--', 'tool');
    expect([code > 0, err]).toEqual([true, expect.stringContaining(words)]);
    expect(session.cli.children).toEqual([]);
  });
});

it('masks the secrets that it gives, and says which it cannot', async () => {
  tokens['beta'] = 'abc';
  const { err } = await session.cli.run('run', 'acme', 'beta', '--mask', '--', 'tool');
  expect(session.cli.children[0]?.mask).toEqual(['token-acme', 'abc']);
  expect(err).toBe('▲ A secret of fewer than 4 characters is not masked.\n');
});

describe('--watch', () => {
  const started = () => session.cli.started;
  const tokenOf = (index: number) => started()[index]?.child.env['TOKEN'];
  const renew = (token: string): void => {
    tokens['acme'] = token;
    session.core.emit({ type: 'connection', connection: aConnection(1, session.cli.now) });
  };
  /** Runs until the test has seen what it wants to. */
  const during = async (act: () => Promise<void>, ...more: string[]) => {
    const ending = session.cli.run('run', 'acme', '--watch', ...more, '--', 'server');
    await expect.poll(() => [session.core.listeners, started().length]).toEqual([1, 1]);
    await act();
    return ending;
  };

  it('starts the command again with a new token, and ends as it does', async () => {
    const { code, err } = await during(async () => {
      renew('token-2');
      await expect.poll(() => tokenOf(1)).toBe('token-2');
      expect(started()[0]?.stops).toBe(1);
      // What changes nothing for the command.
      renew('token-2');
      renew('token-3');
      await expect.poll(() => tokenOf(2)).toBe('token-3');
      expect(started()).toHaveLength(3);
      expect(started()[2]?.child.mask).toEqual(['token-acme', 'token-2', 'token-3']);
      started()[2]?.end({ kind: 'exited', code: 42 });
    }, '--mask');
    expect(code).toBe(42);
    expect(err).toContain('restarting server');
    await expect.poll(() => session.core.listeners).toBe(0);
  });

  it('takes what is there, so that a short token is not renewed for ever', async () => {
    await during(async () => {
      renew('token-2');
      await expect.poll(() => tokenOf(1)).toBe('token-2');
      started()[1]?.end({ kind: 'exited', code: 0 });
    });
    const [first, ...others] = session.core
      .inputs('credentials.env')
      .map(({ minTtlSeconds }) => minTtlSeconds);
    expect(first).toBe(300);
    expect(new Set(others)).toEqual(new Set([0]));
  });

  it('does not start it again when the person ends it meanwhile', async () => {
    const { code } = await during(async () => {
      const [first] = started();
      first!.onStop = () => {
        first!.interrupted = true;
        first!.end({ kind: 'killed', signal: 'SIGINT' });
      };
      renew('token-2');
      await expect.poll(() => first?.stops).toBe(1);
    });
    expect(code).toBe(130);
    expect(started()).toHaveLength(1);
    expect(session.cli.endedBy).toEqual(['SIGINT']);
  });

  it('leaves it alone while its credential cannot be read, and says so once', async () => {
    const { err } = await during(async () => {
      session.core.answers = { 'credentials.env': () => refuse('offline', 'No network.') };
      renew('x');
      await expect.poll(() => session.cli.stderr.text).toContain('No network.');
      const calls = session.core.calls.length;
      renew('x');
      await expect.poll(() => session.core.calls.length).toBeGreaterThan(calls);
      started()[0]?.end({ kind: 'exited', code: 0 });
    });
    expect(err).toBe('▲ The command keeps its variables: No network.\n');
    expect(started()).toHaveLength(1);
  });

  it('does not leave the command alone when nobody reads what it says any more', async () => {
    const { code } = await during(async () => {
      session.cli.stderr.write = () => {
        throw new OutputClosed();
      };
      renew('token-2');
      await expect.poll(() => tokenOf(1)).toBe('token-2');
      started()[1]?.end({ kind: 'exited', code: 5 });
    });
    expect(code).toBe(5);
  });

  it('never goes back to the answer to an earlier question', async () => {
    const held: (() => void)[] = [];
    await during(async () => {
      await expect.poll(() => session.core.inputs('credentials.env').length).toBe(2);
      session.core.answers = {
        'credentials.env': async (input) => {
          const now = answer(input);
          if (held.length === 0) await new Promise<void>((resolve) => held.push(resolve));
          return now;
        },
      };
      renew('token-2');
      await expect.poll(() => held).toHaveLength(1);
      renew('token-3');
      // Time enough to ask again and to restart.
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      held[0]?.();
      await expect.poll(() => started().map((_, index) => tokenOf(index))).toContain('token-3');
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(tokenOf(started().length - 1)).toBe('token-3');
      started().at(-1)?.end({ kind: 'exited', code: 0 });
    });
  });

  it('leaves it alone when it cannot find out what is there', async () => {
    const { paths } = session.cli;
    const { code, err } = await during(async () => {
      Object.defineProperty(session.cli, 'paths', {
        configurable: true,
        get: () => {
          throw new Error('no environment');
        },
      });
      renew('token-2');
      await expect.poll(() => session.cli.stderr.text).toContain('internal error');
      Object.defineProperty(session.cli, 'paths', { value: paths });
      started()[0]?.end({ kind: 'exited', code: 3 });
    });
    expect([code, started().length]).toEqual([3, 1]);
    expect(err).toContain('▲ The command keeps its variables');
  });

  it('goes on without the app, and follows it again when it is back', async () => {
    let again: FakeCore | null = null;
    const { err, code } = await during(async () => {
      await session.core.close();
      await expect.poll(() => session.cli.stderr.text).toContain('The app has ended');
      expect(started()[0]?.stops).toBe(0);
      tokens['acme'] = 'token-2';
      again = await FakeCore.listen(session.cli.socket, { 'credentials.env': answer });
      await expect.poll(() => tokenOf(1)).toBe('token-2');
      started()[1]?.end({ kind: 'exited', code: 0 });
    });
    await (again as FakeCore | null)?.close();
    expect(code).toBe(0);
    expect(err.match(/The app/g)).toHaveLength(2);
    expect(session.cli.background).toEqual([]);
  });
});
