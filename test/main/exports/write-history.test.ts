import { expect, it } from 'vitest';
import type { EnvVariable } from '../../../contract/export.ts';
import { whatChanged, writtenFrom, type WriteTrigger } from '../../../main/exports/write-history.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { connection, OTHER_CONNECTION } from './sample.ts';

const variables = (token: string, site = 'acme'): EnvVariable[] => [
  { name: 'TOKEN', value: token, secret: true },
  { name: 'SITE', value: site, secret: false },
];
const BEFORE = writtenFrom(connection(), variables('one'), null);

it.each<[string, Partial<ConnectionRecord>, EnvVariable[], WriteTrigger, string, string[]]>([
  ['a refresh', { obtainedAt: 9 }, variables('two'), 'event', 'refreshed', ['TOKEN']],
  ['a new sign-in', { obtainedAt: 9, generation: 2 }, variables('two'), 'event', 'reconnected', ['TOKEN']],
  [
    'another connection',
    { id: OTHER_CONNECTION },
    variables('x', 'y'),
    'asked',
    'switched',
    ['TOKEN', 'SITE'],
  ],
  ['another site', {}, variables('one', 'beta'), 'event', 'updated', ['SITE']],
  ['a file that was edited', {}, variables('one'), 'event', 'restored', []],
  ['a person who asks', {}, variables('one'), 'asked', 'asked', []],
  ['other settings', {}, variables('one').slice(0, 1), 'changed', 'changed', ['SITE']],
])('a write after %s', (_, change, now, trigger, why, names) => {
  const from = writtenFrom(connection(change), now, BEFORE);
  expect(whatChanged(BEFORE, from, trigger)).toEqual({ why, variables: names });
});

it('keeps nothing that a value could be found out by', () => {
  const secret = 'token-of-ana-0123456789';
  expect(JSON.stringify(writtenFrom(connection(), variables(secret), null))).not.toContain(secret);
  expect(Object.values(BEFORE.digests).every((digest) => digest.length <= 6)).toBe(true);
  // The same value has another digest in another export.
  expect(writtenFrom(connection(), variables('one'), null).digests).not.toEqual(BEFORE.digests);
});
