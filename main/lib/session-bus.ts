import { createConnection, type Socket } from 'node:net';
import {
  BodyWriter,
  decodeMessage,
  encodeCall,
  firstString,
  type Message,
  type MethodCall,
} from './dbus-wire.ts';
import { cleanText } from './clean-text.ts';
import { Emitter, type Event } from './emitter.ts';

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

const LONGEST_TEXT = 300;
/** A line of the handshake is shorter. */
const LONGEST_LINE = 16 * 1024;

/** An error that a peer on the bus answered with. `errorName` is for programs, the message for people. */
export class BusError extends Error {
  readonly errorName: string;

  constructor(errorName: string, text: string) {
    super(cleanText(text === '' ? errorName : text, LONGEST_TEXT));
    this.errorName = cleanText(errorName, LONGEST_TEXT);
  }
}

/** A connection to the session bus that makes one call at a time. Faults reject with the bus's own text. */
export class SessionBus {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #authenticated = false;
  #serial = 0;
  #waiting: { resolve: (message: Message) => void; reject: (fault: Error) => void } | null = null;
  #fault: Error | null = null;
  readonly #signals = new Emitter<Message>();
  readonly #closed = Promise.withResolvers<never>();
  readonly #guid: string | null;
  /** The signals that `match` asked for, and some that the bus sends unasked. One whose body is not as expected is ignored. */
  readonly onSignal: Event<Message> = (listener) =>
    this.#signals.event((signal) => {
      try {
        listener(signal);
      } catch (fault) {
        if (!(fault instanceof RangeError)) throw fault;
      }
    });
  /** Rejects with the reason once the connection is over. */
  readonly closed = this.#closed.promise;

  /**
   * Starts connecting; authentication and the first call follow. `guid`: the bus must have this one, which it reveals only
   * to its own user. Throws for a path that no socket can have.
   */
  constructor(socketPath: string, uid: number, guid: string | null = null) {
    this.#guid = guid;
    // Not everybody waits for it.
    this.closed.catch(() => undefined);
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
    await this.call({ ...BUS, member: 'Hello', signature: '', body: new Uint8Array() });
  }

  /** Has the bus send the signals that a rule describes. */
  async match(rule: string): Promise<void> {
    await this.call({
      ...BUS,
      member: 'AddMatch',
      signature: 's',
      body: new BodyWriter().string(rule).bytes(),
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
    if (message.kind === 'error') throw new BusError(message.errorName, firstString(message.body));
    return message.body;
  }

  /** What waits is rejected with `reason`. */
  close(reason?: string): void {
    if (reason !== undefined) this.#fail(new Error(reason));
    this.#socket.destroy();
  }

  #firstCall: Buffer | null = null;

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    try {
      if (!this.#authenticated && !this.#readAuthentication()) return;
      for (let next = decodeMessage(this.#received); next; next = decodeMessage(this.#received)) {
        this.#received = this.#received.subarray(next.length);
        if (next.message.kind === 'signal') this.#signals.emit(next.message);
        if (next.message.kind !== 'reply' && next.message.kind !== 'error') continue;
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
    if ((end < 0 ? this.#received.length : end) > LONGEST_LINE)
      throw new Error('Could not connect: this is no message bus');
    if (end < 0) return false;
    const line = this.#received.subarray(0, end).toString('latin1');
    if (!line.startsWith('OK ')) throw new Error('Could not connect: the message bus refused this user');
    if (this.#guid !== null && line.slice(3).trim().toLowerCase() !== this.#guid.toLowerCase())
      throw new Error('Could not connect: another message bus answers at this address');
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
    this.#closed.reject(this.#fault);
    this.#socket.destroy();
  }
}
