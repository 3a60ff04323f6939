import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha for each pixel, row by row. */
  readonly pixels: Buffer;
}

/** Reads a PNG of 8 bits a channel with alpha and without interlacing; throws on any other (PNG specification, 9). */
export function readPng(file: Buffer): Picture {
  if (file.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG');
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + length));
  }
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file.readUInt8(24) !== 8 || file.readUInt8(25) !== 6 || file.readUInt8(28) !== 0) {
    throw new Error('not 8-bit RGBA without interlacing');
  }
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * 4;
  if (lines.length !== height * (stride + 1)) throw new Error('the data has another size');
  const pixels = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : pixels[y * stride + x - 4]!;
      const above = y === 0 ? 0 : pixels[(y - 1) * stride + x]!;
      const corner = x < 4 || y === 0 ? 0 : pixels[(y - 1) * stride + x - 4]!;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter!]!;
      pixels[y * stride + x] = (lines[y * (stride + 1) + 1 + x]! + predicted) & 0xff;
    }
  }
  return { width, height, pixels };
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
