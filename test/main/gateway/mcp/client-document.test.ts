import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { systemDocumentPorts } from '../../../../main/gateway/mcp/authorize/document-ports.ts';
import { newAuthority, newCertificate } from '../../../integration/support/certificates.ts';

test('a document is fetched from the address that was checked, with the certificate of its name, and no more of it', async () => {
  const authority = await newAuthority();
  const { cert, key } = await newCertificate(authority, { names: ['client.example'] });
  const hosts: (string | undefined)[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    hosts.push(request.headers.host);
    if (request.url === '/moved') response.writeHead(302, { location: 'https://other.example/' }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(100_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ports = systemDocumentPorts({ ca: authority.cert });
  const get = (host: string, path: string): Promise<{ status: number; body: Buffer }> =>
    ports.get(new URL(`https://${host}:${port}${path}`), '127.0.0.1', 5000, AbortSignal.timeout(10_000));
  try {
    const { status, body } = await get('client.example', '/x');
    expect([status, body.byteLength, hosts]).toEqual([200, 5001, [`client.example:${port}`]]);
    expect((await get('client.example', '/moved')).status).toBe(302);
    await expect(get('other.example', '/x')).rejects.toThrow();
    expect(hosts).toHaveLength(2);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
