import { beforeEach, describe, expect, test } from 'vitest';
import { OAuthClientId, ProviderId, SignInId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import { ok } from '../../../main/lib/result.ts';
import type { Conversation } from '../../../main/signin/method.ts';
import { DeviceCode } from '../../../main/signin/methods/device-code.ts';
import type { Obtained, SignInRequest } from '../../../main/signin/ports.ts';
import type { OAuthClientRecord } from '../../../main/store/records.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { fixedOAuthSetup } from '../../fakes/fixed-oauth-setup.ts';
import { definitionWith } from '../oauth/oauth2-settings.ts';

const definition = definitionWith({
  grants: ['device-code'],
  tokenUrl: 'https://auth.example/token',
  deviceAuthorizationUrl: 'https://auth.example/device',
});
const client: OAuthClientRecord = {
  id: OAuthClientId.parse('22222222-2222-4222-8222-222222222222'),
  provider: ProviderId.parse('acme'),
  name: 'Acme',
  clientId: 'cid',
  hasSecret: false,
  redirectUri: 'http://127.0.0.1:7979/callback',
  origin: 'user',
  createdAt: 0,
};
const error = (name: string) => () => Response.json({ error: name }, { status: 400 });
const lost = (): never => {
  throw new TypeError('fetch failed');
};

let clock: FakeClock;
let answers: (() => Response)[];
/** When the token endpoint was asked, seconds after the start. */
let polls: number[];
let opened: string[];
beforeEach(() => {
  clock = new FakeClock();
  answers = [];
  polls = [];
  opened = [];
});

async function signIn(open = false) {
  const start = clock.now();
  const fetch: Fetch = async (url) => {
    await Promise.resolve();
    if (String(url).endsWith('/device'))
      return Response.json({
        device_code: 'canary-dc',
        user_code: 'ABCD',
        verification_uri: 'https://auth.example/go',
        expires_in: 600,
        interval: 5,
      });
    polls.push((clock.now() - start) / 1000);
    return (answers.shift() ?? error('authorization_pending'))();
  };
  const method = new DeviceCode({
    clients: { refuseRegistration: () => undefined },
    setup: fixedOAuthSetup(client, null),
    clock,
    fetch,
    openUrl: (url) => {
      opened.push(url);
      return Promise.resolve(ok(undefined));
    },
    identify: () =>
      Promise.resolve(ok({ account: { id: 'ana', name: 'Ana', email: null, pictureUrl: null }, sites: [] })),
  });
  const request = { open } as SignInRequest;
  const id = SignInId.parse('11111111-1111-4111-8111-111111111111');
  const attempt = await method.prepare({ ...request, scopes: null }, definition, id);
  if (!attempt.ok) throw new Error(attempt.error.message);
  const abort = new AbortController();
  const seen = { stages: [attempt.value.stage] as SignInStage[], obtained: null as Obtained | null, abort };
  const conversation: Conversation = {
    id,
    request,
    definition,
    fetch,
    signal: abort.signal,
    get stage() {
      return seen.stages.at(-1) ?? attempt.value.stage;
    },
    show: (stage) => void seen.stages.push(stage),
    left: () => Promise.resolve(),
    work: (task) => task(),
    finish: (obtained) => {
      seen.obtained = obtained;
      return Promise.resolve();
    },
    fail: (failure) => {
      seen.stages.push({ stage: 'failed', error: failure });
      abort.abort();
    },
    expire: () => undefined,
  };
  await attempt.value.begin?.(conversation);
  return { ...seen, limitMs: attempt.value.limitMs, seen };
}
/** Second by second, so that what a timer begins is done before the next one. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('signing in with a code', () => {
  test('shows it, polls at the interval, and hands over what it gets', async () => {
    answers = [
      error('authorization_pending'),
      () => Response.json({ access_token: 'at', refresh_token: 'rt' }),
    ];
    const { seen, limitMs } = await signIn();
    expect(seen.stages[0]).toMatchObject({ stage: 'enter-code', userCode: 'ABCD', completeUrl: null });
    expect(limitMs).toBe(600_000);
    await pass(11);
    expect(polls).toEqual([5, 10]);
    expect(seen.obtained).toMatchObject({ grant: 'device-code', tokens: { refreshToken: 'rt' } });
    expect(opened).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  test('opens the browser where it is asked to', async () => {
    const { abort } = await signIn(true);
    expect(opened).toEqual(['https://auth.example/go']);
    abort.abort();
  });

  test('slows down by five seconds each time it is told to, and stays slow', async () => {
    answers = [error('slow_down'), error('slow_down'), error('authorization_pending')];
    const { abort } = await signIn();
    await pass(51);
    expect(polls).toEqual([5, 15, 30, 45]);
    abort.abort();
  });

  test('backs off while nobody answers, says why, and goes on as before afterwards', async () => {
    answers = [lost, lost, lost, error('authorization_pending')];
    const { seen, abort } = await signIn();
    await pass(81);
    expect(polls).toEqual([5, 15, 35, 75, 80]);
    const notices = seen.stages.map((stage) => (stage.stage === 'enter-code' ? stage.notice : null));
    expect(notices[0]).toBeNull();
    expect(notices[1]).toContain('Trying again.');
    // A repeated fault is no news, and neither is a poll without one.
    expect(notices).toHaveLength(3);
    expect(notices[2]).toBeNull();
    abort.abort();
  });

  test('does not give up before the code ends', async () => {
    answers = Array.from({ length: 50 }, () => lost);
    const { seen, abort } = await signIn();
    await pass(590);
    expect(polls.at(-1)).toBeGreaterThan(520);
    expect(seen.stages.at(-1)?.stage).toBe('enter-code');
    abort.abort();
  });

  test.each([
    ['access_denied', 'denied'],
    ['expired_token', 'timed-out'],
    ['invalid_client', 'misconfigured'],
    ['invalid_grant', 'failed'],
  ])('ends with %s', async (name, code) => {
    answers = [error(name)];
    const { seen } = await signIn();
    await pass(20);
    expect(polls).toEqual([5]);
    expect(seen.stages.at(-1)).toMatchObject({ stage: 'failed', error: { code } });
    expect(JSON.stringify(seen.stages)).not.toContain('canary');
  });

  test('says that the tokens were lost where the next poll finds the code used up', async () => {
    answers = [lost, error('invalid_grant')];
    const { seen } = await signIn();
    await pass(20);
    expect(polls).toEqual([5, 15]);
    expect(seen.stages.at(-1)).toMatchObject({
      stage: 'failed',
      error: {
        code: 'failed',
        message: expect.stringMatching(/was lost \(.*\), and the code .* only once/) as string,
      },
    });
  });

  test('asks no more once it was cancelled', async () => {
    const { abort } = await signIn();
    await pass(6);
    abort.abort();
    await pass(30);
    expect(polls).toEqual([5]);
    expect(clock.pendingTimers).toBe(0);
  });
});
