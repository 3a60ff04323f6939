import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScopeTruth } from '../../../contract/calls.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { PermissionsTab } from '../../../renderer/features/permissions/permissions-tab.tsx';
import { AppStoreContext } from '../../../renderer/store/use-app.ts';
import { permissionGroups } from '../../../renderer/view/permission-groups.ts';
import { given, refused } from '../../fakes/fake-api-client.ts';
import { NOW, aPage, load, settled, type FakePage } from '../../fakes/fake-page.ts';
import { aConnection, aProvider, connectionId, fullSnapshot } from '../../fakes/window-data.ts';

const APIS = [{ id: 'jira', name: 'Jira', scopePattern: 'jira' }];
const provider = () => aProvider({ apis: APIS });
const truth = (scope: string, has: boolean | null, how: ScopeTruth['how']): ScopeTruth => ({
  scope,
  api: scope.includes('jira') ? 'jira' : null,
  has,
  how,
});

describe('groups of permissions', () => {
  it('are by API, with descriptions; before a test as granted', () => {
    const groups = permissionGroups(
      aConnection(1, NOW, { missingScopes: ['write:jira-work'], scopes: ['read:me', 'read:jira-work'] }),
      provider(),
      undefined,
    );
    expect(
      groups.map(({ name, lines }) => [name, lines.map(({ scope, word }) => `${scope} ${word}`)]),
    ).toEqual([
      ['Jira', ['write:jira-work Not granted', 'read:jira-work Granted']],
      ['General', ['read:me Granted', 'offline_access Asked for']],
    ]);
    expect(groups[0]?.lines[1]?.description).toContain('Read projects');
  });

  it.each<[boolean | null, ScopeTruth['how'], string]>([
    [true, 'tried', 'Works'],
    [false, 'tried', 'Missing'],
    [true, 'granted', 'Granted'],
    [false, 'granted', 'Not granted'],
    [null, null, 'Unknown'],
  ])('after a test as found: %j %j is %s', (has, how, word) => {
    const [group] = permissionGroups(aConnection(1, NOW), provider(), [truth('read:jira-work', has, how)]);
    expect(group?.lines[0]?.word).toBe(word);
  });
});

describe('the tab', () => {
  let page: FakePage;
  const hint = 'Then run `tokentray reconnect "acme" --scopes "a"`.';
  const markup = (change: Partial<ConnectionView> = {}): string =>
    renderToStaticMarkup(
      createElement(
        AppStoreContext.Provider,
        // Rendering to text reads the initial state.
        { value: { ...page.store, getInitialState: page.store.getState } },
        createElement(PermissionsTab, { connection: { ...aConnection(1, NOW), ...change } }),
      ) as ReactElement,
    );
  const answer = (): void => {
    page.api.answers['connections.test'] = () =>
      given({
        connection: aConnection(1, NOW),
        ok: false,
        results: [
          { check: 'Jira: Projects', ok: false, message: 'x', hint, missingScopes: ['read:jira-work'] },
        ],
        account: null,
        site: null,
        products: [],
        scopes: [truth('read:jira-work', false, 'tried'), truth('read:me', true, 'granted')],
      });
  };

  beforeEach(async () => {
    page = aPage();
    await load(page, { ...fullSnapshot(NOW), providers: [provider()] });
    page.store.setState({ selectedId: connectionId(1), detailTab: 'scopes' });
  });

  it('offers a test, and shows what it found without leaving', async () => {
    answer();
    expect(markup()).toContain('Test now');
    expect(markup()).not.toContain('Ask for it…');
    await page.store.getState().test(connectionId(1));
    expect(page.store.getState().detailTab).toBe('scopes');
    expect(markup()).toContain('Ask for it…');
    expect(markup()).toContain('Missing');
    expect(markup()).toContain('tokentray reconnect');
  });

  it('offers no request where a new credential is needed instead', async () => {
    answer();
    await page.store.getState().test(connectionId(1));
    expect(markup()).toContain('Ask for it…');
    for (const change of [{ method: 'api-token' }, { grant: 'client-credentials' }] as const)
      expect(markup(change)).not.toContain('Ask for it…');
  });

  it('asks for the scope beside those that were requested', async () => {
    page.api.answers['sign-in.start'] = () => refused({ code: 'io', message: 'Not in this test.' });
    void page.store.getState().reconnect(connectionId(1), ['read:me', 'read:jira-work']);
    await settled();
    expect(page.api.calls.find(({ name }) => name === 'sign-in.start')?.input).toMatchObject({
      reconnect: connectionId(1),
      scopes: ['read:me', 'read:jira-work'],
    });
  });
});
