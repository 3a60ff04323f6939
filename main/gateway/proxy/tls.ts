import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';

const HANDSHAKE_MS = 10_000;

/**
 * Says that the tunnel is open, and is then its other end. Only HTTP/1.1 is offered. A client that asks for another name
 * than that of its CONNECT gets no certificate.
 */
export function acceptTls(
  socket: Socket,
  head: Buffer,
  { host, context }: { host: string; context: SecureContext },
): TLSSocket {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) socket.unshift(head);
  const secure = new TLSSocket(socket, {
    isServer: true,
    secureContext: context,
    ALPNProtocols: ['http/1.1'],
    SNICallback: (name, answer) => {
      if (name.toLowerCase().replace(/\.$/, '') === host) answer(null, context);
      else answer(new Error('another name than that of its CONNECT'));
    },
  });
  const timer = setTimeout(() => secure.destroy(), HANDSHAKE_MS);
  secure.once('secure', () => {
    clearTimeout(timer);
  });
  secure.once('close', () => {
    clearTimeout(timer);
    socket.destroy();
  });
  secure.on('error', () => secure.destroy());
  return secure;
}
