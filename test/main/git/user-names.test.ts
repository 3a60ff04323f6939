import { expect, it } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import { credentialsOf, type Credentials } from '../../../main/credentials/access.ts';
import { createUserNames } from '../../../main/git/user-names.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import type { ProviderRegistry } from '../../../main/providers/ports.ts';
import { record } from '../connections/sample.ts';

const registry: Pick<ProviderRegistry, 'get'> = {
  get: (id, instance = null) =>
    ok(
      onInstance(
        BUNDLED_DEFINITIONS.find((each) => each.id === id)!,
        instance,
      ),
    ),
};
const site = { cloudId: null, name: 'x', url: 'https://git.example', products: [] };
const credentials = (provider = 'bitbucket-data-center', generation = 1): Credentials =>
  credentialsOf(
    record({ provider: ProviderId.parse(provider), site, generation }),
    registry,
    'the-token',
    null,
  );

const asked: string[] = [];
const answering = (...answers: readonly [status: number, body: string][]) => {
  let next = 0;
  asked.length = 0;
  const fetch: Fetch = (url, init) => {
    asked.push(`${url} ${new Headers(init?.headers).get('authorization') ?? ''}`);
    const [status, body] = answers[next++] ?? [500, ''];
    return Promise.resolve({
      ok: status === 200,
      status,
      headers: new Headers(),
      text: () => Promise.resolve(body),
    } as never);
  };
  return createUserNames(registry, fetch);
};

it('asks the service once for each sign-in', async () => {
  const names = answering([200, 'ana'], [200, 'ben']);
  expect(await names(credentials())).toEqual(ok('ana'));
  expect(await names(credentials())).toEqual(ok('ana'));
  expect(asked).toEqual(['https://git.example/plugins/servlet/applinks/whoami Bearer the-token']);
  expect(await names(credentials('bitbucket-data-center', 2))).toEqual(ok('ben'));
});

it.each([
  ['a token that is over', [401, ''], 'needs-reconnect', 'tokentray reconnect'],
  ['nobody', [200, ''], 'needs-reconnect', 'tokentray reconnect'],
  ['a service that is down', [503, ''], 'temporary', 'https://NAME@host/'],
] as const)('says what to do about %s, and asks again', async (_, answer, code, hint) => {
  const names = answering([...answer], [200, 'ana']);
  expect(await names(credentials())).toMatchObject({
    error: { code, hint: expect.stringContaining(hint) as string },
  });
  expect(await names(credentials())).toEqual(ok('ana'));
});

it('asks no service that does not say', async () => {
  expect(await answering()(credentials('bitbucket'))).toMatchObject({ error: { code: 'unsupported' } });
  expect(asked).toEqual([]);
});
