import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { helperValue, isHelperValue } from '../../../main/git/helper-command.ts';
import { insertedText, withoutText } from '../../../main/git/inserted-text.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { idOf } from './candidate.ts';

const usual = { home: null, sandbox: false, platform: 'linux' } as const;

it.each([
  [null, { ...usual, command: ['/opt/T/bin/tokentray'] }, '!/opt/T/bin/tokentray git-credential'],
  [
    idOf(1),
    { ...usual, command: ['/node', '/a b/tokentray.cjs'], home: '/it’s', sandbox: true },
    `!TOKENTRAY_HOME='/it’s' /node '/a b/tokentray.cjs' git-credential --sandbox --connection ${idOf(1)}`,
  ],
  [
    null,
    { ...usual, command: [String.raw`C:\Program Files\T\bin\tokentray.cmd`], platform: 'win32' },
    "!'C:/Program Files/T/bin/tokentray.cmd' git-credential",
  ],
] as const)('is a command for a shell: %#', (connection, options, expected) => {
  const value = helperValue(connection, options);
  expect(value).toBe(expected);
  expect(isHelperValue(value ?? '')).toBe(true);
});

it('is none where it would not be found later', () => {
  expect(helperValue(null, { ...usual, command: null })).toBeNull();
});

it.each(['', 'store', '!gh auth git-credential', '!tokentray list', '/usr/bin/tokentray git-credential'])(
  'leaves the helper of somebody else alone: %s',
  (value) => {
    expect(isHelperValue(value)).toBe(false);
  },
);

it('runs with git, whatever characters its path has', () => {
  const file = path.join(temporaryFolder(), `it's "odd" $HOME \`x\` #;\\ tokentray`);
  writeFileSync(file, '#!/bin/sh\necho "username=$#-$1-$2"\necho password=x\n', { mode: 0o700 });
  const value = helperValue(null, { ...usual, command: [file] }) ?? '';
  const settings = path.join(path.dirname(file), 'settings');
  execFileSync('git', ['config', '--file', settings, 'credential.helper', value]);
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: settings, GIT_CONFIG_NOSYSTEM: '1' };
  const input = 'protocol=https\nhost=x\n\n';
  const filled = execFileSync('git', ['credential', 'fill'], { env, input, cwd: path.dirname(file) });
  expect(filled.toString()).toContain('username=2-git-credential-get\n');
});

it.each([
  ['', 'abc', 'abc'],
  ['ab', 'axxb', 'xx'],
  ['one\ntwo\n', 'one\none\ntwo\n', 'one\n'],
  ['x', 'x\n[y]\n', '\n[y]\n'],
])('finds what was added to %j in %j, and takes it out again', (before, after, text) => {
  expect(insertedText(before, after)?.text).toBe(text);
  if (text !== 'one\n') expect(withoutText(after, text)).toBe(before);
});
it.each([
  ['ab', 'ab'],
  ['ab', 'xaby'],
  ['abc', 'ab'],
])('knows when more was changed from %j to %j', (before, after) => {
  expect(insertedText(before, after)).toBeNull();
});
it.each([
  ['aa', 'a'],
  ['b', 'a'],
  ['b', ''],
])('takes nothing out of %j when %j is not there once', (text, piece) => {
  expect(withoutText(text, piece)).toBeNull();
});
