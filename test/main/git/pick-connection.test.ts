import { describe, expect, it } from 'vitest';
import { isAt } from '../../../main/git/candidates.ts';
import { howGitSends } from '../../../main/git/how-git-sends.ts';
import { pickConnection, type Preference } from '../../../main/git/pick-connection.ts';
import { asked, candidate, idOf } from './candidate.ts';

const ana = candidate({ id: idOf(1), name: 'acme' });
const ben = candidate({
  id: idOf(2),
  name: 'beta',
  account: { id: '42', name: 'Ben', email: 'ben.oort@acme.example', pictureUrl: null },
});
const nothing: Preference = { bound: null, isActive: () => false };
const active = (name: string): Preference => ({ ...nothing, isActive: (one) => one.name === name });

describe('isAt', () => {
  it.each([
    ['https://git.example', {}, true],
    ['https://git.example', { path: 'a/b.git' }, true],
    ['https://git.example/', { path: 'a/b.git' }, true],
    ['https://git.example/scm', {}, true],
    ['https://git.example/scm', { path: 'scm/a/b.git' }, true],
    ['https://git.example/scm', { path: 'scmx/a/b.git' }, false],
    ['https://git.example/scm', { path: 'other/a.git' }, false],
    ['https://git.example/scm', { path: 'scm/../other/a.git' }, false],
    ['https://git.example/scm', { path: 'scm/./a.git' }, false],
    ['https://git.example:8443', {}, false],
    ['https://git.example', { host: 'git.example:8443' }, false],
    ['https://git.example', { host: 'evil.git.example' }, false],
    // A token for https goes over https alone.
    ['https://git.example', { protocol: 'http:' }, false],
    ['http://127.0.0.1:80', { protocol: 'http:', host: '127.0.0.1' }, true],
  ])('%s with %j: %s', (address, change, expected) => {
    expect(isAt(address, asked(change))).toBe(expected);
  });
});

describe('pickConnection', () => {
  const named = (result: ReturnType<typeof pickConnection>) =>
    result.ok ? (result.value?.connection.name ?? null) : result.error.code;

  it.each([
    ['none', [], {}, nothing, null],
    ['the only one', [ana], {}, nothing, 'acme'],
    ['the only one, whatever name is in the address', [ana], { username: 'anakeller' }, nothing, 'acme'],
    ['several, with nothing to tell', [ana, ben], {}, nothing, 'ambiguous'],
    ['the active one', [ana, ben], {}, active('beta'), 'beta'],
    ['the one called like the workspace', [ana, ben], { path: 'Beta/x.git' }, active('acme'), 'beta'],
    [
      'the one of the folder',
      [ana, ben],
      { path: 'beta/x.git' },
      { ...active('beta'), bound: idOf(1) },
      'acme',
    ],
    ['a folder’s that is for elsewhere', [ana, ben], {}, { ...active('beta'), bound: idOf(9) }, 'beta'],
    ['by e-mail', [ana, ben], { username: 'BEN.OORT' }, { ...active('acme'), bound: idOf(1) }, 'beta'],
    ['by its own name', [ana, ben], { username: 'beta' }, active('acme'), 'beta'],
    ['by a name that nobody has', [ana, ben], { username: 'x-token' }, active('acme'), 'acme'],
  ] as const)('%s', (_, candidates, question, preference, expected) => {
    expect(named(pickConnection(candidates, asked(question), preference))).toBe(expected);
  });

  it('says between which it cannot choose, and how the person does', () => {
    const result = pickConnection([ana, ben], asked(), nothing);
    expect(result.ok || result.error).toMatchObject({
      message: 'Several connections open git at git.example: “acme”, “beta”.',
      hint: expect.stringContaining('tokentray git install <connection> --local') as string,
    });
  });

  it('gives nobody another person’s password', () => {
    const password = candidate({ sent: { as: 'basic', username: 'ana' } }, {});
    expect(named(pickConnection([password], asked({ username: 'ben' }), nothing))).toBeNull();
    expect(named(pickConnection([password], asked({ username: 'ana' }), nothing))).toBe('acme');
  });

  it('knows the workspace below a path of the host', () => {
    const deep = [ana, ben].map(({ connection }) =>
      candidate(connection, { url: 'https://git.example/scm' }),
    );
    expect(named(pickConnection(deep, asked({ path: 'scm/beta/x.git' }), active('acme')))).toBe('beta');
  });
});

describe('howGitSends', () => {
  const basic = { as: 'basic', username: 'ana' } as const;
  const bearer = { as: 'bearer' } as const;
  it.each([
    [
      'the name that the service has for tokens',
      bearer,
      { username: 'x-token' },
      {},
      { as: 'basic', username: 'x-token' },
    ],
    [
      'even where the API takes another',
      basic,
      { username: 'x-token' },
      {},
      { as: 'basic', username: 'x-token' },
    ],
    ['a password', basic, {}, {}, basic],
    ['a token, with a git that can', bearer, { asPassword: true }, { bearer: true }, 'bearer'],
    ['a token as password', bearer, { asPassword: true }, {}, 'of-the-person'],
    ['a token as password of who is named', bearer, { asPassword: true }, { username: 'ana' }, basic],
    ['a token that is no password', bearer, {}, { username: 'ana' }, 'not'],
    ['a header of its own', { as: 'header', name: 'x-key', prefix: '' }, {}, { bearer: true }, 'not'],
  ] as const)('%s', (_, sent, address, question, expected) => {
    expect(howGitSends(candidate({ sent }, address), asked(question))).toEqual(expected);
  });
});
