import { describe, expect, it } from 'vitest';
import { OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { changedClient } from '../../../main/providers/changed-client.ts';
import type { ClientChange } from '../../../main/providers/ports.ts';
import type { OAuthClientRecord } from '../../../main/store/records.ts';

const definition = BUNDLED_DEFINITIONS[0]!;
const client = (change: Partial<OAuthClientRecord> = {}): OAuthClientRecord => ({
  id: OAuthClientId.parse('00000000-0000-4000-8000-000000000001'),
  provider: ProviderId.parse('atlassian'),
  name: 'tools',
  clientId: 'cid',
  hasSecret: true,
  redirectUri: 'http://127.0.0.1:7979/callback',
  origin: 'user',
  createdAt: 0,
  ...change,
});
const other = client({
  id: OAuthClientId.parse('00000000-0000-4000-8000-000000000002'),
  name: 'robot',
  clientId: 'rid',
});
const changed = (change: Omit<ClientChange, 'client'>, users: string[] = [], before = client()) =>
  changedClient(before, change, { definition, others: [other], users });

describe('a changed client', () => {
  it.each([
    ['another secret', { clientSecret: ' s2 ' }, { hasSecret: true }, 's2'],
    ['no secret any more', { clientSecret: null }, { hasSecret: false }, null],
    [
      'another redirect URI',
      { redirectUri: ' http://localhost:8000/cb ' },
      { redirectUri: 'http://localhost:8000/cb' },
      undefined,
    ],
    ['another name', { name: ' Build ' }, { name: 'Build' }, undefined],
    ['the name that it has', { name: 'tools' }, { name: 'tools' }, undefined],
    ['other scopes', { scopes: ['read:me'] }, { scopes: ['read:me'] }, undefined],
    ['another client ID, while nobody uses it', { clientId: 'new' }, { clientId: 'new' }, undefined],
  ] as const)('has %s, and keeps the rest', (_, change, record, secret) => {
    const given = { ...change, ...('scopes' in change && { scopes: [...change.scopes] }) };
    const result = changed(given as Omit<ClientChange, 'client'>);
    expect(result).toEqual({ ok: true, value: { record: { ...client(), ...record }, secret } });
  });

  it('keeps its client ID while connections use it, and says why', () => {
    expect(changed({ clientId: 'new' }, ['acme', 'beta'])).toMatchObject({
      ok: false,
      error: {
        code: 'conflict',
        field: 'client-id',
        message: expect.stringContaining('acme, beta') as string,
      },
    });
    expect(changed({ clientId: 'cid', clientSecret: 's2' }, ['acme']).ok).toBe(true);
  });

  it.each([
    ['the client ID of another one', { clientId: 'rid' }, 'conflict', 'client-id'],
    ['the name of another one', { name: 'ROBOT' }, 'conflict', 'client-name'],
    ['a redirect URI elsewhere', { redirectUri: 'https://acme.example/cb' }, 'invalid-input', 'redirect-uri'],
    ['a client ID with spaces', { clientId: 'a b' }, 'invalid-input', 'client-id'],
  ])('does not take %s', (_, change, code, field) => {
    expect(changed(change)).toMatchObject({ ok: false, error: { code, field } });
  });

  it.each(['provider', 'registered'] as const)('cannot be one whose origin is %s', (origin) => {
    expect(changed({ name: 'x' }, [], client({ origin }))).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });
});
