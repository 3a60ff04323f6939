import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../../contract/sections.ts';
import { appMenu } from '../../../../main/hosts/electron/app-menu.ts';
import { menuForms } from '../../../../main/hosts/electron/menu-forms.ts';
import { nativeMenu } from '../../../../main/hosts/electron/native-menu.ts';
import type { TrayCommand } from '../../../../main/hosts/electron/tray-item.ts';
import { connectionId } from '../../../fakes/window-data.ts';
import { trayFolder, trayIconFile } from '../../../../main/hosts/electron/tray-icon.ts';

const nothing = (): void => undefined;
const flat = (menu: MenuItemConstructorOptions[]): string[] =>
  menu.flatMap(({ role, label, submenu }) => [
    role ?? label ?? '─',
    ...(Array.isArray(submenu) ? flat(submenu) : []),
  ]);

describe('appMenu', () => {
  it.each(['darwin', 'win32', 'linux'])(
    'on %s has what the keys for editing need, and a way out',
    (platform) => {
      const menu = flat(appMenu(platform, { packaged: true, name: 'Tokentray' }, { show: nothing }));
      expect(menu).toContain('editMenu');
      expect(menu).toContain('quit');
      expect(menu).not.toContain('toggleDevTools');
      expect(menu).not.toContain('reload');
    },
  );

  it.each(['darwin', 'linux'])(
    'on %s goes to sections by their number in the sidebar, and to the keys',
    (platform) => {
      const shown: unknown[] = [];
      const menu = appMenu(
        platform,
        { packaged: true, name: 'Tokentray' },
        { show: (target) => shown.push(target) },
      );
      const items = (label: string) =>
        menu.find((item) => item.label === label || item.role === label)
          ?.submenu as MenuItemConstructorOptions[];
      const numbered = items('View').filter(({ accelerator }) => accelerator !== undefined);
      expect(numbered.map(({ label, accelerator }) => [label, accelerator])).toEqual(
        SECTIONS.map(({ label }, index) => [label, `CommandOrControl+${index + 1}`]),
      );
      // The page has these keys already: only shown, where that is possible.
      expect(numbered.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
      for (const item of [numbered[1], items('help')[0]])
        item?.click?.(undefined as never, undefined, undefined as never);
      expect(shown).toEqual([{ view: 'exports' }, { view: 'keys' }]);
    },
  );

  it('has DevTools in a checkout', () => {
    expect(flat(appMenu('linux', { packaged: false, name: 'Tokentray' }, { show: nothing }))).toContain(
      'toggleDevTools',
    );
  });
});

describe('nativeMenu', () => {
  it('is what Electron takes, and each click runs its command', () => {
    const ran: TrayCommand[] = [];
    const menu = nativeMenu(
      [
        { kind: 'heading', label: 'Atlassian' },
        { kind: 'checkbox', label: 'Pause', checked: true, command: { do: 'pause', paused: false } },
        { kind: 'separator' },
        {
          kind: 'submenu',
          label: 'More',
          items: [{ kind: 'action', label: 'Quit', command: { do: 'quit' } }],
        },
      ],
      (command) => ran.push(command),
      { headers: false, sublabels: false },
    );
    expect(menu).toMatchObject([
      { label: 'Atlassian', enabled: false },
      { type: 'checkbox', label: 'Pause', checked: true },
      { type: 'separator' },
      { label: 'More', submenu: [{ label: 'Quit' }] },
    ]);
    const click = (item: MenuItemConstructorOptions | undefined): void =>
      item?.click?.(undefined as never, undefined, undefined as never);
    click(menu[1]);
    click((menu[3]?.submenu as MenuItemConstructorOptions[] | undefined)?.[0]);
    expect(ran).toEqual([{ do: 'pause', paused: false }, { do: 'quit' }]);
  });
});

it.each([
  ['darwin', undefined, false, 2, 'normalTemplate.png'],
  ['win32', undefined, true, 1, 'normal-on-dark.ico'],
  ['win32', undefined, false, 2, 'normal-on-light.ico'],
  ['linux', 'KDE', false, 1, 'normal-on-light-22.png'],
  ['linux', 'KDE', true, 2, 'normal-on-dark-48.png'],
  ['linux', 'ubuntu:GNOME', false, 1, 'normal-on-dark-24.png'],
  ['linux', 'XFCE', false, 1, 'normal-on-light-24.png'],
  ['linux', 'XFCE', false, 1.25, 'normal-on-light-32.png'],
])('the icon on %s %s (dark: %s, scale %d) is %s', (platform, desktop, systemDark, scaleFactor, file) => {
  expect(trayIconFile('normal', { platform, desktop, systemDark, scaleFactor })).toBe(file);
});

it('the icons are next to the packaged app, or in the checkout', () => {
  const parts = { resources: '/opt/t/resources', root: '/src' };
  expect(trayFolder({ ...parts, packaged: true })).toBe('/opt/t/resources/tray');
  expect(trayFolder({ ...parts, packaged: false })).toBe('/src/build/tray');
});

describe('what a system’s menus can show', () => {
  it.each([
    ['linux', '6.8.0', false, false],
    ['win32', '10.0.26100', false, false],
    ['darwin', '22.6.0', false, false],
    ['darwin', '23.0.0', true, false],
    ['darwin', '23.4.0', true, true],
    ['darwin', '25.1.0', true, true],
  ])('%s %s: headings %s, second lines %s', (platform, release, headers, sublabels) => {
    expect(menuForms(platform, release)).toEqual({ headers, sublabels });
  });

  it('has real headings, second lines and shortcuts that are only shown', () => {
    const menu = nativeMenu(
      [
        { kind: 'heading', label: 'Atlassian' },
        {
          kind: 'radio',
          label: 'R&&D',
          sublabel: 'R&D site',
          checked: true,
          command: { do: 'use', connection: connectionId(1) },
        },
        { kind: 'action', label: 'Settings…', keys: 'CommandOrControl+,', command: { do: 'quit' } },
      ],
      nothing,
      { headers: true, sublabels: true },
    );
    expect(menu).toMatchObject([
      { type: 'header', label: 'Atlassian' },
      { label: 'R&&D', sublabel: 'R&D site' },
      { accelerator: 'CommandOrControl+,', registerAccelerator: false },
    ]);
  });
});
