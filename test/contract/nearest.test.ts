import { expect, it } from 'vitest';
import { nearest } from '../../contract/nearest.ts';

it.each([
  ['gte', 'get'],
  ['lst', 'list'],
  ['LIST', 'list'],
  ['recnonect', 'reconnect'],
  ['reco', 'reconnect'],
  ['conect', 'connect'],
  ['x', null],
  ['frobnicate', null],
  ['', null],
])('takes %j for %j', (word, meant) => {
  expect(nearest(word, ['get', 'list', 'connect', 'reconnect', 'remove'])).toBe(meant);
});
