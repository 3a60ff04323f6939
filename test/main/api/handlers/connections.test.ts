import { expect, it, vi } from 'vitest';
import { connectionHandlers } from '../../../../main/api/handlers/connections.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import type { RefreshOutcome } from '../../../../main/refresh/ports.ts';
import { record } from '../../connections/sample.ts';

const VIEW = { status: { state: 'paused' } };

function refreshEndsIn(outcome: RefreshOutcome) {
  const services = {
    store: { vault: { open: () => Promise.resolve(ok(undefined)) } },
    connections: { resolve: () => ok(record()), view: () => ok(VIEW) },
    refresher: { refresh: () => Promise.resolve(ok(outcome)) },
  };
  return connectionHandlers(services as unknown as Services)['connections.refresh']({}, FROM_WINDOW);
}

it('refresh gives the connection when it has a new token', async () => {
  expect(await refreshEndsIn({ kind: 'refreshed', expiresAt: null })).toEqual(ok(VIEW));
});

it.each<[RefreshOutcome, string]>([
  [{ kind: 'transient', code: 'offline', reason: 'no network', retryAt: 0, askedToWait: false }, 'offline'],
  [{ kind: 'transient', code: 'temporary', reason: 'too many', retryAt: 0, askedToWait: true }, 'temporary'],
  [{ kind: 'gone', reason: 'revoked' }, 'needs-reconnect'],
  [{ kind: 'misconfigured', reason: 'wrong secret' }, 'misconfigured'],
])('refresh fails when it ends in %j, whatever state shows, such as paused', async (outcome, code) => {
  expect(await refreshEndsIn(outcome)).toMatchObject({ ok: false, error: { code } });
});

it.each([
  ['ambiguous', 0],
  ['not-found', 1],
] as const)('remove takes a reference that is %s for a damaged record: %d times', async (code, times) => {
  const remove = vi.fn(() => fail('not-found', 'None.'));
  const services = {
    store: { damaged: { remove } },
    connections: { resolve: () => fail(code, 'So it is.') },
  };
  const handlers = connectionHandlers(services as unknown as Services);
  expect(
    await handlers['connections.remove']({ connection: 'acme', revoke: false }, FROM_WINDOW),
  ).toMatchObject({
    ok: false,
    error: { code },
  });
  expect(remove).toHaveBeenCalledTimes(times);
});
