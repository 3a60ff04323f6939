import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideCallback,
  type CallbackRequest,
  type ExpectedCallback,
} from '../../../main/signin/callback-request.ts';
import { readPastedCallback } from '../../../main/signin/pasted-callback.ts';

const REDIRECT = 'http://127.0.0.1:7979/callback';
const STATE = 'good-state';

const flow = (more: Partial<ExpectedCallback<string>> = {}): ExpectedCallback<string> => ({
  id: 'flow',
  redirectUri: REDIRECT,
  state: STATE,
  issuer: 'https://id.example',
  answered: false,
  landing: 'landing-1',
  ...more,
});

const request = (more: Partial<CallbackRequest> = {}): CallbackRequest => ({
  method: 'GET',
  target: `/callback?code=c&state=${STATE}`,
  host: '127.0.0.1:7979',
  origin: null,
  ...more,
});

const decide = (more: Partial<CallbackRequest>, flows = [flow()]) => decideCallback(request(more), flows);

describe('a callback is accepted', () => {
  test.each<[string, Partial<CallbackRequest>, object]>([
    ['with a code', {}, { code: 'c' }],
    [
      'with the right issuer',
      { target: `/callback?code=c&state=${STATE}&iss=https://id.example` },
      { code: 'c' },
    ],
    ['with unknown parameters', { target: `/callback?x=1&state=${STATE}&code=a%2Fb` }, { code: 'a/b' }],
    ['from a page of our own', { origin: 'http://127.0.0.1:7979' }, { code: 'c' }],
    [
      'with an error',
      { target: `/callback?error=access_denied&error_description=no&state=${STATE}` },
      { error: 'access_denied', description: 'no' },
    ],
  ])('%s', (_, more, answer) => {
    expect(decide(more)).toEqual({ kind: 'accept', id: 'flow', answer, landing: 'landing-1' });
  });

  test('only with its issuer where the server says that it names it', () => {
    const flows = [flow({ issuerRequired: true })];
    const target = `/callback?code=c&state=${STATE}`;
    expect(decide({ target }, flows).kind).toBe('page');
    expect(decide({ target: `${target}&iss=https://evil.example` }, flows).kind).toBe('page');
    expect(decide({ target: `${target}&iss=https://id.example&iss=https://id.example` }, flows).kind).toBe(
      'page',
    );
    expect(decide({ target: `${target}&iss=https://id.example` }, flows).kind).toBe('accept');
  });

  test('for the sign-in whose state it carries', () => {
    const flows = [flow(), flow({ id: 'second', state: 'second-state' })];
    expect(decide({ target: '/callback?code=c&state=second-state' }, flows)).toMatchObject({ id: 'second' });
  });

  test('on localhost whatever its case, where that is registered', () => {
    const flows = [flow({ redirectUri: 'http://localhost:7979/callback' })];
    expect(decide({ host: 'LocalHost:7979' }, flows).kind).toBe('accept');
    expect(decide({}, flows).kind).toBe('page');
  });

  test('without a port in Host for port 80', () => {
    expect(decide({ host: '127.0.0.1' }, [flow({ redirectUri: 'http://127.0.0.1/callback' })]).kind).toBe(
      'accept',
    );
  });
});

