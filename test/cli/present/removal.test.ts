import { expect, test } from 'vitest';
import { removalLines } from '../../../cli/present/removal.ts';

const URL = 'https://id.example/secrets';

test.each([
  ['authorization-code', 'oauth2', 'not-asked', [`Revoke the grant: ${URL}`]],
  ['device-code', 'oauth2', 'failed', ['did not confirm', `Revoke the grant: ${URL}`]],
  ['authorization-code', 'oauth2', 'accepted', ['accepted the request', `See: ${URL}`]],
  ['client-credentials', 'oauth2', 'not-asked', ['client of the service account is still valid']],
  [
    null,
    'api-token',
    'unsupported',
    [`delete the API token at the provider. If it is still valid, delete it there: ${URL}`],
  ],
  [null, 'personal-access-token', 'not-asked', ['delete the personal access token']],
  [null, 'api-key', 'not-asked', ['delete the API key']],
  [null, 'basic', 'unsupported', []],
] as const)('%s %s, %s', (grant, method, revocation, expected) => {
  const lines = removalLines({ revocation, manageUrl: URL }, { grant, method });
  expect(lines).toHaveLength(expected.length);
  for (const [index, part] of expected.entries()) expect(lines[index]).toContain(part);
  // A secret that was pasted, and one that a service account has, are no grant.
  expect(lines.join('\n').includes('grant')).toBe(grant === 'authorization-code' || grant === 'device-code');
});
