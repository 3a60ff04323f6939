import { describe, expect, it } from 'vitest';
import { admit, type Admission, type RequestFacts } from '../../../../main/hosts/browser/admission.ts';

const OWN = new Set(['127.0.0.1:4000', 'localhost:4000']);

const call: RequestFacts = {
  method: 'POST',
  path: '/v1/status',
  underBasePath: true,
  host: '127.0.0.1:4000',
  origin: 'http://127.0.0.1:4000',
  fetchSite: 'same-origin',
  hasOwnHeader: true,
  hasSession: true,
};

const cases: [string, Partial<RequestFacts>, Admission][] = [
  ['a call of our page', {}, 'api'],
  ['the same under localhost', { host: 'localhost:4000', origin: 'http://localhost:4000' }, 'api'],
  ['a call without a session', { hasSession: false }, 'unauthorized'],
  ['a call without the mark', { hasOwnHeader: false }, 'forbidden'],
  ['a call from another origin', { origin: 'https://evil.example' }, 'forbidden'],
  ['a call from another port of this machine', { origin: 'http://127.0.0.1:5000' }, 'forbidden'],
  ['a call from an opaque origin', { origin: 'null' }, 'forbidden'],
  ['a call from another site', { fetchSite: 'cross-site' }, 'forbidden'],
  ['a call from the same site, not the same origin', { fetchSite: 'same-site' }, 'forbidden'],
  ['a rebound name', { host: 'evil.example:4000' }, 'forbidden'],
  ['no host at all', { host: undefined }, 'forbidden'],
  ['another port in the host', { host: '127.0.0.1:4001' }, 'forbidden'],
  ['the event stream', { method: 'GET', path: '/v1/events', hasOwnHeader: false, origin: undefined }, 'api'],
  [
    'the event stream without a session',
    { method: 'GET', path: '/v1/events', hasSession: false },
    'unauthorized',
  ],
  ['the page', { method: 'GET', path: '/', hasOwnHeader: false, origin: undefined }, 'page'],
  ['the page without a session', { method: 'GET', path: '/', hasSession: false }, 'unauthorized'],
  ['a script without a session', { method: 'GET', path: '/assets/a.js', hasSession: false }, 'unauthorized'],
  ['a script', { method: 'GET', path: '/assets/a.js' }, 'asset'],
  ['a call outside the secret path', { underBasePath: false }, 'unauthorized'],
  ['the page outside the secret path', { method: 'GET', path: '/', underBasePath: false }, 'unauthorized'],
  [
    'a link',
    { method: 'GET', path: '/open/abc', underBasePath: false, hasSession: false, fetchSite: 'none' },
    'link',
  ],
  [
    'a link that is only probed',
    { method: 'HEAD', path: '/open/abc', underBasePath: false, hasSession: false },
    'not-found',
  ],
  [
    'a link under a rebound name',
    { method: 'GET', path: '/open/abc', underBasePath: false, host: 'evil.example' },
    'forbidden',
  ],
  ['a page that comes back', { underBasePath: false, path: '/resume', hasSession: false }, 'resume'],
  [
    'the same without the mark',
    { underBasePath: false, path: '/resume', hasSession: false, hasOwnHeader: false },
    'unauthorized',
  ],
  [
    'the same from another port of this machine',
    { underBasePath: false, path: '/resume', hasSession: false, origin: 'http://127.0.0.1:5000' },
    'unauthorized',
  ],
  [
    'the same from the same site, not the same origin',
    { underBasePath: false, path: '/resume', hasSession: false, fetchSite: 'same-site' },
    'unauthorized',
  ],
  [
    'the same under a rebound name',
    { underBasePath: false, path: '/resume', hasSession: false, host: 'evil.example' },
    'forbidden',
  ],
  ['the same, only read', { underBasePath: false, path: '/resume', method: 'GET' }, 'unauthorized'],
  ['a post to a page', { path: '/' }, 'not-found'],
];

describe('admit', () => {
  it.each(cases)('judges %s', (_, change, expected) => {
    expect(admit({ ...call, ...change }, OWN)).toBe(expected);
  });
});
