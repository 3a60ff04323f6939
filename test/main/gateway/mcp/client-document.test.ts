import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NetworkChange } from '../../../../contract/network.ts';
import type {
  DocumentAnswer,
  DocumentPorts,
} from '../../../../main/gateway/mcp/authorize/client-document.ts';
import { networkDocumentPorts } from '../../../../main/gateway/mcp/authorize/document-ports.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { disposable, DisposableStack } from '../../../../main/lib/disposable.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { fail } from '../../../../main/lib/result.ts';
import { createNetwork } from '../../../../main/network/network.ts';
import { NO_RULES } from '../../../../main/network/proxy-rules.ts';
import { memoryStore } from '../../../fakes/memory-store.ts';
import { newAuthority, newCertificate } from '../../../integration/support/certificates.ts';
import { startHttpProxy } from '../../../integration/support/proxies.ts';

/** What clients of the test connect to: the proxy takes every address for this machine. */
const CHECKED = '93.184.215.14';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-documents-'));
const file = (name: string, content: string): string => {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
};
let server: Server;
let port: number;
let caFile: string;
let person: { file: string; keyFile: string };
let connections = 0;
let asked: { host: string | undefined; certificate: boolean }[] = [];
beforeAll(async () => {
  const authority = await newAuthority();
  caFile = file('ca.pem', authority.cert);
  const { cert, key } = await newCertificate(authority, { names: ['client.example'] });
  const own = await newCertificate(authority, { names: ['ana@acme.example'] });
  person = { file: file('own.pem', own.cert), keyFile: file('own.key', own.key) };
  const options = { cert, key, requestCert: true, rejectUnauthorized: false };
  server = createServer(options, (request, response) => {
    const shown = (request.socket as TLSSocket).getPeerCertificate();
    asked.push({ host: request.headers.host, certificate: Object.keys(shown).length > 0 });
    if (request.url === '/moved') response.writeHead(302, { location: 'https://other.example/' }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(100_000));
  });
  server.on('tlsClientError', () => undefined);
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});
const ends = new DisposableStack();
afterEach(() => ends.dispose());

async function documents(settings: NetworkChange): Promise<DocumentPorts> {
  const network = ends.add(
    createNetwork({
      store: memoryStore(),
      registry: {
        get: () => fail('not-found', 'no such provider'),
        onChange: () => disposable(() => undefined),
      },
      clock: systemClock,
      logger: silentLogger,
      env: {},
      system: () => Promise.resolve(NO_RULES),
      authorities: () => Promise.resolve([]),
    }),
  );
  const set = await network.set(null, { caFile, ...settings });
  if (!set.ok) throw new Error(set.error.message);
  return networkDocumentPorts(network);
}
const get = (
  ports: DocumentPorts,
  address: string | null,
  { host = 'client.example', page = '/x' } = {},
): Promise<DocumentAnswer> =>
  ports.get(new URL(`https://${host}:${port}${page}`), address, 5000, AbortSignal.timeout(10_000));

test('a document is fetched from the address that was checked, with the certificate of its name, and no more of it', async () => {
  // That one is not for strangers.
  const ports = await documents({ clientCertificate: person });
  const { status, body } = await get(ports, '127.0.0.1');
  expect([status, body.byteLength]).toEqual([200, 5001]);
  expect(asked).toEqual([{ host: `client.example:${port}`, certificate: false }]);
  expect((await get(ports, '127.0.0.1', { page: '/moved' })).status).toBe(302);
  await expect(get(ports, '127.0.0.1', { host: 'other.example' })).rejects.toThrow();
  expect(asked).toHaveLength(2);
});

test('a proxy of the settings connects to the address that was checked', async () => {
  const proxy = ends.add(await startHttpProxy());
  const ports = await documents({ proxy: { from: 'manual', url: `http://127.0.0.1:${proxy.port}` } });
  expect((await get(ports, CHECKED)).status).toBe(200);
  expect([proxy.asked, asked.length]).toEqual([[`${CHECKED}:${port}`], 1]);
});

test('a name is left to a proxy, and never looked up where there is none', async () => {
  const proxy = ends.add(await startHttpProxy());
  const ports = await documents({ proxy: { from: 'manual', url: `http://127.0.0.1:${proxy.port}` } });
  expect((await get(ports, null)).status).toBe(200);
  await expect(get(ports, null, { host: 'other.example' })).rejects.toThrow();
  expect([new Set(proxy.asked), asked.length]).toEqual([
    new Set([`client.example:${port}`, `other.example:${port}`]),
    1,
  ]);
  connections = 0;
  const without = await documents({ proxy: { from: 'none' } });
  await expect(get(without, null, { host: 'localhost' })).rejects.toThrow();
  expect(connections).toBe(0);
});

test('a proxy that does not connect to an address says so', async () => {
  const proxy = ends.add(await startHttpProxy({ refuse: 403 }));
  const ports = await documents({ proxy: { from: 'manual', url: `http://127.0.0.1:${proxy.port}` } });
  const fault: unknown = await get(ports, CHECKED).catch((caught: unknown) => caught);
  expect(ports.proxyRefused(fault)).toBe(true);
  expect(ports.proxyRefused(new Error('other'))).toBe(false);
});
