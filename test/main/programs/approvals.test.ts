import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { GrantId, type ConnectionId } from '../../../contract/ids.ts';
import { HeldQueue, HOLD_MS } from '../../../main/consumers/held-requests.ts';
import { ProgramApprovals } from '../../../main/programs/approvals.ts';
import { describe as describeProgram, unknownProgram } from '../../../main/programs/describe.ts';
import type { Asking } from '../../../main/programs/ports.ts';
import { MOST_OF_ONE, MOST_PROMPTS } from '../../../main/programs/prompts.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { aProcess, TERMINAL } from './some-processes.ts';

const DAY_MS = 86_400_000;
const BEGAN_MS = 7;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let clock: FakeClock;
let store: Store;
let held: HeldQueue;
let approvals: ProgramApprovals;
let connection: { id: ConnectionId; name: string };
let waits: number;
/** Sessions that go on. */
let sessions: Set<number>;
const asking = new Map<Socket, Asking>();

const build = (): ProgramApprovals =>
  new ProgramApprovals({
    store: store.grants,
    held,
    whoAsks: (socket) => Promise.resolve((socket && asking.get(socket)) ?? unknownProgram()),
    processes: {
      began: (pid) => Promise.resolve(sessions.has(pid) ? BEGAN_MS : null),
    },
    activity: store.activity,
    connectionName: (id) => store.connections.get(id)?.name ?? null,
    clock,
  });

beforeEach(() => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  held = new HeldQueue(clock);
  sessions = new Set([10, 30]);
  waits = 0;
  approvals = build();
  connection = value(store.connections.insert(sampleConnection({ name: 'acme' }), sampleTokens()));
  value(approvals.setAsks(connection, true));
});

/** A program, in a terminal session. */
const program = (name: string, session = 10): Asking =>
  describeProgram(
    { pid: 20, uid: 1000 },
    { facts: aProcess(20, 10, { executable: `/usr/bin/${name}`, session }), script: null },
    TERMINAL.toReversed().map((facts) => ({ facts, script: null })),
    BEGAN_MS,
  );

interface Request {
  result: Promise<unknown>;
  leave: () => void;
  /** Undefined while it waits. */
  now: () => unknown;
}

function ask(who: Asking, to = connection): Request {
  const socket = {} as Socket;
  asking.set(socket, who);
  const left = new AbortController();
  let ended: unknown;
  const result = approvals
    .admit({
      ...{ socket, signal: left.signal, connection: to, what: 'Get the access token' },
      onWait: () => (waits += 1),
    })
    .then((outcome) => (ended = outcome.ok ? 'ok' : outcome.error.code));
  return {
    result,
    leave: () => {
      left.abort();
    },
    now: () => ended,
  };
}

/** The questions that wait, once there are. */
async function questions() {
  await settled();
  return held.list();
}

async function answer(decision: 'approve' | 'deny', lasts?: 'once' | 'session' | 'day' | 'always') {
  const [first] = await questions();
  return held.decide(first?.id ?? '', decision, lasts);
}

const events = (): string[] =>
  store.activity
    .list({ limit: 100 })
    .map(({ event }) => event)
    .toReversed();

