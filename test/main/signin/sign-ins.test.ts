import { describe, expect, test } from 'vitest';
import type { Account, Site } from '../../../contract/connection.ts';
import { ConnectionId, OAuthClientId, ProviderId, SignInId } from '../../../contract/ids.ts';
import { SignInView } from '../../../contract/sign-in.ts';
import type { Identity } from '../../../main/atlassian/identify.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import type { Listeners } from '../../../main/signin/callback-listeners.ts';
import type { CallbackReceiver } from '../../../main/signin/callback-server.ts';
import type { SignedIn, SignInRequest } from '../../../main/signin/ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { signInRequest, signInsWith } from '../../fakes/sign-ins.ts';

const PROVIDER = ProviderId.parse('atlassian');
const CONNECTION = ConnectionId.parse('11111111-1111-4111-8111-111111111111');
const CLIENT = OAuthClientId.parse('22222222-2222-4222-8222-222222222222');
const REDIRECT = 'http://127.0.0.1:7979/callback';
const SECRET = 'canary-client-secret';

const ANA: Account = { id: 'ana', name: 'Ana', email: null, pictureUrl: null };
const BOB: Account = { id: 'bob', name: 'Bob', email: null, pictureUrl: null };
const site = (name: string): Site => ({
  cloudId: `cloud-${name}`,
  name,
  url: `https://${name}.atlassian.net`,
  products: ['jira'],
});
const ACME = site('acme');
const BETA = site('beta');

const REQUEST = signInRequest(PROVIDER, { open: true });

function setUp() {
  const world = {
    clock: new FakeClock(),
    /** What happened, in order. */
    log: [] as string[],
    opened: [] as string[],
    saved: [] as SignedIn[],
    posted: [] as URLSearchParams[],
    receiver: null as CallbackReceiver | null,
    listen: ok(undefined) as Result<void>,
    open: ok(undefined) as Result<void>,
    save: () => Promise.resolve<Result<ConnectionId>>(ok(CONNECTION)),
    identity: ok({ account: ANA, sites: [ACME] }) as Result<Identity>,
    identify: (): Promise<Result<Identity>> => Promise.resolve(world.identity),
    tokenAnswer: (): Promise<Response> =>
      Promise.resolve(
        Response.json({
          access_token: 'canary-at',
          refresh_token: 'canary-rt',
          expires_in: 3600,
          scope: 'read:me x',
        }),
      ),
    views: [] as SignInView[],
    removed: [] as SignInId[],
  };
  const listeners: Listeners = {
    acquire: (_, receiver) => {
      world.log.push('listen');
      if (!world.listen.ok) return Promise.resolve(world.listen);
      world.receiver = receiver;
      return Promise.resolve(ok(disposable(() => void world.log.push('close'))));
    },
    dispose: () => undefined,
  };
  const client = {
    id: CLIENT,
    provider: PROVIDER,
    name: 'Mine',
    clientId: 'cid',
    hasSecret: true,
    redirectUri: REDIRECT,
    origin: 'user',
    createdAt: 0,
  } as const;
  const definition = ProviderDefinition.parse(atlassian);
  const signIns = signInsWith({
    registry: { get: (id) => (id === PROVIDER ? ok(definition) : fail('not-found', 'no such provider')) },
    clients: { choose: () => ok(client), secret: () => ok(SECRET) },
    fetch: (_, init) => {
      world.posted.push(init?.body as URLSearchParams);
      return new Promise((resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
        world.tokenAnswer().then(resolve, reject);
      });
    },
    clock: world.clock,
    openUrl: (url) => {
      world.log.push('open');
      world.opened.push(url);
      return Promise.resolve(world.open);
    },
    saveSignedIn: (signedIn) => {
      world.log.push('save');
      world.saved.push(signedIn);
      return world.save();
    },
    identify: () => world.identify(),
    listeners,
  });
  signIns.onChange((view) => {
    world.views.push(SignInView.parse(view));
    world.log.push(view.stage.stage);
  });
  signIns.onRemoved((id) => world.removed.push(id));
  return { world, signIns };
}

type World = ReturnType<typeof setUp>;

