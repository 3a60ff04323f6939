import { Dialog } from '@base-ui/react/dialog';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, it } from 'vitest';
import { ConsentDialog } from '../../../renderer/features/gateway/consent-dialog.tsx';
import { AppStoreContext } from '../../../renderer/store/use-app.ts';
import { aConsent, consentId } from '../../fakes/consent-data.ts';
import { NOW, aPage, load, type FakePage } from '../../fakes/fake-page.ts';
import { OPERATIONS } from '../../fakes/gateway-data.ts';
import { connectionId, fullSnapshot } from '../../fakes/window-data.ts';

let page: FakePage;

beforeEach(async () => {
  page = aPage();
  await load(page, fullSnapshot(NOW));
});

/** As a browser would show it first. */
function shown(change: Parameters<typeof aConsent>[0] = {}, id: string = consentId(1)): string {
  page.store.setState({ consents: [aConsent(change)], operations: OPERATIONS });
  // The state that a server renders is the store's first one.
  page.store.getInitialState = page.store.getState;
  return renderToStaticMarkup(
    createElement(
      AppStoreContext,
      { value: page.store },
      createElement(Dialog.Root, { open: true }, createElement(ConsentDialog, { id })),
    ),
  );
}

it('says who asks, where the consent goes, for what, and with which rules', () => {
  const html = shown();
  for (const words of [
    'Let Claude Code use acme?',
    '127.0.0.1',
    'Name unproven',
    'Atlassian Rovo',
    'Read only',
    'Ask before changes',
    'Everything',
    'Deny',
    'Allow',
  ])
    expect(html).toContain(words);
  expect(html).not.toContain('Choose…');
  expect(html.match(/<input[^>]*checked/g)).toHaveLength(1);
});

it('can be answered by no key press in a field: it is no form', () => {
  const html = shown();
  expect(html).not.toContain('<form');
  expect(html).not.toContain('type="submit"');
});

it('names the document of a client that has one, and does not call that unproven', () => {
  const html = shown({ unproven: false, clientHost: 'claude.ai', redirectHost: 'claude.ai' });
  expect(html).toContain('It is the client that claude.ai describes.');
  expect(html).not.toContain('unproven');
});

it('lets the person choose where the client did not say which', () => {
  const choices = [
    { connection: { id: connectionId(1), name: 'acme' }, server: 'rovo', serverName: 'Atlassian Rovo' },
    { connection: { id: connectionId(3), name: 'beta' }, server: 'rovo', serverName: 'Atlassian Rovo' },
  ];
  expect(shown()).not.toContain('beta · Atlassian Rovo');
  expect(shown({ choices })).toContain('beta · Atlassian Rovo');
});

it('is over when nobody waits any longer', () => {
  expect(shown({}, 'another')).toContain('No longer waiting');
});
