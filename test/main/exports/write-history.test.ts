import { expect, it } from 'vitest';
import type { EnvVariable } from '../../../contract/export.ts';
import { whatChanged, writtenFrom, type WriteTrigger } from '../../../main/exports/write-history.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { connection, OTHER_CONNECTION } from './sample.ts';

const variables = (token: string, site = 'acme'): EnvVariable[] => [
  { name: 'TOKEN', value: token, secret: true },
  { name: 'SITE', value: site, secret: false },
];
const rendered = (list: EnvVariable[], text = JSON.stringify(list)) => ({
  variables: list,
  text,
  expiresAt: null,
});
const BEFORE = writtenFrom(connection(), rendered(variables('one')), null);

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
  const from = writtenFrom(connection(change), rendered(now), BEFORE);
  expect(whatChanged(BEFORE, from, trigger)).toEqual({ why, variables: names });
});

it('tells a template that gives another text from a file that was edited', () => {
  const before = writtenFrom(connection(), rendered([], 'site: acme'), null);
  const reason = (text: string) =>
    whatChanged(before, writtenFrom(connection(), rendered([], text), before), 'event').why;
  expect([reason('site: beta'), reason('site: acme')]).toEqual(['updated', 'restored']);
  // As older versions stored it.
  const { text: _, ...unknown } = before;
  expect(whatChanged(unknown, before, 'event').why).toBe('restored');
});

it('keeps nothing that a value could be found out by', () => {
  const secret = 'token-of-ana-0123456789';
  expect(JSON.stringify(writtenFrom(connection(), rendered(variables(secret)), null))).not.toContain(secret);
  expect(Object.values(BEFORE.digests).every((digest) => digest.length <= 6)).toBe(true);
  // The same value has another digest in another export.
  expect(writtenFrom(connection(), rendered(variables('one')), null).digests).not.toEqual(BEFORE.digests);
});
