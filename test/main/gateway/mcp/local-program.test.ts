import path from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, test } from 'vitest';
import { MCP_ATLASSIAN_PROGRAM } from '../../../../main/atlassian/mcp-atlassian-program.ts';
import { headerOf, type Sent } from '../../../../main/credentials/sent.ts';
import type { LocalProgram, ProgramPorts, RunningProgram } from '../../../../main/gateway/mcp/local/ports.ts';
import { systemPrograms } from '../../../../main/gateway/mcp/local/system-programs.ts';
import {
  restartPauseMs,
  WatchedProgram,
  WatchedPrograms,
} from '../../../../main/gateway/mcp/local/watched-program.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import type { Disposable } from '../../../../main/lib/disposable.ts';
import { Emitter } from '../../../../main/lib/emitter.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { sampleConnection } from '../../../fakes/sample-connection.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';

const started: Disposable[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.dispose();
});

const STAND_IN = path.resolve(import.meta.dirname, '../../../fakes/mcp-program.mjs');
const program: LocalProgram = { ...MCP_ATLASSIAN_PROGRAM, commands: [[process.execPath, STAND_IN]] };

interface Given {
  pid: number;
  path: string;
  authorization: string;
  env: Record<string, string>;
}

const call = async (url: URL, name = 'x'): Promise<Given> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer t' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } }),
  });
  return ((await answer.json()) as { result: Given }).result;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a real program is started on first use, on loopback, without our secrets; restarted; and ended with us', async () => {
  const env = {
    ...process.env,
    JIRA_API_TOKEN: 'secret',
    ATLASSIAN_OAUTH_CLIENT_SECRET: 'secret',
    NODE_OPTIONS: '',
  };
  const running = new WatchedPrograms({
    program,
    ports: systemPrograms(env),
    clock: systemClock,
    logger: silentLogger,
  });
  started.push(running);
  const [first, again, other] = await Promise.all([
    running.address({}),
    running.address({}),
    running.address({ JIRA_URL: 'https://acme.example' }),
  ]);
  if (!first.ok || !again.ok || !other.ok) throw new Error(JSON.stringify([first, again, other]));
  expect(again.value.href).toBe(first.value.href);
  const given = await call(first.value);
  expect([given.path, given.env['ATLASSIAN_OAUTH_ENABLE'], given.env['JIRA_URL']]).toEqual([
    '/mcp',
    'true',
    undefined,
  ]);
  expect(JSON.stringify(given.env)).not.toContain('secret');
  const otherGiven = await call(other.value);
  expect(otherGiven.env['JIRA_URL']).toBe('https://acme.example');
  await call(first.value, 'exit').catch(() => undefined);
  await expect.poll(() => isAlive(given.pid)).toBe(false);
  const restarted = await running.address({});
  if (!restarted.ok) throw new Error(restarted.error.message);
  const after = await call(restarted.value);
  expect(after.pid).not.toBe(given.pid);
  running.dispose();
  await expect.poll(() => isAlive(after.pid) || isAlive(otherGiven.pid)).toBe(false);
});

