/** The little of the D-Bus wire format that the Secret Service search needs; little-endian only. */

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
const KINDS = ['other', 'other', 'reply', 'error', 'signal'] as const;
const HEADER_BYTES = 16;
const FIELD = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 } as const;

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

  /** `a{ss}` */
  stringMap(entries: Readonly<Record<string, string>>): this {
    // Entries start at a multiple of 8, and so does `inner`: its paddings are the same.
    const inner = new BodyWriter();
    for (const [key, value] of Object.entries(entries)) inner.align(8).string(key).string(value);
    const bytes = inner.bytes();
    return this.uint32(bytes.length).align(8).raw(bytes);
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
  body: Buffer;
}

/** The first message in `bytes` and how long it is; null while it is not complete. Throws on what is no D-Bus. */
export function decodeMessage(bytes: Buffer): { message: Message; length: number } | null {
  if (bytes.length < HEADER_BYTES) return null;
  if (bytes[0] !== 'l'.charCodeAt(0)) throw new Error('the message bus speaks another byte order');
  const fieldBytes = bytes.readUInt32LE(12);
  const bodyStart = HEADER_BYTES + fieldBytes + padding(fieldBytes, 8);
  const length = bodyStart + bytes.readUInt32LE(4);
  if (length > 1 << 24) throw new Error('the message bus sent a message that is too long');
  if (bytes.length < length) return null;
  const kind = KINDS[bytes[1] ?? 0] ?? 'other';
  return { message: { kind, body: bytes.subarray(bodyStart, length) }, length };
}

/** The string or object path at the start of a body; empty when there is none. */
export function firstString(body: Buffer): string {
  if (body.length < 4) return '';
  return body.subarray(4, 4 + body.readUInt32LE(0)).toString('utf8');
}
