import { describe, expect, it } from 'vitest';
import type { ProviderId } from '../../../contract/ids.ts';
import { sharedWith } from '../../../contract/shared-grant.ts';
import { suggestions } from '../../../contract/sign-in-suggestions.ts';
import { clientsFor } from '../../../renderer/view/client-choice.ts';
import { replaceLabel } from '../../../contract/method-words.ts';
import { waysOf } from '../../../renderer/view/method-words.ts';
import { matchingProviders } from '../../../renderer/view/provider-search.ts';
import { fewerScopes, scopePresets, scopesIn } from '../../../renderer/view/scope-choice.ts';
import { checkOf, dateIn } from '../../../renderer/view/sign-in-fields.ts';
import { stateSentence } from '../../../renderer/view/state-reasons.ts';
import { issuer, renewalWords, stateAction } from '../../../renderer/view/state-words.ts';
import {
  aConnected,
  cloud,
  manyProviders,
  pasted,
  PUBLIC,
  ROBOT,
  selfHosted,
  TOOLS,
} from '../../fakes/method-screens.ts';

const NOW = Date.parse('2026-11-22T12:00:00');

describe('ways to sign in', () => {
  it('are the grants of oauth2 and the other methods, in the order of the definition', () => {
    expect(waysOf(cloud())).toEqual([
      'authorization-code',
      'client-credentials',
      'api-token',
      'access-token',
    ]);
    expect(waysOf(selfHosted())).toEqual(['personal-access-token', 'basic']);
  });

  it.each([
    ['', 40],
    ['service 17', 1],
    ['API KEY', 13],
    ['data center password', 1],
    ['nothing like it', 0],
  ])('are searched: %j', (query, found) => {
    expect(matchingProviders(manyProviders(), query)).toHaveLength(found);
  });

  it('offer the clients that can be used, first those that were', () => {
    const robot = aConnected(1, NOW, { grant: 'client-credentials', client: { id: ROBOT.id, name: 'x' } });
    const clients = [TOOLS, PUBLIC, ROBOT];
    expect(clientsFor('client-credentials', clients, [robot])).toEqual([ROBOT, TOOLS]);
    expect(clientsFor('authorization-code', clients, [robot])).toEqual(clients);
    const marked = { ...ROBOT, serviceAccount: true };
    expect(clientsFor('authorization-code', [TOOLS, marked], [robot])).toEqual([TOOLS]);
  });
});

describe('permissions', () => {
  it('the default set has the name of the preset that it is', () => {
    const presets = scopePresets(cloud());
    expect(presets.map(({ recommended }) => recommended)).toEqual([true, false, false, false, false, false]);
    expect(presets.map(({ name }) => name)).toEqual([
      'Work and pages',
      'Work',
      'Work, read only',
      'Pages',
      'Boards',
      'Old scopes only',
    ]);
    expect(scopePresets(cloud({ scopePresets: [] }))).toMatchObject([
      { name: 'What is usually needed', recommended: true },
    ]);
    expect(scopePresets(cloud({ scopePresets: [], defaultScopes: [] }))).toMatchObject([
      { name: 'What the provider gives by itself', scopes: [] },
    ]);
  });

  it('are typed in any way', () => {
    expect(scopesIn(' a  b,c\na ')).toEqual(['a', 'b', 'c']);
  });

  const old = ['profile', 'offline_access', 'read:work', 'read:old-page'];
  it.each([
    ['all of the default', {}, null],
    [
      'a preset chosen on purpose',
      { scopes: ['read:work'], requestedScopes: ['profile', 'offline_access', 'read:work'] },
      null,
    ],
    [
      'a set that something is to be said about',
      { scopes: old, requestedScopes: old },
      ['write:work', 'read:page'],
    ],
    [
      'a selection of its own',
      { scopes: ['profile'], requestedScopes: ['profile', 'offline_access'] },
      ['read:work', 'write:work', 'read:page'],
    ],
    ['a pasted token', pasted(NOW), null],
    ['a service account', { grant: 'client-credentials' as const, scopes: [], requestedScopes: [] }, null],
  ])('are fewer than the default: %s', (_name, change, lacking) => {
    expect(fewerScopes(aConnected(1, NOW, change), cloud())?.lacking ?? null).toEqual(lacking);
  });
});

