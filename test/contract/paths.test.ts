import { describe, expect, it } from 'vitest';
import { dataFolder, expandTilde, socketPath, type PathEnvironment } from '../../contract/paths.ts';

const linux: PathEnvironment = { platform: 'linux', env: {}, homedir: '/home/ana', uid: 1000 };

describe('dataFolder', () => {
  it.each<[string, PathEnvironment, string]>([
    ['Linux', linux, '/home/ana/.config/tokentray'],
    ['XDG', { ...linux, env: { XDG_CONFIG_HOME: '/x/' } }, '/x/tokentray'],
    [
      'a relative XDG folder, which the standard says to ignore',
      { ...linux, env: { XDG_CONFIG_HOME: 'x' } },
      '/home/ana/.config/tokentray',
    ],
    ['TOKENTRAY_HOME', { ...linux, env: { TOKENTRAY_HOME: '/t', XDG_CONFIG_HOME: '/x' } }, '/t'],
    ['a home that the shell left unexpanded', { ...linux, env: { TOKENTRAY_HOME: '~/t' } }, '/home/ana/t'],
    [
      'macOS',
      { ...linux, platform: 'darwin', homedir: '/Users/ana' },
      '/Users/ana/Library/Application Support/tokentray',
    ],
    [
      'Windows',
      {
        platform: 'win32',
        env: { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' },
        homedir: 'C:\\Users\\ana',
        uid: null,
      },
      'C:\\Users\\ana\\AppData\\Roaming\\tokentray',
    ],
  ])('%s', (_, environment, expected) => {
    expect(dataFolder(environment)).toBe(expected);
  });
});

describe('expandTilde', () => {
  it.each(['~', '~/x'])('does not make a path in the root folder of %s where there is no home', (path) => {
    expect(expandTilde(path, { platform: 'linux', homedir: '' })).toBeNull();
  });

  const windows = { platform: 'win32', homedir: 'C:\\Users\\ana' };

  it.each<[string, Pick<PathEnvironment, 'platform' | 'homedir'>, string | null]>([
    ['~', linux, '/home/ana'],
    ['~/x/y', linux, '/home/ana/x/y'],
    ['~bob/x', linux, null],
    ['~bob', linux, '~bob'],
    ['~backup.env', linux, '~backup.env'],
    ['a/~/x', linux, 'a/~/x'],
    ['./~bob/x', linux, './~bob/x'],
    ['/~/x', linux, '/~/x'],
    ['', linux, ''],
    ['~\\x', windows, 'C:\\Users\\ana\\x'],
    ['~\\x', linux, '~\\x'],
  ])('%s', (path, environment, expected) => {
    expect(expandTilde(path, environment)).toBe(expected);
  });
});

describe('socketPath', () => {
  it('stands in the data folder', () => {
    expect(socketPath('/home/ana/.config/tokentray', linux)).toBe('/home/ana/.config/tokentray/run/api.sock');
  });

  it('is short enough for every Unix, and a folder’s own, when the data folder is deep', () => {
    const deep = `/home/ana/${'deep/'.repeat(30)}`;
    const first = socketPath(`${deep}a`, linux);
    expect(first.length).toBeLessThanOrEqual(103);
    expect(first).toContain('/tmp/tokentray-1000-');
    expect(socketPath(`${deep}b`, linux)).not.toBe(first);
    expect(socketPath(`${deep}a`, linux)).toBe(first);
  });

  it('is a pipe on Windows, whatever the case of the folder', () => {
    const windows = { ...linux, platform: 'win32', uid: null };
    expect(socketPath('C:\\A', windows)).toMatch(/^\\\\\.\\pipe\\tokentray-[0-9a-f]{16}$/);
    expect(socketPath('C:\\A', windows)).toBe(socketPath('c:\\a', windows));
  });
});
