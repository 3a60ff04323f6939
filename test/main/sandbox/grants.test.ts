import { describe, expect, test, vi } from 'vitest';
import { ATLASSIAN_ROTATION, Grants, rotated, standing, type Family } from '../../../main/sandbox/grants.ts';

const WINDOW = ATLASSIAN_ROTATION.reuseWindowSeconds * 1000;
const IDLE = ATLASSIAN_ROTATION.idleLifetimeSeconds * 1000;

describe('standing of a refresh token', () => {
  const family: Family = { id: 'f', current: 3, issuedAt: 1000, replaced: [{ serial: 2, at: 1000 }] };
  test.each([
    ['the current one', 3, 1000, 'current'],
    ['the current one on its last day', 3, 1000 + IDLE, 'current'],
    ['the current one, unused for too long', 3, 1001 + IDLE, 'expired'],
    ['the one before, in time', 2, 1000 + WINDOW, 'grace'],
    ['the one before, too late', 2, 1001 + WINDOW, 'replaced'],
    ['an older one', 1, 1000, 'replaced'],
    ['one that was never issued', 4, 1000, 'replaced'],
  ] as const)('%s', (_name, serial, now, expected) => {
    expect(standing(family, serial, now)).toBe(expected);
  });
});

test('without a reuse window, the one before is worth nothing at once', () => {
  const rules = { reuseWindowSeconds: 0, idleLifetimeSeconds: 60 };
  const family = rotated({ id: 'f', current: 1, issuedAt: 0, replaced: [] }, 1000, rules);
  expect(standing(family, 1, 1000, rules)).toBe('replaced');
  expect(standing(family, 2, 61_000, rules)).toBe('current');
  expect(standing(family, 2, 61_001, rules)).toBe('expired');
});

test('rotation keeps only what may still be used', () => {
  const first: Family = { id: 'f', current: 1, issuedAt: 0, replaced: [] };
  const second = rotated(first, 1000);
  expect(second).toEqual({ id: 'f', current: 2, issuedAt: 1000, replaced: [{ serial: 1, at: 1000 }] });
  expect(rotated(second, 1001 + WINDOW).replaced).toEqual([{ serial: 2, at: 1001 + WINDOW }]);
});

const consent = { clientId: 'app', person: 'ana', scopes: ['a'], sites: ['s1'] };

function grants(): { all: Grants; onChange: ReturnType<typeof vi.fn> } {
  let next = 0;
  const onChange = vi.fn();
  return { all: new Grants(() => `id${(next += 1)}`, onChange, []), onChange };
}

test('one grant for an app and account: scopes are replaced, sites added', () => {
  const { all } = grants();
  const first = all.consent(consent);
  all.consent({ ...consent, person: 'ben' });
  all.consent({ ...consent, clientId: 'other' });
  const again = all.consent({ ...consent, scopes: ['b'], sites: ['s2'] });
  expect(again).toBe(first);
  expect(again).toMatchObject({ scopes: ['b'], sites: ['s1', 's2'] });
  expect(all.consent({ ...consent, sites: 'all' }).sites).toBe('all');
  expect(all.list()).toHaveLength(3);
});

test('a token replaced too long ago ends its family and leaves the others', () => {
  const { all } = grants();
  const grant = all.consent(consent);
  const stolen = all.startFamily(grant, 0);
  const other = all.startFamily(grant, 0);
  expect(all.rotate(stolen.family, 1, 0, false)).toMatchObject({ standing: 'current', serial: 2 });
  expect(all.rotate(stolen.family, 1, WINDOW + 1, false)).toEqual({ standing: 'replaced' });
  expect(all.rotate(stolen.family, 2, WINDOW + 1, false)).toEqual({ standing: 'unknown' });
  expect(all.rotate(other.family, 1, WINDOW + 1, false)).toMatchObject({ standing: 'current' });
});

test('a use that keeps the token changes nothing', () => {
  const { all } = grants();
  const { family } = all.startFamily(all.consent(consent), 0);
  expect(all.rotate(family, 1, 5, true)).toMatchObject({ standing: 'current', serial: 1 });
  expect(all.rotate(family, 1, 5, false)).toMatchObject({ standing: 'current', serial: 2 });
});

test('revoking ends every sign-in under the grant', () => {
  const { all } = grants();
  const { family } = all.startFamily(all.consent(consent), 0);
  expect(all.revoke(({ person }) => person === 'ben')).toBe(0);
  expect(all.revoke(({ person }) => person === 'ana')).toBe(1);
  expect(all.rotate(family, 1, 0, false)).toEqual({ standing: 'unknown' });
});

test('every change is reported, and what was saved can be gone on with', () => {
  const { all, onChange } = grants();
  const { family } = all.startFamily(all.consent(consent), 0);
  all.rotate(family, 1, 0, false);
  expect(onChange).toHaveBeenCalledTimes(3);
  const saved = structuredClone(all.list());
  const restored = new Grants(
    () => 'new',
    () => undefined,
    saved,
  );
  expect(restored.rotate(family, 2, 0, false)).toMatchObject({ standing: 'current', serial: 3 });
});
