import { describe, expect, it } from 'vitest';
import { fileIn, pathSuggestions } from '../../../renderer/view/path-suggestions.ts';

const known = {
  files: ['/home/ana/code/triage/.env', '/home/ana/code/board/tokens.json'],
  bound: ['/home/ana/code/wiki/.tokentray', '/home/ana/code/board/.tokentray'],
  userHome: '/home/ana',
};

describe('where a browser has no dialog, paths are suggested', () => {
  it('.env files in known folders, without those that there are already', () => {
    expect(pathSuggestions(known)).toEqual(['~/code/wiki/.env', '~/code/board/.env']);
  });

  it('not endlessly many', () => {
    const files = Array.from({ length: 200 }, (_, index) => `/srv/${index}/a.json`);
    expect(pathSuggestions({ ...known, files })).toHaveLength(12);
  });
});

it.each([
  ['/home/ana/code', '/home/ana/code/.env'],
  ['/', '/.env'],
  ['~', '~/.env'],
  ['C:\\Users\\Ana', 'C:\\Users\\Ana\\.env'],
])('.env in %s is %s', (folder, file) => {
  expect(fileIn(folder, '.env')).toBe(file);
});
