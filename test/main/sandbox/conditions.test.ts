import { expect, test } from 'vitest';
import { fairConditions, rudeReply, takeRude, type RudePlace } from '../../../main/sandbox/conditions.ts';

test('rude answers are used up in the order they came, each at its place', () => {
  const conditions = fairConditions(3600);
  const add = (kind: '500' | '503' | 'empty', place: RudePlace, times: number): void => {
    conditions.rude.push({ kind, place, times });
  };
  add('500', 'api', 1);
  add('503', 'any', 2);
  add('empty', 'token', 1);
  const taken = (['token', 'api', 'api', 'token', 'token', 'api'] as const).map((place) =>
    takeRude(conditions, place),
  );
  expect(taken).toEqual(['503', '500', '503', 'empty', null, null]);
});

test('429 says when to come back, as Atlassian does', () => {
  expect(rudeReply('429', 'http://127.0.0.1:1', 0)).toMatchObject({
    status: 429,
    headers: { 'retry-after': '2', 'x-ratelimit-reset': '1970-01-01T00:00:02.000Z' },
  });
});

test('a redirect stays on this machine', () => {
  expect(rudeReply('redirect', 'http://127.0.0.1:1', 0)).toMatchObject({
    headers: { location: 'http://127.0.0.1:1/' },
  });
});
