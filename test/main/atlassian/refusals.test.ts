import { describe, expect, test } from 'vitest';
import { cureOf, justPasted, mostTelling, newGrant, type Situation } from '../../../main/atlassian/cures.ts';
import { refusalOf, type Refusal } from '../../../main/atlassian/refusals.ts';

const GATEWAY = 'https://api.atlassian.com/ex/confluence/c/wiki';
const SITE = 'https://acme.atlassian.net/rest/api/3/myself';
const V1 = `${GATEWAY}/rest/api/user/current`;
const V2 = `${GATEWAY}/api/v2/pages/7`;
const DATA_CENTER = 'https://jira.acme.example/jira/rest/api/2/myself';
const TOMCAT = '<html><head><title>Unauthorized (401)</title></head></html>';

const bitbucket = (required: string[], granted: string[]): string =>
  JSON.stringify({
    type: 'error',
    error: {
      message: 'Your credentials lack one or more required privilege scopes.',
      detail: { granted, required },
    },
  });
const notFound = (title: string): string =>
  JSON.stringify({ errors: [{ status: 404, code: 'NOT_FOUND', title, detail: null }] });

interface Row {
  what: string;
  url?: string;
  status: number;
  headers?: Record<string, string>;
  text?: string;
  refusal: Refusal;
}

