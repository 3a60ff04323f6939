/** The two files that hold one icon in several sizes. Both take PNGs as they are: Windows since Vista, macOS since 10.7. */

export interface SizedPng {
  /** Width and height in pixels. */
  readonly size: number;
  readonly png: Buffer;
}

/** A Windows icon: header, a directory entry of 16 bytes for each size, then the PNGs. */
export function icoFile(images: readonly SizedPng[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // 1: icon
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + images.length * 16;
  const directory = images.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0); // width and height; 0 is 256
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // colour planes
    entry.writeUInt16LE(32, 6); // bits a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...images.map(({ png }) => png)]);
}

/**
 * Which entry of an icns file takes a PNG of which size. `icp4` and `icp5` (16 and 32 pixels for plain screens) are
 * left out: some versions of macOS show PNGs in them scrambled, and take the doubled entries instead where they lack.
 */
export const ICNS_ENTRIES = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const;

/** A macOS icon: `icns`, the length of the file, then for each entry its type, its length with these 8 bytes, its PNG. */
export function icnsFile(png: (size: number) => Buffer): Buffer {
  const entries = Object.entries(ICNS_ENTRIES).map(([type, size]) => block(type, png(size)));
  return block('icns', Buffer.concat(entries));
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
