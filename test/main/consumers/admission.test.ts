import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsumerLimits, Rules } from '../../../contract/gateway.ts';
import { createConsumers, type Consuming } from '../../../main/consumers/create-consumers.ts';
import type { Consumer, ConsumerRequest, LookUp, Verdict } from '../../../main/consumers/ports.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import type { Store } from '../../../main/store/ports.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { rule } from './rules/request.ts';

let clock: FakeClock;
let store: Store;
let consuming: Consuming;
let connection: ConnectionRecord;
let asked: string[];
let answer: unknown;

const lookUp: LookUp = (_, api, path) => {
  asked.push(`${api} ${path}`);
  return Promise.resolve(answer);
};

beforeEach(() => {
  clock = new FakeClock();
  store = memoryStore({ clock });
  connection = value(store.connections.insert(sampleConnection({ name: 'Acme' }), sampleTokens()));
  asked = [];
  answer = null;
  consuming = createConsumers({ store, clock, lookUp });
});

afterEach(async () => {
  await consuming.dispose();
  expect(clock.pendingTimers).toBe(0);
  store.close();
});

const add = (
  rules: Rules,
  limits: ConsumerLimits = {},
  connections: Consumer['connections'] = null,
): Consumer =>
  value(
    consuming.consumers.add({
      ...{
        kind: 'key',
        name: `agent ${randomUUID()}`,
        connections,
        rules,
        limits,
        expiresAt: null,
        client: null,
      },
    }),
  ).consumer;

const SITE = { cloudId: 'cloud-1', name: 'acme', url: 'https://acme.example', products: [] };

interface Sent {
  api?: string;
  /** Through which the connection reaches a Cloud site. */
  route?: 'site';
  method?: string;
  path?: string;
  query?: string;
  body?: unknown;
  signal?: AbortSignal;
  keyWorks?: () => boolean;
}

let bodiesRead = 0;

function admit(
  consumer: Consumer,
  {
    api = 'jira',
    route,
    method = 'GET',
    path = '/rest/api/3/issue/ABC-1',
    query = '',
    body,
    signal,
    keyWorks = () => true,
  }: Sent = {},
): Verdict | Promise<Verdict> {
  const request: ConsumerRequest = {
    ...{
      consumer,
      connection: route ? { ...connection, route, site: SITE } : connection,
      entrance: 'gateway',
      api,
      method,
      path,
      query,
    },
    contentType: body === undefined ? '' : 'application/json',
    keyWorks,
    body: () => {
      bodiesRead += 1;
      return Promise.resolve(body === undefined ? null : Buffer.from(JSON.stringify(body)));
    },
  };
  return consuming.admission.admit(request, signal ?? new AbortController().signal);
}

const create = (project = 'ABC'): Sent => ({
  method: 'POST',
  path: '/rest/api/3/issue',
  body: { fields: { project: { key: project }, summary: 'Fire' } },
});

const goes = (verdict: Verdict | Promise<Verdict>): boolean => {
  if (verdict instanceof Promise) throw new Error('it waits');
  return verdict.goes;
};