describe('one grant for several connections', () => {
  const one = aConnected(1, NOW);
  it.each([
    ['same account and client', {}, true],
    ['another account', { account: { ...one.account, id: 'ben' } }, false],
    ['another client', { client: { id: ROBOT.id, name: 'x' } }, false],
    ['a service account', { grant: 'client-credentials' as const }, false],
    ['a pasted token', pasted(NOW), false],
    ['another provider', { provider: 'other' as ProviderId }, false],
  ])('%s', (_name, change, shared) => {
    expect(sharedWith(one, [one, aConnected(2, NOW, change)])).toHaveLength(shared ? 1 : 0);
  });

  it('is not assumed where the account is unknown', () => {
    const account = { ...one.account, id: '' };
    expect(sharedWith({ ...one, account }, [aConnected(2, NOW, { account })])).toEqual([]);
  });
});

describe('fields', () => {
  it('are filled in from other connections, the active one first', () => {
    const { provider } = aConnected(1, NOW);
    const ben = { id: 'ben', name: 'Ben', email: 'ben@acme.example', pictureUrl: null };
    const connections = [
      aConnected(1, NOW),
      aConnected(2, NOW, { account: ben, active: true }),
      aConnected(3, NOW),
    ];
    const of = (name: string, kind: 'email' | 'text' | 'secret') =>
      suggestions({ name, kind }, provider, connections);
    expect(of('username', 'email')).toEqual(['ben@acme.example', 'ana@acme.example']);
    expect(of('site', 'text')).toEqual(['https://acme.example']);
    expect(of('secret', 'secret')).toEqual([]);
    expect(suggestions({ name: 'site', kind: 'text' }, 'other' as ProviderId, connections)).toEqual([]);
  });

  it('dates are local', () => {
    expect(dateIn(30, NOW)).toBe('2026-12-22');
    expect(dateIn(0, Date.parse('2026-12-31T23:59:00'))).toBe('2026-12-31');
  });

  it.each([
    ['date', '2026-11-21', 'This date is in the past.'],
    ['date', '2026-11-22', null],
    ['email', 'ana', 'Enter an e-mail address, such as ana@example.com.'],
    ['url', 'acme .example', 'Enter an address, such as https://example.com.'],
    ['secret', ' x ', undefined],
    ['text', 'acme', undefined],
  ] as const)('of the kind %s, %j: %j', (kind, value, fault) => {
    expect(checkOf({ kind }, NOW)?.(value)).toBe(fault);
  });
});

describe('a connection', () => {
  it.each([
    ['browser', {}, 'Renewed automatically', 'Reconnect'],
    [
      'service account',
      { grant: 'client-credentials' as const },
      'Renewed automatically with the client’s secret',
      'Reconnect',
    ],
    [
      'token without an end',
      pasted(NOW, { expiresAt: null }),
      'Can’t be renewed: no end date known',
      'Replace token',
    ],
    [
      'password',
      pasted(NOW, { method: 'basic', expiresAt: null }),
      'Can’t be renewed: no end date known',
      'Replace password',
    ],
    [
      'key',
      pasted(NOW, { method: 'api-key', expiresAt: null }),
      'Can’t be renewed: no end date known',
      'Replace key',
    ],
  ])('%s', (_name, change, renewal, label) => {
    const connection = aConnected(1, NOW, change);
    expect(renewalWords(connection)).toBe(renewal);
    expect(replaceLabel(connection)).toBe(label);
  });

  it('tells when a token ends, and to replace it', () => {
    const now = NOW;
    const status = {
      state: 'needs-reconnect' as const,
      since: '',
      reason: 'It has expired.',
      fault: 'grant' as const,
      hint: '',
    };
    expect(renewalWords(aConnected(1, now, pasted(now)))).toMatch(/^Can’t be renewed: ends on .*2027/);
    const ended = aConnected(1, now, pasted(now, { status }));
    expect(stateSentence(ended, now)).toBe('It has expired.');
    expect(stateAction(ended)).toBe('replace');
  });

  it.each([
    ['Example Cloud', 'Example'],
    ['Example Data Center', 'Example'],
    ['Cloudy', 'Cloudy'],
  ])('calls %s %s', (providerName, name) => {
    expect(issuer({ providerName })).toBe(name);
  });
});
