import { beforeEach, describe, expect, it } from 'vitest';
import type { TrafficEntry } from '../../../contract/gateway.ts';
import { applyConsents } from '../../../renderer/store/apply-gateway.ts';
import { trafficCsv, trafficJson } from '../../../renderer/view/traffic-files.ts';
import { aConsent, consentId } from '../../fakes/consent-data.ts';
import { given, refused } from '../../fakes/fake-api-client.ts';
import { NOW, aPage, dump, load, settled, type FakePage } from '../../fakes/fake-page.ts';
import { aConsumer, aHeld, aTrafficEntry, consumerId, fullGateway } from '../../fakes/gateway-data.ts';
import { connectionId, fullSnapshot } from '../../fakes/window-data.ts';

let page: FakePage;
const state = () => page.store.getState();
const inputs = (name: string): unknown[] =>
  page.api.calls.filter((call) => call.name === name).map(({ input }) => input);

beforeEach(async () => {
  page = aPage();
  await load(page, { ...fullSnapshot(NOW), gateway: fullGateway(NOW) });
});

describe('held requests', () => {
  it('are announced when they begin to wait, not again with other changes', () => {
    state().announce('');
    page.api.push({ type: 'gateway', gateway: { ...fullGateway(NOW), consumers: [] } });
    expect(state().announcement).toBe('');
    page.api.push({ type: 'held', held: [...state().gateway.held, aHeld(3, NOW)] });
    expect(state().announcement).toContain('Printer 3 is on fire');
  });

  it('disappear when they are decided elsewhere', () => {
    page.api.push({ type: 'held', held: [] });
    expect(state().gateway.held).toEqual([]);
    expect(state().gateway.consumers).toHaveLength(5);
  });

  it('are decided once, however often the button is pressed', async () => {
    page.api.answers['gateway.decide'] = () => given({});
    const [first, second] = state().gateway.held;
    const deciding = state().decide([first!], 'approve');
    expect(state().deciding.has(first!.id)).toBe(true);
    await Promise.all([deciding, state().decide([first!], 'approve')]);
    expect(inputs('gateway.decide')).toEqual([{ request: first!.id, decision: 'approve' }]);
    expect(state().gateway.held).toEqual([second]);
    expect(state().deciding.size).toBe(0);
    expect(state().announcement).toBe('Allowed once.');
  });

  it('that somebody else decided are gone, with the reason', async () => {
    page.api.answers['gateway.decide'] = () => refused({ code: 'not-found', message: 'It no longer waits.' });
    await state().decide(state().gateway.held, 'deny');
    expect(state().gateway.held).toEqual([]);
    expect(state().notices.at(-1)).toMatchObject({ kind: 'error', text: 'It no longer waits.' });
  });

  it('stay when the answer did not arrive', async () => {
    page.api.answers['gateway.decide'] = () => refused({ code: 'not-reachable', message: 'Gone.' });
    await state().decide(state().gateway.held, 'approve');
    expect(state().gateway.held).toHaveLength(2);
  });
});

describe('keys', () => {
  it('are given to the caller and kept nowhere', async () => {
    const consumer = aConsumer(9, NOW);
    page.api.answers['gateway.add'] = () => given({ consumer, key: 'a-key-that-must-not-stay' });
    const reply = await state().addKey({ name: 'new', rules: [] });
    expect(reply).toMatchObject({ ok: true, value: { key: 'a-key-that-must-not-stay' } });
    expect(state().gateway.consumers.at(-1)).toEqual(consumer);
    await state().copyKey('a-key-that-must-not-stay');
    expect(page.clipboard).toEqual(['a-key-that-must-not-stay']);
    expect(dump(page)).not.toContain('a-key-that-must-not-stay');
    expect(state().notices.at(-1)?.text).toBe('Key copied – clears in 30 s');
  });

  it('are changed and removed in the list at once', async () => {
    page.api.answers['gateway.change'] = () => given(aConsumer(2, NOW, { name: 'renamed' }));
    page.api.answers['gateway.remove'] = ({ consumer }) => given({ id: consumer as never });
    await state().changeConsumer({ consumer: consumerId(2), name: 'renamed' });
    expect(await state().removeConsumer(consumerId(1))).toBeNull();
    expect(state().gateway.consumers.map(({ name }) => name)).toEqual([
      'renamed',
      'Claude Code',
      'build server',
      'python report.py',
    ]);
  });

  it('stay when they could not be removed', async () => {
    page.api.answers['gateway.remove'] = () => refused({ code: 'io', message: 'Disk full.' });
    expect(await state().removeConsumer(consumerId(1))).toMatchObject({ code: 'io' });
    expect(state().gateway.consumers).toHaveLength(5);
  });
});

