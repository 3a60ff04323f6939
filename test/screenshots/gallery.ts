import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
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

const SIZES = {
  narrow: { width: 640, height: 480 },
  small: { width: 960, height: 640 },
  wide: { width: 1100, height: 720 },
  // A second column instead of longer lines.
  wider: { width: 1600, height: 1000 },
  widest: { width: 2560, height: 1440 },
};
/** Taken side by side: more gains nothing where four cores are usual. */
const AT_ONCE = 4;
/** A screen that cannot be reached fails by then, also on a busy machine. */
const LONGEST_STEP_MS = 20_000;
/** What is taken if no look is named. */
const USUAL = ['wide-light', 'wide-dark', 'narrow-light', 'narrow-dark', 'wider-light', 'forced-colors'];

interface Look {
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  forcedColors: 'active' | 'none';
}

const LOOKS: Readonly<Record<string, Look>> = {
  ...Object.fromEntries(
    Object.entries(SIZES).flatMap(([size, viewport]) =>
      (['light', 'dark'] as const).map((colorScheme) => [
        `${size}-${colorScheme}`,
        { viewport, colorScheme, forcedColors: 'none' as const },
      ]),
    ),
  ),
  'forced-colors': { viewport: SIZES.wide, colorScheme: 'dark', forcedColors: 'active' },
};

export interface GalleryOptions {
  browser: Browser;
  /** The built page. */
  renderer: string;
  folder: string;
  /** Only screens whose name contains one of these, in any case; all when there is none. */
  only: readonly string[];
  /** Sizes and colours such as `widest-dark`; the usual ones when there is none. */
  looks: readonly string[];
}

/**
 * Takes every screen and dialog from made-up data: wide and narrow, light, dark and in forced colours. Gives how many were
 * taken; those that could not be taken are an `AggregateError` at the end, when all others are there.
 */
export async function takeGallery({
  browser,
  renderer,
  folder,
  only,
  looks,
}: GalleryOptions): Promise<number> {
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
  const taken = (looks.length === 0 ? USUAL : looks).map((name) => {
    const look = LOOKS[name];
    if (look === undefined)
      throw new Error(`There is no look “${name}”, only ${Object.keys(LOOKS).join(', ')}`);
    const into = path.join(folder, name);
    mkdirSync(into, { recursive: true });
    return { ...look, into };
  });
  const waiting = screens.values();
  const failures: unknown[] = [];
  const takeSome = async (): Promise<void> => {
    for (const screen of waiting)
      await take(screen).catch((cause: unknown) => {
        failures.push(new Error(`“${screen.name}” could not be taken`, { cause }));
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeSome));
  if (failures.length > 0) throw new AggregateError(failures, 'Some pictures could not be taken.');
  return screens.length * taken.length;

  /** Goes there once; then the window gets each look. */
  async function take({ name, snapshot, reach }: WindowScreen): Promise<void> {
    const core = new FakeWindowCore(renderer, snapshot());
    await core.start();
    const context = await browser.newContext({ viewport: SIZES.wide, reducedMotion: 'reduce' });
    context.setDefaultTimeout(LONGEST_STEP_MS);
    try {
      const settled = await settling(context);
      const page = await context.newPage();
      await page.goto(core.url);
      await reach(page, core);
      for (const { into, viewport, ...media } of taken) {
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await settled(page);
        await page.screenshot({
          path: path.join(into, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`),
        });
      }
    } finally {
      await context.close();
      await core.stop();
    }
  }
}
