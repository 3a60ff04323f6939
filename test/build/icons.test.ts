import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ICNS_ENTRIES } from '../../build/icon-containers.ts';
import { iconFiles } from '../../build/icon-files.ts';
import { TRAY_GEOMETRY, trayDrawings, type TrayIconSize } from '../../build/tray-icon.ts';
import { readPng, type Picture } from './png.ts';

const build = path.resolve(import.meta.dirname, '../../build');
const read = (file: string): Buffer => readFileSync(path.join(build, file));
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const manifest = JSON.parse(read('icons/manifest.json').toString()) as {
  sources: Record<string, string>;
  files: Record<string, string>;
};
const generated = Object.keys(manifest.files);

/** The PNGs of a Windows icon, each with the size that its directory entry claims. */
function icoImages(file: Buffer): { size: number; png: Buffer }[] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + index * 16;
    const [length, offset] = [file.readUInt32LE(entry + 8), file.readUInt32LE(entry + 12)];
    expect(offset + length).toBeLessThanOrEqual(file.length);
    return { size: file.readUInt8(entry) || 256, png: file.subarray(offset, offset + length) };
  });
}

function icnsImages(file: Buffer): { type: string; png: Buffer }[] {
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const images = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const png = file.subarray(at + 8, at + file.readUInt32BE(at + 4));
    images.push({ type: file.toString('latin1', at, at + 4), png });
  }
  return images;
}

describe('the committed icons', () => {
  it('were drawn from the sources that are committed: run `npm run icons` after a change', () => {
    const sources = readdirSync(path.join(build, 'icons/source')).sort();
    expect(manifest.sources).toEqual({
      ...Object.fromEntries(sources.map((file) => [file, sha256(read(`icons/source/${file}`))])),
      ...Object.fromEntries(trayDrawings().map(([name, svg]) => [name, sha256(Buffer.from(svg))])),
    });
    expect(read('../renderer/public/favicon.svg')).toEqual(read('icons/source/app-small.svg'));
  });

  it('are those that the script makes, unchanged since, and no others', async () => {
    const wanted = [
      ...(await iconFiles({ large: '', small: '' }, () => Promise.resolve(Buffer.alloc(0)))).keys(),
    ];
    expect(generated).toEqual(wanted);
    expect(manifest.files).toEqual(Object.fromEntries(wanted.map((file) => [file, sha256(read(file))])));
    expect(readdirSync(path.join(build, 'tray')).sort()).toEqual(
      wanted
        .filter((file) => file.startsWith('tray/'))
        .map((file) => file.slice('tray/'.length))
        .sort(),
    );
  });

  it.each(generated.filter((file) => /\d\.png$/.test(file)))('%s has the size of its name', (file) => {
    const size = Number(/(\d+)\.png$/.exec(file)?.[1]);
    expect(readPng(read(file))).toMatchObject({ width: size, height: size });
  });

  it.each(generated.filter((file) => file.endsWith('.ico')))('%s holds each size once', (file) => {
    const images = icoImages(read(file));
    const sizes = images.map(({ size }) => size);
    expect(sizes).toEqual(file.startsWith('tray') ? [16, 20, 24, 32] : [16, 20, 24, 32, 40, 48, 64, 256]);
    for (const { size, png } of images) expect(readPng(png)).toMatchObject({ width: size, height: size });
  });

  it('icon.icns holds a picture of the right size in every entry', () => {
    const images = icnsImages(read('icons/icon.icns'));
    expect(images.map(({ type }) => type)).toEqual(Object.keys(ICNS_ENTRIES));
    for (const { type, png } of images) {
      expect(readPng(png).width).toBe(ICNS_ENTRIES[type as keyof typeof ICNS_ENTRIES]);
    }
  });
});

/** Every tray icon that is committed, of one state on one ground, by size. */
function trayPictures(state: string): [size: TrayIconSize, name: string, picture: Picture][] {
  const of = (name: string, png: Buffer): [TrayIconSize, string, Picture] => {
    const picture = readPng(png);
    return [picture.width as TrayIconSize, `${name} at ${picture.width}`, picture];
  };
  return [
    of('Template', read(`tray/${state}Template.png`)),
    of('Template@2x', read(`tray/${state}Template@2x.png`)),
    ...['light', 'dark'].flatMap((ground) => [
      ...icoImages(read(`tray/${state}-on-${ground}.ico`)).map(({ png }) => of(`${ground}.ico`, png)),
      ...[22, 24, 32, 48].map((size) => of(ground, read(`tray/${state}-on-${ground}-${size}.png`))),
    ]),
  ];
}