it('shows the rules of a connection as the core answers', async () => {
  page.api.answers['gateway.set-connection-rules'] = () =>
    given({ ...fullGateway(NOW), connectionRules: [] });
  expect(await state().setConnectionRules(connectionId(1), null)).toBeNull();
  expect(inputs('gateway.set-connection-rules')).toEqual([{ connection: connectionId(1), rules: null }]);
  expect(state().gateway.connectionRules).toEqual([]);
});

describe('consent', () => {
  it('opens where no dialog is open, and interrupts none', () => {
    page.store.setState((now) => applyConsents(now, [aConsent()]));
    expect(state().dialog).toEqual({ kind: 'consent', consent: consentId(1) });
    expect(state().announcement).toBe('Claude Code wants to use acme.');
    state().openDialog({ kind: 'back-up' });
    page.store.setState((now) => applyConsents(now, [aConsent(), aConsent({ id: consentId(2) })]));
    expect(state().dialog?.kind).toBe('back-up');
    expect(state().consents).toHaveLength(2);
  });
});

describe('requests', () => {
  const ids = (): number[] | undefined => state().traffic?.map(({ id }) => id);
  const entry = (id: number, change: Partial<TrafficEntry> = {}) => aTrafficEntry(id, NOW + id, change);
  const other = { id: consumerId(3), kind: 'mcp-client', name: 'Claude Code' } as const;

  beforeEach(() => {
    page.api.answers['gateway.traffic'] = () => given({ entries: [entry(2), entry(1)] });
  });

  it('are not followed while nobody looks', () => {
    page.api.push({ type: 'traffic', entries: [entry(1)] });
    expect(state().traffic).toBeNull();
  });

  it('that come while the list is loading are not lost and not doubled', async () => {
    const loading = state().loadTraffic();
    page.api.push({ type: 'traffic', entries: [entry(2), entry(3)] });
    await loading;
    expect(ids()).toEqual([3, 2, 1]);
    expect(state().trafficAtEnd).toBe(true);
  });

  it('are filtered as they come', async () => {
    state().setTrafficFilter({ consumer: consumerId(3) });
    await settled();
    expect(inputs('gateway.traffic')).toEqual([{ limit: 200, consumer: consumerId(3) }]);
    page.api.push({ type: 'traffic', entries: [entry(5), entry(6, { consumer: other })] });
    expect(ids()?.[0]).toBe(6);
    expect(ids()).not.toContain(5);
  });

  it('are counted while paused, and loaded again afterwards', async () => {
    await state().loadTraffic();
    state().pauseTraffic(true);
    page.api.push({ type: 'traffic', entries: [entry(3), entry(4)] });
    expect(ids()).toEqual([2, 1]);
    expect(state().trafficMissed).toBe(2);
    page.api.answers['gateway.traffic'] = () => given({ entries: [entry(4), entry(3), entry(2), entry(1)] });
    state().pauseTraffic(false);
    await settled();
    expect(ids()).toEqual([4, 3, 2, 1]);
    expect(state().trafficMissed).toBeNull();
  });

  it('of an answer that comes after the list was left are dropped', async () => {
    const loading = state().loadTraffic();
    state().leaveTraffic();
    await loading;
    expect(state().traffic).toBeNull();
  });

  it('are loaded from before the oldest', async () => {
    await state().loadTraffic();
    page.api.answers['gateway.traffic'] = () => given({ entries: [entry(0)] });
    await state().loadOlderTraffic();
    expect(inputs('gateway.traffic').at(-1)).toEqual({ limit: 200, before: 1 });
    expect(ids()).toEqual([2, 1, 0]);
  });

  it('are saved as shown', async () => {
    await state().loadTraffic();
    state().saveTraffic('json', trafficJson);
    state().saveTraffic('csv', trafficCsv);
    expect(page.saved.map(({ name }) => name)).toEqual([
      'tokentray-requests-2026-11-22.json',
      'tokentray-requests-2026-11-22.csv',
    ]);
    expect((JSON.parse(page.saved[0]!.text) as TrafficEntry[]).map(({ id }) => id)).toEqual([2, 1]);
    expect(page.saved[1]!.text.split('\r\n')).toHaveLength(4);
  });
});
