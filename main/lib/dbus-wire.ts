/** The part of the D-Bus wire format that a client of the Secret Service needs; little-endian only. */

/** A call without file descriptors. `body` is marshalled by `BodyWriter` to `signature`. */
export interface MethodCall {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature: string;
  body: Uint8Array;
}

const METHOD_CALL = 1;
const HEADER_BYTES = 16;
const FIELD = { path: 1, interface: 2, member: 3, errorName: 4, destination: 6, signature: 8 } as const;
const KINDS: Readonly<Record<number, Message['kind']>> = { 2: 'reply', 3: 'error', 4: 'signal' };

const padding = (length: number, boundary: number): number => (boundary - (length % boundary)) % boundary;

export class BodyWriter {
  readonly #parts: Buffer[] = [];
  #length = 0;

  align(boundary: number): this {
    return this.raw(Buffer.alloc(padding(this.#length, boundary)));
  }

  byte(value: number): this {
    return this.raw(Buffer.of(value));
  }

  /** Also for booleans. */
  uint32(value: number): this {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.raw(bytes);
  }

  /** Also for object paths. */
  string(text: string): this {
    const bytes = Buffer.from(text, 'utf8');
    return this.uint32(bytes.length).raw(bytes).byte(0);
  }

  signature(text: string): this {
    return this.byte(text.length).raw(Buffer.from(text, 'latin1')).byte(0);
  }

  /** `as`, `ao` */
  strings(texts: readonly string[]): this {
    const inner = new BodyWriter();
    for (const text of texts) inner.string(text);
    return this.uint32(inner.#length).raw(inner.bytes());
  }

  /** `ay` */
  byteArray(bytes: Uint8Array): this {
    return this.uint32(bytes.length).raw(Buffer.from(bytes));
  }

  /** `a{s…}`: `value` writes what follows each key. */
  dictionary<T>(entries: Readonly<Record<string, T>>, value: (writer: BodyWriter, entry: T) => void): this {
    // Entries start at a multiple of 8, and so does `inner`: its paddings are the same.
    const inner = new BodyWriter();
    for (const [key, entry] of Object.entries(entries)) value(inner.align(8).string(key), entry);
    return this.uint32(inner.#length).align(8).raw(inner.bytes());
  }

  /** `a{ss}` */
  stringMap(entries: Readonly<Record<string, string>>): this {
    return this.dictionary(entries, (writer, entry) => writer.string(entry));
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** As they are, at the present place. */
  raw(bytes: Buffer): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

/** Reads a body value by value. Throws a RangeError where the body ends too early. */
export class BodyReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  align(boundary: number): this {
    this.#offset += padding(this.#offset, boundary);
    return this;
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.#offset);
    this.#offset += 1;
    return value;
  }

  /** Also for booleans. */
  uint32(): number {
    this.align(4);
    const value = this.#bytes.readUInt32LE(this.#offset);
    this.#offset += 4;
    return value;
  }

  /** Also for object paths. */
  string(): string {
    const text = this.#take(this.uint32()).toString('utf8');
    this.#offset += 1;
    return text;
  }

  signature(): string {
    const text = this.#take(this.byte()).toString('latin1');
    this.#offset += 1;
    return text;
  }

  /** `as`, `ao` */
  strings(): string[] {
    const length = this.uint32();
    const end = this.#offset + length;
    const texts: string[] = [];
    while (this.#offset < end) texts.push(this.string());
    return texts;
  }

  /** `ay`: a view of the body. */
  byteArray(): Buffer {
    return this.#take(this.uint32());
  }

  #take(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new RangeError('the message bus sent a body that is too short');
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }
}

/** https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages */
export function encodeCall(call: MethodCall, serial: number): Buffer {
  const fields = new BodyWriter();
  const text = (code: number, type: string, value: string): void => {
    fields.align(8).byte(code).signature(type).string(value);
  };
  text(FIELD.path, 'o', call.path);
  text(FIELD.interface, 's', call.interface);
  text(FIELD.member, 's', call.member);
  text(FIELD.destination, 's', call.destination);
  if (call.signature !== '') fields.align(8).byte(FIELD.signature).signature('g').signature(call.signature);
  const fieldBytes = fields.bytes();
  const head = new BodyWriter()
    .byte('l'.charCodeAt(0))
    .byte(METHOD_CALL)
    .byte(0)
    .byte(1)
    .uint32(call.body.length)
    .uint32(serial)
    .uint32(fieldBytes.length)
    .bytes();
  return Buffer.concat([head, fieldBytes, Buffer.alloc(padding(fieldBytes.length, 8)), call.body]);
}

export interface Message {
  kind: 'reply' | 'error' | 'signal' | 'other';
  /** Empty where the message has none. */
  path: string;
  member: string;
  errorName: string;
  body: Buffer;
}

/** The first message in `bytes` and how long it is; null while it is not complete. Throws on what is no D-Bus. */
export function decodeMessage(bytes: Buffer): { message: Message; length: number } | null {
  if (bytes.length < HEADER_BYTES) return null;
  if (bytes[0] !== 'l'.charCodeAt(0)) throw new Error('the message bus uses a different byte order');
  const fieldBytes = bytes.readUInt32LE(12);
  const bodyStart = HEADER_BYTES + fieldBytes + padding(fieldBytes, 8);
  const length = bodyStart + bytes.readUInt32LE(4);
  if (length > 1 << 24) throw new Error('the message bus sent a message that is too long');
  if (bytes.length < length) return null;
  const fields = decodeFields(bytes.subarray(HEADER_BYTES, HEADER_BYTES + fieldBytes));
  const message: Message = {
    kind: KINDS[bytes[1] ?? 0] ?? 'other',
    path: fields.get(FIELD.path) ?? '',
    member: fields.get(FIELD.member) ?? '',
    errorName: fields.get(FIELD.errorName) ?? '',
    body: bytes.subarray(bodyStart, length),
  };
  return { message, length };
}

/** The header's fields that hold text. */
function decodeFields(bytes: Buffer): Map<number, string> {
  const reader = new BodyReader(bytes);
  const fields = new Map<number, string>();
  while (!reader.align(8).atEnd) {
    const code = reader.byte();
    switch (reader.signature()) {
      case 'o':
      case 's':
        fields.set(code, reader.string());
        break;
      case 'g':
        fields.set(code, reader.signature());
        break;
      case 'u':
        reader.uint32();
        break;
      default:
        return fields;
    }
  }
  return fields;
}

/** The string or object path at the start of a body; empty when there is none. */
export function firstString(body: Buffer): string {
  if (body.length < 4) return '';
  return body.subarray(4, 4 + body.readUInt32LE(0)).toString('utf8');
}
