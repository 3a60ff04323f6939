import { beforeEach, describe, expect, it } from 'vitest';
import type { AppState } from '../../../renderer/store/state.ts';
import { addressOf, placeOf } from '../../../renderer/store/address.ts';
import { followAddress, type PageHistory } from '../../../renderer/store/follow-address.ts';
import { aPage, load, NOW, type FakePage } from '../../fakes/fake-page.ts';
import { connectionId, fullSnapshot } from '../../fakes/window-data.ts';

const [ACME, SANDBOX] = [connectionId(1), connectionId(2)];

describe('the address', () => {
  it.each<[Partial<AppState>, string]>([
    [{ section: 'connections', selectedId: null, detailTab: 'overview' }, '#/connections'],
    [{ section: 'connections', selectedId: null, detailTab: 'token' }, '#/connections'],
    [{ section: 'connections', selectedId: ACME, detailTab: 'overview' }, `#/connections/${ACME}`],
    [{ section: 'connections', selectedId: ACME, detailTab: 'scopes' }, `#/connections/${ACME}/scopes`],
    [{ section: 'exports', selectedId: ACME, detailTab: 'scopes' }, '#/exports'],
    [{ section: 'settings', selectedId: null, detailTab: 'overview' }, '#/settings'],
  ])('of %j is %s', (state, address) => {
    expect(addressOf(state as AppState)).toBe(address);
  });

  const start = { section: 'connections', connection: null, tab: 'overview' };
  it.each([
    ['', null],
    ['#', null],
    ['#top', null],
    ['#/', start],
    ['#/nowhere', start],
    ['#/connections', start],
    [`#/connections/${ACME}`, { ...start, connection: ACME }],
    [`#/connections/${ACME}/token`, { ...start, connection: ACME, tab: 'token' }],
    [`#/connections/${ACME}/nothing`, { ...start, connection: ACME }],
    ['#/connections/<script>/token', { ...start, tab: 'token' }],
    ['#/exports', { ...start, section: 'exports' }],
    [`#/exports/${ACME}`, { ...start, section: 'exports' }],
  ])('%s means %j', (address, place) => {
    expect(placeOf(address)).toEqual(place);
  });
});

describe('followAddress', () => {
  /** Of a browser. */
  class FakeHistory implements PageHistory {
    entries: { hash: string; state: unknown }[] = [{ hash: '', state: null }];
    at = 0;
    #listener = (): void => undefined;
    get hash(): string {
      return this.entries[this.at]!.hash;
    }
    get state(): unknown {
      return this.entries[this.at]!.state;
    }
    push = (hash: string, state: unknown): void => {
      this.entries = [...this.entries.slice(0, ++this.at), { hash, state }];
    };
    replace = (hash: string, state: unknown): void => {
      this.entries[this.at] = { hash, state };
    };
    onMove = (listener: () => void): (() => void) => {
      this.#listener = listener;
      return () => undefined;
    };
    move(by: number): void {
      this.at += by;
      this.#listener();
    }
    get hashes(): string[] {
      return this.entries.map(({ hash }) => hash);
    }
  }

  let history: FakeHistory;
  let page: FakePage;
  let now: number;
  const state = () => page.store.getState();
  const start = async (hash = ''): Promise<void> => {
    history = new FakeHistory();
    history.entries = [{ hash, state: null }];
    page = aPage();
    now = NOW;
    followAddress(page.store, history, () => now);
    await load(page, fullSnapshot(NOW));
    now += 10_000;
  };
  beforeEach(() => start());

  it('shows where a new page is, without an entry of its own', () => {
    expect(history.hashes).toEqual([`#/connections/${state().selectedId!}`]);
  });

  it.each([
    [`#/connections/${SANDBOX}/token`, 'connections', SANDBOX, 'token'],
    ['#/settings', 'settings', ACME, 'overview'],
    [`#/connections/${connectionId(99)}`, 'connections', ACME, 'overview'],
    ['#/nowhere', 'connections', ACME, 'overview'],
  ])('brings a reload of %s back to where it was, or the nearest that there is', async (hash, ...where) => {
    await start(hash);
    expect([state().section, state().selectedId, state().detailTab]).toEqual(where);
    expect(history.hashes).toEqual([addressOf(state())]);
  });

  it('goes back and forward over sections, connections and tabs', () => {
    state().show('exports');
    state().show('connections');
    now += 10_000;
    state().openDetail(SANDBOX);
    state().showTab('token');
    const steps: unknown[] = [];
    for (const by of [-1, -1, -1, -1, 4]) {
      history.move(by);
      steps.push([state().section, state().selectedId === SANDBOX, state().detailTab]);
    }
    expect(steps).toEqual([
      ['connections', true, 'overview'],
      ['connections', false, 'overview'],
      ['exports', false, 'overview'],
      ['connections', false, 'overview'],
      ['connections', true, 'token'],
    ]);
    expect(history.entries).toHaveLength(5);
  });

  it('makes one entry of a way through the list', () => {
    for (let steps = 0; steps < 4; steps++) {
      state().step(1);
      now += 100;
    }
    expect(history.entries).toHaveLength(2);
  });

  it('goes back from the detail to the list where only one of them is shown', () => {
    state().openDetail(ACME);
    expect(history.entries).toHaveLength(2);
    history.move(-1);
    expect(state().detailOpen).toBe(false);
    history.move(1);
    expect(state().detailOpen).toBe(true);
  });

  it('leaves an open dialog alone', () => {
    state().show('exports');
    state().openDialog({ kind: 'add-export', connection: null });
    history.move(-1);
    expect(state().dialog).not.toBeNull();
    expect(state().section).toBe('exports');
    expect(history.hash).toBe('#/exports');
  });

  it('goes to the nearest of what is gone', () => {
    state().openDetail(ACME);
    now += 10_000;
    state().openDetail(SANDBOX);
    page.api.push({ type: 'connection-removed', id: ACME });
    history.move(-1);
    expect(state().selectedId).toBe(SANDBOX);
    expect(history.hash).toBe(`#/connections/${SANDBOX}`);
  });

  it('names nothing that is private', () => {
    state().openDetail(ACME);
    const names = fullSnapshot(NOW).connections.flatMap(({ name, account }) => [
      name,
      account.name,
      account.email,
    ]);
    for (const name of names) if (name !== null) expect(history.hashes.join()).not.toContain(name);
  });
});
