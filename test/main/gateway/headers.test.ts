import { describe, expect, it } from 'vitest';
import { answerHeaders } from '../../../main/gateway/relay/answer-headers.ts';
import { requestHeaders } from '../../../main/gateway/relay/request-headers.ts';
import { rewriteAddress, rewriteLinks } from '../../../main/gateway/relay/rewrite-links.ts';
import { sentKey } from '../../../main/gateway/sent-key.ts';

const credential = { name: 'authorization', value: 'Bearer secret' };
const sent = (raw: string[], more: Partial<Parameters<typeof requestHeaders>[1]> = {}): string[] =>
  requestHeaders(raw, { host: 'up.example', credential, framing: null, method: 'GET', ...more });
const OURS = ['Host', 'up.example', 'authorization', 'Bearer secret'];

describe('headers to an upstream', () => {
  it.each([
    'Connection',
    'KEEP-ALIVE',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Host',
    'Content-Length',
    'Authorization',
    'Cookie',
    'Origin',
    'Referer',
    'Forwarded',
    'X-Forwarded-For',
    'x-forwarded-host',
    'Proxy-Authorization',
    'Proxy-Connection',
    'X-Tokentray-Key',
    'X-HTTP-Method-Override',
    'X-HTTP-Method',
    'X-Method-Override',
    'X-Original-URL',
    'X-Rewrite-URL',
    'X_HTTP_Method_Override',
    'Sec-Fetch-Mode',
  ])('%s is not sent on', (name) => {
    expect(sent([name, 'x'])).toEqual(OURS);
  });

  it('keeps everything else as it came, in its order', () => {
    const kept = ['X-Atlassian-Token', 'no-check', 'accept', 'a', 'Accept', 'b', 'Range', 'bytes=0-1'];
    expect(sent(kept)).toEqual(['Host', 'up.example', ...kept, 'authorization', 'Bearer secret']);
  });

  it('drops whatever Connection names', () => {
    expect(sent(['X-A', '1', 'connection', 'close, X-a', 'X-B', '2', 'Connection', 'x-b'])).toEqual(OURS);
  });

  it('drops what would stand beside the credential', () => {
    const keys = { name: 'x-key', value: 's', also: [{ name: 'x-app', value: 't' }] };
    expect(sent(['X-KEY', 'mine', 'X-App', 'mine'], { credential: keys })).toEqual([
      'Host',
      'up.example',
      'x-key',
      's',
      'x-app',
      't',
    ]);
  });

  it.each([
    ['GET', null, []],
    ['POST', null, ['Content-Length', '0']],
    ['POST', 5, ['Content-Length', '5']],
    ['DELETE', 'chunked', ['Transfer-Encoding', 'chunked']],
  ] as const)('%s with %s: %j', (method, framing, headers) => {
    expect(sent([], { method, framing })).toEqual(['Host', 'up.example', ...headers, ...OURS.slice(2)]);
  });
});

const base = {
  upstream: new URL('https://up.example/ex/jira/1'),
  askedPath: '/ex/jira/1/rest/api/x?y=z',
  publicUrl: 'http://127.0.0.1:7980/acme/jira',
};

describe('headers from an upstream', () => {
  it.each([
    'Set-Cookie',
    'WWW-Authenticate',
    'Clear-Site-Data',
    'Alt-Svc',
    'Strict-Transport-Security',
    'Access-Control-Allow-Origin',
    'Proxy-Authenticate',
    'Keep-Alive',
    'Transfer-Encoding',
    'Trailer',
    'Refresh',
  ])('%s is not passed back', (name) => {
    expect(answerHeaders([name, 'x', 'ETag', 'y'], base)).toEqual({ headers: ['ETag', 'y'], ofRates: false });
  });

  it.each(['Retry-After', 'X-RateLimit-Remaining', 'RateLimit-Reason'])('%s is noticed', (name) => {
    expect(answerHeaders([name, '1'], base)).toEqual({ headers: [name, '1'], ofRates: true });
  });

  it('stays as it is without a base', () => {
    const raw = ['Location', 'https://up.example/ex/jira/1/x'];
    expect(answerHeaders(raw, null).headers).toEqual(raw);
  });
});

describe('an address in an answer', () => {
  it.each([
    ['https://up.example/ex/jira/1/x?y#z', 'http://127.0.0.1:7980/acme/jira/x?y#z'],
    ['/ex/jira/1/x', 'http://127.0.0.1:7980/acme/jira/x'],
    ['/ex/jira/1', 'http://127.0.0.1:7980/acme/jira'],
    ['other', 'http://127.0.0.1:7980/acme/jira/rest/api/other'],
    ['?page=2', 'http://127.0.0.1:7980/acme/jira/rest/api/x?page=2'],
    ['/ex/jira/12/x', 'https://up.example/ex/jira/12/x'],
    ['/ex/jira/1/../2/x', 'https://up.example/ex/jira/2/x'],
    ['/beta/jira/x', 'https://up.example/beta/jira/x'],
    ['//evil.example/x', 'https://evil.example/x'],
    ['https://media.example/x?sig=A%2fb', 'https://media.example/x?sig=A%2fb'],
    ['http://127.0.0.1:7980/beta/jira/x', null],
    // The same door under its other names.
    ['http://localhost:7980/beta/jira/x', null],
    ['http://[::1]:7980/beta/jira/x', null],
    ['http://127.1:7980/beta/jira/x', null],
    ['http://localhost:7981/x', 'http://localhost:7981/x'],
    ['http://', null],
  ])('%s → %s', (value, expected) => {
    expect(rewriteAddress(value, base)).toBe(expected);
  });

  it('is rewritten in each part of Link', () => {
    expect(rewriteLinks('</ex/jira/1/a>; rel="next", <https://other.example/b>; rel=prev', base)).toBe(
      '<http://127.0.0.1:7980/acme/jira/a>; rel="next", <https://other.example/b>; rel=prev',
    );
  });
});

describe('the key of a request', () => {
  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
  it.each([
    [{}, null],
    [{ 'x-tokentray-key': 'ttk_a' }, 'ttk_a'],
    [{ authorization: 'Bearer ttk_a' }, 'ttk_a'],
    [{ authorization: 'bearer  ttk_a' }, 'ttk_a'],
    [{ authorization: basic('ana:ttk_a') }, 'ttk_a'],
    [{ authorization: basic(':ttk_a:b') }, 'ttk_a:b'],
    [{ authorization: basic('ttk_a') }, null],
    [{ authorization: 'Digest ttk_a' }, null],
    [{ authorization: 'Bearer other', 'x-tokentray-key': 'ttk_a' }, 'ttk_a'],
  ])('%j → %s', (headers, key) => {
    expect(sentKey(headers)).toBe(key);
  });
});