describe('a request is answered and ignored', () => {
  const q = (query: string): Partial<CallbackRequest> => ({ target: `/callback?${query}` });

  test.each<[string, Partial<CallbackRequest>, number]>([
    ['another state', q('code=c&state=wrong'), 400],
    ['a longer state', q(`code=c&state=${STATE}x`), 400],
    ['no state', q('code=c'), 400],
    ['an empty state', q('code=c&state='), 400],
    ['two states', q(`code=c&state=${STATE}&state=${STATE}`), 400],
    ['two codes', q(`code=c&code=d&state=${STATE}`), 400],
    ['code and error', q(`code=c&error=e&state=${STATE}`), 400],
    ['neither code nor error', q(`state=${STATE}`), 400],
    ['an empty code', q(`code=&state=${STATE}`), 400],
    ['a code with a line break', q(`code=a%0d%0ab&state=${STATE}`), 400],
    ['a forged error', q('error=access_denied&state=wrong'), 400],
    ['an error without state', q('error=access_denied'), 400],
    ['an error that is markup', q(`error=%22%3Cscript%3E&state=${STATE}`), 400],
    ['another issuer', q(`code=c&state=${STATE}&iss=https://evil.example`), 400],
    ['two issuers', q(`code=c&state=${STATE}&iss=https://id.example&iss=https://evil.example`), 400],
    ['POST', { method: 'POST' }, 405],
    ['OPTIONS', { method: 'OPTIONS' }, 405],
    ['HEAD', { method: 'HEAD' }, 405],
    ['another path', { target: `/?code=c&state=${STATE}` }, 404],
    ['a slash more', { target: `/callback/?code=c&state=${STATE}` }, 404],
    ['another case', { target: `/Callback?code=c&state=${STATE}` }, 404],
    ['an encoded path', { target: `/%63allback?code=c&state=${STATE}` }, 404],
    ['dots in the path', { target: `/x/../callback?code=c&state=${STATE}` }, 404],
    ['an absolute target', { target: `http://127.0.0.1:7979/callback?code=c&state=${STATE}` }, 404],
    ['a favicon', { target: '/favicon.ico' }, 404],
    ['another Host', { host: 'evil.example' }, 400],
    ['a rebound name', { host: '127.0.0.1.evil.example:7979' }, 400],
    ['another port in Host', { host: '127.0.0.1:80' }, 400],
    ['localhost in Host', { host: 'localhost:7979' }, 400],
    ['no Host', { host: null }, 400],
    ['two Hosts', { host: undefined }, 400],
    ['another Origin', { origin: 'https://evil.example' }, 400],
    ['a null Origin', { origin: 'null' }, 400],
  ])('with %s', (_, more, status) => {
    expect(decide(more)).toEqual({ kind: 'page', status, page: 'wrong' });
  });

  test('when it comes again', () => {
    expect(decide({}, [flow({ answered: true })])).toEqual({ kind: 'page', status: 400, page: 'used' });
    expect(decide({ target: '/callback?code=c&state=x' }, [flow({ answered: true })])).toMatchObject({
      page: 'wrong',
    });
  });

  test('when nothing is under way', () => {
    expect(decide({}, [])).toMatchObject({ kind: 'page', status: 400 });
  });

  test.each([['cancelled'], ['too-late']] as const)('when its sign-in was %s, with the reason', (over) => {
    expect(decide({}, [flow({ answered: true, over })])).toEqual({ kind: 'page', status: 400, page: over });
  });

  test('but for the page that its answer led to', () => {
    const target = '/tokentray/sign-in/landing-1';
    const flows = [flow({ answered: true }), flow({ id: 'second', landing: 'landing-2' })];
    expect(decide({ target }, flows)).toEqual({ kind: 'landing', id: 'flow', again: false });
    expect(decide({ target: `${target.slice(0, -1)}2?again` }, flows)).toEqual({
      kind: 'landing',
      id: 'second',
      again: true,
    });
    for (const other of [
      '/tokentray/sign-in/',
      '/tokentray/sign-in/landing-3',
      '/tokentray/sign-in/LANDING-1',
    ])
      expect(decide({ target: other }, flows)).toMatchObject({ kind: 'page', status: 404 });
    expect(decide({ target, host: 'evil.example' }, flows)).toMatchObject({ status: 400 });
  });

  test('whatever it is made of, unless it carries the state', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.option(fc.string()),
        fc.string(),
        (method, target, host, query) => {
          fc.pre(!target.includes(STATE) && !query.includes(STATE));
          for (const more of [{ method, target, host }, { target }, { target: `/callback?${query}` }])
            expect(decide(more).kind).toBe('page');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a pasted callback address', () => {
  test.each([
    `${REDIRECT}?code=c&state=${STATE}`,
    `  ${REDIRECT}?code=c&state=${STATE}#\n`,
    `127.0.0.1:7979/callback?code=c&state=${STATE}`,
  ])('is read: %j', (text) => {
    expect(readPastedCallback(text, flow())).toEqual({ ok: true, value: { code: 'c' } });
  });

  test('may carry an error', () => {
    expect(readPastedCallback(`${REDIRECT}?error=access_denied&state=${STATE}`, flow())).toMatchObject({
      value: { error: 'access_denied' },
    });
  });

  test.each([
    ['c', 'not an address'],
    ['', 'not an address'],
    [`https://127.0.0.1:7979/callback?code=c&state=${STATE}`, 'not the callback address'],
    [`http://localhost:7979/callback?code=c&state=${STATE}`, 'not the callback address'],
    [`http://127.0.0.1:7979/other?code=c&state=${STATE}`, 'not the callback address'],
    ['https://auth.atlassian.com/authorize?state=x', 'not the callback address'],
    [`${REDIRECT}?code=canary&state=other`, 'belongs to another sign-in'],
    [`${REDIRECT}?code=canary`, 'belongs to another sign-in'],
    [`${REDIRECT}?state=${STATE}`, 'no usable answer'],
    [`${REDIRECT}?code=canary&state=${STATE}&iss=https://evil.example`, 'no usable answer'],
  ])('is refused and says why: %j', (text, why) => {
    const refused = readPastedCallback(text, flow());
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(JSON.stringify(refused)).toContain(why);
    expect(JSON.stringify(refused)).not.toContain('canary');
  });
});
