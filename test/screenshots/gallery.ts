import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from '@playwright/test';
import { FakeWindowCore } from '../fakes/fake-window-core.ts';
import { FORM_SCREENS } from '../integration/support/window-form-screens.ts';
import { GATEWAY_SCREENS } from '../integration/support/window-gateway-screens.ts';
import { FILE_SCREENS } from '../integration/support/window-file-screens.ts';
import { HABIT_SCREENS } from '../integration/support/window-habit-screens.ts';
import { IMPORT_SCREENS } from '../integration/support/window-import-screens.ts';
import { METHOD_SCREENS } from '../integration/support/window-method-screens.ts';
import { OVERVIEW_SCREENS } from '../integration/support/window-overview-screens.ts';
import { PERMISSION_SCREENS } from '../integration/support/window-permission-screens.ts';
import { RARE_SCREENS } from '../integration/support/window-rare-screens.ts';
import { SETUP_SCREENS } from '../integration/support/window-setup-screens.ts';
import { USE_SCREENS } from '../integration/support/window-use-screens.ts';
import { WINDOW_SCREENS, type WindowScreen } from '../integration/support/window-screens.ts';
import { settling } from './settled.ts';

const WIDE = { width: 1100, height: 720 };
const WIDEST = { width: 1600, height: 1000 };
const NARROW = { width: 640, height: 480 };
/** Taken side by side: more gains nothing where four cores are usual. */
const AT_ONCE = 4;

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  'wide-light': { viewport: WIDE, colorScheme: 'light' },
  'wide-dark': { viewport: WIDE, colorScheme: 'dark' },
  'narrow-light': { viewport: NARROW, colorScheme: 'light' },
  'narrow-dark': { viewport: NARROW, colorScheme: 'dark' },
  // A second column instead of longer lines.
  'widest-light': { viewport: WIDEST, colorScheme: 'light' },
  'forced-colors': { viewport: WIDE, colorScheme: 'dark', forcedColors: 'active' },
};

export interface GalleryOptions {
  browser: Browser;
  /** The built page. */
  renderer: string;
  folder: string;
  /** Only screens whose name contains one of these, in any case; all when there is none. */
  only: readonly string[];
}

/** Takes every screen and dialog from made-up data: wide and narrow, light, dark and in forced colours. */
export async function takeGallery({ browser, renderer, folder, only }: GalleryOptions): Promise<number> {
  const wanted = only.map((part) => part.toLowerCase());
  const screens = [
    ...WINDOW_SCREENS,
    ...OVERVIEW_SCREENS,
    ...RARE_SCREENS,
    ...METHOD_SCREENS,
    ...GATEWAY_SCREENS,
    ...IMPORT_SCREENS,
    ...PERMISSION_SCREENS,
    ...FORM_SCREENS,
    ...FILE_SCREENS,
    ...HABIT_SCREENS,
    ...SETUP_SCREENS,
    ...USE_SCREENS,
  ].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part)));
  const shots = Object.entries(LOOKS).flatMap(([look, options]) => {
    mkdirSync(path.join(folder, look), { recursive: true });
    return screens.map((screen) => ({ screen, options, into: path.join(folder, look) }));
  });
  const waiting = shots.values();
  const takeSome = async (): Promise<void> => {
    for (const { screen, options, into } of waiting) await take(screen, into, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeSome));
  return shots.length;

  async function take(
    { name, snapshot, reach }: WindowScreen,
    into: string,
    options: BrowserContextOptions,
  ): Promise<void> {
    const core = new FakeWindowCore(renderer, snapshot());
    await core.start();
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
    try {
      const settled = await settling(context);
      const page = await context.newPage();
      await page.goto(core.url);
      await reach(page, core);
      await settled(page);
      await page.screenshot({
        path: path.join(into, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`),
      });
    } catch (error) {
      throw new Error(`“${name}” could not be taken for ${path.basename(into)}`, { cause: error });
    } finally {
      await context.close();
      await core.stop();
    }
  }
}
