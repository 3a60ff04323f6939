import { afterEach, describe, expect, test } from 'vitest';
import { ConnectionId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import { identify } from '../../main/atlassian/identify.ts';
import { testCredential } from '../../main/atlassian/test-credential.ts';
import { BEARER, headerOf } from '../../main/credentials/sent.ts';
import { boundedFetch } from '../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../main/lib/clock.ts';
import type { Disposable } from '../../main/lib/disposable.ts';
import { ok, type Result } from '../../main/lib/result.ts';
import { revoke } from '../../main/oauth/revoke.ts';
import type { ProviderDefinition } from '../../main/providers/definition.ts';
import { shippedClient } from '../../main/providers/shipped-client.ts';
import { EXPIRES_IN_SHAPES, RUDE_KINDS } from '../../main/sandbox/conditions.ts';
import { startSandbox, type Sandbox } from '../../main/sandbox/start-sandbox.ts';
import type { SignedIn, SignInRequest } from '../../main/signin/ports.ts';
import type { SignInRegistry } from '../../main/signin/sign-ins.ts';
import { oauth2In, withOAuth2 } from '../fakes/oauth2.ts';
import { signInRequest, signInsWith } from '../fakes/sign-ins.ts';
import { freePort } from './support/free-port.ts';
import { signInAtSandbox, type SandboxChoice } from './support/sandbox-sign-in.ts';

const started: Disposable[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.dispose();
});

const fetchBounded = boundedFetch({ clock: systemClock, timeoutMs: 5000 });

interface World {
  sandbox: Sandbox;
  definition: ProviderDefinition;
  signIns: SignInRegistry;
  saved: SignedIn[];
}

async function setUp(clientSecret?: string): Promise<World> {
  const sandbox = await startSandbox({ clock: systemClock });
  started.push(sandbox);
  const oauth2 = oauth2In(sandbox.definition);
  if (!oauth2.client) throw new Error('the sandbox ships no client');
  const redirectUri = `http://127.0.0.1:${String(await freePort())}/callback`;
  const client = { ...oauth2.client, redirectUri, ...(clientSecret ? { clientSecret } : {}) };
  const definition = withOAuth2(sandbox.definition, { client });
  const shipped = shippedClient(definition);
  if (!shipped) throw new Error('no client');
  const saved: SignedIn[] = [];
  const signIns = signInsWith({
    registry: { get: () => ok(definition) },
    clients: { choose: () => ok(shipped.record), secret: () => ok(shipped.secret) },
    fetch: fetchBounded,
    clock: systemClock,
    openUrl: () => Promise.resolve(ok(undefined)),
    saveSignedIn: (signedIn) => {
      saved.push(signedIn);
      return Promise.resolve(ok(ConnectionId.parse('11111111-1111-4111-8111-111111111111')));
    },
    identify,
  });
  started.push(signIns);
  return { sandbox, definition, signIns, saved };
}

const view = (result: Result<SignInView>): SignInView => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

/** Does what a person does: the page, the form, the redirect to the loopback server. */
async function atTheExchange(
  { signIns, definition }: World,
  choice: SandboxChoice,
  more: Partial<SignInRequest> = {},
): Promise<SignInView> {
  const { id, stage } = view(await signIns.start(signInRequest(definition.id, more)));
  if (stage.stage !== 'waiting') throw new Error(`at ${stage.stage}`);
  const page = await fetch(await signInAtSandbox(stage.authorizeUrl, choice));
  expect(page.status).toBe(200);
  return view(await signIns.wait(id, 'waiting', 10_000));
}

async function signIn(
  world: World,
  choice: SandboxChoice,
  more: Partial<SignInRequest> = {},
): Promise<SignInView> {
  const { id } = await atTheExchange(world, choice, more);
  return view(await world.signIns.wait(id, 'exchanging', 20_000));
}

