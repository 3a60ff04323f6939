import { createConnection, type Socket } from 'node:net';
import { decodeMessage, encodeCall, firstString, type Message, type MethodCall } from './dbus-wire.ts';

/**
 * The Unix socket of the session bus, as `net.connect` takes it; null when there is none that Node can reach.
 * https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 */
export function sessionBusSocket(env: Readonly<Record<string, string | undefined>>): string | null {
  const runtime = env['XDG_RUNTIME_DIR'];
  const addresses = env['DBUS_SESSION_BUS_ADDRESS'] ?? (runtime ? `unix:path=${runtime}/bus` : '');
  for (const address of addresses.split(';')) {
    if (!address.startsWith('unix:')) continue;
    for (const pair of address.slice('unix:'.length).split(',')) {
      const [key, value] = pair.split('=');
      if (key === 'path' && value) return unescapeValue(value);
      if (key === 'abstract' && value) return `\0${unescapeValue(value)}`;
    }
  }
  return null;
}

const unescapeValue = (value: string): string =>
  value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A connection to the session bus that makes one call at a time. Faults reject with the bus's own text. */
export class SessionBus {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #authenticated = false;
  #serial = 0;
  #waiting: { resolve: (message: Message) => void; reject: (fault: Error) => void } | null = null;
  #fault: Error | null = null;

  /** Bodies of the signals that the bus sends this connection: those that `AddMatch` asked for, and a few of its own. */
  onSignal: (body: Buffer) => void = () => undefined;

  /** The connection is made, and who we are is told, with the first call. */
  constructor(socketPath: string, uid: number) {
    this.#socket = createConnection(socketPath);
    this.#socket.on('data', (chunk) => {
      this.#receive(chunk);
    });
    this.#socket.on('error', (fault) => {
      this.#fail(new Error(`Could not connect: ${fault.message}`));
    });
    this.#socket.on('close', () => {
      this.#fail(new Error('Could not connect: the message bus closed the connection'));
    });
    this.#socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`);
  }

  async hello(): Promise<void> {
    await this.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'Hello',
      signature: '',
      body: new Uint8Array(),
    });
  }

  /** The body of the reply. Waits as long as the service takes. */
  async call(call: MethodCall): Promise<Buffer> {
    if (this.#fault) throw this.#fault;
    const reply = new Promise<Message>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    this.#serial += 1;
    const bytes = encodeCall(call, this.#serial);
    // The first call, `Hello`, goes out right behind `BEGIN`, which follows the server's `OK`.
    if (this.#authenticated) this.#socket.write(bytes);
    else this.#firstCall = bytes;
    const message = await reply;
    if (message.kind === 'error') throw new Error(firstString(message.body));
    return message.body;
  }

  close(): void {
    this.#socket.destroy();
  }

  #firstCall: Buffer | null = null;

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    try {
      if (!this.#authenticated && !this.#readAuthentication()) return;
      for (let next = decodeMessage(this.#received); next; next = decodeMessage(this.#received)) {
        this.#received = this.#received.subarray(next.length);
        if (next.message.kind === 'signal') this.onSignal(next.message.body);
        if (next.message.kind === 'signal' || next.message.kind === 'other') continue;
        const waiting = this.#waiting;
        this.#waiting = null;
        waiting?.resolve(next.message);
      }
    } catch (fault) {
      this.#fail(fault instanceof Error ? fault : new Error(String(fault)));
    }
  }

  #readAuthentication(): boolean {
    const end = this.#received.indexOf('\r\n');
    if (end < 0) return false;
    if (!this.#received.subarray(0, end).toString('latin1').startsWith('OK ')) {
      throw new Error('Could not connect: the message bus refused this user');
    }
    this.#received = this.#received.subarray(end + 2);
    this.#authenticated = true;
    this.#socket.write('BEGIN\r\n');
    if (this.#firstCall) this.#socket.write(this.#firstCall);
    return true;
  }

  #fail(fault: Error): void {
    this.#fault ??= fault;
    this.#waiting?.reject(this.#fault);
    this.#waiting = null;
    this.#socket.destroy();
  }
}
