import { expect, it } from 'vitest';
import { gitSentence } from '../../../renderer/view/git-words.ts';
import { connectionId } from '../../fakes/window-data.ts';

const acme = { id: connectionId(1), name: 'acme' };
const beta = { id: connectionId(2), name: 'beta' };
const one = (
  connection: typeof acme | { id: typeof acme.id; name: null } | null,
  scope: 'global' | 'local' = 'global',
) => ({
  scope,
  connection,
});

it.each([
  [[], false, 'Clone, fetch and push at git.example:8443 with this connection, without a password.'],
  [[one(acme, 'local')], false, 'Git asks Tokentray for git.example:8443 in the repositories below.'],
  [[one(null)], false, 'Git asks Tokentray for git.example:8443, and gets this connection.'],
  [[one(null)], true, 'and gets the connection that fits the repository, else the active one.'],
  [[one(acme, 'local'), one(beta)], true, 'and gets “beta”, not this connection.'],
  [[one(acme)], true, 'and gets “acme”.'],
  [[one({ ...beta, name: null })], false, 'and gets “a connection that is gone”, not this connection.'],
] as const)('%j, several %j: %s', (installs, several, words) => {
  expect(gitSentence({ url: 'https://git.example:8443/scm', installs, connection: acme, several })).toContain(
    words,
  );
});
