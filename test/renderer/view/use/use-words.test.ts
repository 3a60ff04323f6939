import { describe, expect, test } from 'vitest';
import type { ConnectionStatus } from '../../../../contract/connection.ts';
import type { SignInId } from '../../../../contract/ids.ts';
import { addedWords } from '../../../../renderer/view/added-words.ts';
import { envFileIn } from '../../../../renderer/view/export-words.ts';
import { guessedPreset, troubleWords } from '../../../../renderer/view/use/use-words.ts';
import { presetViews } from '../../../fakes/preset-views.ts';
import { aConnection } from '../../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-28T10:00:00Z');
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const notice = (status: ConnectionStatus, expiresAt: string | null = at(60_000)): string | null =>
  troubleWords(aConnection(1, NOW, { status, expiresAt }), NOW);

describe('what stands in the way', () => {
  const offline = { state: 'offline', since: at(0), reason: 'x', retryAt: at(1), answered: false } as const;
  const over = { state: 'needs-reconnect', since: at(0), reason: 'x', fault: 'grant', hint: 'y' } as const;
  test.each<[string, ConnectionStatus, string | null, RegExp | null]>([
    ['nothing', { state: 'connected' }, at(1), null],
    ['nothing while it is refreshed', { state: 'refreshing', since: at(0) }, at(1), null],
    ['a sign-in that is over', over, at(1), /until you reconnect.*work again after that/],
    ['the network, while the token works', offline, at(60_000), /go on working with the token until/],
    ['the network, when the token ended', offline, at(-1), /once the token can be renewed/],
    ['the network, when nobody knows', offline, null, /once the token can be renewed/],
    ['a pause after the token ended', { state: 'paused', since: at(0) }, at(-1), /when you resume it/],
    ['a pause before', { state: 'paused', since: at(0) }, at(1), null],
    [
      'a sign-in that goes on',
      { state: 'connecting', signIn: 'x' as SignInId },
      at(1),
      /once you are signed in/,
    ],
  ])('%s', (_, status, expiresAt, words) => {
    const said = notice(status, expiresAt);
    if (words === null) expect(said).toBeNull();
    else expect(said).toMatch(words);
  });
});

test('the usual preset is guessed where it serves, else the first that does', () => {
  const presets = presetViews(true);
  expect(guessedPreset(presets)).toBe('atlassian');
  const without = presets.filter(({ name }) => name !== 'atlassian');
  expect(guessedPreset(without)).toBe(without.find(({ serves }) => serves?.works)?.name);
  const none = presets.map((preset) => ({ ...preset, serves: { works: false, reason: 'no', hint: null } }));
  expect(guessedPreset(none)).toBeNull();
});

test.each([
  ['/home/ana/code/', '/home/ana/code/.env'],
  ['C:\\code\\', 'C:\\code\\.env'],
  ['~/code/.env.local', '~/code/.env.local'],
  ['', ''],
])('the file of %j is %j', (path, file) => {
  expect(envFileIn(path)).toBe(file);
});

test('a new file is said to be written, and whether Git leaves it out', () => {
  const added = { file: '/x/.env', status: { state: 'written', at: at(0) } } as const;
  expect(addedWords(added, null)).toBe('/x/.env is written and kept up to date.');
  expect(addedWords(added, { kind: 'ignored' })).toContain('in .gitignore now');
  expect(addedWords(added, { kind: 'failed', message: 'Git tracks it.' })).toContain('Git tracks it.');
  expect(addedWords({ ...added, status: { state: 'pending' } }, { kind: 'fine' })).toBe(
    '/x/.env is kept up to date.',
  );
});