const ROWS: Row[] = [
  {
    what: 'a missing scope by its category',
    status: 401,
    headers: { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' },
    refusal: { kind: 'scope-missing', required: [], granted: null },
  },
  {
    what: 'a missing scope by its text',
    status: 401,
    text: '{"code":401,"message":"Unauthorized; scope does not match"}',
    refusal: { kind: 'scope-missing', required: [], granted: null },
  },
  {
    what: 'a missing scope of RFC 6750',
    status: 403,
    headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="repo read:org"' },
    refusal: { kind: 'scope-missing', required: ['repo', 'read:org'], granted: null },
  },
  {
    what: 'a missing scope of Bitbucket, which tells both',
    status: 403,
    text: bitbucket(['read:user:bitbucket'], ['read:repository:bitbucket']),
    refusal: {
      kind: 'scope-missing',
      required: ['read:user:bitbucket'],
      granted: ['read:repository:bitbucket'],
    },
  },
  {
    what: 'scopes in an answer that are none',
    status: 403,
    text: bitbucket(['a b', '"; rm -rf /', 'x'.repeat(300)], []),
    refusal: { kind: 'scope-missing', required: [], granted: [] },
  },
  {
    what: 'an e-mail address of another account',
    status: 401,
    headers: { 'x-failure-category': 'FAILURE_CLIENT_AUTH_MISMATCH' },
    refusal: { kind: 'mismatch' },
  },
  { what: 'a dead credential', status: 401, text: '{}', refusal: { kind: 'unauthorized', form: 'plain' } },
  {
    what: 'a scoped token at the site',
    url: SITE,
    status: 401,
    text: TOMCAT,
    refusal: { kind: 'unauthorized', form: 'page' },
  },
  ...[
    'Request rejected because caller cannot access Confluence',
    'Current user not permitted to use Confluence',
  ].map((message) => ({
    what: `a dead credential as v1 tells it: ${message}`,
    url: V1,
    status: 403,
    text: JSON.stringify({ statusCode: 403, message }),
    refusal: { kind: 'unauthorized', form: 'disguised' } as const,
  })),
  {
    what: 'a dead credential as v2 tells it',
    url: V2,
    status: 404,
    text: notFound('Not Found'),
    refusal: { kind: 'unauthorized', form: 'disguised' },
  },
  {
    what: 'a page of v2 that is not there',
    url: V2,
    status: 404,
    text: notFound('Could not find content with id 7'),
    refusal: { kind: 'unusable', reason: 'api.atlassian.com answered with HTTP 404', status: 404 },
  },
  {
    what: 'the same words of another service',
    url: DATA_CENTER,
    status: 404,
    text: notFound('Not Found'),
    refusal: { kind: 'unusable', reason: 'jira.acme.example answered with HTTP 404', status: 404 },
  },
  {
    what: 'a call that was removed',
    status: 410,
    text: '{"message":"This deprecated endpoint has been removed"}',
    refusal: { kind: 'removed' },
  },
  { what: 'an account without access', status: 403, text: '{}', refusal: { kind: 'forbidden' } },
  {
    what: 'a CAPTCHA with its link',
    url: DATA_CENTER,
    status: 403,
    headers: {
      'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.acme.example/login.jsp',
    },
    refusal: { kind: 'captcha', loginUrl: 'https://jira.acme.example/login.jsp' },
  },
  {
    what: 'a CAPTCHA whose link is no address',
    url: DATA_CENTER,
    status: 401,
    headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=javascript:alert(1)' },
    refusal: { kind: 'captcha', loginUrl: null },
  },
  {
    what: 'a CAPTCHA by the reason of the login',
    url: DATA_CENTER,
    status: 403,
    headers: { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' },
    refusal: { kind: 'captcha', loginUrl: null },
  },
  {
    what: 'a wrong password, which is no CAPTCHA',
    url: DATA_CENTER,
    status: 401,
    headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    refusal: { kind: 'unauthorized', form: 'plain' },
  },
  {
    what: 'too many requests, in seconds',
    status: 429,
    headers: { 'retry-after': '7' },
    refusal: { kind: 'busy', waitMs: 7000 },
  },
  {
    what: 'too many requests, by a time of the server',
    status: 429,
    headers: { date: 'Sat, 28 Nov 2026 12:00:00 GMT', 'x-ratelimit-reset': '2026-11-28T12:00:09Z' },
    refusal: { kind: 'busy', waitMs: 9000 },
  },
  { what: 'too many requests, and no more', status: 429, refusal: { kind: 'busy', waitMs: null } },
  {
    what: 'a server that asks to wait',
    status: 503,
    headers: { 'retry-after': '1' },
    refusal: { kind: 'busy', waitMs: 1000 },
  },
  {
    what: 'a gateway that fails',
    status: 502,
    text: '<html>',
    refusal: { kind: 'unusable', reason: 'api.atlassian.com answered with HTTP 502', status: 502 },
  },
];

test.each(ROWS)('reads $what', ({ url = `${GATEWAY}/x`, status, headers = {}, text = '', refusal }) => {
  expect(refusalOf({ url, status, headers: new Headers(headers), text })).toEqual(refusal);
});

describe('cures', () => {
  const stored: Situation = {
    ...newGrant('Confluence'),
    credential: 'token',
    renew: 'Run `tokentray reconnect "acme"`.',
    codes: { over: 'needs-reconnect', forbidden: 'denied', odd: 'failed' },
    obtain: (scopes) => `Ask for ${scopes.join(' ')}.`,
    scopes: ['read:page:confluence'],
    successors: ['read:space:confluence'],
    elsewhere: true,
  };
  const over = (form: 'plain' | 'page' | 'disguised'): Refusal => ({ kind: 'unauthorized', form });

  test.each<[string, Refusal, Partial<Situation>, string, RegExp, RegExp]>([
    [
      'names what the definition says',
      { kind: 'scope-missing', required: [], granted: null },
      {},
      'missing-scope',
      /lacks the permission read:page:confluence\./,
      /Ask for read:page:confluence/,
    ],
    [
      'names what the service says',
      { kind: 'scope-missing', required: ['a', 'b'], granted: [] },
      {},
      'missing-scope',
      /lacks the permissions a, b\./,
      /Ask for a b/,
    ],
    ['a dead one', over('plain'), {}, 'needs-reconnect', /expired or was revoked/, /reconnect "acme"/],
    ['a disguised dead one', over('disguised'), {}, 'needs-reconnect', /expired or was revoked/, /reconnect/],
    [
      'no disguise: the rest works',
      over('disguised'),
      { works: true },
      'denied',
      /no access to Confluence/,
      /access/,
    ],
    ['a wrong address', over('page'), {}, 'needs-reconnect', /gateway/, /reconnect/],
    [
      'a page where there is one address',
      over('page'),
      { elsewhere: false },
      'needs-reconnect',
      /expired/,
      /./,
    ],
    ['another account', { kind: 'mismatch' }, {}, 'needs-reconnect', /e-mail address/, /created it/],
    ['no access', { kind: 'forbidden' }, {}, 'denied', /no access to Confluence/, /administrator/],
    ['a removed call', { kind: 'removed' }, {}, 'missing-scope', /410/, /Ask for read:space:confluence/],
    [
      'a removed call without successor',
      { kind: 'removed' },
      { successors: [] },
      'unsupported',
      /410/,
      /API/,
    ],
    [
      'a CAPTCHA',
      { kind: 'captcha', loginUrl: 'https://x.example/l' },
      {},
      'refused',
      /CAPTCHA/,
      /x\.example\/l/,
    ],
    ['a limit', { kind: 'busy', waitMs: 1500 }, {}, 'temporary', /wait 2 s/, /minutes/],
    [
      'the network',
      { kind: 'unreachable', reason: 'no route', cure: 'Check the network.' },
      {},
      'offline',
      /network problem: no route/,
      /./,
    ],
    ['the server', { kind: 'unusable', reason: 'HTTP 500', status: 500 }, {}, 'temporary', /temporary/, /./],
    [
      'a web page',
      { kind: 'unusable', reason: 'x sent a web page', status: 200 },
      {},
      'failed',
      /web page/,
      /./,
    ],
  ])('%s', (_, refusal, change, code, message, hint) => {
    const cure = cureOf(refusal, { ...stored, ...change });
    expect(cure.code).toBe(code);
    expect(cure.message).toMatch(message);
    expect(cure.hint).toMatch(hint);
  });

  test('differ by where the refusal was met', () => {
    expect(cureOf(over('plain'), newGrant('X'))).toMatchObject({ code: 'failed', hint: 'Sign in again.' });
    expect(cureOf(over('plain'), justPasted('X'))).toMatchObject({ code: 'denied' });
    expect(cureOf({ kind: 'unusable', reason: 'r', status: 404 }, justPasted('X')).code).toBe(
      'invalid-input',
    );
  });

  test('of several refusals, the one that says most', () => {
    const page = over('page');
    const mismatch: Refusal = { kind: 'mismatch' };
    const captcha: Refusal = { kind: 'captcha', loginUrl: null };
    expect(mostTelling([page, over('plain'), mismatch])).toBe(mismatch);
    expect(mostTelling([page, mismatch, captcha])).toBe(captcha);
    expect(mostTelling([])).toBeUndefined();
  });
});