describe('rules', () => {
  it('decide at once where nothing has to be waited for', () => {
    const consumer = add([rule('allow', { operations: ['read'] })]);
    expect(admit(consumer)).toMatchObject({ goes: true, decision: 'allowed', reason: 'Allow reading.' });
    expect(admit(consumer, create())).toMatchObject({
      ...{ goes: false, decision: 'refused', status: 403, code: 'forbidden' },
      message: expect.stringContaining('no rule of the key “agent') as string,
    });
  });

  // At a site's own address, the path alone tells Confluence from Jira.
  it.each([
    ['confluence', '/api/v2/pages/7', true],
    ['confluence', '/rest/api/content/7', true],
    // They would refuse it there too.
    ['confluence', '/nothing/known', false],
    ['jira', '/api/v2/pages/7', false],
  ])('say that /wiki is missing only where that is all: %s %s', (api, path, isHinted) => {
    const route = 'site';
    const consumer = add([rule('allow', { operations: ['read'] })]);
    const verdict = admit(consumer, { api, route, path });
    expect(verdict).toMatchObject({ goes: false, code: 'forbidden' });
    expect('hint' in verdict && verdict.hint.includes('begin with /wiki')).toBe(isHinted);
    const change = admit(consumer, { api, route, path, method: 'DELETE' });
    expect(change).toMatchObject({ goes: false, hint: expect.not.stringContaining('/wiki') as string });
  });

  it('are those of the moment', () => {
    const consumer = add([rule('allow')]);
    expect(goes(admit(consumer))).toBe(true);
    value(consuming.consumers.change(consumer.id, { rules: [] }));
    expect(goes(admit(consumer))).toBe(false);
    value(consuming.consumers.remove(consumer.id));
    expect(admit(consumer)).toMatchObject({ goes: false, decision: 'refused' });
  });

  it('of consumer and connection both have to allow', () => {
    const consumer = add([rule('allow')]);
    value(consuming.consumers.setConnectionRules(connection.id, [rule('allow', { operations: ['read'] })]));
    expect(goes(admit(consumer))).toBe(true);
    expect(admit(consumer, create())).toMatchObject({
      message: expect.stringContaining('the connection “Acme”') as string,
    });
    const other = add([]);
    expect(goes(admit(other))).toBe(false);
    value(consuming.consumers.setConnectionRules(connection.id, []));
    expect(goes(admit(consumer))).toBe(false);
  });

  it('are not asked for a connection that the consumer may not reach', () => {
    expect(admit(add([rule('allow')], {}, new Set()))).toMatchObject({
      message: expect.stringContaining('is not for the connection “Acme”') as string,
    });
    expect(goes(admit(add([rule('allow')], {}, new Set([connection.id]))))).toBe(true);
  });

  it('refuse another method in the query', () => {
    expect(goes(admit(add([rule('allow')]), { query: '?_method=DELETE' }))).toBe(false);
  });

  it('read the body only where it decides', async () => {
    bodiesRead = 0;
    expect(goes(admit(add([rule('allow')]), create()))).toBe(true);
    expect(bodiesRead).toBe(0);
    const consumer = add([rule('allow', { projects: ['ABC'] })]);
    expect(await admit(consumer, create('abc'))).toMatchObject({ goes: true });
    expect(await admit(consumer, create('XYZ'))).toMatchObject({ goes: false });
    expect(bodiesRead).toBe(2);
    expect(goes(admit(consumer, { path: '/rest/api/3/project/ABC' }))).toBe(true);
    expect(goes(admit(consumer, { path: '/rest/api/3/search/jql', query: '?jql=project=ABC' }))).toBe(false);
  });

  it('see a comment within an edit', async () => {
    const consumer = add([rule('allow', { operations: ['jira.edit-issues'] })]);
    const edit = (body: unknown): Sent => ({ method: 'PUT', body });
    expect(await admit(consumer, edit({ fields: { summary: 'x' } }))).toMatchObject({ goes: true });
    expect(await admit(consumer, edit({ update: { comment: [] } }))).toMatchObject({ goes: false });
    expect(await admit(consumer, { method: 'PUT' })).toMatchObject({ goes: false });
    const careful = add([rule('allow'), rule('refuse', { operations: ['jira.comment'] })]);
    expect(await admit(careful, edit({ fields: {} }))).toMatchObject({ goes: true });
    expect(await admit(careful, edit({ update: { comment: [] } }))).toMatchObject({ goes: false });
    const both = add([rule('allow', { operations: ['jira.edit-issues'], projects: ['ABC'] })]);
    answer = { fields: { project: { key: 'ABC' } } };
    expect(await admit(both, edit({ fields: { summary: 'x' } }))).toMatchObject({ goes: true });
    expect(await admit(both, edit({ fields: { project: { key: 'XYZ' } } }))).toMatchObject({ goes: false });
  });

  it('refuse a push while git still shows why, and let what it asks first pass otherwise', () => {
    const refs = (service: string): Sent => ({
      api: 'git',
      path: '/acme/tray.git/info/refs',
      query: `?service=${service}`,
    });
    const reader = add([rule('allow', { operations: ['read'] })]);
    expect(goes(admit(reader, refs('git-upload-pack')))).toBe(true);
    expect(admit(reader, refs('git-receive-pack'))).toMatchObject({ goes: false, status: 403 });
    const asking = add([rule('allow', { operations: ['read'] }), rule('ask', { operations: ['git.push'] })]);
    expect(goes(admit(asking, refs('git-receive-pack')))).toBe(true);
    value(
      consuming.consumers.setConnectionRules(connection.id, [
        rule('allow'),
        rule('refuse', { operations: ['git.push'] }),
      ]),
    );
    expect(goes(admit(asking, refs('git-receive-pack')))).toBe(false);
    expect(goes(admit(asking, refs('git-upload-pack')))).toBe(true);
  });

  it('look numeric ids up, once a minute', async () => {
    const consumer = add([rule('allow', { projects: ['ABC'] })]);
    const byId = { path: '/rest/api/3/issue/10001' };
    expect(await admit(consumer, byId)).toMatchObject({ goes: false });
    answer = { fields: { project: { key: 'ABC' } } };
    expect(await admit(consumer, byId)).toMatchObject({ goes: true });
    expect(await admit(consumer, byId)).toMatchObject({ goes: true });
    expect(asked).toEqual(Array(2).fill('jira /rest/api/2/issue/10001?fields=project'));
    clock.advance(60_000);
    await admit(consumer, byId);
    expect(asked).toHaveLength(3);
  });

  it('judge an issue by the project that it is in now, and a change by the one of its key too', async () => {
    const old = add([rule('allow', { projects: ['ABC'] })]);
    const both = add([rule('allow', { projects: ['ABC', 'NEW'] })]);
    const now = add([rule('allow', { projects: ['NEW'] })]);
    const goOf = async (sent: Sent): Promise<boolean[]> =>
      Promise.all([old, both, now].map(async (each) => (await admit(each, sent)).goes));
    answer = { fields: { project: { key: 'ABC' } } };
    expect(await goOf({})).toEqual([true, true, false]);
    // What is read may be as old as a minute, what is changed may not.
    answer = { fields: { project: { key: 'NEW' } } };
    expect(await goOf({})).toEqual([true, true, false]);
    expect(await goOf({ method: 'DELETE' })).toEqual([false, true, false]);
    clock.advance(60_000);
    expect(await goOf({})).toEqual([false, true, true]);
    const without = add([rule('allow'), rule('refuse', { projects: ['NEW'] })]);
    expect(await admit(without)).toMatchObject({ goes: false });
  });
});

