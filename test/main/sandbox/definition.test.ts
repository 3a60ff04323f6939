import { expect, test } from 'vitest';
import { sandboxDefinition } from '../../../main/sandbox/definition.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

test('every address that is ever called is the stand-in’s, and the app is shipped', () => {
  const definition = sandboxDefinition('http://127.0.0.1:4000');
  const { id, identity, apis } = definition;
  const oauth2 = oauth2In(definition);
  expect(id).toBe('atlassian');
  const called = [
    oauth2.authorizationUrl,
    oauth2.tokenUrl,
    oauth2.revocationUrl,
    ...Object.values(identity).flat(),
    ...apis.map(({ urls }) => urls['default']),
  ];
  expect(called.filter((address) => address?.startsWith('https:'))).toEqual([]);
  expect(oauth2.client?.clientSecret).toBeDefined();
  expect(oauth2.defaultRedirectUri).toBe('http://127.0.0.1:7979/callback');
  expect(oauth2.refresh).toMatchObject({ reuseWindowSeconds: 600, idleLifetimeSeconds: 90 * 86_400 });
});
