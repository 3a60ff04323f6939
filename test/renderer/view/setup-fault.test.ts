import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../contract/errors.ts';
import { stepAtFault } from '../../../contract/setup-steps.ts';
import { clientToMend, faultOf, pageCauses } from '../../../renderer/view/setup-fault.ts';
import { redirectWords } from '../../../renderer/view/redirect-words.ts';
import { aClient, aProvider } from '../../fakes/window-data.ts';

const failed = (failure: Partial<Failure>) => ({
  stage: { stage: 'failed', error: { code: 'misconfigured', message: 'No.', ...failure } } as const,
});

describe('a sign-in that ended', () => {
  it.each([
    ['with the field at fault', failed({ field: 'client-secret' }), false, true],
    ['denied, begun by the guide', failed({ code: 'denied' }), true, true],
    ['denied, begun elsewhere', failed({ code: 'denied' }), false, false],
    ['cancelled', failed({ code: 'cancelled' }), true, false],
    ['done', { stage: { stage: 'exchanging', notice: null } } as const, true, false],
  ])('%s', (_, signIn, fromGuide, helps) => {
    expect(faultOf(signIn, fromGuide) !== null).toBe(helps);
  });

  it('with a refused secret names no command: its field is beside it', () => {
    const hint = 'Replace it: tokentray clients change "Own" --secret';
    expect(faultOf(failed({ field: 'client-secret', hint }), false)?.hint).toMatch(/^Copy it once more/);
    expect(faultOf(failed({ field: 'redirect-uri', hint }), false)?.hint).toBe(hint);
  });

  it('can be mended if its client is the person’s own', () => {
    const own = aClient();
    expect(clientToMend({ client: own.id }, aProvider({ clients: [own] }))).toBe(own);
    const shipped = aClient({ origin: 'provider' });
    expect(clientToMend({ client: shipped.id }, aProvider({ clients: [shipped] }))).toBeUndefined();
    expect(clientToMend({ client: null }, aProvider())).toBeUndefined();
    expect(clientToMend({ client: own.id }, undefined)).toBeUndefined();
  });
});

it('the causes that a provider’s page can have lead to three different steps', () => {
  const causes = pageCauses('Atlassian', 'http://127.0.0.1:7979/callback');
  expect(new Set(causes.map(({ failure }) => stepAtFault(failure.field))).size).toBe(3);
  for (const { failure } of causes) expect(failure.hint).toMatch(/\.$/);
});

describe('a redirect URI that was looked at', () => {
  const FREE = {
    fault: null,
    port: 7979,
    state: 'free',
    holder: null,
    suggestion: null,
    anyPort: false,
  } as const;
  it.each([
    [FREE, 'good', 'Port 7979 is free'],
    [{ ...FREE, state: 'waiting' }, 'good', 'Port 7979 is Tokentray’s own'],
    [{ ...FREE, state: 'taken' }, 'warning', 'Port 7979 is used by another program'],
    [{ ...FREE, state: 'taken', holder: { name: 'python3', pid: 7 } }, 'warning', 'python3 (process 7)'],
    [{ ...FREE, state: 'taken', anyPort: true }, 'good', 'takes another one by itself'],
    [{ ...FREE, state: 'refused' }, 'warning', 'not listen on port 7979'],
    [
      { ...FREE, state: null, fault: { code: 'invalid-input', message: 'No.', hint: 'Yes.' } },
      'fault',
      'No. Yes.',
    ],
  ] as const)('%j', (check, tone, words) => {
    expect(redirectWords(check)).toMatchObject({ tone, words: expect.stringContaining(words) as string });
  });
});
