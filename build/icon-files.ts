import { icnsFile, icoFile } from './icon-containers.ts';
import { TRAY_STATES, trayIconSvg, type TrayIconSize } from './tray-icon.ts';

/** Draws an SVG at a size, on nothing; `ink` is what it calls `currentColor`. */
export type Draw = (svg: string, size: number, ink?: string) => Promise<Buffer>;

/** The app's icon: as it is, and for 32 pixels and less. */
export interface AppIcon {
  large: string;
  small: string;
}

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
const TRAY_ICO_SIZES = [16, 20, 24, 32] as const;
const TRAY_LINUX_SIZES = [22, 24, 32, 48] as const;
/** macOS colours template images itself. */
export const TEMPLATE_INK = '#000000';
/** The color of the icon by the background that it is shown on. */
const INKS = { light: '#1f1f1f', dark: '#ffffff' };

/** Every icon file below `build/`, drawn. What each is for: `build/icons/README.md`. */
export async function iconFiles(appIcon: AppIcon, draw: Draw): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const app = (size: number): Promise<Buffer> => draw(size <= 32 ? appIcon.small : appIcon.large, size);
  const ico = async <S extends number>(
    sizes: readonly S[],
    one: (size: S) => Promise<Buffer>,
  ): Promise<Buffer> =>
    icoFile(await Promise.all(sizes.map(async (size) => ({ size, png: await one(size) }))));

  for (const size of APP_SIZES) files.set(`icons/${size}x${size}.png`, await app(size));
  files.set('icons/icon.ico', await ico(ICO_SIZES, app));
  const forMac = new Map<number, Buffer>();
  for (const size of [32, 64, 128, 256, 512, 1024]) forMac.set(size, await app(size));
  files.set(
    'icons/icon.icns',
    icnsFile((size) => forMac.get(size) ?? Buffer.alloc(0)),
  );

  for (const state of TRAY_STATES) {
    const tray = (size: TrayIconSize, ink: string): Promise<Buffer> =>
      draw(trayIconSvg(state, size), size, ink);
    files.set(`tray/${state}Template.png`, await tray(16, TEMPLATE_INK));
    files.set(`tray/${state}Template@2x.png`, await tray(32, TEMPLATE_INK));
    for (const [background, ink] of Object.entries(INKS)) {
      files.set(`tray/${state}-on-${background}.ico`, await ico(TRAY_ICO_SIZES, (size) => tray(size, ink)));
      for (const size of TRAY_LINUX_SIZES) {
        files.set(`tray/${state}-on-${background}-${size}.png`, await tray(size, ink));
      }
    }
  }
  return files;
}
