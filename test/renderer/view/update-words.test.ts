import { expect, it } from 'vitest';
import type { UpdateState } from '../../../contract/updates.ts';
import { updateWords } from '../../../renderer/view/update-words.ts';

it.each<[UpdateState, string, string | null]>([
  [{ state: 'idle' }, 'only when you ask', 'check'],
  [{ state: 'checking' }, 'Checking', 'check'],
  [{ state: 'none', checkedAt: '2026-11-22T09:30:00.000Z' }, 'latest version', 'check'],
  [{ state: 'available', version: '0.2.0', asksForPassword: true }, '0.2.0 is available', 'download'],
  [{ state: 'downloading', version: '0.2.0', percent: 35 }, '35%', 'download'],
  [{ state: 'ready', version: '0.2.0', asksForPassword: false }, '0.2.0 is ready', 'install'],
  [{ state: 'failed', error: { code: 'offline', message: 'No network.' } }, 'No network.', 'check'],
  [{ state: 'unsupported', why: 'A checkout.' }, 'A checkout.', null],
])('%o', (state, text, step) => {
  const words = updateWords(state);
  expect(words.text).toContain(text);
  expect(words.next?.step ?? null).toBe(step);
  expect(words.next?.busy ?? false).toBe(['checking', 'downloading'].includes(state.state));
});

it('says before the click that the system will ask for a password', () => {
  const ready = { state: 'ready', version: '0.2.0' } as const;
  expect(updateWords({ ...ready, asksForPassword: true }).hint).toContain('password');
  expect(updateWords({ ...ready, asksForPassword: false }).hint).toBeUndefined();
});
