import { expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { checkClient, noClient } from '../../../main/providers/oauth-client-input.ts';

const definitionOf = (id: string) => {
  const found = BUNDLED_DEFINITIONS.find((definition) => definition.id === id);
  if (!found) throw new Error(`${id} is not bundled`);
  return found;
};

test.each([
  ['spotify', 'http://localhost:7979/callback', false],
  ['spotify', 'http://127.0.0.1:8888/callback', true],
  ['spotify', 'http://[::1]:8888/callback', true],
  ['slack', 'http://127.0.0.1:7979/callback', false],
  ['slack', 'http://localhost:7979/callback', true],
  ['github', 'http://localhost:7979/callback', true],
])('%s with the redirect URI %s', (id, redirectUri, ok) => {
  const checked = checkClient({ clientId: 'abc', redirectUri }, definitionOf(id));
  expect(checked.ok).toBe(ok);
  if (!checked.ok) expect(checked.error.hint).toContain(id === 'slack' ? 'localhost' : '127.0.0.1 or [::1]');
});

test('where to register is left out while nobody has named the server', () => {
  const missing = noClient(definitionOf('jira-data-center'));
  expect(missing).toMatchObject({
    ok: false,
    error: { hint: expect.not.stringContaining('{instance}') as string },
  });
});
