import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';

export async function openTcp(port: number): Promise<Socket> {
  const socket = connectTcp(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** A connection through the proxy of a run, to `target` on this computer; null: it was refused. */
export async function tunnel(
  run: { port: number; key: string },
  target: string,
  secureContext: SecureContext,
): Promise<Socket | null> {
  const socket = await openTcp(run.port);
  const proof = Buffer.from(`run:${run.key}`).toString('base64');
  socket.write(
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: Basic ${proof}\r\n\r\n`,
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  if (!head.toString('latin1').startsWith('HTTP/1.1 200 ')) return null;
  const secure = connectTls({ socket, servername: 'localhost', secureContext });
  secure.on('error', () => undefined);
  await once(secure, 'secureConnect');
  return secure;
}
