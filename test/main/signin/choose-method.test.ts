import { expect, it } from 'vitest';
import type { OAuthGrant, SignInMethod } from '../../../contract/connection.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { chooseMethod } from '../../../main/signin/choose-method.ts';
import type { Method } from '../../../main/signin/method.ts';

const oauth2 = {
  method: 'oauth2',
  grants: ['authorization-code', 'client-credentials', 'device-code'],
  authorizationUrl: 'https://id.example/authorize',
  tokenUrl: 'https://id.example/token',
  deviceAuthorizationUrl: 'https://id.example/device',
};
const apiToken = { method: 'api-token', ways: [{ as: 'bearer' }] };
const define = (...methods: object[]) =>
  ProviderDefinition.parse({ id: 'example', name: 'Example', methods });

const object = (methods: SignInMethod[], grant: OAuthGrant | null): Method => ({
  methods,
  grant,
  prepare: () => Promise.reject(new Error('not asked for')),
});
const CODE = object(['oauth2'], 'authorization-code');
const MACHINE = object(['oauth2'], 'client-credentials');
const PASTED = object(['api-token', 'personal-access-token'], null);

it.each<[string, object[], SignInMethod | null, OAuthGrant | null, Method | string]>([
  ['the first of the definition', [oauth2, apiToken], null, null, CODE],
  ['the first, whichever it is', [apiToken, oauth2], null, null, PASTED],
  ['what is asked for', [oauth2, apiToken], 'api-token', null, PASTED],
  ['the grant that is asked for', [oauth2], 'oauth2', 'client-credentials', MACHINE],
  ['OAuth where only a grant is asked for', [apiToken, oauth2], null, 'client-credentials', MACHINE],
  ['no grant for a pasted secret', [oauth2, apiToken], 'api-token', 'client-credentials', PASTED],
  ['nothing that the provider lacks', [oauth2], 'api-token', null, 'Use one of these methods: oauth2.'],
  ['no OAuth where there is none', [apiToken], null, 'device-code', 'Use one of these methods: api-token.'],
  [
    'no grant that the provider lacks',
    [{ ...oauth2, grants: ['authorization-code'] }],
    null,
    'client-credentials',
    'Use one of these grants: authorization-code.',
  ],
  ['nothing that nobody has built', [oauth2], null, 'device-code', 'cannot connect with device-code yet'],
])('is %s', (_, methods, method, grant, expected) => {
  const chosen = chooseMethod([CODE, MACHINE, PASTED], define(...methods), { method, grant });
  if (typeof expected === 'string') {
    expect(chosen).toMatchObject({ error: { code: 'unsupported' } });
    expect(JSON.stringify(chosen)).toContain(expected);
  } else {
    expect(chosen).toMatchObject({ ok: true, value: { request: { grant: expected.grant } } });
    expect(chosen.ok && chosen.value.method).toBe(expected);
  }
});
