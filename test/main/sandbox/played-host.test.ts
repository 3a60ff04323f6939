import { expect, it } from 'vitest';
import { playedHost, realServiceAddress } from '../../../main/sandbox/played-host.ts';

const BASE = 'http://127.0.0.1:4000';

it.each([
  ['api.atlassian.com', { url: BASE, signsIn: false }],
  ['auth.atlassian.com', { url: BASE, signsIn: true }],
  ['acme.atlassian.net', { url: `${BASE}/sites/acme`, signsIn: false }],
  ['a.b.atlassian.net', null],
  ['atlassian.net', null],
  ['example.com', null],
])('plays %s', (host, place) => {
  expect(playedHost(BASE, host)).toEqual(place);
});

it.each([
  [`${BASE}/ex/jira/1`, 'https://api.atlassian.com/ex/jira/1'],
  [`${BASE}/sites/acme`, 'https://acme.atlassian.net'],
  [`${BASE}/sites/acme/wiki`, 'https://acme.atlassian.net/wiki'],
  ['http://127.0.0.1:40001/ex', null],
  ['https://example.com/', null],
])('%s is really %s', (address, real) => {
  expect(realServiceAddress(BASE, address)).toBe(real);
});
