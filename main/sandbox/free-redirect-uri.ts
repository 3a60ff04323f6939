import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/**
 * A callback address on a port that is free now. The sandbox's app accepts any loopback address, so several
 * sandboxes, and the real app on its usual port, do not conflict.
 */
export async function freeRedirectUri(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/callback`;
}
