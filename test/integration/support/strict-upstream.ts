import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { portOf } from '../../fakes/gateway-parts.ts';

/** A request as its bytes were. `body` as Latin-1. */
export interface Arrival {
  line: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
  /** Whether its end came, too. */
  whole: boolean;
}

export interface StrictUpstream {
  readonly port: number;
  readonly arrivals: Arrival[];
  /** Bytes that are no request by the letter of RFC 9112. */
  readonly faults: string[];
  /** Connections that are open now. */
  readonly open: number;
  stop(): void;
}

/** The body of the answer. */
export type AnswerWith = (arrival: Arrival) => string;

const LINE = /^[A-Z-]+ \/[\x21-\x7e]* HTTP\/1\.1$/;
const HEADER =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)$/;

/**
 * A server with a parser of its own, which takes nothing but the strictest form, keeps its connections, and writes down
 * every request: what another parser makes of the same bytes cannot hide here.
 */
export async function strictUpstream(
  answerWith: AnswerWith,
  tls: { cert: string; key: string } | null = null,
): Promise<StrictUpstream> {
  const arrivals: Arrival[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let unread = '';
    let current: { arrival: Arrival; left: number | 'chunked' } | null = null;
    const wrong = (what: string): false => {
      faults.push(`${what}: ${JSON.stringify(unread.slice(0, 500))}`);
      unread = '';
      socket.destroy();
      return false;
    };

    function begin(): boolean {
      const end = unread.indexOf('\r\n\r\n');
      if (end < 0) return false;
      const [line = '', ...lines] = unread.slice(0, end).split('\r\n');
      const parsed = lines.map((text) => HEADER.exec(text));
      if (!LINE.test(line) || parsed.includes(null)) return wrong('head');
      const headers = parsed.map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const);
      const values = (name: string): string[] =>
        headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
      const lengths = values('content-length');
      const codings = values('transfer-encoding');
      const framed = lengths.length + codings.length;
      if (
        values('host').length !== 1 ||
        framed > 1 ||
        !/^\d*$/.test(lengths[0] ?? '') ||
        (codings[0] ?? 'chunked') !== 'chunked'
      )
        return wrong('framing');
      unread = unread.slice(end + 4);
      const arrival = { line, headers, body: '', whole: false };
      arrivals.push(arrival);
      current = { arrival, left: codings.length > 0 ? 'chunked' : Number(lengths[0] ?? '0') };
      return true;
    }

    /** Whether there may be more to read. */
    function readBody(reading: { arrival: Arrival; left: number | 'chunked' }): boolean {
      const { arrival } = reading;
      if (reading.left === 'chunked') {
        const [size, digits = ''] = /^([0-9a-f]{1,8})\r\n/.exec(unread) ?? [];
        if (size === undefined) return unread.length > 10 ? wrong('chunk') : false;
        const length = parseInt(digits, 16);
        const chunk = unread.slice(size.length, size.length + length + 2);
        if (chunk.length < length + 2) return false;
        if (!chunk.endsWith('\r\n')) return wrong('end of a chunk');
        arrival.body += chunk.slice(0, -2);
        unread = unread.slice(size.length + length + 2);
        if (length > 0) return true;
      } else {
        const piece = unread.slice(0, reading.left);
        arrival.body += piece;
        unread = unread.slice(piece.length);
        reading.left -= piece.length;
        if (reading.left > 0) return false;
      }
      arrival.whole = true;
      current = null;
      const body = answerWith(arrival);
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${arrival.line.startsWith('HEAD ') ? '' : body}`,
      );
      return true;
    }

    socket.on('data', (chunk) => {
      unread += chunk.toString('latin1');
      while (!socket.destroyed && (current === null ? begin() : readBody(current)));
    });
    socket.on('end', () => {
      if (current === null && unread !== '') wrong('a beginning');
    });
  }

  const server: Server =
    tls === null ? createTcpServer(serve) : createTlsServer({ ...tls, ALPNProtocols: ['http/1.1'] }, serve);
  return {
    port: await portOf(server),
    arrivals,
    faults,
    get open() {
      return sockets.size;
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
