import { describe, expect, it } from 'vitest';
import { ConnectionId, ProviderId } from '../../../../contract/ids.ts';
import type { SignInView } from '../../../../contract/sign-in.ts';
import { identify } from '../../../../main/atlassian/identify.ts';
import { fail, ok, type Result } from '../../../../main/lib/result.ts';
import atlassian from '../../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../../../main/providers/definition.ts';
import { onInstance } from '../../../../main/providers/instance.ts';
import type { SignedIn, SignInRequest } from '../../../../main/signin/ports.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { signInRequest, signInsWith } from '../../../fakes/sign-ins.ts';

const SECRET = 'ATATT3xcanary-secret';
const CLOUD = ProviderDefinition.parse(atlassian);
const HOSTED = ProviderDefinition.parse({
  id: 'hosted',
  name: 'Hosted',
  instance: { example: 'https://jira.example.com' },
  methods: [
    {
      method: 'personal-access-token',
      createUrl: '{instance}/tokens',
      ways: [{ as: 'bearer' }, { as: 'header', header: 'X-Token' }],
    },
  ],
  apis: [
    {
      id: 'jira',
      name: 'Jira',
      urls: { default: '{instance}' },
      whoAmI: { path: '/rest/api/2/myself', id: 'key', name: 'displayName' },
    },
  ],
  identity: { kind: 'apis' },
});

type Answer = Response | Error;

function setUp(definition: ProviderDefinition, answers: (address: URL, authorization: string) => Answer) {
  const saved: SignedIn[] = [];
  const asked: string[] = [];
  const clock = new FakeClock();
  const signIns = signInsWith({
    registry: { get: (_, instance = null) => ok(onInstance(definition, instance)) },
    clients: { choose: () => fail('not-found', 'none'), secret: () => ok(null) },
    clock,
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      const authorization = headers.get('authorization') ?? headers.get('x-token') ?? '';
      const [scheme] = authorization.split(' ');
      asked.push(`${authorization === '' ? '–' : (scheme ?? '')} ${String(url)}`);
      const answer = answers(new URL(String(url)), authorization);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    openUrl: () => Promise.resolve(fail('failed', 'a browser was opened')),
    identify,
    saveSignedIn: (signedIn) => {
      saved.push(signedIn);
      return Promise.resolve(ok(ConnectionId.parse('11111111-1111-4111-8111-111111111111')));
    },
  });
  const start = async (more: Partial<SignInRequest>): Promise<SignInView> =>
    view(await signIns.start(signInRequest(definition.id, more)));
  return { signIns, saved, asked, clock, start };
}

const view = (result: Result<SignInView>): SignInView => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const entering = ({ stage }: SignInView) => {
  if (stage.stage !== 'enter-secret') throw new Error(`at ${stage.stage}`);
  return stage;
};

const ANA = { accountId: 'a1', displayName: 'Ana', emailAddress: 'ana@acme.example' };
const unauthorized = (): Response => new Response('', { status: 401 });

