import { expect, it } from 'vitest';
import { foldName } from '../../../main/store/fold-name.ts';

it.each([
  ['Work', 'WORK'],
  ['Straße', 'STRASSE'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['café', 'café'],
  ['Ａｔｌａｓ', 'atlas'],
  ['ﬁle', 'FILE'],
  ['ÇA', 'ça'],
])('takes %j and %j for the same name', (one, other) => {
  expect(foldName(one)).toBe(foldName(other));
});

it.each([
  ['work', 'work 2'],
  ['resume', 'résumé'],
  ['', ' '],
])('takes %j and %j for two names', (one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});
