import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { disposable, type Disposable } from '../../../main/lib/disposable.ts';

export interface TestProxy extends Disposable {
  readonly port: number;
  /** `host:port` of what clients asked for. */
  readonly asked: string[];
}

export interface HttpProxyOptions {
  /** `user:password` that it wants. */
  password?: string;
  /** What it asks for instead of Basic. */
  scheme?: string;
  /** Refuses every connection with this status. */
  refuse?: number;
  /** Ends every connection after this many bytes from the server. */
  dieAfter?: number;
  /** Ends every connection before it answers. */
  die?: boolean;
  tls?: { cert: string; key: string };
}

/** Every name is this machine. */
function tunnel(port: number, client: Socket, dieAfter = Infinity): Socket {
  const server = connect({ host: '127.0.0.1', port });
  let passed = 0;
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  server.on('data', (chunk) => {
    passed += chunk.byteLength;
    if (passed > dieAfter) end();
    else client.write(chunk);
  });
  client.on('data', (chunk) => server.write(chunk));
  for (const socket of [client, server]) {
    socket.on('error', end);
    socket.on('close', end);
  }
  return server;
}

async function started(server: Server, asked: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { dispose } = disposable(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { port: (server.address() as AddressInfo).port, asked, dispose };
}

export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<TestProxy> {
  const { password, scheme = 'Basic realm="acme"', refuse, dieAfter, die = false, tls } = options;
  const asked: string[] = [];
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const given = request.headers['proxy-authorization'];
    if (die) client.destroy();
    else if (password !== undefined && given !== `Basic ${Buffer.from(password).toString('base64')}`)
      client.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${scheme}\r\nContent-Length: 0\r\n\r\n`,
      );
    else if (refuse !== undefined)
      client.end(`HTTP/1.1 ${refuse} Blocked by policy\r\nContent-Length: 0\r\n\r\n`);
    else {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel(Number(/:(\d+)$/.exec(request.url ?? '')?.[1]), client, dieAfter);
    }
  });
  return started(server, asked);
}

/** RFC 1928 and 1929, as much as CONNECT by name needs. */
export async function startSocksProxy(
  login: { user: string; password: string } | null = null,
): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    const take = (): Promise<Buffer> => once(client, 'data').then(([data]) => data as Buffer);
    void (async () => {
      const greeting = await take();
      if (login === null) client.write(Buffer.from([5, 0]));
      else if (!greeting.subarray(2).includes(2)) {
        client.end(Buffer.from([5, 0xff]));
        return;
      } else {
        client.write(Buffer.from([5, 2]));
        const auth = await take();
        const userLength = auth[1] ?? 0;
        const user = auth.subarray(2, 2 + userLength).toString();
        const password = auth.subarray(3 + userLength).toString();
        const right = user === login.user && password === login.password;
        client.write(Buffer.from([1, right ? 0 : 1]));
        if (!right) {
          client.end();
          return;
        }
      }
      const request = await take();
      const length = request[4] ?? 0;
      const port = request.readUInt16BE(5 + length);
      asked.push(`${request.subarray(5, 5 + length).toString()}:${port}`);
      tunnel(port, client).once('connect', () => {
        client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
      });
    })();
  });
  return started(server, asked);
}
