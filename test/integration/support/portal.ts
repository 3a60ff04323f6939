import { once } from 'node:events';
import { createConnection } from 'node:net';
import process from 'node:process';
import { BodyWriter, encodeCall } from '../../../main/lib/dbus-wire.ts';
import { sessionBusSocket } from '../../../main/lib/session-bus-address.ts';

const NAME = 'org.freedesktop.portal.Desktop';
const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** A desktop portal on a real message bus, with one setting: the color scheme. */
export interface Portal {
  /** 0: no preference, 1: dark, 2: light. */
  set(scheme: number): void;
  stop(): void;
}

const variant = (inner: BodyWriter, scheme: number): BodyWriter => inner.signature('u').uint32(scheme);

export async function startPortal(env: NodeJS.ProcessEnv, first: number): Promise<Portal> {
  let scheme = first;
  let serial = 0;
  const socket = createConnection(sessionBusSocket(env) ?? '');
  await once(socket, 'connect');
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);
  await once(socket, 'data');
  socket.write('BEGIN\r\n');
  const nothing = new Uint8Array();
  socket.write(encodeCall({ ...BUS, member: 'Hello', signature: '', body: nothing }, ++serial));
  const body = new BodyWriter().string(NAME).uint32(0).bytes();
  socket.write(encodeCall({ ...BUS, member: 'RequestName', signature: 'su', body }, ++serial));

  let received = Buffer.alloc(0);
  let named = (): void => undefined;
  const owned = new Promise<void>((resolve) => (named = resolve));
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 16) {
      const fields = received.readUInt32LE(12);
      const length = 16 + Math.ceil(fields / 8) * 8 + received.readUInt32LE(4);
      if (received.length < length) return;
      const message = received.subarray(0, length);
      received = received.subarray(length);
      const head = message.toString('latin1', 16, 16 + fields);
      if (head.includes('NameAcquired') && message.includes(NAME)) named();
      const sender = /:\d+\.\d+/.exec(head)?.[0];
      if (message[1] !== 1 || !head.includes('Read') || sender === undefined) continue;
      // A variant in a variant, as portals answer `Read`.
      const value = variant(new BodyWriter().signature('v'), scheme).bytes();
      socket.write(reply(sender, message.readUInt32LE(8), value));
    }
  });
  await owned;

  function message(type: number, fields: BodyWriter, content: Buffer): Buffer {
    const fieldBytes = fields.bytes();
    const start = new BodyWriter()
      .byte(0x6c)
      .byte(type)
      .byte(1)
      .byte(1)
      .uint32(content.length)
      .uint32(++serial);
    return Buffer.concat([start.uint32(fieldBytes.length).raw(fieldBytes).align(8).bytes(), content]);
  }
  const reply = (sender: string, to: number, content: Buffer): Buffer =>
    message(
      2,
      new BodyWriter()
        .byte(5)
        .signature('u')
        .uint32(to)
        .align(8)
        .byte(6)
        .signature('s')
        .string(sender)
        .align(8)
        .byte(8)
        .signature('g')
        .signature('v'),
      content,
    );

  return {
    set: (next) => {
      scheme = next;
      const fields = new BodyWriter();
      for (const [code, type, value] of [
        [1, 'o', '/org/freedesktop/portal/desktop'],
        [2, 's', 'org.freedesktop.portal.Settings'],
        [3, 's', 'SettingChanged'],
      ] as const)
        fields.align(8).byte(code).signature(type).string(value);
      fields.align(8).byte(8).signature('g').signature('ssv');
      const content = new BodyWriter().string('org.freedesktop.appearance').string('color-scheme');
      socket.write(message(4, fields, variant(content, scheme).bytes()));
    },
    stop: () => {
      socket.destroy();
    },
  };
}