describe('the question', () => {
  it('is one for all requests of a program for a connection, and its answer is for all of them', async () => {
    const requests = [ask(program('tool')), ask(program('tool', 30)), ask(program('tool'))];
    expect(await questions()).toMatchObject([
      { consumer: { kind: 'program', name: 'tool' }, connection, summary: 'Get the access token' },
    ]);
    expect(waits).toBe(3);
    value(await answer('approve'));
    expect(await Promise.all(requests.map(({ result }) => result))).toEqual(['ok', 'ok', 'ok']);
    expect(events()).toEqual(['program.approval-on', 'program.asked', 'program.allowed']);
    // Once is once.
    ask(program('tool'));
    expect(await questions()).toHaveLength(1);
  });

  it('is another for another program, user or connection', async () => {
    const beta = value(store.connections.insert(sampleConnection({ name: 'beta' }), sampleTokens()));
    value(approvals.setAsks(beta, true));
    const root = { ...program('tool'), identity: { ...program('tool').identity!, uid: 0 } };
    for (const who of [program('tool'), program('other'), root]) ask(who);
    ask(program('tool'), beta);
    const all = await questions();
    expect(all).toHaveLength(4);
    expect(all[0]?.consumer.id).toBe(all[3]?.consumer.id);
    expect(new Set(all.map(({ consumer }) => consumer.id)).size).toBe(3);
  });

  it('is one each for those that cannot be told apart, and is answered once', async () => {
    const requests = [ask(unknownProgram()), ask(unknownProgram())];
    expect(await questions()).toHaveLength(2);
    expect(await answer('approve', 'always')).toMatchObject({ error: { code: 'invalid-input' } });
    value(await answer('approve'));
    await settled();
    expect(requests.map(({ now }) => now())).toEqual(['ok', undefined]);
  });

  it.each([
    ['deny', 'denied', 'program.denied'],
    [null, 'timed-out', 'program.unanswered'],
  ] as const)('answered with %s ends as %s', async (decision, code, event) => {
    const { result } = ask(program('tool'));
    if (decision === null) {
      await settled();
      clock.advance(HOLD_MS);
    } else value(await answer(decision));
    expect(await result).toBe(code);
    await settled();
    expect(events().at(-1)).toBe(event);
  });

  it('about a shell is answered for its own session alone', async () => {
    const [mine, same, other] = [ask(program('bash')), ask(program('bash')), ask(program('bash', 30))];
    const unknown = { ...program('bash'), session: null };
    const [one, another] = [ask(unknown), ask(unknown)];
    expect(await questions()).toHaveLength(4);
    expect(await answer('approve')).toMatchObject({ ok: true });
    await settled();
    expect([mine, same, other, one, another].map(({ now }) => now())).toEqual([
      'ok',
      'ok',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('vanishes when the last one left, not before', async () => {
    const requests = [ask(program('tool')), ask(program('tool'))];
    await settled();
    requests[0]?.leave();
    expect(await requests[0]?.result).toBe('cancelled');
    expect(await questions()).toHaveLength(1);
    requests[1]?.leave();
    expect(await requests[1]?.result).toBe('cancelled');
    expect(await questions()).toEqual([]);
    expect(events().at(-1)).toBe('program.left');
    ask(program('tool'));
    expect(await questions()).toHaveLength(1);
  });

  it('is not asked for a flood of programs, nor for a flood of requests of one', async () => {
    const many = Array.from({ length: MOST_PROMPTS + 3 }, (_, n) => ask(program(`tool-${n}`)));
    expect(await questions()).toHaveLength(MOST_PROMPTS);
    expect(many.filter(({ now }) => now() === 'limited')).toHaveLength(3);
    const same = Array.from({ length: MOST_OF_ONE }, () => ask(program('tool-0')));
    await settled();
    expect(same.filter(({ now }) => now() === 'limited')).toHaveLength(1);
  });

  it('is over when the connection asks no longer, or is gone', async () => {
    const first = ask(program('tool'));
    await settled();
    value(approvals.setAsks(connection, false));
    expect(await first.result).toBe('ok');
    value(approvals.setAsks(connection, true));
    const second = ask(program('tool'));
    await settled();
    value(store.connections.remove(connection.id));
    approvals.connectionRemoved();
    approvals.connectionPurged(connection.id);
    expect(await second.result).toBe('denied');
    expect(held.list()).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([
    ['approve', 'ok'],
    ['deny', 'denied'],
  ] as const)('to %s for a day holds for a day, also after a restart', async (decision, outcome) => {
    const first = ask(program('tool'));
    value(await answer(decision, 'day'));
    expect(await first.result).toBe(outcome);
    await approvals.dispose();
    approvals = build();
    clock.advance(DAY_MS - 1);
    expect(await ask(program('tool', 30)).result).toBe(outcome);
    clock.advance(1);
    ask(program('tool'));
    expect(await questions()).toHaveLength(1);
    expect(approvals.known()).toEqual([]);
    expect(store.grants.list()).toEqual([]);
  });

  it('for a session holds in that terminal only, and for each that waited in its own', async () => {
    const requests = [ask(program('tool', 10)), ask(program('tool', 30))];
    value(await answer('approve', 'session'));
    expect(await Promise.all(requests.map(({ result }) => result))).toEqual(['ok', 'ok']);
    expect([await ask(program('tool', 10)).result, await ask(program('tool', 30)).result]).toEqual([
      'ok',
      'ok',
    ]);
    ask(program('tool', 40));
    expect(await questions()).toHaveLength(1);
    expect(store.grants.list()).toEqual([]);
    // One of the terminals is closed.
    sessions.delete(30);
    expect(await approvals.list()).toMatchObject([
      { lasts: 'session', session: 'bash in gnome-terminal', until: null },
    ]);
  });

  it('cannot be for a session that the system does not name', async () => {
    const unknown = describeProgram(
      { pid: 20, uid: 1000 },
      { facts: aProcess(20, 10, { executable: '/usr/bin/tool' }), script: null },
      [],
      null,
    );
    const first = ask(unknown);
    expect(await answer('approve', 'session')).toMatchObject({ ok: false });
    expect(await answer('approve')).toMatchObject({ ok: true });
    expect(await first.result).toBe('ok');
    expect(approvals.known()).toEqual([]);
  });

  it('takes the place of an earlier one', async () => {
    ask(program('tool'));
    value(await answer('approve', 'session'));
    ask(program('tool', 30));
    value(await answer('deny', 'session'));
    expect([await ask(program('tool', 10)).result, await ask(program('tool', 30)).result]).toEqual([
      'ok',
      'denied',
    ]);
    ask(program('tool', 40));
    value(await answer('approve', 'always'));
    expect(approvals.known()).toMatchObject([{ decision: 'allow', lasts: 'always' }]);
    expect(await ask(program('tool', 30)).result).toBe('ok');
  });

  it('is shown with its first and last use, and can be forgotten', async () => {
    const changes: number[] = [];
    approvals.onChange(() => changes.push(approvals.known().length));
    ask(program('tool'));
    value(await answer('approve', 'always'));
    await settled();
    expect(approvals.known()).toMatchObject([
      {
        program: { name: 'tool', executable: '/usr/bin/tool', script: null },
        connection: { name: 'acme' },
        // What was asked about when it was answered is a use, too.
        ...{ decision: 'allow', lasts: 'always', lastUsedAt: new Date(clock.now()).toISOString() },
      },
    ]);
    clock.advance(5000);
    expect([await ask(program('tool')).result, await ask(program('tool')).result]).toEqual(['ok', 'ok']);
    expect(events().filter((event) => event === 'program.used')).toHaveLength(1);
    const [grant] = approvals.known();
    expect(Date.parse(grant?.lastUsedAt ?? '')).toBe(clock.now());
    clock.advance(60_000);
    expect([...store.grants.lastUses().keys()]).toEqual([grant?.id]);
    expect(value(approvals.revoke([grant!.id, grant!.id]))).toEqual([grant?.id]);
    expect(approvals.known()).toEqual([]);
    expect(changes).toEqual([1, 0]);
    ask(program('tool'));
    expect(await questions()).toHaveLength(1);
  });

  it('holds no longer than the program can be known', async () => {
    const request = ask(program('bash'));
    for (const lasts of ['day', 'always'] as const)
      expect(await answer('approve', lasts)).toMatchObject({
        error: { code: 'invalid-input', hint: 'Answer for the session, or once.' },
      });
    expect(request.now()).toBeUndefined();
    value(await answer('approve', 'session'));
    expect(await request.result).toBe('ok');
  });

  it('is for the user that ran the program', async () => {
    ask(program('tool'));
    value(await answer('approve', 'always'));
    ask({ ...program('tool'), identity: { ...program('tool').identity!, uid: 0 } });
    expect(await questions()).toHaveLength(1);
  });

  it.each([['allow'], ['deny']] as const)(
    'that a backup brings beside another is “no”, after an earlier %s',
    async (first) => {
      const { identity } = program('tool');
      for (const decision of [first, first === 'allow' ? 'deny' : 'allow'] as const)
        value(
          store.grants.insert({
            ...{ id: GrantId.parse(randomUUID()), connection: connection.id, program: identity! },
            ...{ decision, createdAt: 1, until: null },
          }),
        );
      await approvals.dispose();
      approvals = build();
      expect(await ask(program('tool')).result).toBe('denied');
    },
  );

  it('that cannot be kept leaves the question open', async () => {
    const request = ask(program('tool'));
    await settled();
    store.close();
    expect(await answer('approve', 'always')).toMatchObject({ ok: false });
    expect(request.now()).toBeUndefined();
    value(await answer('approve'));
    expect(await request.result).toBe('ok');
  });
});