const alphaAt = ({ width, pixels }: Picture, x: number, y: number): number =>
  pixels[(y * width + x) * 4 + 3]!;

const STATES = ['normal', 'attention', 'paused'];

describe('the tray icons on whole pixels', () => {
  it.each(STATES)('%s: no straight stroke has a half-transparent edge', (state) => {
    for (const [size, name, picture] of trayPictures(state)) {
      const { stroke, tray, bow } = TRAY_GEOMETRY[size];
      const below = Math.max(bow.top + bow.diameter, tray.top);
      const straight: [number, number][] = [];
      // The sides, stem and tooth; the bottom between its corners.
      for (let y = below; y < tray.bottom - tray.radius; y++)
        for (let x = 0; x < size; x++) straight.push([x, y]);
      for (let y = tray.bottom - tray.radius; y < size; y++)
        for (let x = tray.left + tray.radius; x < tray.right - tray.radius; x++) straight.push([x, y]);
      const soft = straight.filter(([x, y]) => alphaAt(picture, x, y) % 255 !== 0);
      expect(soft, name).toEqual([]);
      const inked = straight.filter(([x, y]) => alphaAt(picture, x, y) === 255).length;
      expect(inked, name).toBeGreaterThan(stroke * size);
      // In the middle, so that the key stands straight.
      const middle = Array.from({ length: size }, (_, x) => alphaAt(picture, x, below));
      expect(middle.slice(size / 2 - stroke / 2, size / 2 + stroke / 2), name).toEqual(
        Array<number>(stroke).fill(255),
      );
    }
  });

  it.each(['attention', 'paused'])('the mark of %s moves nothing else', (state) => {
    const normal = trayPictures('normal');
    for (const [index, [size, name, picture]] of trayPictures(state).entries()) {
      const { side, gap } = TRAY_GEOMETRY[size].mark;
      const before = normal[index]![2];
      const differing: [number, number][] = [];
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const at = (y * size + x) * 4;
          if (!picture.pixels.subarray(at, at + 4).equals(before.pixels.subarray(at, at + 4)))
            differing.push([x, y]);
        }
      expect(differing.length, name).toBeGreaterThan(side);
      expect(
        differing.filter(([x, y]) => x < size - side - gap || y >= side + gap),
        name,
      ).toEqual([]);
    }
  });

  it('the bars of pause have no soft edge either', () => {
    for (const [size, name, picture] of trayPictures('paused')) {
      const { side } = TRAY_GEOMETRY[size].mark;
      for (let y = 0; y < side; y++)
        for (let x = size - side; x < size; x++)
          expect(alphaAt(picture, x, y) % 255, `${name}: ${x}, ${y}`).toBe(0);
    }
  });
});

describe('the tray icons', () => {
  it.each(generated.filter((file) => file.includes('Template')))('%s is black and alpha only', (file) => {
    const { width, pixels } = readPng(read(file));
    expect(width).toBe(file.includes('@2x') ? 32 : 16);
    const inked = Array.from({ length: pixels.length / 4 }, (_, at) =>
      pixels.subarray(at * 4, at * 4 + 4),
    ).filter((pixel) => pixel[3] !== 0);
    expect(inked.length).toBeGreaterThan(20);
    expect(inked.every(([red, green, blue]) => red === 0 && green === 0 && blue === 0)).toBe(true);
  });

  it('differ from state to state by shape, not by colour alone', () => {
    const ink = (state: string): string => {
      const { pixels } = readPng(read(`tray/${state}Template.png`));
      return Buffer.from(pixels.filter((_, at) => at % 4 === 3)).toString('hex');
    };
    expect(new Set(['normal', 'attention', 'paused'].map(ink)).size).toBe(3);
  });

  it('stand out from their ground', () => {
    for (const [ground, brightest] of [
      ['light', 0x40],
      ['dark', 0xff],
    ] as const) {
      const { pixels } = readPng(read(`tray/normal-on-${ground}-24.png`));
      const solid = Array.from({ length: pixels.length / 4 }, (_, at) => at * 4).filter(
        (at) => pixels[at + 3] === 255,
      );
      expect(
        solid.every((at) => (ground === 'light' ? pixels[at]! <= brightest : pixels[at] === brightest)),
      ).toBe(true);
      expect(solid.length).toBeGreaterThan(30);
    }
  });
});
