import { describe, expect, it } from 'vitest';
import { dataFolder, socketPath, type PathEnvironment } from '../../contract/paths.ts';

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
