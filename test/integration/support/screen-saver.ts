import { once } from 'node:events';
import { createConnection } from 'node:net';
import process from 'node:process';
import { BodyWriter, encodeCall } from '../../../main/lib/dbus-wire.ts';
import { sessionBusSocket } from '../../../main/lib/session-bus-address.ts';

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** A desktop’s screen lock and idle clock on a real message bus. */
export interface ScreenSaver {
  lock(locked: boolean): void;
  stop(): void;
}

/** `name` is who it is, such as `org.gnome.ScreenSaver`. */
export async function startScreenSaver(
  env: NodeJS.ProcessEnv,
  name: string,
  { locked = false, idleMs = 0 } = {},
): Promise<ScreenSaver> {
  let serial = 0;
  const socket = createConnection(sessionBusSocket(env) ?? '');
  await once(socket, 'connect');
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);
  await once(socket, 'data');
  socket.write('BEGIN\r\n');
  const call = (member: string, signature: string, body: Uint8Array): void => {
    socket.write(encodeCall({ ...BUS, member, signature, body }, ++serial));
  };
  call('Hello', '', new Uint8Array());
  call('RequestName', 'su', new BodyWriter().string(name).uint32(0).bytes());

  let received = Buffer.alloc(0);
  const owned = Promise.withResolvers<undefined>();
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 16) {
      const fields = received.readUInt32LE(12);
      const length = 16 + Math.ceil(fields / 8) * 8 + received.readUInt32LE(4);
      if (received.length < length) return;
      const message = received.subarray(0, length);
      received = received.subarray(length);
      const head = message.toString('latin1', 16, 16 + fields);
      if (head.includes('NameAcquired') && message.includes(name)) owned.resolve(undefined);
      const sender = /:\d+\.\d+/.exec(head)?.[0];
      if (message[1] !== 1 || sender === undefined) continue;
      if (head.includes('GetActive')) reply(sender, message.readUInt32LE(8), 'b', bool(locked));
      if (head.includes('GetIdletime')) reply(sender, message.readUInt32LE(8), 't', uint64(idleMs));
    }
  });
  await owned.promise;

  function send(type: number, fields: BodyWriter, content: Buffer): void {
    const fieldBytes = fields.bytes();
    const start = new BodyWriter()
      .byte(0x6c)
      .byte(type)
      .byte(1)
      .byte(1)
      .uint32(content.length)
      .uint32(++serial);
    socket.write(Buffer.concat([start.uint32(fieldBytes.length).raw(fieldBytes).align(8).bytes(), content]));
  }
  const field = (fields: BodyWriter, code: number, type: string, value: string): BodyWriter =>
    fields.align(8).byte(code).signature(type).string(value);
  function reply(to: string, of: number, signature: string, content: Buffer): void {
    const fields = new BodyWriter().byte(5).signature('u').uint32(of);
    field(fields, 6, 's', to).align(8).byte(8).signature('g').signature(signature);
    send(2, fields, content);
  }

  return {
    lock: (next) => {
      locked = next;
      const fields = field(new BodyWriter(), 1, 'o', `/${name.replaceAll('.', '/')}`);
      field(field(fields, 2, 's', name), 3, 's', 'ActiveChanged')
        .align(8)
        .byte(8)
        .signature('g')
        .signature('b');
      send(4, fields, bool(next));
    },
    stop: () => {
      socket.destroy();
    },
  };
}

const bool = (value: boolean): Buffer => new BodyWriter().uint32(value ? 1 : 0).bytes();

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
