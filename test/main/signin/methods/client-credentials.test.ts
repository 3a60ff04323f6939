import { expect, it } from 'vitest';
import { ConnectionId, OAuthClientId, ProviderId } from '../../../../contract/ids.ts';
import type { SignInStage } from '../../../../contract/sign-in.ts';
import { fail, ok, type Result } from '../../../../main/lib/result.ts';
import { ProviderDefinition } from '../../../../main/providers/definition.ts';
import type { SignedIn } from '../../../../main/signin/ports.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { signInRequest, signInsWith } from '../../../fakes/sign-ins.ts';

const PROVIDER = ProviderId.parse('example');
const definition = ProviderDefinition.parse({
  id: PROVIDER,
  name: 'Example',
  methods: [{ method: 'oauth2', grants: ['client-credentials'], tokenUrl: 'https://id.example/token' }],
});
const account = { id: 'robot', name: 'Robot', email: null, pictureUrl: null };

async function signIn(
  answer: () => Promise<Response>,
  { secret = 'canary-secret', scopes = null }: { secret?: string | null; scopes?: string[] | null } = {},
) {
  const saved: SignedIn[] = [];
  const posted: URLSearchParams[] = [];
  const identified: string[] = [];
  const client = {
    id: OAuthClientId.parse('22222222-2222-4222-8222-222222222222'),
    provider: PROVIDER,
    name: 'Robot app',
    clientId: 'cid',
    hasSecret: secret !== null,
    redirectUri: 'http://127.0.0.1:7979/callback',
    origin: 'user',
    createdAt: 0,
  } as const;
  const signIns = signInsWith({
    registry: { get: () => ok(definition) },
    clients: { choose: () => ok(client), secret: () => ok(secret) },
    clock: new FakeClock(),
    fetch: (_, init) => {
      posted.push(init?.body as URLSearchParams);
      return answer();
    },
    openUrl: () => Promise.resolve(fail('failed', 'a browser was opened')),
    identify: ({ header }) => {
      identified.push(header.value);
      return Promise.resolve(ok({ account, sites: [] }));
    },
    saveSignedIn: (signedIn) => {
      saved.push(signedIn);
      return Promise.resolve(ok(ConnectionId.parse('11111111-1111-4111-8111-111111111111')));
    },
  });
  const started = await signIns.start(
    signInRequest(PROVIDER, { grant: 'client-credentials', scopes, open: true }),
  );
  const stage = async (): Promise<Result<SignInStage>> => {
    if (!started.ok) return started;
    const ended = await signIns.wait(started.value.id, 'exchanging', 60_000);
    return ended.ok ? ok(ended.value.stage) : ended;
  };
  return { result: await stage(), saved, posted, identified };
}

const tokens =
  (more: object = {}) =>
  () =>
    Promise.resolve(Response.json({ access_token: 'canary-at', expires_in: 3600, ...more }));

it('connects a service account without a browser, and keeps no refresh token', async () => {
  const { result, saved, posted, identified } = await signIn(tokens({ refresh_token: 'canary-rt' }));
  expect(result).toMatchObject({ value: { stage: 'done' } });
  expect(posted.map((form) => Object.fromEntries(form))).toEqual([
    { grant_type: 'client_credentials', client_id: 'cid', client_secret: 'canary-secret' },
  ]);
  expect(identified).toEqual(['Bearer canary-at']);
  expect(saved).toMatchObject([
    {
      method: 'oauth2',
      grant: 'client-credentials',
      sent: { as: 'bearer' },
      account,
      tokens: { accessToken: 'canary-at', refreshToken: null },
      requestedScopes: [],
      grantedScopes: [],
    },
  ]);
});

it('asks for scopes only where a person does', async () => {
  const { posted, saved } = await signIn(tokens({ scope: 'a' }), { scopes: ['a', 'b'] });
  expect(posted[0]?.get('scope')).toBe('a b');
  expect(saved).toMatchObject([{ requestedScopes: ['a', 'b'], grantedScopes: ['a'] }]);
});

it('needs a client with a secret, and asks nobody without', async () => {
  const { result, posted } = await signIn(tokens(), { secret: null });
  expect(result).toMatchObject({ error: { code: 'invalid-input', hint: expect.any(String) as string } });
  expect(posted).toEqual([]);
});

it.each<[string, () => Promise<Response>, string]>([
  [
    'a wrong secret',
    () => Promise.resolve(Response.json({ error: 'invalid_client' }, { status: 401 })),
    'misconfigured',
  ],
  ['no network', () => Promise.reject(new Error('canary')), 'offline'],
  ['a page', () => Promise.resolve(new Response('<html>canary', { status: 502 })), 'temporary'],
])('says so on %s', async (_, answer, code) => {
  const { result, saved } = await signIn(answer);
  expect(result).toMatchObject({ value: { stage: 'failed', error: { code } } });
  expect(JSON.stringify(result)).not.toContain('canary');
  expect(saved).toEqual([]);
});