describe('signing in at the stand-in', () => {
  test('gives account, site, tokens that work, and a grant that can be ended', async () => {
    const world = await setUp();
    const { stage } = await signIn(world, { account: 'chloe' });
    expect(stage.stage).toBe('done');
    const [signedIn] = world.saved;
    expect(signedIn).toMatchObject({
      account: { name: 'Chloé Dubois', email: 'chloe@acme.example' },
      site: { name: 'acme', url: 'https://acme.atlassian.net', products: ['jira', 'confluence'] },
      grantedScopes: oauth2In(world.definition).defaultScopes,
      tokens: { refreshToken: expect.any(String) as string, expiresAt: expect.any(Number) as number },
    });
    const { tokens } = signedIn!;
    const { results } = await testCredential({
      clock: systemClock,
      fetch: fetchBounded,
      definition: world.definition,
      header: headerOf(BEARER, tokens.accessToken),
      connection: {
        ...signedIn!,
        id: ConnectionId.parse('11111111-1111-4111-8111-111111111111'),
        name: 'acme',
        renewal: 'refresh-token',
      },
    });
    expect(results.map(({ check, ok: good }) => [check, good])).toEqual([
      ['Profile', true],
      ['Jira', true],
      ['Confluence', true],
    ]);
    const settings = oauth2In(world.definition);
    const client = settings.client!;
    expect(
      await revoke({
        fetch: fetchBounded,
        settings,
        client: { clientId: client.clientId, secret: client.clientSecret ?? null },
        token: tokens.refreshToken!,
        kind: 'refresh_token',
      }),
    ).toBe('accepted');
  });

  test('asks for the site when the grant covers several', async () => {
    const world = await setUp();
    const { id, stage } = await signIn(world, { account: 'ana' });
    expect(stage).toMatchObject({
      stage: 'choose-site',
      sites: [{ name: 'acme' }, { name: 'acme-sandbox' }],
    });
    expect(view(await world.signIns.chooseSite(id, 'acme-sandbox')).stage.stage).toBe('done');
    expect(world.saved[0]?.site?.name).toBe('acme-sandbox');
  });

  test.each<[string, SandboxChoice, string]>([
    ['the person declines', { decision: 'deny' }, 'denied'],
    ['the account has no site', { account: 'noor' }, 'not-found'],
  ])('fails clearly when %s', async (_, choice, code) => {
    const world = await setUp();
    expect((await signIn(world, choice)).stage).toMatchObject({ stage: 'failed', error: { code } });
    expect(world.saved).toEqual([]);
  });

  test('says that the client secret is wrong', async () => {
    const { stage } = await signIn(await setUp('canary-wrong-secret'), { account: 'chloe' });
    expect(stage).toMatchObject({ stage: 'failed', error: { code: 'misconfigured' } });
    expect(JSON.stringify(stage)).toContain('client secret');
    expect(JSON.stringify(stage)).not.toContain('canary');
  });

  test.each(EXPIRES_IN_SHAPES)('takes a lifetime that is sent as %s', async (shape) => {
    const world = await setUp();
    world.sandbox.control.expiresInAs(shape);
    expect((await signIn(world, { account: 'chloe' })).stage.stage).toBe('done');
    const known = shape === 'number' || shape === 'string';
    expect(world.saved[0]?.tokens.expiresAt).toEqual(known ? expect.any(Number) : null);
  });

  test.each(RUDE_KINDS)(
    'meets a token endpoint that is rude (%s) without an invented connection, and says why it waits',
    async (kind) => {
      const world = await setUp();
      world.sandbox.control.rude(kind, 100, 'token');
      const { id } = await atTheExchange(world, { account: 'chloe' });
      await expect
        .poll(() => view(world.signIns.get(id)).stage, { timeout: 15_000 })
        .toMatchObject({ stage: 'exchanging', notice: expect.stringContaining('Trying again.') as string });
      expect(view(world.signIns.cancel(id)).stage).toMatchObject({ error: { code: 'cancelled' } });
      expect(world.saved).toEqual([]);
    },
  );

  test('does not lose the consent when the token endpoint is rude once', async () => {
    const world = await setUp();
    const [kind] = RUDE_KINDS;
    world.sandbox.control.rude(kind, 1, 'token');
    expect((await signIn(world, { account: 'chloe' })).stage.stage).toBe('done');
    expect(world.saved).toHaveLength(1);
  });

  test.each(RUDE_KINDS)('goes on when an API is rude once (%s)', async (kind) => {
    const world = await setUp();
    world.sandbox.control.rude(kind, 1, 'api');
    const { stage } = await signIn(world, { account: 'chloe' });
    expect(stage.stage).toBe('done');
  });
});
