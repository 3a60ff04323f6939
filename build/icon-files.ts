import { icnsFile, icoFile } from './icon-containers.ts';

/** Draws a file of `build/icons/source` at a size, on nothing; `ink` is what the source calls `currentColor`. */
export type Draw = (source: string, size: number, ink?: string) => Promise<Buffer>;

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
const TRAY_STATES = ['normal', 'attention', 'paused'];
const TRAY_ICO_SIZES = [16, 20, 24, 32];
const TRAY_LINUX_SIZES = [22, 24, 32, 48];
/** The color of the icon by the background that it is shown on. */
const INKS = { light: '#1f1f1f', dark: '#ffffff' };

/** Every icon file below `build/`, drawn. What each is for: `build/icons/README.md`. */
export async function iconFiles(draw: Draw): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const app = (size: number): Promise<Buffer> => draw(size <= 32 ? 'app-small.svg' : 'app.svg', size);
  const ico = async (sizes: number[], one: (size: number) => Promise<Buffer>): Promise<Buffer> =>
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
    const source = `tray-${state}.svg`;
    files.set(`tray/${state}Template.png`, await draw(source, 16, '#000000'));
    files.set(`tray/${state}Template@2x.png`, await draw(source, 32, '#000000'));
    for (const [background, ink] of Object.entries(INKS)) {
      files.set(
        `tray/${state}-on-${background}.ico`,
        await ico(TRAY_ICO_SIZES, (size) => draw(source, size, ink)),
      );
      for (const size of TRAY_LINUX_SIZES) {
        files.set(`tray/${state}-on-${background}-${size}.png`, await draw(source, size, ink));
      }
    }
  }
  return files;
}
