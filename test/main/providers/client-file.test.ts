import { describe, expect, it } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import { readClientFile } from '../../../main/providers/client-file.ts';

const PROVIDER = { id: ProviderId.parse('google'), name: 'Google' };
const read = (value: unknown) =>
  readClientFile(typeof value === 'string' ? value : JSON.stringify(value), PROVIDER);

describe('a file with an OAuth client', () => {
  it.each([
    [
      'as Google’s console downloads it for desktop apps',
      { installed: { client_id: 'id', client_secret: 's', redirect_uris: ['http://localhost'] } },
      { clientId: 'id', clientSecret: 's', redirectUri: null, notice: null },
    ],
    [
      'for a web server: no redirect URI of it leads here',
      { web: { client_id: 'id', client_secret: 's', redirect_uris: ['https://acme.example/cb'] } },
      { clientId: 'id', redirectUri: null, notice: expect.stringContaining('web servers') as string },
    ],
    [
      'with one that does',
      { web: { client_id: 'id', redirect_uris: ['https://acme.example/cb', 'http://127.0.0.1:8080/cb'] } },
      { clientId: 'id', clientSecret: null, redirectUri: 'http://127.0.0.1:8080/cb', notice: null },
    ],
    [
      'as a registration answers',
      {
        client_id: 'id',
        client_secret: 's',
        client_name: 'Acme',
        redirect_uris: ['http://127.0.0.1:7979/callback'],
      },
      { clientId: 'id', clientSecret: 's', name: 'Acme', redirectUri: 'http://127.0.0.1:7979/callback' },
    ],
    [
      'as Tokentray names the fields',
      { clientId: ' id ', clientSecret: 's' },
      { clientId: 'id', clientSecret: 's' },
    ],
    ['below a name', { provider: 'google', client: { client_id: 'id' } }, { clientId: 'id' }],
  ])('%s', (_, value, client) => {
    expect(read(value)).toMatchObject({ ok: true, value: { kind: 'client', client } });
  });

  it.each([
    ['one of ours', { id: 'acme', oauth2: { client: { clientId: 'id' } } }],
    ['one of authsome', { schema_version: 1, name: 'acme', auth_type: 'oauth2', oauth: {} }],
  ])('is left to others where it describes a provider: %s', (_, value) => {
    expect(read(value)).toEqual({ ok: true, value: { kind: 'provider' } });
  });

  it.each([
    ['no JSON', 'client_id=id', /not valid JSON/],
    ['a list', '[]', /JSON object/],
    ['nothing of a client', { a: 1 }, /no OAuth client/],
    [
      'the key of a service account',
      { type: 'service_account', private_key: 'k', client_id: '' },
      /key of a service account/,
    ],
    [
      'another provider’s',
      { provider: 'github', client_id: 'id' },
      /for the provider “github”, not for Google/,
    ],
    ['something that reaches a prototype', '{"__proto__":{"client_id":"x"}}', /not allowed/],
  ])('is refused in words: %s', (_, value, message) => {
    const found = read(value);
    expect(found).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) as string } });
    expect(JSON.stringify(found)).not.toContain('private_key');
  });

  it.each([
    ['a client ID without end', { client_id: 'x'.repeat(2001) }],
    ['a secret without end', { client_id: 'id', client_secret: 'canary'.repeat(2000) }],
    ['a client ID that would steer a terminal', { client_id: 'id\u001B]0;canary\u0007' }],
    ['a client ID that reads backwards', { client_id: 'id\u202Ecanary' }],
  ])('is refused without being shown: %s', (_, value) => {
    const found = read(value);
    expect(found).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(JSON.stringify(found)).not.toMatch(/canary|xxx/);
  });

  it('names the client in words that fit on a line', () => {
    const named = (name: unknown) => read({ client_id: 'id', name });
    expect(named('Ac\u202Eme\n<b>')).toMatchObject({ value: { client: { name: 'Ac me <b>' } } });
    expect(named('\u202E')).toMatchObject({ value: { client: { name: null } } });
    expect(named('n'.repeat(150_000))).toMatchObject({ value: { client: { name: `${'n'.repeat(199)}…` } } });
  });
});
