import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ConnectionView } from '../../../contract/connection.ts';
import { ConnectionNotice } from '../../../renderer/features/overview/connection-notice.tsx';
import { AppStoreContext } from '../../../renderer/store/use-app.ts';
import { NOW, aPage, load } from '../../fakes/fake-page.ts';
import { aConnection, fullSnapshot } from '../../fakes/window-data.ts';

async function detail(change: Partial<ConnectionView>): Promise<string> {
  const page = aPage();
  await load(page, fullSnapshot(NOW));
  return renderToStaticMarkup(
    createElement(
      AppStoreContext.Provider,
      // Rendering to text reads the initial state.
      { value: { ...page.store, getInitialState: page.store.getState } },
      createElement(ConnectionNotice, { connection: aConnection(1, NOW, change) }),
    ) as ReactElement,
  );
}

it('a connection that works shows what should be done about it', async () => {
  const notice = {
    title: 'Outdated permissions',
    message: 'They open nothing any more.',
    hint: 'Then run `tokentray reconnect "a" --scopes "b"`.',
  };
  const shown = await detail({ notice });
  expect(shown).toContain('They open nothing any more.');
  expect(shown).toContain('tokentray reconnect');
  expect(await detail({})).toBe('');
});
