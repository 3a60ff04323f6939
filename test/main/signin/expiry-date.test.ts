import { expect, it } from 'vitest';
import { expiryDate } from '../../../main/signin/expiry-date.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const DAY = 86_400_000;

it.each<[string, number | null]>([
  ['', null],
  ['  ', null],
  ['Never', null],
  ['30d', NOW + 30 * DAY],
  ['1 day', NOW + DAY],
  ['90 Days', NOW + 90 * DAY],
  ['2027-01-31', new Date(2027, 1, 1).getTime() - 1000],
  ['2028-02-29', new Date(2028, 2, 1).getTime() - 1000],
  ['2027-01-31T10:00:00Z', Date.UTC(2027, 0, 31, 10)],
  ['2027-01-31t10:00:00+02:00', Date.UTC(2027, 0, 31, 8)],
])('%j is when it ends', (text, end) => {
  expect(expiryDate(text, NOW)).toEqual({ ok: true, value: end });
});

it.each([
  ['soon', 'not a date'],
  ['2027-02-30', 'not a date'],
  ['2027-13-01', 'not a date'],
  ['31.01.2027', 'not a date'],
  ['2027-01-31T99:00', 'not a date'],
  ['9999d', 'not a date'],
  ['9999-01-01', 'not a date'],
  ['0d', 'over'],
  ['2026-11-21', 'over'],
])('%j is refused', (text, saying) => {
  const refused = expiryDate(text, NOW);
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect(!refused.ok && refused.error.message).toContain(saying);
});
