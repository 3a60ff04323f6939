import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Destination } from './authority-form.ts';
import type { Dial } from './dial.ts';
import { notReached, refuseTunnel } from './refusals.ts';

/** Connects both ends without a look inside. `open` has whatever has to end with the proxy. */
export async function tunnel(
  dial: Dial,
  destination: Destination,
  client: Socket,
  head: Buffer,
  open: Set<Duplex>,
): Promise<void> {
  const dialled = await dial(destination, 'https');
  if (!dialled.ok) {
    if (!client.destroyed) refuseTunnel(client, notReached(dialled.error));
    return;
  }
  const server = dialled.value;
  open.add(server);
  server.once('close', () => {
    open.delete(server);
    client.destroy();
  });
  client.once('close', () => server.destroy());
  server.on('error', () => server.destroy());
  if (client.destroyed) {
    server.destroy();
    return;
  }
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) server.write(head);
  client.pipe(server);
  server.pipe(client);
}
