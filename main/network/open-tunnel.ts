import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { NetworkFault } from '../lib/network-fault.ts';
import { faultCode } from '../lib/transport-fault.ts';
import { proxyName, type Proxy } from './proxy-address.ts';
import { tlsFault } from './secure-connect.ts';

export interface Destination {
  host: string;
  port: number;
}

export interface TunnelOptions {
  /** For a proxy that is itself reached by TLS. */
  secureContext: () => Promise<SecureContext>;
  timeoutMs: number;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** A connected TCP socket to the server, through the proxy if there is one. Rejects with a NetworkFault. */
export function openTunnel(
  proxy: Proxy | null,
  destination: Destination,
  options: TunnelOptions,
): Promise<Socket> {
  if (proxy === null) return openDirect(destination, options);
  return proxy.kind === 'http' || proxy.kind === 'https'
    ? openByConnect({ ...proxy, kind: proxy.kind }, destination, options)
    : openBySocks({ ...proxy, kind: proxy.kind }, destination, options);
}

async function openDirect({ host, port }: Destination, { timeoutMs }: TunnelOptions): Promise<Socket> {
  const socket = connect({ host, port, autoSelectFamily: true, noDelay: true });
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
  }, timeoutMs);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (fault) {
    throw new NetworkFault({ kind: 'unreachable', code: faultCode(fault) ?? 'unknown' }, fault);
  } finally {
    clearTimeout(timer);
  }
}

/** RFC 9110 §9.3.6. The password is sent at once (RFC 7617): many proxies close the connection after a 407. */
async function openByConnect(
  proxy: Proxy & { kind: 'http' | 'https' },
  { host, port }: Destination,
  { secureContext, timeoutMs }: TunnelOptions,
): Promise<Socket> {
  const name = proxyName(proxy);
  const authority = `${bracketed(host)}:${port}`;
  const { username, password } = proxy;
  const basic = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
  const hasPassword = username !== null || password !== null;
  const context = proxy.kind === 'https' ? await secureContext() : undefined;
  return new Promise((resolve, reject) => {
    let reached = false;
    const request = (proxy.kind === 'https' ? httpsRequest : httpRequest)({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...(hasPassword && { 'proxy-authorization': `Basic ${basic}` }) },
      agent: false,
      timeout: timeoutMs,
      // Named, so that no variable of Node's environment can turn the check off.
      ...(context !== undefined && {
        secureContext: context,
        servername: proxy.host,
        rejectUnauthorized: true,
      }),
    });
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    const refuse = (fault: NetworkFault): void => {
      clearTimeout(timer);
      request.destroy();
      reject(fault);
    };
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        reached = true;
      });
    });
    const answer = (response: IncomingMessage, socket: Socket | null): void => {
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      if (status === 200 && socket !== null) {
        resolve(socket);
        return;
      }
      socket?.destroy();
      if (status === 407) {
        const header = response.headers['proxy-authenticate'];
        const schemes = [header ?? []].flat().map((challenge) => challenge.split(' ')[0] ?? '');
        refuse(new NetworkFault({ kind: 'proxy-password', proxy: name, schemes, sent: hasPassword }));
      } else {
        const reason = response.statusMessage ?? '';
        refuse(new NetworkFault({ kind: 'proxy-refused', proxy: name, status, reason }));
      }
    };
    request.on('connect', (response, socket, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      answer(response, socket);
    });
    request.on('response', (response) => {
      answer(response, null);
    });
    request.on('error', (fault) => {
      const code = faultCode(fault) ?? 'unknown';
      const byTls = proxy.kind === 'https' ? tlsFault(fault, name, null) : null;
      if (byTls !== null) refuse(byTls);
      else if (reached) refuse(new NetworkFault({ kind: 'proxy-broke', proxy: name }, fault));
      else refuse(new NetworkFault({ kind: 'proxy-unreachable', proxy: name, code }, fault));
    });
    request.end();
  });
}

/** RFC 1928 and 1929. The proxy resolves the name. */
async function openBySocks(
  proxy: Proxy & { kind: 'socks4' | 'socks5' },
  destination: Destination,
  options: TunnelOptions,
): Promise<Socket> {
  const { timeoutMs } = options;
  const { SocksClient } = await import('socks');
  const name = proxyName(proxy);
  const { host, port, username, password } = proxy;
  const first = await openDirect({ host, port }, options).catch((fault: unknown) => {
    throw new NetworkFault(
      { kind: 'proxy-unreachable', proxy: name, code: faultCode(fault) ?? 'unknown' },
      fault,
    );
  });
  try {
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host,
        port,
        type: proxy.kind === 'socks5' ? 5 : 4,
        ...(username !== null && { userId: username, password: password ?? '' }),
      },
      destination,
      timeout: timeoutMs,
      existing_socket: first,
    });
    return socket;
  } catch (fault) {
    first.destroy();
    const message = fault instanceof Error ? fault.message : '';
    if (/authentication/i.test(message))
      throw new NetworkFault(
        { kind: 'proxy-password', proxy: name, schemes: [], sent: username !== null },
        fault,
      );
    if (/closed|ECONNRESET|EPIPE/i.test(message))
      throw new NetworkFault({ kind: 'proxy-broke', proxy: name }, fault);
    const word = / - \(?(\w+)\)?$/.exec(message)?.[1] ?? '';
    const reason = word.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    throw new NetworkFault({ kind: 'proxy-refused', proxy: name, status: null, reason }, fault);
  }
}
