import { expect, it } from 'vitest';
import { ConnectionId } from '../../../../contract/ids.ts';
import { findOpening, type Opening } from '../../../../main/gateway/proxy/find-opening.ts';
import type { ConnectionRecord } from '../../../../main/store/records.ts';

const connection = (name: string, digit: number) =>
  ({ id: ConnectionId.parse(`00000000-0000-4000-8000-00000000000${digit}`), name }) as ConnectionRecord;
const acme = connection('acme', 1);
const beta = connection('beta', 2);
const opening = (of: ConnectionRecord, api: string, url: string, root: string | null = null): Opening => ({
  ...{ connection: of, api, url: new URL(url), root },
});
const OPENINGS = [
  opening(acme, 'jira', 'https://api.example/ex/jira/1', 'rest'),
  opening(beta, 'jira', 'https://api.example/ex/jira/12', 'rest'),
  opening(acme, 'jira', 'https://acme.example', 'rest'),
  opening(acme, 'confluence', 'https://acme.example', 'wiki'),
  opening(acme, 'all', 'https://deep.example/a'),
  opening(beta, 'part', 'https://deep.example/a/b'),
  opening(acme, 'shared', 'https://shared.example'),
  opening(beta, 'shared', 'https://shared.example'),
];

it.each([
  ['https://api.example', '/ex/jira/1/rest', null, 'acme jira /rest'],
  ['https://api.example', '/ex/jira/12/rest', null, 'beta jira /rest'],
  ['https://api.example', '/ex/jira/1', null, 'acme jira /'],
  ['https://api.example', '/ex/jira/123/rest', null, 'none'],
  ['http://api.example', '/ex/jira/1/rest', null, 'none'],
  ['https://api.example:8443', '/ex/jira/1/rest', null, 'none'],
  ['https://api.example', '/ex/jira/1/rest', 'beta', 'none'],
  ['https://acme.example', '/wiki/x', null, 'acme confluence /wiki/x'],
  ['https://acme.example', '/%57iki/x', null, 'acme confluence /%57iki/x'],
  ['https://acme.example', '/secure/x', null, 'acme jira /secure/x'],
  ['https://deep.example', '/a/b/c', null, 'beta part /c'],
  ['https://deep.example', '/a/bc', null, 'acme all /bc'],
  ['https://shared.example', '/x', null, 'several: acme, beta'],
  ['https://shared.example', '/x', 'BETA', 'beta shared /x'],
  ['https://shared.example', '/x', acme.id, 'acme shared /x'],
])('%s%s for %s: %s', (origin, path, wanted, expected) => {
  const found = findOpening(OPENINGS, { origin, path }, wanted);
  const words =
    found.kind === 'none'
      ? 'none'
      : found.kind === 'several'
        ? `several: ${found.connections.map(({ name }) => name).join(', ')}`
        : `${found.opening.connection.name} ${found.opening.api} ${found.path}`;
  expect(words).toBe(expected);
});
