import { expect, it } from 'vitest';
import { credentialHandlers } from '../../../../main/api/handlers/credentials.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { ok } from '../../../../main/lib/result.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';
import { readBundled } from '../../connections/bundled.ts';
import { record } from '../../connections/sample.ts';

const get = (change: Partial<ConnectionRecord>) => {
  const connection = record({
    grantedScopes: ['read:jira-work'],
    requestedScopes: ['read:jira-work'],
    ...change,
  });
  const services = {
    store: { vault: { status: { state: 'ready' } } },
    registry: { get: () => ok(readBundled()) },
    connections: {
      resolve: () => ok(connection),
      readCredentials: () => Promise.resolve(ok({ connection })),
    },
  };
  const handlers = credentialHandlers(services as unknown as Services);
  const input = { field: 'access_token' as const, scopes: ['read:jira-work', 'read:me'] };
  return handlers['credentials.get'](input, FROM_WINDOW);
};

it.each<[string, Partial<ConnectionRecord>, RegExp]>([
  ['signed in in the browser', {}, /User identity API.* --scopes "read:jira-work read:me"/],
  ['a service account', { grant: 'client-credentials' }, /chosen when its credential is created/],
  ['a pasted token', { method: 'api-token', grant: null }, /^Create another API token with read:me/],
])('a scope that is lacking leads to the cure of its kind: %s', async (_, change, hint) => {
  expect(await get(change)).toMatchObject({
    error: { code: 'needs-reconnect', hint: expect.stringMatching(hint) as string },
  });
});
