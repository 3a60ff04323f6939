import { describe, expect, it } from 'vitest';
import { checkoutProgram, COMMAND_WORDS, SUBCOMMANDS, withCommands } from '../../contract/command-text.ts';
import { COMMANDS, firstWords } from '../../cli/commands.ts';

it('knows every command', () => {
  expect([...COMMAND_WORDS]).toEqual(firstWords().toSorted());
  const second = Object.keys(COMMANDS).flatMap((name) => name.split(' ').slice(1));
  expect([...SUBCOMMANDS]).toEqual([...new Set(second)].toSorted());
});

describe('withCommands', () => {
  it.each([
    ['Connect one: tokentray connect atlassian', 'Connect one: npm run -s tokentray -- connect atlassian'],
    [
      'Run “tokentray stop” and “tokentray serve --session-only”.',
      'Run “npm run -s tokentray -- stop” and “npm run -s tokentray -- serve --session-only”.',
    ],
    ['See: tokentray --help', 'See: npm run -s tokentray -- --help'],
    ['Run tokentray with Node 24 or newer.', 'Run tokentray with Node 24 or newer.'],
    ['/usr/bin/tokentrayed list', '/usr/bin/tokentrayed list'],
  ])('writes commands as the caller can run them: %s', (text, expected) => {
    expect(withCommands(text, { program: 'npm run -s tokentray --', sandbox: false })).toBe(expected);
  });

  it.each([
    ['Run `tokentray reconnect "a b"`.', 'Run `tokentray reconnect --sandbox "a b"`.'],
    ['tokentray clients add atlassian', 'tokentray clients add --sandbox atlassian'],
    ['tokentray list', 'tokentray list --sandbox'],
    ['Start it: tokentray serve --sandbox', 'Start it: tokentray serve --sandbox'],
    [
      'Run “tokentray stop” and “tokentray serve --sandbox”.',
      'Run “tokentray stop --sandbox” and “tokentray serve --sandbox”.',
    ],
    ['"tokentray --version"', '"tokentray --version"'],
  ])('keeps to the sandbox: %s', (text, expected) => {
    expect(withCommands(text, { program: 'tokentray', sandbox: true })).toBe(expected);
  });
});

it.each([
  ['/src/tray', 'npm run -s tokentray --'],
  ['/src/tray/docs', 'npm run -s tokentray --'],
  ['/src/tray-2', 'npm --prefix /src/tray run -s tokentray --'],
  ['/', 'npm --prefix /src/tray run -s tokentray --'],
  [null, 'npm --prefix /src/tray run -s tokentray --'],
])('names the checkout from a folder outside it: %s', (cwd, expected) => {
  expect(checkoutProgram('/src/tray', cwd)).toBe(expected);
});

it('quotes a checkout whose path needs it', () => {
  expect(checkoutProgram('/my src', '/')).toBe('npm --prefix "/my src" run -s tokentray --');
});
