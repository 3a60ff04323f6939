import { describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { TokenFault } from '../../fakes/fake-token-server.ts';
import { sampleConnection } from '../../fakes/sample-connection.ts';
import { PROVIDER, Rig } from './rig.ts';

const MINUTE = 60_000;

const minted = (more: object = {}): TokenFault => ({
  kind: 'answer',
  status: 200,
  body: JSON.stringify({ access_token: 'access-2', expires_in: 3600, ...more }),
});
const refused = (error: string, status = 400): TokenFault => ({
  kind: 'answer',
  status,
  body: JSON.stringify({ error }),
});

/** A service account whose token lives an hour. */
function serviceAccount(rig: Rig): ConnectionId {
  const inserted = rig.store.connections.insert(
    sampleConnection({
      provider: PROVIDER,
      client: rig.client.id,
      grant: 'client-credentials',
      requestedScopes: ['read', 'write'],
    }),
    {
      accessToken: 'access-1',
      refreshToken: null,
      expiresAt: rig.clock.now() + 60 * MINUTE,
      obtainedAt: rig.clock.now(),
      scopes: null,
    },
  );
  if (!inserted.ok) throw new Error(inserted.error.message);
  return inserted.value.id;
}

describe('a token that a client asked for itself', () => {
  it('is minted again before it ends, without a refresh token', async () => {
    const rig = new Rig();
    const id = serviceAccount(rig);
    expect(rig.record(id).renewal).toBe('client-credentials');
    rig.clock.advance(55 * MINUTE);
    rig.server.faults.push(minted());
    expect(await rig.refresher.freshTokens(id, 10 * MINUTE)).toMatchObject({
      value: { accessToken: 'access-2', refreshToken: null },
    });
    expect(rig.server.requests.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: 'client_credentials',
        scope: 'read write',
        client_id: 'app',
        client_secret: 'client-secret',
      },
    ]);
    expect(rig.record(id)).toMatchObject({
      renewal: 'client-credentials',
      condition: { kind: 'ok' },
      expiresAt: rig.clock.now() + 60 * MINUTE,
    });
  });

  it('stays one although the server adds a refresh token', async () => {
    const rig = new Rig();
    const id = serviceAccount(rig);
    rig.server.faults.push(minted({ refresh_token: 'unasked' }), minted());
    await rig.refresher.refresh(id);
    expect(rig.record(id).renewal).toBe('client-credentials');
    await rig.refresher.refresh(id);
    expect(rig.server.requests.map((form) => form.get('grant_type'))).toEqual(
      Array(2).fill('client_credentials'),
    );
  });

  it.each(['invalid_grant', 'unauthorized_client', 'invalid_client', 'access_denied'])(
    'that is refused (%s) is the registration’s fault: nobody can sign in again',
    async (error) => {
      const rig = new Rig();
      const id = serviceAccount(rig);
      rig.server.faults.push(refused(error, 401));
      expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'misconfigured' } });
      expect(rig.record(id).condition.kind).toBe('misconfigured');
      // What is not ended by the clock is still given, and a try later may work.
      expect(await rig.refresher.freshTokens(id, 0)).toMatchObject({ value: { accessToken: 'access-1' } });
      rig.server.faults.push(minted());
      expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
      expect(rig.record(id).condition.kind).toBe('ok');
    },
  );

  it.each<[string, TokenFault]>([
    ['refused connections', { kind: 'refused' }],
    ['a page of a gateway', { kind: 'answer', status: 502, body: '<html>' }],
    ['an error of the server', refused('server_error', 503)],
  ])('is asked for again after %s, at once and as often as needed: nothing is used up', async (_, fault) => {
    const rig = new Rig();
    const id = serviceAccount(rig);
    for (let tries = 0; tries < 4; tries += 1) {
      rig.server.faults.push(fault);
      expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'transient' } });
    }
    expect(rig.server.requests).toHaveLength(4);
    rig.server.faults.push(minted());
    expect(await rig.refresher.refresh(id)).toMatchObject({ value: { kind: 'refreshed' } });
  });
});
