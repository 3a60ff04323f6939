import { expect, it } from 'vitest';
import { composeSets } from '../../../../main/exports/check/compose-file.ts';
import { readersThatPrefer } from '../../../../main/exports/check/env-files-beside.ts';

it.each([
  ['.env.local', '.env', 'Vite and dotenv-flow, and Next.js'],
  ['.env', '.env.local', null],
  ['.env.development', '.env', 'Vite and dotenv-flow, and Next.js, in the mode “development”,'],
  // Next.js lets .env.local win over the mode's file, the others do not.
  ['.env.production', '.env.local', 'Vite and dotenv-flow, in the mode “production”,'],
  ['.env.local', '.env.production', 'Next.js'],
  ['.env.production.local', '.env.local', 'Vite and dotenv-flow, and Next.js, in the mode “production”,'],
  ['.env.test', '.env.production', null],
  ['.env.example', '.env', null],
  ['.env.vault', '.env', null],
  ['.env', '.env', null],
  ['.environment', '.env', null],
  ['.env.local', 'mcp.env', null],
])('%s beside %s is preferred by %s', (other, ours, readers) => {
  expect(readersThatPrefer(other, ours)).toBe(readers);
});

it.each([
  ['a value', '      TOKEN: old', 1],
  ['a value in a list', '      - TOKEN=old', 1],
  ['a quoted entry', '      - "TOKEN=old"', 1],
  ['what is passed on', '      TOKEN: ${TOKEN}', 0],
  ['what is passed on with a default', '      - TOKEN=${TOKEN:-none}', 0],
  ['a name alone', '      - TOKEN', 0],
  ['no value', '      TOKEN:', 0],
  ['another name', '      MY_TOKEN: x', 0],
  ['a comment', '#     TOKEN: x', 0],
])('a compose file with %s', (_, line, count) => {
  expect(composeSets(line, ['TOKEN'])).toHaveLength(count);
});
