import { expect, it } from 'vitest';
import { pathFault } from '../../contract/path-fault.ts';

it.each(['/srv/.env', '~/.env', '~\\.env', '~', 'C:\\code\\.env', 'c:/code/.env', '\\\\server\\share\\.env'])(
  '%s is a full path',
  (path) => {
    expect(pathFault(path)).toBeNull();
  },
);

it.each([
  ['', 'No file is named.'],
  ['  ', 'No file is named.'],
  ['.env', '“.env” is not a full path.'],
  ['code/.env', '“code/.env” is not a full path.'],
  ['%USERPROFILE%\\.env', '“%USERPROFILE%\\.env” is not a full path.'],
  ['$HOME/.env', '“$HOME/.env” is not a full path.'],
  ['~ben/.env', '“~ben/.env” is in the home folder of another user.'],
  ['~backup.env', '“~backup.env” is not a full path.'],
  ['/srv/a\0b', '“/srv/ab” is not a full path.'],
])('%j: %s', (path, message) => {
  expect(pathFault(path)).toMatchObject({
    message,
    field: 'file',
    hint: expect.stringContaining('full path') as string,
  });
});
