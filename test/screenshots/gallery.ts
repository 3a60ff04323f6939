import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { FakeWindowCore } from '../fakes/fake-window-core.ts';
import { WINDOW_SCREENS, type WindowScreen } from '../integration/support/window-screens.ts';

const SIZES = { wide: { width: 1100, height: 720 }, narrow: { width: 640, height: 480 } } as const;

export interface GalleryOptions {
  browser: Browser;
  /** The built page. */
  renderer: string;
  folder: string;
  /** Only screens whose name contains this. */
  only: string;
}

/** Takes every screen and dialog from made-up data: wide and narrow, light, dark and in forced colours. */
export async function takeGallery({ browser, renderer, folder, only }: GalleryOptions): Promise<number> {
  let taken = 0;
  const looks = [
    ...(['light', 'dark'] as const).flatMap((colorScheme) =>
      (['wide', 'narrow'] as const).map((size) => ({ size, colorScheme, forcedColors: 'none' as const })),
    ),
    { size: 'wide', colorScheme: 'dark', forcedColors: 'active' } as const,
  ];
  for (const { size, colorScheme, forcedColors } of looks) {
    const look = forcedColors === 'active' ? 'forced-colors' : `${size}-${colorScheme}`;
    mkdirSync(path.join(folder, look), { recursive: true });
    const options = { viewport: SIZES[size], colorScheme, forcedColors, reducedMotion: 'reduce' } as const;
    for (const screen of WINDOW_SCREENS.filter(({ name }) => name.includes(only))) {
      await take(screen, path.join(folder, look), options);
      taken++;
    }
  }
  return taken;

  async function take(
    { name, snapshot, reach }: WindowScreen,
    into: string,
    options: Parameters<Browser['newContext']>[0],
  ): Promise<void> {
    const core = new FakeWindowCore(renderer, snapshot());
    await core.start();
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(core.url);
      await reach(page);
      await page.waitForTimeout(400);
      await page.screenshot({
        path: path.join(into, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`),
      });
    } finally {
      await context.close();
      await core.stop();
    }
  }
}
