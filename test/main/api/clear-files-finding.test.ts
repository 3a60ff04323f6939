import { expect, it } from 'vitest';
import { clearFileFindings } from '../../../main/api/clear-files-finding.ts';

it('names each file with what it holds, and says so when there is none', () => {
  expect(clearFileFindings([])).toMatchObject([{ check: 'tokens in the clear', ok: true }]);
  expect(
    clearFileFindings([
      { path: '/home/ana/.netrc', kinds: ['API token', 'password'] },
      { path: '/home/ana/.env', kinds: ['OAuth tokens'] },
    ]),
  ).toMatchObject([
    { ok: false, message: '/home/ana/.netrc can be read as it is, and holds: API token, password.' },
    { ok: false, hint: expect.stringContaining('tokentray import') as string },
  ]);
});
