import { describe, expect, it } from 'vitest';
import { loginsOf } from '../../../main/credentials/logins.ts';
import type { ApiAddress } from '../../../main/credentials/addresses.ts';
import { connection, credentials } from '../exports/sample.ts';

const api = (url: string, username?: string): ApiAddress => ({
  id: url,
  name: url,
  url,
  ...(username !== undefined && { username }),
});
const basic = connection({ sent: { as: 'basic', username: 'ana@acme.example' } });

describe('where a credential is taken with a user name', () => {
  it('is each host, once and without its port', () => {
    const apis = [
      api('https://acme.example:8443/jira'),
      api('https://acme.example/wiki'),
      api('https://b.example'),
    ];
    expect(loginsOf(credentials({ connection: basic, accessToken: 's', apis }))).toEqual({
      ok: true,
      value: [
        { host: 'acme.example', username: 'ana@acme.example', secret: 's' },
        { host: 'b.example', username: 'ana@acme.example', secret: 's' },
      ],
    });
  });

  it('can be one of several, with a name of its own', () => {
    const apis = [api('https://api.git.example/2.0'), api('https://git.example', 'x-token-auth')];
    expect(loginsOf(credentials({ accessToken: 's', apis }))).toEqual({
      ok: true,
      value: [{ host: 'git.example', username: 'x-token-auth', secret: 's' }],
    });
  });

  it.each([
    ['a Bearer token', connection(), [api('https://a.example')], 'Bearer'],
    [
      'a header of its own',
      connection({ sent: { as: 'header', name: 'X-Key', prefix: '' } }),
      [api('https://a.example')],
      'X-Key',
    ],
    ['no address', basic, [], 'no address'],
    [
      'two names at one host',
      basic,
      [api('https://a.example'), api('https://a.example/git', 'x')],
      'two user names',
    ],
  ])('is nowhere with %s', (_, record, apis, message) => {
    const result = loginsOf(credentials({ connection: record, apis }));
    if (result.ok) throw new Error('was accepted');
    expect(result.error.code).toBe('unsupported');
    expect(result.error.message).toContain(message);
  });
});