const view = (result: Result<SignInView>): SignInView => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const start = async ({ signIns }: World, more: Partial<SignInRequest> = {}): Promise<SignInView> =>
  view(await signIns.start({ ...REQUEST, ...more }));

const waiting = ({ stage }: SignInView) => {
  if (stage.stage !== 'waiting') throw new Error(`at ${stage.stage}`);
  return stage;
};

const stateOf = (signIn: SignInView): string =>
  new URL(waiting(signIn).authorizeUrl).searchParams.get('state') ?? '';

/** The browser comes back to the server. */
const callBack = ({ world }: World, query: string) =>
  world.receiver?.receive({
    method: 'GET',
    target: `/callback?${query}`,
    host: '127.0.0.1:7979',
    origin: null,
  });

const settled = async ({ signIns }: World, { id }: SignInView): Promise<SignInView> => {
  const after = view(await signIns.wait(id, 'waiting', 60_000));
  return after.stage.stage === 'exchanging' ? view(await signIns.wait(id, 'exchanging', 60_000)) : after;
};

/** What passes is tried again, until the time for it is over. */
async function outlasted({ signIns, world }: World, { id }: SignInView): Promise<SignInView> {
  for (;;) {
    const now = view(signIns.get(id));
    if (now.stage.stage !== 'exchanging') return now;
    if (now.stage.notice === null) await new Promise(setImmediate);
    else await world.clock.advanceAsync(5000);
  }
}

async function signIn(setting: World, more: Partial<SignInRequest> = {}): Promise<SignInView> {
  const started = await start(setting, more);
  expect(callBack(setting, `code=canary-code&state=${stateOf(started)}`)?.kind).toBe('accept');
  return settled(setting, started);
}

