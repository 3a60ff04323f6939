import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { menuForms } from '../../../../main/hosts/electron/menu-forms.ts';
import type { TrayCommand } from '../../../../main/hosts/electron/tray-item.ts';
import { DesktopTray, type TrayParts } from '../../../../main/hosts/electron/tray.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { aConnection, connectionId } from '../../../fakes/window-data.ts';
import { NOW, STATES, aModel } from './a-model.ts';

const THROTTLE_MS = 200;

/** What the system was told to show. */
class FakeTray extends EventEmitter {
  readonly images: string[] = [];
  readonly tooltips: string[] = [];
  readonly menus: MenuItemConstructorOptions[][] = [];
  destroyed = 0;

  setImage = (image: unknown): void => void this.images.push(image as string);
  setToolTip = (text: string): void => void this.tooltips.push(text);
  setContextMenu = (menu: unknown): void => void this.menus.push(menu as MenuItemConstructorOptions[]);
  destroy = (): void => {
    this.destroyed++;
  };

  click(label: string): void {
    const item = this.menus.at(-1)?.find((entry) => entry.type === 'radio' && entry.label?.startsWith(label));
    item?.click?.(undefined as never, undefined, undefined as never);
  }
}

let clock: FakeClock;
let made: FakeTray[];
let commands: TrayCommand[];

const acme = aConnection(1, NOW, { name: 'acme', active: true });
const gone = aConnection(1, NOW, { name: 'acme', active: true, status: STATES.gone });
const well = aModel({ connections: [acme] });

let systemDark = false;

function start(platform = 'linux', model = well): [DesktopTray, FakeTray] {
  const tray = new DesktopTray(
    {
      createTray: (image) => {
        const fake = new FakeTray();
        fake.images.push(image as unknown as string);
        made.push(fake);
        return fake as unknown as ReturnType<TrayParts['createTray']>;
      },
      loadImage: (file) => file as never,
      buildMenu: (template) => template as never,
      folder: '/icons',
      background: () => ({ platform, desktop: 'KDE', systemDark, scaleFactor: 1 }),
      clock,
      run: (command) => commands.push(command),
      platform,
      forms: menuForms(platform, ''),
    },
    model,
  );
  return [tray, made[0]!];
}

beforeEach(() => {
  clock = new FakeClock(NOW);
  made = [];
  commands = [];
  systemDark = false;
});

describe('DesktopTray', () => {
  it('uses the icon for its background when the system turns dark', () => {
    const [desktop, tray] = start();
    systemDark = true;
    desktop.backgroundChanged();
    clock.advance(THROTTLE_MS);
    expect(tray.images.at(-1)).toBe('/icons/normal-on-dark-22.png');
  });

  it('shows state as icon, as words and in the menu from the start', () => {
    const [, tray] = start('linux', aModel({ connections: [gone] }));
    expect(tray.images).toEqual(['/icons/attention-on-light-22.png']);
    expect(tray.tooltips).toEqual(['Tokentray: “acme” needs reconnecting']);
    expect(tray.menus).toHaveLength(1);
  });

  it('changes the one icon, and never makes another', () => {
    const [shown, tray] = start();
    clock.advance(1000);
    shown.setModel(aModel({ connections: [gone] }));
    expect(tray.images).toEqual(['/icons/normal-on-light-22.png', '/icons/attention-on-light-22.png']);
    expect(made).toHaveLength(1);
    expect(tray.destroyed).toBe(0);
  });

  it('renders at most once in 200 ms, and then what is true by then', () => {
    const [shown, tray] = start();
    for (let change = 0; change < 50; change++) {
      shown.setModel(aModel({ connections: [change % 2 === 0 ? gone : acme] }));
      clock.advance(1);
    }
    expect(tray.images).toHaveLength(1);
    shown.setModel(aModel({ connections: [gone] }));
    clock.advance(THROTTLE_MS);
    expect(tray.images).toHaveLength(2);
    expect(tray.tooltips.at(-1)).toContain('needs reconnecting');
  });

  it('leaves the menu alone while nothing in it differs: one that is open would close', () => {
    const [shown, tray] = start();
    clock.advance(1000);
    shown.setModel(aModel({ connections: [{ ...acme, lastRefreshAt: null }] }));
    clock.advance(THROTTLE_MS);
    expect(tray.menus).toHaveLength(1);
  });

  it('builds the menu again after a click, though nothing changed: the mark has moved', () => {
    const [shown, tray] = start();
    tray.click('acme');
    expect(commands).toEqual([{ do: 'use', connection: connectionId(1) }]);
    shown.rebuild();
    expect(tray.menus).toHaveLength(2);
    expect(tray.menus[1]?.find(({ type }) => type === 'radio')).toMatchObject({
      label: 'acme – acme.atlassian.net · ana',
      checked: true,
    });
  });

  it('keeps its words true while days pass without an event', () => {
    const expiring = aConnection(1, NOW, { name: 'acme', status: STATES.expiring });
    const [, tray] = start('linux', aModel({ connections: [expiring] }));
    expect(tray.tooltips.at(-1)).toContain('in 3 days');
    clock.advance(24 * 3_600_000);
    expect(tray.tooltips.at(-1)).toContain('in 2 days');
  });

  it('keeps the end of a token true, also after sleep, when timers have stopped', () => {
    const header = (tray: FakeTray): string | undefined => tray.menus.at(-1)?.[0]?.label;
    const [shown, tray] = start();
    expect(header(tray)).toMatch(/works until/);
    clock.advance(52 * 60_000 + 6000);
    expect(header(tray)).toMatch(/renewing/);
    const renewed = aConnection(1, clock.now(), { name: 'acme', active: true });
    shown.setModel(aModel({ connections: [renewed] }));
    clock.advance(THROTTLE_MS);
    expect(header(tray)).toMatch(/works until/);
    clock.setNow(clock.now() + 3_600_000);
    expect(header(tray)).toMatch(/works until/);
    shown.refresh();
    expect(header(tray)).toMatch(/renewing/);
  });

  it('says for five seconds what was done, in the place of the state', () => {
    const [shown, tray] = start();
    shown.note('Copied – clears in 30 s', 5000);
    expect(tray.tooltips.at(-1)).toBe('Tokentray: Copied – clears in 30 s');
    clock.advance(5000);
    expect(tray.tooltips.at(-1)).toBe('Tokentray: Connected');
  });

  it.each([
    ['win32', [{ do: 'open', target: null }]],
    ['linux', [{ do: 'open', target: null }]],
    ['darwin', []],
  ])('on %s a click on the icon asks for %o', (platform, expected) => {
    const [, tray] = start(platform);
    tray.emit('click');
    expect(commands).toEqual(expected);
  });

  it('ends with its timer', () => {
    const [shown, tray] = start();
    shown.dispose();
    expect(tray.destroyed).toBe(1);
    clock.advance(10 * 3_600_000);
    shown.rebuild();
    expect(tray.tooltips).toHaveLength(1);
    expect(tray.menus).toHaveLength(1);
  });
});
