import { expect, it } from 'vitest';
import { clientSaveOf, signInOf, type SetupChoice } from '../../../renderer/view/setup-requests.ts';
import { aClient, aProvider, connectionId } from '../../fakes/window-data.ts';

const { id: provider } = aProvider();
const { id: client } = aClient();

const formOf = (values: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

const choice = (given: Partial<SetupChoice> = {}): SetupChoice => ({
  provider,
  client: null,
  use: 'people',
  reconnect: null,
  redirectUri: ' http://127.0.0.1:7979/callback ',
  scopes: ['read:me'],
  ...given,
});

const people = { redirectUri: 'http://127.0.0.1:7979/callback', scopes: ['read:me'] };

it.each([
  ['a new one', {}, { 'client-secret': 's' }, { provider, clientSecret: 's', ...people }],
  ['of a service account', { use: 'service-account' }, {}, { provider, serviceAccount: true }],
  [
    'changed, its secret kept',
    { client },
    { 'client-secret': '', 'client-name': 'Ours' },
    { client, name: 'Ours', ...people },
  ],
] as const)('saves an OAuth client: %s', (_, given, typed, request) => {
  const save = clientSaveOf(formOf({ 'client-id': 'abc', ...typed }), choice(given));
  expect(save.request).toEqual({ clientId: 'abc', ...request });
});

it.each([
  ['a person', {}, {}, { provider, method: 'oauth2', grant: 'authorization-code', scopes: ['read:me'] }],
  [
    'a service account of an instance',
    { use: 'service-account' },
    { url: 'jira.example' },
    { provider, method: 'oauth2', grant: 'client-credentials', url: 'jira.example' },
  ],
  ['again', { reconnect: connectionId(1) }, {}, { reconnect: connectionId(1), scopes: ['read:me'] }],
] as const)('signs in: %s', (_, given, typed, request) => {
  expect(signInOf(formOf(typed), choice(given))).toEqual(request);
});