describe('limits', () => {
  it('count requests per minute, whatever the wall clock does', () => {
    const consumer = add([rule('allow')], { requestsPerMinute: 2 });
    const tries = (): boolean[] => [1, 2, 3].map(() => goes(admit(consumer)));
    expect(tries()).toEqual([true, true, false]);
    expect(admit(consumer)).toMatchObject({ status: 429, code: 'limited', retryAfterSeconds: 30 });
    clock.setNow(0);
    clock.advance(30_000);
    expect(tries()).toEqual([true, false, false]);
    clock.advance(600_000);
    expect(tries()).toEqual([true, true, false]);
  });

  it('count requests at once, until each has ended', () => {
    const consumer = add([rule('allow', { operations: ['read'] })], { atOnce: 2 });
    const first = admit(consumer);
    expect(goes(admit(consumer, create()))).toBe(false);
    expect(goes(admit(consumer))).toBe(true);
    expect(admit(consumer)).toMatchObject({ status: 429, decision: 'limited' });
    if (first instanceof Promise || !first.goes) throw new Error('refused');
    first.end();
    first.end();
    expect(goes(admit(consumer))).toBe(true);
    expect(goes(admit(consumer))).toBe(false);
  });
});

describe('a held request', () => {
  const rules = [rule('allow', { operations: ['read'] }), rule('ask', { operations: ['change'] })];
  let consumer: Consumer;

  beforeEach(() => {
    consumer = add(rules, { atOnce: 20 });
  });

  const held = (): string[] => consuming.held.list().map(({ id }) => id);
  const hold = async (sent: Sent = create()): Promise<Promise<Verdict>[]> => {
    const verdict = Promise.resolve(admit(consumer, sent));
    await settle();
    return [verdict];
  };

  it('says what it would do, and goes when it is approved, once', async () => {
    const [verdict] = await hold();
    expect(consuming.held.list()).toMatchObject([
      {
        ...{ consumer: { id: consumer.id, kind: 'key', name: consumer.name }, connection: { name: 'Acme' } },
        ...{ method: 'POST', path: '/rest/api/3/issue', summary: 'Create an issue in ABC: “Fire”' },
        ...{ since: '2026-11-22T09:30:00.000Z', until: '2026-11-22T09:33:00.000Z' },
      },
    ]);
    value(consuming.held.decide(held()[0] ?? '', 'approve'));
    expect(await verdict).toMatchObject({
      goes: true,
      decision: 'approved',
      reason: 'Ask me about changes.',
    });
    expect(held()).toEqual([]);
    const [again] = await hold();
    expect(held()).toHaveLength(1);
    value(consuming.held.decide(held()[0] ?? '', 'deny'));
    expect(await again).toMatchObject({ goes: false, decision: 'denied', status: 403, code: 'denied' });
    expect(consuming.held.decide(randomUUID(), 'approve')).toMatchObject({ error: { code: 'not-found' } });
    expect(store.activity.list({ limit: 10 }).map(({ event }) => event)).toEqual([
      'gateway.denied',
      'gateway.held',
      'gateway.approved',
      'gateway.held',
    ]);
  });

  it('ends when nobody answers', async () => {
    const [verdict] = await hold();
    await clock.advanceAsync(179_999);
    expect(held()).toHaveLength(1);
    await clock.advanceAsync(1);
    expect(await verdict).toMatchObject({
      goes: false,
      decision: 'unanswered',
      status: 403,
      code: 'timed-out',
    });
    expect(held()).toEqual([]);
  });

  it('ends when its client goes away, its consumer is removed, or rules refuse it', async () => {
    const leaving = new AbortController();
    const [left] = await hold({ ...create(), signal: leaving.signal });
    leaving.abort();
    expect(await left).toMatchObject({ goes: false, code: 'cancelled' });
    const [changed] = await hold();
    value(
      consuming.consumers.change(consumer.id, { rules: [...rules, rule('refuse', { methods: ['DELETE'] })] }),
    );
    expect(held()).toHaveLength(1);
    value(consuming.consumers.setConnectionRules(connection.id, [rule('allow', { operations: ['read'] })]));
    expect(held()).toEqual([]);
    expect(await changed).toMatchObject({ goes: false, decision: 'refused' });
    value(consuming.consumers.setConnectionRules(connection.id, null));
    const [removed] = await hold();
    value(consuming.consumers.remove(consumer.id));
    expect(await removed).toMatchObject({ goes: false, decision: 'refused' });
  });

  it('is not sent when rules change right after the approval', async () => {
    const [verdict] = await hold();
    value(consuming.held.decide(held()[0] ?? '', 'approve'));
    value(consuming.consumers.change(consumer.id, { rules: [] }));
    expect(await verdict).toMatchObject({ goes: false, decision: 'refused' });
  });

  it('is not sent when its key ended while it waited', async () => {
    let works = true;
    const [ended] = await hold({ ...create(), keyWorks: () => works });
    works = false;
    value(consuming.held.decide(held()[0] ?? '', 'approve'));
    const refusal = { goes: false, decision: 'refused', status: 403, code: 'forbidden' };
    const words = expect.stringContaining('was removed or has ended') as string;
    expect(await ended).toMatchObject({ ...refusal, message: words });
    value(consuming.consumers.change(consumer.id, { expiresAt: clock.now() + 60_000 }));
    const [past] = await hold();
    await clock.advanceAsync(60_000);
    value(consuming.held.decide(held()[0] ?? '', 'approve'));
    expect(await past).toMatchObject({ ...refusal, message: words });
  });

  it('is one of ten of a consumer, and of a hundred in all', async () => {
    const verdicts: Promise<Verdict>[] = [];
    const others = Array.from({ length: 10 }, () => add(rules));
    for (let count = 0; count < 10; count += 1) verdicts.push(Promise.resolve(admit(consumer, create())));
    await settle();
    expect(await admit(consumer, create())).toMatchObject({
      ...{ status: 429, decision: 'limited', code: 'limited' },
      message: expect.stringContaining('of this key') as string,
    });
    expect(held()).toHaveLength(10);
    for (const each of others.slice(0, 9))
      for (let count = 0; count < 10; count += 1) verdicts.push(Promise.resolve(admit(each, create())));
    await settle();
    expect(held()).toHaveLength(100);
    expect(await admit(consumer, create())).toMatchObject({ status: 429, decision: 'limited' });
    expect(await admit(others[9]!, create())).toMatchObject({ status: 429, retryAfterSeconds: 30 });
    value(consuming.held.decide(held()[0] ?? '', 'deny'));
    verdicts.push(Promise.resolve(admit(others[9]!, create())));
    await settle();
    expect(held()).toHaveLength(100);
    await clock.advanceAsync(180_000);
    expect((await Promise.all(verdicts)).some(({ goes: went }) => went)).toBe(false);
  });

  it('counts as under way until it is decided', async () => {
    consumer = add(rules, { atOnce: 1 });
    const [verdict] = await hold();
    expect(admit(consumer)).toMatchObject({ status: 429 });
    value(consuming.held.decide(held()[0] ?? '', 'deny'));
    await verdict;
    expect(goes(admit(consumer))).toBe(true);
  });
});
