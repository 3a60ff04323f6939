import { expect, it } from 'vitest';
import { aboutFile } from '../../contract/about-file.ts';
import { fileFailure } from '../../main/exports/file-failure.ts';

const FILE = '/home/ana/x/.env';

it.each([
  ['No connection is active.', `${FILE}: No connection is active.`],
  [`Permission denied: ${FILE}.`, `Permission denied: ${FILE}.`],
  ['/real/.env is marked read-only.', `${FILE}: /real/.env is marked read-only.`],
])('%s', (message, sentence) => {
  expect(aboutFile(FILE, message)).toBe(sentence);
});

it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EBUSY', 'EXDEV', 'ELOOP', 'EMFILE'])(
  'names the file once and ends once for %s',
  (code) => {
    const failure = fileFailure(Object.assign(new Error(code), { code, syscall: 'open' }), FILE);
    const sentence = aboutFile(FILE, failure?.message ?? '');
    expect(sentence.split(FILE)).toHaveLength(2);
    expect(sentence).toMatch(/[^.]\.$/);
  },
);