describe('a sign-in', () => {
  test('listens before the browser opens, and is done only after it was stored', async () => {
    const setting = setUp();
    const done = await signIn(setting, { name: 'work' });
    expect(done.stage).toEqual({ stage: 'done', connection: CONNECTION });
    expect(setting.world.log).toEqual([
      'listen',
      'waiting',
      'open',
      'waiting',
      'exchanging',
      'save',
      'close',
      'done',
    ]);
    expect(setting.world.saved).toMatchObject([
      {
        provider: PROVIDER,
        method: 'oauth2',
        client: CLIENT,
        name: 'work',
        account: ANA,
        site: ACME,
        sites: [ACME],
        grantedScopes: ['read:me', 'x'],
        tokens: { accessToken: 'canary-at', refreshToken: 'canary-rt' },
        reconnects: null,
      },
    ]);
  });

  test('sends verifier and secret with the code, and shows none of them', async () => {
    const setting = setUp();
    await signIn(setting);
    const [form] = setting.world.posted;
    expect(Object.fromEntries(form!)).toMatchObject({
      grant_type: 'authorization_code',
      code: 'canary-code',
      redirect_uri: REDIRECT,
      client_id: 'cid',
      client_secret: SECRET,
    });
    expect(form?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    const shown = JSON.stringify(setting.world.views) + setting.world.opened.join();
    expect(shown).not.toContain('canary');
    expect(shown).not.toContain(form?.get('code_verifier'));
  });

  test('does not open the browser unless asked', async () => {
    const setting = setUp();
    await start(setting, { open: false });
    expect(setting.world.opened).toEqual([]);
  });

  test('without a refresh token still connects', async () => {
    const setting = setUp();
    setting.world.tokenAnswer = () => Promise.resolve(Response.json({ access_token: 'at' }));
    expect((await signIn(setting, { scopes: ['x'] })).stage.stage).toBe('done');
    expect(setting.world.saved[0]).toMatchObject({
      tokens: { refreshToken: null, expiresAt: null },
      grantedScopes: ['x', 'offline_access'],
    });
  });

  test('by a method that the provider does not have is refused with those it has', async () => {
    const { signIns } = setUp();
    expect(await signIns.start({ ...REQUEST, method: 'personal-access-token' })).toMatchObject({
      error: { code: 'unsupported', hint: 'Use one of these methods: oauth2, api-token, access-token.' },
    });
    expect(signIns.list()).toEqual([]);
  });

  test('ignores what is forged and goes on waiting', async () => {
    const setting = setUp();
    const started = await start(setting);
    expect(callBack(setting, 'code=evil&state=wrong')?.kind).toBe('page');
    expect(callBack(setting, 'error=access_denied')?.kind).toBe('page');
    expect(view(setting.signIns.get(started.id)).stage.stage).toBe('waiting');
    callBack(setting, `code=c&state=${stateOf(started)}`);
    expect((await settled(setting, started)).stage.stage).toBe('done');
  });

  test('takes the first valid callback alone', async () => {
    const setting = setUp();
    const started = await start(setting);
    const query = `code=c&state=${stateOf(started)}`;
    expect(callBack(setting, query)?.kind).toBe('accept');
    expect(callBack(setting, query)).toMatchObject({ kind: 'page', page: 'used' });
    await settled(setting, started);
    expect(callBack(setting, query)).toMatchObject({ kind: 'page', page: 'used' });
    expect(setting.world.posted).toHaveLength(1);
  });

  test('is one of several at once, each with its own state and verifier', async () => {
    const setting = setUp();
    const first = await start(setting);
    const second = await start(setting);
    expect(stateOf(first)).not.toBe(stateOf(second));
    callBack(setting, `code=two&state=${stateOf(second)}`);
    expect((await settled(setting, second)).stage.stage).toBe('done');
    expect(view(setting.signIns.get(first.id)).stage.stage).toBe('waiting');
    callBack(setting, `code=one&state=${stateOf(first)}`);
    await settled(setting, first);
    const [two, one] = setting.world.posted;
    expect([two?.get('code'), one?.get('code')]).toEqual(['two', 'one']);
    expect(two?.get('code_verifier')).not.toBe(one?.get('code_verifier'));
  });
});

describe('when it goes wrong', () => {
  const failed = async (
    setting: World,
  ): Promise<{ code: string; message: string; hint?: string | undefined }> => {
    const started = await start(setting);
    callBack(setting, `code=canary-code&state=${stateOf(started)}`);
    const { stage } = await outlasted(setting, started);
    if (stage.stage !== 'failed') throw new Error(`at ${stage.stage}`);
    expect(JSON.stringify(stage)).not.toContain('canary');
    expect(setting.world.saved.length === 0 || stage.error.code === 'keychain-locked').toBe(true);
    return stage.error;
  };

  test.each([
    ['access_denied', 'denied'],
    ['invalid_scope', 'misconfigured'],
    ['unauthorized_client', 'misconfigured'],
    ['server_error', 'temporary'],
    ['something_else', 'failed'],
  ])('at the provider with %s: %s', async (error, code) => {
    const setting = setUp();
    const started = await start(setting);
    callBack(
      setting,
      `error=${error}&error_description=${encodeURIComponent('a\u202E\r\nb')}&state=${stateOf(started)}`,
    );
    const { stage } = await settled(setting, started);
    expect(stage).toMatchObject({ stage: 'failed', error: { code } });
    expect(JSON.stringify(stage)).not.toMatch(/\\[rn]|\u202E/);
    expect(setting.world.posted).toEqual([]);
  });

  test.each<[number, string, string, string]>([
    [
      401,
      '{"error":"access_denied","error_description":"canary-client-secret is wrong"}',
      'misconfigured',
      'client secret',
    ],
    [401, '{"error":"invalid_client"}', 'misconfigured', 'client secret'],
    [403, '{"error":"invalid_grant"}', 'failed', 'invalid_grant'],
    [429, '{"error":"rate_limited"}', 'temporary', 'rate_limited'],
    [502, '<html>canary', 'temporary', 'web page'],
    [200, '{"access_token":"canary', 'temporary', 'cut off'],
    [200, '{"token_type":"Bearer"}', 'temporary', 'missing fields'],
  ])('at the token endpoint with %i %s', async (status, body, code, saying) => {
    const setting = setUp();
    setting.world.tokenAnswer = () => Promise.resolve(new Response(body, { status }));
    const error = await failed(setting);
    expect(error.code).toBe(code);
    expect(error.message).toContain(saying);
    expect(error.hint).toBeTruthy();
  });

  test('on the network, at identity, or at storing it says so', async () => {
    const network = setUp();
    network.world.tokenAnswer = () => Promise.reject(new Error('canary'));
    expect((await failed(network)).code).toBe('offline');
    const identity = setUp();
    identity.world.identity = fail('missing-scope', 'no read:me');
    expect((await failed(identity)).code).toBe('missing-scope');
    const keychain = setUp();
    keychain.world.save = () => Promise.resolve(fail('keychain-locked', 'locked'));
    expect((await failed(keychain)).code).toBe('keychain-locked');
  });

  test('in passing, the exchange is tried again and says so: the consent is not lost', async () => {
    const setting = setUp();
    const { tokenAnswer } = setting.world;
    const answers = [
      () => Promise.reject(new Error('canary')),
      () => Promise.resolve(new Response('<html>canary', { status: 502 })),
      tokenAnswer,
    ];
    setting.world.tokenAnswer = () => answers.shift()!();
    const started = await start(setting);
    callBack(setting, `code=canary-code&state=${stateOf(started)}`);
    expect((await outlasted(setting, started)).stage.stage).toBe('done');
    expect(setting.world.posted.map((form) => form.get('code'))).toEqual(Array(3).fill('canary-code'));
    const notices = setting.world.views.flatMap(({ stage }) =>
      stage.stage === 'exchanging' && stage.notice !== null ? [stage.notice] : [],
    );
    expect(notices).toHaveLength(2);
    for (const notice of notices) expect(notice).toMatch(/^The sign-in could not be .* Trying again\.$/);
    expect(notices.join()).not.toContain('canary');
    expect(setting.world.clock.pendingTimers).toBe(1);
  });

  test('in passing, the exchange waits as long as the provider asks', async () => {
    const setting = setUp();
    const { tokenAnswer, clock } = setting.world;
    const answers = [
      () => Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '30' } })),
      tokenAnswer,
    ];
    setting.world.tokenAnswer = () => answers.shift()!();
    const started = await start(setting);
    const before = clock.monotonicMs();
    callBack(setting, `code=canary-code&state=${stateOf(started)}`);
    expect((await outlasted(setting, started)).stage.stage).toBe('done');
    expect(clock.monotonicMs() - before).toBe(30_000);
  });

  test('for longer than a code lives, the exchange is given up at once', async () => {
    const setting = setUp();
    setting.world.tokenAnswer = () =>
      Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '600' } }));
    const started = await start(setting);
    callBack(setting, `code=canary-code&state=${stateOf(started)}`);
    expect((await settled(setting, started)).stage).toMatchObject({ error: { code: 'temporary' } });
    expect(setting.world.posted).toHaveLength(1);
  });

  test('for good, the exchange is not tried again', async () => {
    const setting = setUp();
    setting.world.tokenAnswer = () =>
      Promise.resolve(Response.json({ error: 'invalid_grant' }, { status: 400 }));
    expect((await failed(setting)).code).toBe('failed');
    expect(setting.world.posted).toHaveLength(1);
  });

  test.each<[string, () => Promise<Response>, RegExp | null]>([
    ['never came', () => Promise.reject(new Error('canary')), /was lost \(.*\), and the code .* only once/],
    ['was cut off', () => Promise.resolve(new Response('{"access_token":"canary')), /was lost \(.*cut off/],
    [
      'was one that nothing reached',
      () => Promise.reject(Object.assign(new Error('canary'), { code: 'ECONNREFUSED' })),
      null,
    ],
    [
      'was a refusal for now',
      () => Promise.resolve(Response.json({ error: 'temporarily_unavailable' }, { status: 503 })),
      null,
    ],
  ])('and the code was used up by a request whose answer %s: the truth is said', async (_, first, saying) => {
    const setting = setUp();
    const answers = [
      first,
      () => Promise.resolve(Response.json({ error: 'invalid_grant' }, { status: 400 })),
    ];
    setting.world.tokenAnswer = () => answers.shift()!();
    const error = await failed(setting);
    expect(setting.world.posted).toHaveLength(2);
    expect(error).toMatchObject({ code: 'failed', hint: 'Sign in again.' });
    if (saying === null) expect(error.message).toContain('did not accept the sign-in (invalid_grant)');
    else expect(error.message).toMatch(saying);
  });

  test('for two minutes, it ends; cancelled between two tries, at once', async () => {
    const setting = setUp();
    setting.world.tokenAnswer = () => Promise.reject(new Error('canary'));
    const before = setting.world.clock.now();
    expect((await failed(setting)).code).toBe('offline');
    expect(setting.world.clock.now() - before).toBe(2 * 60_000);
    expect(setting.world.posted).toHaveLength(25);

    const other = setUp();
    other.world.tokenAnswer = () => Promise.reject(new Error('canary'));
    const started = await start(other);
    callBack(other, `code=c&state=${stateOf(started)}`);
    while (other.world.posted.length === 0) await new Promise(setImmediate);
    await other.world.clock.advanceAsync(1000);
    expect(view(other.signIns.cancel(started.id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    await other.world.clock.advanceAsync(60_000);
    expect(other.world.posted).toHaveLength(1);
  });

  test('by a bug the person is not left waiting', async () => {
    const setting = setUp();
    setting.world.save = () => Promise.reject(new Error('canary'));
    expect((await signIn(setting)).stage).toMatchObject({ stage: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify(setting.world.views)).not.toContain('canary');
  });

  test('because the account has no site it says so', async () => {
    const setting = setUp();
    setting.world.identity = ok({ account: ANA, sites: [] });
    expect(await failed(setting)).toMatchObject({ code: 'not-found' });
  });
});

describe('which site', () => {
  const several = (): World => {
    const setting = setUp();
    setting.world.identity = ok({ account: ANA, sites: [ACME, BETA] });
    return setting;
  };

  test('is asked when there are several', async () => {
    const setting = several();
    const { id, stage } = await signIn(setting);
    expect(stage).toEqual({ stage: 'choose-site', account: ANA, sites: [ACME, BETA] });
    expect(await setting.signIns.chooseSite(id, 'gamma')).toMatchObject({ error: { code: 'not-found' } });
    expect(setting.world.saved).toEqual([]);
    expect(view(await setting.signIns.chooseSite(id, 'beta')).stage.stage).toBe('done');
    expect(setting.world.saved).toMatchObject([{ site: BETA, sites: [ACME, BETA] }]);
    expect(await setting.signIns.chooseSite(id, 'acme')).toMatchObject({ error: { code: 'conflict' } });
  });

  test('is not asked when one was wanted', async () => {
    const setting = several();
    expect((await signIn(setting, { site: 'beta.atlassian.net' })).stage.stage).toBe('done');
    expect(setting.world.saved).toMatchObject([{ site: BETA }]);
  });

  test('is asked when the wanted one is not there', async () => {
    expect((await signIn(several(), { site: 'gamma' })).stage.stage).toBe('choose-site');
  });

  test('stays on reconnect', async () => {
    const setting = several();
    const reconnects = { id: CONNECTION, account: ANA, site: BETA };
    const done = await signIn(setting, { reconnects });
    expect(done).toMatchObject({ reconnects: CONNECTION, stage: { stage: 'done' } });
    expect(setting.world.saved).toMatchObject([{ site: BETA, reconnects: CONNECTION }]);
  });
});

describe('another account on reconnect', () => {
  const reconnects = { id: CONNECTION, account: BOB, site: ACME };

  test('is used only after the person accepts it', async () => {
    const setting = setUp();
    const { id, stage } = await signIn(setting, { reconnects });
    expect(stage).toEqual({ stage: 'confirm-account', expected: BOB, actual: ANA });
    expect(setting.world.saved).toEqual([]);
    expect(view(await setting.signIns.acceptAccount(id)).stage.stage).toBe('done');
    expect(setting.world.saved).toMatchObject([{ account: ANA, reconnects: CONNECTION }]);
  });

  test('can be refused by cancelling', async () => {
    const setting = setUp();
    const { id } = await signIn(setting, { reconnects });
    expect(view(setting.signIns.cancel(id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    expect(await setting.signIns.acceptAccount(id)).toMatchObject({ error: { code: 'conflict' } });
    expect(setting.world.saved).toEqual([]);
  });
});

describe('time and cancelling', () => {
  test('the browser has five minutes', async () => {
    const setting = setUp();
    const started = await start(setting);
    await setting.world.clock.advanceAsync(5 * 60_000 - 1);
    expect(view(setting.signIns.get(started.id)).stage.stage).toBe('waiting');
    await setting.world.clock.advanceAsync(1);
    expect(view(setting.signIns.get(started.id)).stage).toMatchObject({ error: { code: 'timed-out' } });
    expect(setting.world.log.slice(-2)).toEqual(['close', 'failed']);
  });

  test('a callback after a sleep is too late', async () => {
    const setting = setUp();
    const started = await start(setting);
    setting.world.clock.setNow(setting.world.clock.now() + 6 * 60_000);
    expect(callBack(setting, `code=c&state=${stateOf(started)}`)).toMatchObject({ kind: 'page' });
    expect(view(setting.signIns.get(started.id)).stage).toMatchObject({ error: { code: 'timed-out' } });
    expect(setting.world.posted).toEqual([]);
  });

  test('a wall clock set back does not make the wait longer', async () => {
    const setting = setUp();
    const started = await start(setting);
    setting.world.clock.setNow(0);
    await setting.world.clock.advanceAsync(5 * 60_000);
    expect(view(setting.signIns.get(started.id)).stage.stage).toBe('failed');
  });

  test('cancelling ends the wait, and a later callback changes nothing', async () => {
    const setting = setUp();
    const started = await start(setting);
    expect(view(setting.signIns.cancel(started.id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    callBack(setting, `code=c&state=${stateOf(started)}`);
    expect(setting.world.posted).toEqual([]);
    expect(setting.world.log).toContain('close');
  });

  test('cancelling during the exchange ends the request and stores nothing', async () => {
    const setting = setUp();
    setting.world.tokenAnswer = () => new Promise(() => undefined);
    const started = await start(setting);
    callBack(setting, `code=c&state=${stateOf(started)}`);
    await setting.world.clock.advanceAsync(0);
    expect(setting.world.posted).toHaveLength(1);
    expect(view(setting.signIns.cancel(started.id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    await setting.world.clock.advanceAsync(0);
    expect(view(setting.signIns.get(started.id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    expect(setting.world.saved).toEqual([]);
  });

  test('cancelling while the account is asked for stores nothing', async () => {
    const setting = setUp();
    let answer: (result: Result<Identity>) => void = () => undefined;
    setting.world.identify = () => new Promise((resolve) => (answer = resolve));
    const started = await start(setting);
    callBack(setting, `code=c&state=${stateOf(started)}`);
    await setting.world.clock.advanceAsync(0);
    setting.signIns.cancel(started.id);
    answer(setting.world.identity);
    await setting.world.clock.advanceAsync(0);
    expect(view(setting.signIns.get(started.id)).stage).toMatchObject({ error: { code: 'cancelled' } });
    expect(setting.world.saved).toEqual([]);
  });

  test('cancelling while it is being stored comes too late', async () => {
    const setting = setUp();
    let finish: (result: Result<ConnectionId>) => void = () => undefined;
    setting.world.save = () => new Promise((resolve) => (finish = resolve));
    const started = await start(setting);
    callBack(setting, `code=c&state=${stateOf(started)}`);
    await setting.world.clock.advanceAsync(0);
    expect(view(setting.signIns.cancel(started.id)).stage.stage).toBe('exchanging');
    finish(ok(CONNECTION));
    expect((await settled(setting, started)).stage.stage).toBe('done');
  });

  test('no more are begun than a person has in hand', async () => {
    const setting = setUp();
    for (let i = 0; i < 20; i++) await start(setting);
    expect(await setting.signIns.start(REQUEST)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(setting.world.opened).toHaveLength(20);
    const [first] = setting.signIns.list();
    setting.signIns.cancel(first!.id);
    await start(setting);
  });

  test('nor when they are begun at once', async () => {
    const setting = setUp();
    const all = await Promise.all(Array.from({ length: 50 }, () => setting.signIns.start(REQUEST)));
    expect(all.filter(({ ok: started }) => started)).toHaveLength(20);
    expect(setting.world.opened).toHaveLength(20);
    for (const { id } of setting.signIns.list()) setting.signIns.cancel(id);
    // One that cannot even be prepared holds no place.
    const unknown = { ...REQUEST, provider: ProviderId.parse('other') };
    await Promise.all(Array.from({ length: 20 }, () => setting.signIns.start(unknown)));
    await start(setting);
  });

  test('one that is prepared while everything ends is not begun', async () => {
    const setting = setUp();
    const started = setting.signIns.start(REQUEST);
    await setting.signIns.dispose();
    expect(await started).toMatchObject({ error: { code: 'cancelled' } });
    expect(await setting.signIns.start(REQUEST)).toMatchObject({ error: { code: 'cancelled' } });
    expect(setting.world.log).toEqual([]);
    expect(setting.world.clock.pendingTimers).toBe(0);
  });

  test('an ended one can be read for ten minutes, and leaves no timer', async () => {
    const setting = setUp();
    const { id } = await signIn(setting);
    await setting.world.clock.advanceAsync(10 * 60_000 - 1);
    expect(setting.signIns.list()).toHaveLength(1);
    await setting.world.clock.advanceAsync(1);
    expect(setting.world.removed).toEqual([id]);
    expect(setting.signIns.get(id)).toMatchObject({ error: { code: 'not-found' } });
    expect(setting.world.clock.pendingTimers).toBe(0);
  });

  test('waiting ends at the limit, at a change, and at once when the stage was left before', async () => {
    const setting = setUp();
    const { id } = await start(setting);
    const limit = setting.signIns.wait(id, 'waiting', 1000);
    await setting.world.clock.advanceAsync(1000);
    expect(view(await limit).stage.stage).toBe('waiting');
    expect(view(await setting.signIns.wait(id, 'exchanging', 1000)).stage.stage).toBe('waiting');
    const change = setting.signIns.wait(id, null, 1000);
    setting.signIns.cancel(id);
    expect(view(await change).stage.stage).toBe('failed');
    expect(view(await setting.signIns.wait(id, null, 1000)).stage.stage).toBe('failed');
    expect(await setting.signIns.wait(SignInId.parse(CLIENT), null, 1)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('disposing ends everything', async () => {
    const setting = setUp();
    await start(setting);
    await signIn(setting);
    await setting.signIns.dispose();
    expect(setting.signIns.list()).toEqual([]);
    expect(setting.world.clock.pendingTimers).toBe(0);
  });
});

describe('without a server or a browser', () => {
  test('a taken port is named, and the callback address can be pasted', async () => {
    const setting = setUp();
    setting.world.listen = fail('port-taken', 'Port 7979 is used by another program.', 'Paste it.');
    const started = await start(setting);
    expect(waiting(started)).toMatchObject({
      listening: false,
      notice: 'Port 7979 is used by another program. Paste it.',
    });
    expect(setting.world.opened).toHaveLength(1);
    expect(await setting.signIns.complete(started.id, `${REDIRECT}?code=c&state=x`)).toMatchObject({
      error: { code: 'invalid-input' },
    });
    const pasted = `${REDIRECT}?code=c&state=${stateOf(started)}`;
    expect(view(await setting.signIns.complete(started.id, pasted)).stage.stage).toBe('done');
    expect(await setting.signIns.complete(started.id, pasted)).toMatchObject({ error: { code: 'conflict' } });
  });

  test('pasting works beside the server too', async () => {
    const setting = setUp();
    const started = await start(setting);
    expect(waiting(started)).toMatchObject({ listening: true, opened: true, notice: null });
    const pasted = `${REDIRECT}?error=access_denied&state=${stateOf(started)}`;
    expect(view(await setting.signIns.complete(started.id, pasted)).stage).toMatchObject({
      error: { code: 'denied' },
    });
  });

  test('a browser that does not open is said, and the wait goes on', async () => {
    const setting = setUp();
    setting.world.open = fail('failed', 'No browser.', 'Copy the address.');
    const started = await start(setting);
    expect(waiting(started)).toMatchObject({
      listening: true,
      opened: false,
      notice: 'No browser. Copy the address.',
    });
  });
});
