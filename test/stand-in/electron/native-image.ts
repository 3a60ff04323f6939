import { readFileSync } from 'node:fs';
import path from 'node:path';

type ImageShape = Pick<
  Electron.NativeImage,
  | 'isEmpty'
  | 'getSize'
  | 'toPNG'
  | 'toDataURL'
  | 'setTemplateImage'
  | 'isTemplateImage'
  | 'resize'
  | 'addRepresentation'
>;

/** Reads width and height of a PNG (IHDR) or of an ICO's first picture; null for anything else. */
function sizeOf(bytes: Buffer): Electron.Size | null {
  if (bytes.length > 24 && bytes.subarray(1, 4).toString('latin1') === 'PNG') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length > 22 && bytes.readUInt32LE(0) === 0x00010000) {
    return { width: bytes.readUInt8(6) || 256, height: bytes.readUInt8(7) || 256 };
  }
  return null;
}

/** An image: its bytes and where they came from. Nothing is drawn. */
export class StandInImage implements ImageShape {
  readonly file: string | null;
  readonly #bytes: Buffer;
  readonly #size: Electron.Size | null;
  #template: boolean;

  constructor(bytes: Buffer, file: string | null) {
    this.#bytes = bytes;
    this.#size = sizeOf(bytes);
    this.file = file;
    this.#template = file !== null && /Template(@\dx)?\.png$/.test(file);
  }

  isEmpty = (): boolean => this.#size === null;
  getSize = (): Electron.Size => this.#size ?? { width: 0, height: 0 };
  toPNG = (): Buffer => this.#bytes;
  toDataURL = (): string => `data:image/png;base64,${this.#bytes.toString('base64')}`;
  setTemplateImage = (option: boolean): void => void (this.#template = option);
  isTemplateImage = (): boolean => this.#template;
  resize = (): Electron.NativeImage => this as unknown as Electron.NativeImage;
  addRepresentation = (): void => undefined;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

export const nativeImage = {
  createEmpty: (): StandInImage => new StandInImage(Buffer.alloc(0), null),
  /** A path that cannot be read gives an empty image, as Electron does. */
  createFromPath: (file: string): StandInImage => new StandInImage(read(file), path.resolve(file)),
  createFromBuffer: (buffer: Buffer): StandInImage => new StandInImage(buffer, null),
  createFromDataURL: (url: string): StandInImage =>
    new StandInImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'), null),
};
