// Draws every icon in Chromium: the app's from build/icons/source, the tray's from build/tray-icon.ts.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from '../bundle.ts';
import { chromiumOptions } from '../chromium.ts';
import { TEMPLATE_INK, iconFiles, type Draw } from '../icon-files.ts';
import { installSystemPackages } from '../system-packages.ts';
import { trayDrawings } from '../tray-icon.ts';

/** The dot of attention where colours can be had; macOS colours template images itself. */
const ATTENTION = '#e2483d';

installSystemPackages();
const build = path.join(ROOT, 'build');
const sources = path.join(build, 'icons', 'source');
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const browser = await chromium.launch(chromiumOptions());
const page = await browser.newPage();
/** One page for all, one drawing after the other. */
let last: Promise<unknown> = Promise.resolve();
const draw: Draw = (picture, size, ink = TEMPLATE_INK) => {
  const drawn = last.then(async () => {
    await page.setViewportSize({ width: size, height: size });
    const dot = ink === TEMPLATE_INK ? '' : `--attention: ${ATTENTION};`;
    const svg = picture.replace(
      '<svg ',
      `<svg width="${size}" height="${size}" style="display: block; color: ${ink}; ${dot}" `,
    );
    await page.setContent(`<body style="margin: 0">${svg}</body>`);
    return page.screenshot({ omitBackground: true });
  });
  last = drawn;
  return drawn;
};
const source = (name: string): string => readFileSync(path.join(sources, name), 'utf8');
const files = await iconFiles({ large: source('app.svg'), small: source('app-small.svg') }, draw);
await browser.close();

rmSync(path.join(build, 'tray'), { recursive: true, force: true });
mkdirSync(path.join(build, 'tray'));
for (const [file, content] of files) writeFileSync(path.join(build, file), content);

writeFileSync(
  path.join(ROOT, 'renderer', 'public', 'favicon.svg'),
  readFileSync(path.join(sources, 'app-small.svg')),
);

const hashes = (entries: [string, Buffer][]): Record<string, string> =>
  Object.fromEntries(entries.map(([file, content]) => [file, sha256(content)]));
const manifest = {
  sources: hashes([
    ...readdirSync(sources)
      .sort()
      .map((file): [string, Buffer] => [file, readFileSync(path.join(sources, file))]),
    ...trayDrawings().map(([name, svg]): [string, Buffer] => [name, Buffer.from(svg)]),
  ]),
  files: hashes([...files]),
};
writeFileSync(path.join(build, 'icons', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.error(`✓ ${files.size} icon files in build/icons and build/tray`);
