import { expect, it } from 'vitest';
import { signInHandlers } from '../../../../main/api/handlers/sign-ins.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import type { SignInRequest } from '../../../../main/signin/ports.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { record } from '../../connections/sample.ts';

type Ask = Omit<Parameters<ReturnType<typeof signInHandlers>['sign-in.start']>[0], 'open'>;

async function started(known: Partial<ConnectionRecord>, ask: Ask): Promise<SignInRequest | undefined> {
  let request: SignInRequest | undefined;
  const services = {
    store: { vault: { open: () => Promise.resolve(ok(undefined)) } },
    connections: { resolve: () => ok(record({ requestedScopes: ['read:me'], ...known })) },
    signIns: {
      start: (given: SignInRequest) => {
        request = given;
        return fail('unsupported', 'Not here.');
      },
    },
    clock: new FakeClock(),
  };
  await signInHandlers(services as unknown as Services)['sign-in.start'](
    { open: false, ...ask },
    FROM_WINDOW,
  );
  return request;
}

const TOKEN: Partial<ConnectionRecord> = { method: 'api-token', grant: null, requestedScopes: [] };
const BOT: Partial<ConnectionRecord> = { grant: 'client-credentials' };

it.each<[string, Partial<ConnectionRecord>, Ask, Partial<SignInRequest>]>([
  ['the same way', {}, {}, { method: 'oauth2', grant: 'authorization-code', scopes: ['read:me'] }],
  ['the same way by name', {}, { method: 'oauth2' }, { grant: 'authorization-code', scopes: ['read:me'] }],
  ['other scopes', {}, { scopes: ['read:jira-work'] }, { scopes: ['read:jira-work'] }],
  ['a token by OAuth', TOKEN, { method: 'oauth2' }, { method: 'oauth2', grant: null, scopes: null }],
  ['by a token', {}, { method: 'api-token' }, { method: 'api-token', grant: null, scopes: null }],
  ['by another grant', BOT, { grant: 'authorization-code' }, { grant: 'authorization-code', scopes: null }],
  [
    'a service account by its method',
    BOT,
    { method: 'oauth2' },
    { grant: 'client-credentials', scopes: ['read:me'] },
  ],
])('a reconnect takes over scopes for %s alone', async (_, known, ask, expected) => {
  expect(await started(known, { reconnect: 'acme', ...ask })).toMatchObject(expected);
});