describe('watching', () => {
  /** A program that ends when told, and listens when told. */
  const fakePorts = () => {
    const state = { starts: 0, listens: true, installed: true, ended: 0, exit: () => undefined as void };
    const ports: ProgramPorts = {
      start: (): RunningProgram | null => {
        if (!state.installed) return null;
        state.starts += 1;
        const exited = new Emitter<void>();
        state.exit = () => {
          exited.emit();
        };
        return {
          onExit: exited.event,
          end: () => {
            state.ended += 1;
          },
        };
      },
      freePort: () => Promise.resolve(5000),
      listens: () => Promise.resolve(state.listens),
    };
    return { state, ports };
  };
  const watched = () => {
    const clock = new FakeClock();
    const { state, ports } = fakePorts();
    const one = new WatchedProgram({ program, place: {}, ports, clock, logger: silentLogger });
    started.push(one);
    return { clock, state, one };
  };

  test.each([
    [0, 0],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 32_000],
    [7, 60_000],
    [60, 60_000],
  ])('after %i ends it waits %i ms', (ends, ms) => {
    expect(restartPauseMs(ends)).toBe(ms);
  });

  test('one that keeps ending is started less and less often, and at once again after it ran well', async () => {
    const { clock, state, one } = watched();
    await one.address();
    const starts: number[] = [];
    for (let end = 0; end < 4; end += 1) {
      state.exit();
      const before = clock.monotonicMs();
      while (state.starts === starts.length + 1) await clock.advanceAsync(500);
      starts.push(clock.monotonicMs() - before);
      await clock.advanceAsync(0);
    }
    expect(starts).toEqual([1000, 2000, 4000, 8000]);
    await clock.advanceAsync(121_000);
    state.exit();
    await clock.advanceAsync(1000);
    expect(state.starts).toBe(6);
  });

  test('one that is not installed, or does not listen, says so, and is tried again', async () => {
    const { clock, state, one } = watched();
    state.installed = false;
    expect(await one.address()).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    Object.assign(state, { installed: true, listens: false });
    const late = one.address();
    await clock.advanceAsync(90_000);
    expect(await late).toMatchObject({ ok: false, error: { code: 'temporary' } });
    expect(state.ended).toBe(1);
    state.listens = true;
    const again = one.address();
    await clock.advanceAsync(1000);
    expect(await again).toMatchObject({ ok: true });
    const dying = watched();
    dying.state.listens = false;
    const gone = dying.one.address();
    await dying.clock.advanceAsync(250);
    dying.state.exit();
    await dying.clock.advanceAsync(250);
    expect(await gone).toMatchObject({ ok: false, error: { code: 'temporary' } });
  });

  test('nothing is started once it has ended', async () => {
    const { clock, state, one } = watched();
    await one.address();
    state.exit();
    one.dispose();
    await clock.advanceAsync(120_000);
    expect([state.starts, clock.pendingTimers]).toEqual([1, 0]);
  });
});

describe('how mcp-atlassian takes a credential', () => {
  const site = (cloudId: string | null, products: string[] = ['jira', 'confluence']) => ({
    cloudId,
    url: 'https://acme.example/',
    name: 'acme',
    products,
    avatarUrl: null,
  });
  const connection = (sent: Sent, place: ReturnType<typeof site> | null): ConnectionRecord =>
    ({ ...sampleConnection({ sent, site: place as never }) }) as unknown as ConnectionRecord;
  const bearer: Sent = { as: 'bearer' };
  const basic: Sent = { as: 'basic', username: 'a' };

  test.each<[string, Sent, ReturnType<typeof site> | null, object | null, object]>([
    [
      'OAuth',
      bearer,
      site('c1'),
      { value: 'Bearer s', also: [{ name: 'x-atlassian-cloud-id', value: 'c1' }] },
      {},
    ],
    [
      'an API token',
      basic,
      site('c1'),
      { value: 'Basic YTpz' },
      { JIRA_URL: 'https://acme.example', CONFLUENCE_URL: 'https://acme.example/wiki' },
    ],
    [
      'a personal access token',
      bearer,
      site(null, ['jira']),
      { value: 'Token s' },
      { JIRA_URL: 'https://acme.example' },
    ],
    [
      'one of Confluence',
      bearer,
      site(null, ['confluence']),
      { value: 'Token s' },
      { CONFLUENCE_URL: 'https://acme.example' },
    ],
    ['no site', bearer, null, null, {}],
    [
      'a header of its own',
      { as: 'header', name: 'x', prefix: '' },
      site('c1'),
      null,
      { JIRA_URL: 'https://acme.example', CONFLUENCE_URL: 'https://acme.example/wiki' },
    ],
  ])('%s', (_what, sent, place, header, environment) => {
    const record = connection(sent, place);
    const given = MCP_ATLASSIAN_PROGRAM.header(record, headerOf(sent, 's'));
    if (header === null) expect(given.ok).toBe(false);
    else expect(given.ok && given.value).toMatchObject({ name: 'authorization', ...header });
    expect(MCP_ATLASSIAN_PROGRAM.place(record)).toEqual(environment);
  });
});
