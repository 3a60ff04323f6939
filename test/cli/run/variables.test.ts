import { expect, it } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import { environmentFrom } from '../../../cli/run/env-files.ts';
import { mergeVariables, prefixOf } from '../../../cli/run/variables.ts';

const set = (name: string, variables: Record<string, string>, id = name) => ({
  connection: { id: id as ConnectionId, name },
  variables: Object.entries(variables).map(([key, value]) => ({
    name: key,
    value,
    secret: key.endsWith('N'),
  })),
});
const merged = (...sets: Parameters<typeof mergeVariables>[0]) => {
  const { variables, ...rest } = mergeVariables(sets);
  return { ...rest, variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
};

it('gives those of one connection as they are, however often it is named', () => {
  expect(merged(set('acme', { TOKEN: 'a' }), set('acme', { TOKEN: 'a' }))).toEqual({
    variables: { TOKEN: 'a' },
    collisions: [],
    prefixes: [],
  });
});

it('adds those of several where none collide', () => {
  expect(merged(set('acme', { TOKEN: 'a' }), set('repos', { OTHER: 'r' }))).toEqual({
    variables: { TOKEN: 'a', OTHER: 'r' },
    collisions: [],
    prefixes: [],
  });
});

it('gives the plain names to the first, and to each that collides all of its own with a prefix', () => {
  const { variables, collisions, prefixes } = merged(
    set('acme', { TOKEN: 'a', SITE: 'sa' }),
    set('Beta – ana', { TOKEN: 'b', EMAIL: 'eb' }),
    set('repos', { OTHER: 'r' }),
  );
  expect(variables).toEqual({
    TOKEN: 'a',
    SITE: 'sa',
    EMAIL: 'eb',
    OTHER: 'r',
    ACME_TOKEN: 'a',
    ACME_SITE: 'sa',
    BETA_ANA_TOKEN: 'b',
    BETA_ANA_EMAIL: 'eb',
  });
  expect(collisions).toEqual(['TOKEN']);
  expect(prefixes.map(({ prefix }) => prefix)).toEqual(['ACME_', 'BETA_ANA_']);
});

it('keeps secrets secret under their other names', () => {
  const { variables } = mergeVariables([set('a', { TOKEN: '1' }), set('b', { TOKEN: '2' })]);
  expect(variables.map(({ name, secret }) => [name, secret])).toEqual([
    ['TOKEN', true],
    ['A_TOKEN', true],
    ['B_TOKEN', true],
  ]);
});

it('gives no two connections the same prefix', () => {
  const { variables } = merged(
    set('acme', { T: '1' }, '1'),
    set('Acme!', { T: '2' }, '2'),
    set('ACME', { T: '3' }, '3'),
  );
  expect(variables).toEqual({ T: '1', ACME_T: '1', ACME_2_T: '2', ACME_3_T: '3' });
});

it.each([
  ['acme', 'ACME_'],
  ['Ana’s Jira', 'ANA_S_JIRA_'],
  ['Straße Zürich', 'STRASSE_ZURICH_'],
  ['2nd', '_2ND_'],
  ['日本', 'CONNECTION_'],
  ['--', 'CONNECTION_'],
])('%s begins names with %s', (name, prefix) => {
  expect(prefixOf(name)).toBe(prefix);
});

const sources = {
  inherited: { A: 'inherited', B: 'inherited', C: 'inherited', D: 'inherited', E: 'inherited' },
  files: { B: 'file', C: 'file', E: 'file' },
  ours: [{ name: 'C', value: 'ours' }],
  removed: ['D', 'E'],
};

it('lets a file replace what is inherited, and ours replace both', () => {
  expect(environmentFrom('linux', sources, { filesWin: false })).toEqual({
    A: 'inherited',
    B: 'file',
    C: 'ours',
  });
});

it('lets a file win where it is asked for', () => {
  expect(environmentFrom('linux', sources, { filesWin: true })).toEqual({
    A: 'inherited',
    B: 'file',
    C: 'file',
    E: 'file',
  });
});

it('leaves no name that Windows takes for another', () => {
  const given = {
    inherited: { https_proxy: 'inherited', Path: 'kept', Pathext: 'gone' },
    files: { Https_Proxy: 'file', token: 'file' },
    ours: [{ name: 'HTTPS_PROXY', value: 'ours' }],
    removed: ['PATHEXT', 'TOKEN'],
  };
  expect(environmentFrom('win32', given, { filesWin: false })).toEqual({ Path: 'kept', HTTPS_PROXY: 'ours' });
  expect(environmentFrom('win32', given, { filesWin: true })).toEqual({
    Path: 'kept',
    Https_Proxy: 'file',
    token: 'file',
  });
});
