import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  autostartEntry,
  autostartFile,
  setStartsAtLogin,
  startsAtLogin,
  type LoginItemParts,
} from '../../../../main/hosts/electron/login-item.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

let homedir: string;
let settings: unknown[];

const parts = (change: Partial<LoginItemParts> = {}): LoginItemParts => ({
  app: {
    isPackaged: true,
    setLoginItemSettings: (given) => settings.push(given),
    getLoginItemSettings: (options) => ({ openAtLogin: options?.args?.[0] === '--hidden' }) as never,
  },
  platform: 'linux',
  env: {},
  homedir,
  execPath: '/opt/Tokentray/tokentray-app',
  ...change,
});

beforeEach(() => {
  homedir = temporaryFolder();
  settings = [];
});

describe('setStartsAtLogin', () => {
  it.each(['darwin', 'win32'])('on %s tells the system, with the window left closed', (platform) => {
    expect(setStartsAtLogin(parts({ platform }), true)).toEqual({ ok: true, value: undefined });
    setStartsAtLogin(parts({ platform }), false);
    expect(settings).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ]);
  });

  it('on Linux writes a desktop entry and takes it away again', () => {
    const file = path.join(homedir, '.config', 'autostart', 'dev.tokentray.app.desktop');
    setStartsAtLogin(parts(), true);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Tokentray/tokentray-app" --hidden\n');
    expect(startsAtLogin(parts())).toBe(true);
    setStartsAtLogin(parts(), false);
    expect(startsAtLogin(parts())).toBe(false);
    expect(existsSync(file)).toBe(false);
    expect(setStartsAtLogin(parts(), false).ok).toBe(true);
  });

  it('names an AppImage by its own file', () => {
    const env = { APPIMAGE: '/home/ana/Tokentray.AppImage', APPDIR: '/tmp/.mount_t' };
    setStartsAtLogin(parts({ env, execPath: '/tmp/.mount_t/tokentray-app' }), true);
    expect(readFileSync(autostartFile({ env: {}, homedir }), 'utf8')).toContain(
      '"/home/ana/Tokentray.AppImage"',
    );
  });

  it('names itself when it was started from somebody else’s AppImage', () => {
    setStartsAtLogin(parts({ env: { APPIMAGE: '/a/Terminal.AppImage', APPDIR: '/tmp/.mount_t' } }), true);
    expect(readFileSync(autostartFile({ env: {}, homedir }), 'utf8')).toContain(
      '/opt/Tokentray/tokentray-app',
    );
  });

  it('writes through no link, and takes no path that would be several lines', () => {
    const file = autostartFile({ env: {}, homedir });
    const victim = path.join(homedir, 'victim');
    writeFileSync(victim, 'theirs');
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(victim, file);
    expect(setStartsAtLogin(parts(), true).ok).toBe(true);
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(readdirSync(path.dirname(file))).toEqual(['dev.tokentray.app.desktop']);
    expect(setStartsAtLogin(parts({ execPath: '/opt/x\nX-Evil=1/app' }), true)).toMatchObject({
      ok: false,
      error: { code: 'unsupported' },
    });
  });

  it('asks for the entry that it made', () => {
    expect(startsAtLogin(parts({ platform: 'win32' }))).toBe(true);
  });

  it('does not have a checkout started', () => {
    const app = { ...parts().app, isPackaged: false };
    expect(setStartsAtLogin(parts({ app }), true)).toMatchObject({
      ok: false,
      error: { code: 'unsupported' },
    });
    expect(startsAtLogin(parts({ app }))).toBeNull();
  });

  it('says what the system refused', () => {
    writeFileSync(path.join(homedir, '.config'), 'a file where a folder should be');
    expect(setStartsAtLogin(parts(), true)).toMatchObject({ ok: false, error: { code: 'io' } });
  });
});

describe('autostartFile', () => {
  it.each([
    [{ XDG_CONFIG_HOME: '/xdg' }, '/xdg/autostart/dev.tokentray.app.desktop'],
    [{ XDG_CONFIG_HOME: 'relative' }, '/home/ana/.config/autostart/dev.tokentray.app.desktop'],
    [{}, '/home/ana/.config/autostart/dev.tokentray.app.desktop'],
  ])('%j', (env, file) => {
    expect(autostartFile({ env, homedir: '/home/ana' })).toBe(file);
  });
});

it.each([
  ['/opt/My Apps/t', '"/opt/My Apps/t"'],
  ['/opt/100%/t', '"/opt/100%%/t"'],
  ['/opt/a"b$c`d', String.raw`"/opt/a\\"b\\$c\\` + '`d"'],
])('the path %s stands as %s', (program, quoted) => {
  expect(autostartEntry(program)).toContain(`Exec=${quoted} --hidden\n`);
});

it('has the names by which a desktop knows the app', () => {
  const manifest = JSON.parse(readFileSync(path.resolve('package.json'), 'utf8')) as { desktopName: string };
  expect(path.basename(autostartFile({ env: {}, homedir: '/home/ana' }))).toBe(manifest.desktopName);
  const [, icon] = /^ {2}executableName: (.*)$/m.exec(
    readFileSync(path.resolve('electron-builder.yml'), 'utf8'),
  )!;
  expect(autostartEntry('/opt/t')).toContain(`\nIcon=${icon}\n`);
});
