import { createHash, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import { createConnections } from '../../../main/connections/connections.ts';
import { boundedFetch } from '../../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { ok, type Result } from '../../../main/lib/result.ts';
import { oauth2Of } from '../../../main/providers/methods.ts';
import type { RefreshOutcome } from '../../../main/refresh/ports.ts';
import { startSandbox, type Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import type { SignedIn } from '../../../main/signin/ports.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { signInAtSandbox } from '../../integration/support/sandbox-sign-in.ts';

const started: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.dispose();
});

const REDIRECT = 'http://127.0.0.1:7979/callback';
const nothing = (): { dispose: () => void } => ({ dispose: () => undefined });
const fetchBounded = boundedFetch({ clock: systemClock, timeoutMs: 5000 });

/** An access token of the stand-in, by its own pages. */
async function accessToken({ definition }: Sandbox, scopes: readonly string[]): Promise<string> {
  const oauth2 = oauth2Of(definition);
  if (!oauth2?.client) throw new Error('the sandbox ships no client');
  const url = new URL(oauth2.authorizationUrl ?? '');
  const verifier = 'v'.repeat(43);
  const parameters = {
    ...oauth2.authorizationParameters,
    response_type: 'code',
    client_id: oauth2.client.clientId,
    redirect_uri: REDIRECT,
    scope: scopes.join(' '),
    state: 's'.repeat(20),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const callback = new URL(await signInAtSandbox(url.href, { account: 'chloe' }));
  const answer = await fetch(oauth2.tokenUrl ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: REDIRECT,
      client_id: oauth2.client.clientId,
      client_secret: oauth2.client.clientSecret ?? '',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function rig(scopes: readonly string[], change: Partial<SignedIn> = {}) {
  const sandbox = await startSandbox({ clock: systemClock });
  started.push(sandbox);
  const token = await accessToken(sandbox, scopes);
  const resources = (await (
    await fetch(`${sandbox.url}/oauth/token/accessible-resources`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json()) as { id: string }[];
  const store = memoryStore();
  const refreshes: ConnectionId[] = [];
  let renew: () => Promise<Result<RefreshOutcome>> = () => Promise.resolve(ok({ kind: 'gone', reason: 'x' }));
  const connections = createConnections({
    boundTo: () => ok(null),
    store,
    registry: {
      folder: '/nowhere',
      onChange: nothing,
      list: () => [],
      problems: () => [],
      reload: () => undefined,
      parse: () => ({ ok: false, faults: [] }),
      origin: () => ({ bundled: true, file: null }),
      get: () => ok(sandbox.definition),
    },
    clients: { get: () => null, secret: () => ok(null), onChange: nothing },
    refresher: {
      freshTokens: (id) => Promise.resolve(store.connections.tokens(id)),
      refresh: (id) => {
        refreshes.push(id);
        return renew();
      },
      refreshingSince: () => null,
      trouble: () => null,
      onChange: nothing,
    },
    scheduler: { nextRefreshAt: () => null, changed: () => undefined },
    network: {
      isUnverified: () => false,
      onChange: () => ({ dispose: () => undefined }),
      pinned: () => fetchBounded,
    },
    clock: systemClock,
    fetch: fetchBounded,
    newId: () => randomUUID() as ConnectionId,
  });
  const site = {
    cloudId: resources[0]?.id ?? '',
    name: 'acme',
    url: 'https://acme.atlassian.net',
    products: [],
  };
  const signedIn: SignedIn = {
    provider: sandbox.definition.id,
    method: 'oauth2',
    grant: 'authorization-code',
    client: null,
    sent: { as: 'bearer' },
    route: 'default',
    name: 'acme',
    account: { id: 'a', name: 'Chloé', email: null, pictureUrl: null },
    site,
    sites: [site],
    requestedScopes: [...scopes],
    grantedScopes: [...scopes],
    tokens: { accessToken: token, refreshToken: 'r', expiresAt: null, obtainedAt: 0, scopes: null },
    reconnects: null,
    ...change,
  };
  const saved = await connections.saveSignedIn(signedIn);
  if (!saved.ok) throw new Error(saved.error.message);
  const run = async () => {
    const tested = await connections.test('acme');
    if (!tested.ok) throw new Error(tested.error.message);
    return tested.value;
  };
  return {
    sandbox,
    store,
    id: saved.value,
    run,
    refreshes,
    signedIn,
    connections,
    onRefresh: (action: typeof renew) => {
      renew = action;
    },
  };
}

describe('testing a connection at the stand-in', () => {
  const scopes = ['read:me', 'read:jira-work', 'read:jira-user', 'read:page:confluence', 'write:jira-work'];

  test('finds account, products and scopes of a grant', async () => {
    const { run, refreshes } = await rig(scopes);
    const { ok: passed, account, products, scopes: truths } = await run();
    expect({ passed, name: account?.name, products }).toEqual({
      passed: true,
      name: 'Chloé Dubois',
      products: ['jira', 'confluence'],
    });
    expect(truths.filter(({ how }) => how === 'tried').map(({ scope }) => scope)).toEqual([
      'read:jira-work',
      'read:jira-user',
      'read:page:confluence',
    ]);
    expect(truths.find(({ scope }) => scope === 'write:jira-work')).toMatchObject({
      has: true,
      how: 'granted',
    });
    expect(refreshes).toEqual([]);
  });

  test('finds the scopes of a token that was brought without a word about them', async () => {
    const { run } = await rig(scopes, {
      method: 'access-token',
      grant: null,
      grantedScopes: [],
      requestedScopes: [],
    });
    const { scopes: truths } = await run();
    expect(truths.filter(({ has }) => has === true).map(({ scope }) => scope)).toEqual(
      expect.arrayContaining(['read:jira-work', 'write:jira-work', 'read:page:confluence']),
    );
  });

  test('refreshes a token that ended early, once, and tries again', async () => {
    const world = await rig(scopes);
    const good = world.store.connections.tokens(world.id);
    if (!good.ok) throw new Error('no tokens');
    const replace = (token: string) =>
      world.connections.saveSignedIn({
        ...world.signedIn,
        reconnects: world.id,
        tokens: { ...good.value, accessToken: token },
      });
    await replace('over');
    world.onRefresh(async () => {
      await replace(good.value.accessToken);
      return ok({ kind: 'refreshed', expiresAt: null });
    });
    expect((await world.run()).ok).toBe(true);
    expect(world.refreshes).toEqual([world.id]);
  });

  test('changes nothing itself when the credential is dead', async () => {
    const world = await rig(scopes);
    world.sandbox.control.revokeAll();
    const before = world.store.connections.get(world.id);
    const { ok: passed, results } = await world.run();
    expect(passed).toBe(false);
    expect(results.every(({ code }) => code === 'needs-reconnect')).toBe(true);
    expect(world.refreshes).toEqual([world.id]);
    expect(world.store.connections.get(world.id)).toEqual(before);
  });

  test('stops where it is asked to wait', async () => {
    const world = await rig(scopes);
    world.sandbox.control.rude('429', 50, 'api');
    const { results } = await world.run();
    expect(results.some(({ code, message }) => code === 'temporary' && message.includes('wait 2 s'))).toBe(
      true,
    );
  });
});