describe('an API token of Atlassian Cloud', () => {
  const values = { site: 'acme', username: 'ana@acme.example', secret: SECRET };
  const start = { method: 'api-token' } as const;

  it('is asked for with site and e-mail, and says where to create one', async () => {
    const { start: begin } = setUp(CLOUD, unauthorized);
    const stage = entering(await begin({ ...start, site: 'acme', username: 'ana@acme.example' }));
    expect(stage.fields.map(({ name, kind, value, optional }) => [name, kind, value, optional])).toEqual([
      ['site', 'text', 'acme', false],
      ['username', 'email', 'ana@acme.example', false],
      ['secret', 'secret', null, false],
      ['expires', 'date', null, true],
    ]);
    expect(stage.createUrl).toBe('https://id.atlassian.com/manage-profile/security/api-tokens');
  });

  it('is tried at the site first, with the e-mail, and kept with what answered', async () => {
    const {
      signIns,
      saved,
      asked,
      start: begin,
    } = setUp(CLOUD, ({ pathname }, authorization) => {
      if (pathname === '/_edge/tenant_info') return Response.json({ cloudId: 'c1' });
      expect(authorization).toBe(`Basic ${Buffer.from(`ana@acme.example:${SECRET}`).toString('base64')}`);
      return pathname.startsWith('/wiki') ? unauthorized() : Response.json(ANA);
    });
    const { id } = await begin(start);
    const done = await signIns.answer(id, { ...values, secret: ` "${SECRET}"\n`, expires: '30d' });
    expect(view(done).stage.stage).toBe('done');
    expect(asked.every((line) => line.includes('https://acme.atlassian.net/'))).toBe(true);
    expect(asked[0]).toBe('– https://acme.atlassian.net/_edge/tenant_info');
    expect(saved).toMatchObject([
      {
        method: 'api-token',
        grant: null,
        client: null,
        sent: { as: 'basic', username: 'ana@acme.example' },
        route: 'site',
        account: { id: 'a1', name: 'Ana', email: 'ana@acme.example' },
        site: { cloudId: 'c1', url: 'https://acme.atlassian.net', products: ['jira'] },
        tokens: { accessToken: SECRET, refreshToken: null, expiresAt: expect.any(Number) as number },
      },
    ]);
  });

  it('with scopes is found at the gateway', async () => {
    const {
      signIns,
      saved,
      start: begin,
    } = setUp(CLOUD, ({ pathname, host }) => {
      if (pathname === '/_edge/tenant_info') return Response.json({ cloudId: 'c1' });
      return host === 'api.atlassian.com' ? Response.json(ANA) : unauthorized();
    });
    const { id } = await begin(start);
    expect(view(await signIns.answer(id, values)).stage.stage).toBe('done');
    expect(saved).toMatchObject([{ sent: { as: 'basic' }, route: 'default' }]);
  });

  it('that is refused stays to be corrected; nothing that was entered is lost but the secret', async () => {
    const { signIns, saved, start: begin } = setUp(CLOUD, unauthorized);
    const { id } = await begin(start);
    expect(await signIns.answer(id, values)).toMatchObject({ ok: false, error: { code: 'denied' } });
    const now = view(signIns.get(id));
    expect(entering(now)).toMatchObject({ error: { code: 'denied' } });
    expect(entering(now).fields.map(({ value }) => value)).toEqual(['acme', 'ana@acme.example', null, null]);
    expect(JSON.stringify(now)).not.toContain('canary');
    expect(saved).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['the network fails', new Error('canary'), 'offline'],
    [
      'a CAPTCHA is wanted',
      new Response('', {
        status: 403,
        headers: {
          'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://acme.example/login.jsp',
        },
      }),
      'refused',
    ],
    ['the server is down', new Response('<html>', { status: 503 }), 'temporary'],
  ])('is not tried in other ways while %s', async (_, answer, code) => {
    const {
      signIns,
      asked,
      start: begin,
    } = setUp(CLOUD, () => (answer instanceof Response ? answer.clone() : answer));
    const { id } = await begin(start);
    expect(await signIns.answer(id, values)).toMatchObject({ error: { code } });
    // The site's id, and one try of each product.
    expect(asked).toHaveLength(3);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no e-mail', { ...values, username: '' }, 'e-mail'],
    ['no site', { ...values, site: '' }, 'not the address'],
    ['a site in the clear', { ...values, site: 'http://acme.example' }, 'not encrypted'],
    ['a date that is over', { ...values, expires: '2020-01-01' }, 'over'],
    ['a key that cannot work', { ...values, secret: 'ATCTT3xcanary' }, 'organisation'],
  ])('is sent nowhere with %s', async (_, entered, saying) => {
    const { signIns, asked, start: begin } = setUp(CLOUD, unauthorized);
    const { id } = await begin(start);
    const refused = await signIns.answer(id, entered);
    expect(refused).toMatchObject({ error: { code: 'invalid-input' } });
    expect(JSON.stringify(refused)).toContain(saying);
    expect(JSON.stringify(refused)).not.toContain('canary');
    expect(asked).toEqual([]);
  });

  it('takes no answer twice, and none after it was cancelled', async () => {
    const { signIns, start: begin } = setUp(CLOUD, () => Response.json(ANA));
    const { id } = await begin(start);
    signIns.cancel(id);
    expect(await signIns.answer(id, values)).toMatchObject({ error: { code: 'conflict' } });
  });
});

describe('a token of a self-hosted product', () => {
  const URL_ = 'https://jira.acme.example/jira';

  it('is tried at its address in each way, and the first that works is kept', async () => {
    const { signIns, saved, asked, start } = setUp(HOSTED, (_, authorization) =>
      authorization === 'canary-pat' ? Response.json({ key: 'U1', displayName: 'Ana' }) : unauthorized(),
    );
    const { id, stage } = await start({ method: 'personal-access-token' });
    expect(stage).toMatchObject({ createUrl: null, fields: [{ name: 'url', kind: 'url' }, {}, {}] });
    const done = await signIns.answer(id, { url: `${URL_}/browse/A-1`, secret: 'canary-pat' });
    expect(view(done).stage.stage).toBe('done');
    expect(asked).toEqual([`Bearer ${URL_}/rest/api/2/myself`, `canary-pat ${URL_}/rest/api/2/myself`]);
    expect(saved).toMatchObject([
      {
        sent: { as: 'header', name: 'X-Token', prefix: '' },
        account: { id: 'U1', name: 'Ana' },
        site: { cloudId: null, name: 'jira.acme.example/jira', url: URL_, products: ['jira'] },
      },
    ]);
  });

  it('says where to create it once its address is known', async () => {
    const { start } = setUp(HOSTED, unauthorized);
    const { stage } = await start({ method: 'personal-access-token', url: URL_ });
    expect(stage).toMatchObject({ createUrl: `${URL_}/tokens`, fields: [{ value: URL_ }, {}, {}] });
  });

  it('of a service that does not say who somebody is, is taken unseen', async () => {
    const silent = ProviderDefinition.parse({
      id: 'silent',
      name: 'Silent',
      methods: [{ method: 'api-key', ways: [{ as: 'bearer' }], expiry: 'none' }],
    });
    const { signIns, saved, asked, start } = setUp(silent, unauthorized);
    const { id, stage } = await start({ method: 'api-key' });
    expect(stage).toMatchObject({ fields: [{ name: 'secret' }] });
    expect(view(await signIns.answer(id, { secret: 'canary-key' })).stage.stage).toBe('done');
    expect(asked).toEqual([]);
    expect(saved).toMatchObject([{ provider: ProviderId.parse('silent'), site: null, sites: [] }]);
  });
});
