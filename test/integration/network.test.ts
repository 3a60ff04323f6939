import { spawn, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkChange } from '../../contract/network.ts';
import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { Via } from '../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { DisposableStack, disposable } from '../../main/lib/disposable.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { createDial } from '../../main/gateway/proxy/dial.ts';
import { fail, ok } from '../../main/lib/result.ts';
import { transportFault, type TransportFault } from '../../main/lib/transport-fault.ts';
import { createNetwork, type NetworkOptions } from '../../main/network/network.ts';
import { NO_RULES } from '../../main/network/proxy-rules.ts';
import type { ProviderDefinition } from '../../main/providers/definition.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { newAuthority, newCertificate, type Authority, type Issued } from './support/certificates.ts';
import { startHttpProxy, startSocksProxy } from './support/proxies.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-network-'));
const write = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

let authority: Authority;
let good: Issued;
let clientCertificate: Issued;
let caFile: string;
beforeAll(async () => {
  authority = await newAuthority();
  good = await newCertificate(authority, { names: ['localhost', 'api.acme.example', '127.0.0.1'] });
  clientCertificate = await newCertificate(authority, { names: ['ana@acme.example'] });
  caFile = write('ca.pem', authority.cert);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ends = new DisposableStack();
afterEach(() => ends.dispose());

const CONNECTION = {
  id: '00000000-0000-4000-8000-000000000001' as ConnectionId,
  name: 'acme',
  via: { provider: 'acme' as ProviderId, connection: '00000000-0000-4000-8000-000000000001' as ConnectionId },
};

function aNetwork(options: Partial<NetworkOptions> = {}) {
  const store = memoryStore();
  const network = createNetwork({
    store,
    registry: {
      get: () => fail('not-found', 'no such provider'),
      onChange: () => disposable(() => undefined),
    },
    clock: systemClock,
    logger: silentLogger,
    env: {},
    system: () => Promise.resolve(NO_RULES),
    authorities: () => Promise.resolve([]),
    ...options,
  });
  ends.add(network);
  const set = async (change: NetworkChange, connection: typeof CONNECTION | null = null): Promise<void> => {
    const done = await network.set(connection, change);
    if (!done.ok) throw new Error(done.error.message);
  };
  const get = async (url: string, via?: Via): Promise<string> =>
    (await network.fetch(url, via && { via })).text();
  const fault = async (url: string, via?: Via): Promise<TransportFault> => {
    try {
      await get(url, via);
    } catch (caught) {
      return transportFault(caught, url);
    }
    throw new Error('the request was answered');
  };
  return { network, store, set, get, fault };
}

/** Counts connections, so that it shows which requests used one again. */
async function aServer(
  tls: Pick<Issued, 'cert' | 'key'>,
  more: ServerOptions = {},
): Promise<{ port: number; connections: () => number; server: Server }> {
  const server = createServer({ ...tls, ...more }, (request, response) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.byteLength));
    request.on('end', () => response.end(`${request.method ?? ''} ${request.url ?? ''} ${size}`));
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.add({
    dispose: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections, server };
}

describe('certificates', () => {
  it('of a private authority are accepted once it is named, from the next request on', async () => {
    const { port } = await aServer(good);
    const { set, get, fault } = aNetwork();
    const url = `https://localhost:${port}/x?y=1`;
    const refused = await fault(url);
    expect(refused).toMatchObject({ lost: false });
    expect(refused.reason).toMatch(
      /^the certificate of localhost:\d+ \(“localhost”\) is signed by “Acme Root CA”, which this computer does not trust \(valid until \d{4}-\d\d-\d\d\)$/,
    );
    expect(refused.cure).toContain('tokentray network --ca FILE');
    await set({ caFile });
    expect(await get(url)).toBe('GET /x?y=1 0');
    await set({ caFile: null });
    expect((await fault(url)).reason).toContain('does not trust');
  });

  it('are read again when the file changes', async () => {
    const { port } = await aServer(good);
    const { set, get, fault } = aNetwork();
    const file = write('changing.pem', (await newAuthority('Other')).cert);
    await set({ caFile: file });
    expect((await fault(`https://localhost:${port}/`)).reason).toContain('does not trust');
    writeFileSync(file, authority.cert);
    expect(await get(`https://localhost:${port}/`)).toBe('GET / 0');
  });

  it.each([
    [
      'expired',
      { toDays: -2 },
      /^the certificate of localhost:\d+ .*expired on \d{4}-\d\d-\d\d, signed by “Acme Root CA”$/,
      /renew it/,
    ],
    [
      'not valid yet',
      { fromDays: 3 },
      /is not valid before \d{4}-\d\d-\d\d, signed by “Acme Root CA”$/,
      /date and time/,
    ],
    [
      'for another host',
      { names: ['other.example'] },
      /^the certificate that localhost:\d+ shows is for other\.example, signed by/,
      /sign-in page/,
    ],
  ])('that are %s are refused by name', async (_, options, reason, cure) => {
    const { port } = await aServer(await newCertificate(authority, options));
    const { set, fault } = aNetwork();
    await set({ caFile });
    const refused = await fault(`https://localhost:${port}/`);
    expect(refused.reason).toMatch(reason);
    expect(refused.cure).toMatch(cure);
    expect(refused.lost).toBe(false);
  });

  it('that are self-signed are refused, and taken unchecked by one connection alone', async () => {
    const { port } = await aServer(await newCertificate(null));
    const { network, set, get, fault } = aNetwork();
    const url = `https://localhost:${port}/`;
    expect((await fault(url)).reason).toMatch(/is self-signed, so nobody vouches for it \(valid until/);
    expect(await network.set(null, { verify: false })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
    await set({ verify: false }, CONNECTION);
    expect(network.isUnverified(CONNECTION.id)).toBe(true);
    expect(await get(url, CONNECTION.via)).toBe('GET / 0');
    expect((await fault(url)).reason).toContain('self-signed');
    expect((await fault(url, { ...CONNECTION.via, connection: null })).reason).toContain('self-signed');
    await set({ verify: true }, CONNECTION);
    expect((await fault(url, CONNECTION.via)).reason).toContain('self-signed');
  });

  it('are checked whatever the environment of Node says', async () => {
    const { port } = await aServer(await newCertificate(null));
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await aNetwork().fault(`https://localhost:${port}/`)).reason).toContain('self-signed');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('are not asked of what speaks no TLS', async () => {
    const proxy = ends.add(await startHttpProxy());
    expect((await aNetwork().fault(`https://localhost:${proxy.port}/`)).reason).toContain(
      'does not speak TLS',
    );
  });
});

describe('client certificates', () => {
  const asking = (): Promise<Awaited<ReturnType<typeof aServer>>> =>
    aServer(good, { requestCert: true, rejectUnauthorized: true, ca: authority.cert });

  it('are asked for by name, and shown once they are set', async () => {
    const { port } = await asking();
    const { set, get, fault } = aNetwork();
    await set({ caFile });
    const url = `https://localhost:${port}/`;
    const missing = await fault(url);
    expect(missing).toMatchObject({ lost: false, reason: `localhost:${port} asks for a client certificate` });
    const file = write('client.pem', clientCertificate.cert);
    await set({ clientCertificate: { file, keyFile: write('client.key', clientCertificate.key) } });
    expect(await get(url)).toBe('GET / 0');
  });

  // Node's own server says nothing to a client whose certificate it does not accept; others do, with an alert.
  it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
    'of another authority are refused as such',
    async () => {
      const stranger = await newCertificate(await newAuthority('Elsewhere'), { names: ['eve'] });
      const pem = write('server.pem', `${good.cert}\n${good.key}`);
      const server = spawn(
        'openssl',
        [
          's_server',
          '-accept',
          '127.0.0.1:0',
          '-cert',
          pem,
          '-key',
          pem,
          '-CAfile',
          caFile,
          '-Verify',
          '2',
          '-verify_return_error',
          '-www',
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      ends.add({ dispose: () => void server.kill() });
      let said = '';
      for await (const chunk of server.stdout) {
        said += String(chunk);
        if (/ACCEPT .*:\d+/.test(said)) break;
      }
      const port = /ACCEPT .*:(\d+)/.exec(said)?.[1] ?? '';
      const { set, fault } = aNetwork();
      await set({
        caFile,
        clientCertificate: { file: write('eve.pem', `${stranger.cert}\n${stranger.key}`) },
      });
      const refused = await fault(`https://localhost:${port}/`);
      expect(refused.reason).toBe(`localhost:${port} did not accept the client certificate`);
      expect(refused.lost).toBe(false);
    },
  );

  it('have an encrypted key opened with the passphrase from the vault', async () => {
    const { port } = await asking();
    const { network, store, set, get } = aNetwork();
    const key = createPrivateKey(clientCertificate.key);
    const encrypted = key
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
      .toString();
    const identity = { file: write('c.pem', clientCertificate.cert), keyFile: write('c.key', encrypted) };
    expect(await network.set(null, { clientCertificate: identity })).toMatchObject({
      error: { code: 'invalid-input', message: expect.stringContaining('needs a passphrase') as string },
    });
    expect(await network.set(null, { clientCertificate: identity, keyPassphrase: 'wrong' })).toMatchObject({
      error: { message: expect.stringContaining('passphrase does not open the key') as string },
    });
    await set({ caFile, clientCertificate: identity, keyPassphrase: 'open sesame' });
    expect(await get(`https://localhost:${port}/`)).toBe('GET / 0');
    expect(JSON.stringify([await network.view(null), store.network.get('default')])).not.toContain('sesame');
  });

  const openssl = spawnSync('openssl', ['version']).status === 0;
  /** As browsers and administrators hand it out: certificate and key in one file; '' is no passphrase. */
  function pkcs12(passphrase: string, more: readonly string[] = []): string {
    const pem = write('p12.pem', `${clientCertificate.cert}\n${clientCertificate.key}`);
    const file = path.join(folder, `client-${passphrase.length}-${more.length}.p12`);
    const args = ['pkcs12', '-export', '-in', pem, '-out', file, '-passout', 'env:P12_PASSPHRASE', ...more];
    const made = spawnSync('openssl', args, { env: { ...process.env, P12_PASSPHRASE: passphrase } });
    if (made.status !== 0) throw new Error(made.stderr.toString());
    return file;
  }

  it.skipIf(!openssl)('in a PKCS#12 file are shown once its passphrase is known', async () => {
    const { port } = await asking();
    const { network, store, set, get, fault } = aNetwork();
    const clientCertificate = { file: pkcs12('open sesame') };
    for (const [change, words] of [
      [{}, 'needs a passphrase'],
      [{ keyPassphrase: 'wrong' }, 'passphrase does not open'],
    ] as const)
      expect(await network.set(null, { clientCertificate, ...change })).toMatchObject({
        error: { code: 'invalid-input', message: expect.stringContaining(words) as string },
      });
    const keyFile = write('apart.key', good.key);
    expect(await network.set(null, { clientCertificate: { ...clientCertificate, keyFile } })).toMatchObject({
      error: { message: expect.stringContaining('is not a PEM certificate') as string },
    });
    expect(store.network.get('default')).toEqual({});
    await set({ caFile, clientCertificate, keyPassphrase: 'open sesame' });
    expect(await get(`https://localhost:${port}/`)).toBe('GET / 0');
    expect(JSON.stringify([await network.view(null), store.network.get('default')])).not.toContain('sesame');
    // The passphrase goes with the file that it was entered for.
    await set({ clientCertificate: null });
    expect((await fault(`https://localhost:${port}/`)).reason).toContain('asks for a client certificate');
  });

  it.skipIf(!openssl)('of a provider file are PKCS#12 without a passphrase, and no one else’s', async () => {
    const { port } = await asking();
    const network = { caFile, clientCertificate: { file: pkcs12('') } };
    const definition = { id: CONNECTION.via.provider, network } as ProviderDefinition;
    const { get, fault, set } = aNetwork({
      registry: { get: () => ok(definition), onChange: () => disposable(() => undefined) },
    });
    const url = `https://localhost:${port}/`;
    expect(await get(url, CONNECTION.via)).toBe('GET / 0');
    expect((await fault(url)).reason).toContain('does not trust');
    await set({ caFile });
    expect((await fault(url)).reason).toContain('asks for a client certificate');
    // A connection's own come first.
    await set({ caFile: write('other-ca.pem', (await newAuthority('Other')).cert) }, CONNECTION);
    expect((await fault(url, CONNECTION.via)).reason).toContain('does not trust');
  });

  it.skipIf(!openssl)('in what is no PKCS#12 file, or an outdated one, are refused with words', async () => {
    const { network } = aNetwork();
    const broken = { file: write('broken.p12', '\u0000\u0001 nothing') };
    expect(await network.set(null, { clientCertificate: broken })).toMatchObject({
      error: { message: expect.stringContaining('holds neither a PEM certificate nor PKCS#12') as string },
    });
    const old = { file: pkcs12('pw', ['-legacy']) };
    expect(await network.set(null, { clientCertificate: old, keyPassphrase: 'pw' })).toMatchObject({
      error: { message: expect.stringContaining('encrypted in an outdated way') as string },
    });
  });

  it('with a key of another one are refused before anything is stored', async () => {
    const { network, store } = aNetwork();
    const identity = { file: write('k.pem', clientCertificate.cert), keyFile: write('k.key', good.key) };
    expect(await network.set(null, { clientCertificate: identity })).toMatchObject({
      error: {
        code: 'invalid-input',
        message: expect.stringMatching(/^The key in .* does not belong to the certificate in/) as string,
      },
    });
    expect(store.network.get('default')).toEqual({});
  });
});

describe('proxies', () => {
  const through = (port: number) => ({
    caFile,
    proxy: { from: 'manual' as const, url: `http://127.0.0.1:${port}` },
  });

  it('carry requests to names that only they can resolve', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy());
    const { set, network } = aNetwork();
    await set(through(proxy.port));
    const answer = await network.fetch(`https://api.acme.example:${port}/a`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    expect(await answer.text()).toBe('POST /a 3');
    expect(proxy.asked).toEqual([`api.acme.example:${port}`]);
  });

  it('are never used for this machine', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy());
    const { set, get } = aNetwork({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });
    await set({ caFile });
    await get(`https://localhost:${port}/`);
    await get(`https://127.0.0.1:${port}/`);
    await set(through(proxy.port));
    await get(`https://localhost:${port}/`);
    expect(proxy.asked).toEqual([]);
  });

  it('of the environment are used, but for what NO_PROXY names', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy());
    const env = { https_proxy: `127.0.0.1:${proxy.port}` };
    const { set, get } = aNetwork({ env });
    await set({ caFile });
    expect(await get(`https://api.acme.example:${port}/`)).toBe('GET / 0');
    const direct = aNetwork({ env: { ...env, NO_PROXY: '.acme.example' } });
    expect((await direct.fault(`https://api.acme.example:${port}/`)).reason).toMatch(
      /could not be resolved|no network/,
    );
    expect(proxy.asked).toHaveLength(1);
  });

  it('get the password from the vault, and say so when it is missing or wrong', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy({ password: 'ana:s3cret word' }));
    const { set, get, fault, network } = aNetwork();
    const url = `https://api.acme.example:${port}/`;
    const name = `127.0.0.1:${proxy.port}`;
    await set(through(proxy.port));
    expect(await fault(url)).toMatchObject({
      lost: false,
      reason: `the proxy ${name} wants a user name and a password`,
    });
    const withUser = {
      ...through(proxy.port),
      proxy: { from: 'manual' as const, url: `http://ana@${name}` },
    };
    await set({ ...withUser, proxyPassword: 'wrong' });
    expect((await fault(url)).reason).toBe(`the proxy ${name} did not accept the user name and password`);
    await set({ ...withUser, proxyPassword: 's3cret word' });
    expect(await get(url)).toBe('GET / 0');
    expect(JSON.stringify(await network.view(null))).not.toContain('s3cret');
    // Another proxy never gets it.
    await set({ proxy: { from: 'manual', url: 'http://ana@127.0.0.1:1' } });
    expect(await network.view(null)).toMatchObject({ value: { hasProxyPassword: false } });
  });

  it('that want a sign-in of Windows are named with what helps', async () => {
    const proxy = ends.add(await startHttpProxy({ password: 'x:y', scheme: 'Negotiate' }));
    const { set, fault } = aNetwork();
    await set(through(proxy.port));
    const refused = await fault('https://api.acme.example/');
    expect(refused.reason).toContain('wants a sign-in that Tokentray does not support (Negotiate)');
    expect(refused.cure).toContain('local proxy');
  });

  it.each([
    [
      'refuses',
      { refuse: 403 },
      /^the proxy 127\.0\.0\.1:\d+ refused to connect to api\.acme\.example \(HTTP 403 Blocked by policy\)$/,
    ],
    [
      'ends the connection',
      { die: true },
      /^the proxy 127\.0\.0\.1:\d+ ended the connection to api\.acme\.example$/,
    ],
  ])('that %s are told apart from the server', async (_, options, reason) => {
    const proxy = ends.add(await startHttpProxy(options));
    const { set, fault } = aNetwork();
    await set(through(proxy.port));
    expect(await fault('https://api.acme.example/')).toMatchObject({
      lost: false,
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('that are not there are named', async () => {
    const gone = await startHttpProxy();
    await gone.dispose();
    const { set, fault } = aNetwork();
    await set(through(gone.port));
    expect(await fault('https://api.acme.example/')).toMatchObject({
      lost: false,
      reason: `the proxy 127.0.0.1:${gone.port} refused the connection`,
      cure: expect.stringContaining('tokentray network') as string,
    });
  });

  it('that die in the middle of an answer leave the request as one that may have been processed', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy({ dieAfter: 2500 }));
    const { set, fault } = aNetwork();
    await set(through(proxy.port));
    const url = `https://api.acme.example:${port}/${'x'.repeat(8000)}`;
    expect(await fault(url)).toMatchObject({
      lost: true,
      reason: expect.stringContaining(`through the proxy 127.0.0.1:${proxy.port} was interrupted`) as string,
    });
  });

  it('show certificates of servers that are not trusted, whose they are', async () => {
    const { port } = await aServer(await newCertificate(null, { names: ['api.acme.example'] }));
    const proxy = ends.add(await startHttpProxy());
    const { set, fault } = aNetwork();
    await set({ proxy: through(proxy.port).proxy });
    expect((await fault(`https://api.acme.example:${port}/`)).reason).toMatch(
      /^the certificate of api\.acme\.example:\d+.* is self-signed/,
    );
  });

  it('are reached by TLS where their address says so', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy({ tls: good }));
    const { set, get, fault } = aNetwork();
    const byTls = { from: 'manual' as const, url: `https://localhost:${proxy.port}` };
    await set({ proxy: byTls });
    expect((await fault(`https://api.acme.example:${port}/`)).reason).toMatch(
      /^the certificate of https:\/\/localhost:\d+ .*does not trust|was not accepted/,
    );
    await set({ caFile, proxy: byTls });
    expect(await get(`https://api.acme.example:${port}/`)).toBe('GET / 0');
  });

  it('speak SOCKS 5 too, with and without a password', async () => {
    const { port } = await aServer(good);
    const open = ends.add(await startSocksProxy());
    const locked = ends.add(await startSocksProxy({ user: 'ana', password: 'pw' }));
    const { set, get, fault } = aNetwork();
    const url = `https://api.acme.example:${port}/`;
    await set({ caFile, proxy: { from: 'manual', url: `socks5://127.0.0.1:${open.port}` } });
    expect(await get(url)).toBe('GET / 0');
    expect(open.asked).toEqual([`api.acme.example:${port}`]);
    await set({
      proxy: { from: 'manual', url: `socks5://ana@127.0.0.1:${locked.port}` },
      proxyPassword: 'no',
    });
    expect((await fault(url)).reason).toBe(
      `the proxy socks5://127.0.0.1:${locked.port} did not accept the user name and password`,
    );
    await set({ proxyPassword: 'pw' });
    expect(await get(url)).toBe('GET / 0');
  });
});

describe('PAC files', () => {
  it('say which proxy, and the next one where that is not there', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy());
    const location = write(
      'a.pac',
      `function FindProxyForURL(url, host) {
        if (isPlainHostName(host)) return 'DIRECT';
        return dnsDomainIs(host, '.acme.example') ? 'PROXY 127.0.0.1:1; PROXY 127.0.0.1:${proxy.port}' : 'DIRECT';
      }`,
    );
    const { set, get } = aNetwork();
    await set({ caFile, proxy: { from: 'pac', location } });
    expect(await get(`https://api.acme.example:${port}/secret-path`)).toBe('GET /secret-path 0');
    expect(proxy.asked).toEqual([`api.acme.example:${port}`]);
  });

  it('are run by the worker that is built too, which needs no other file', async () => {
    const file = path.join(import.meta.dirname, '../../out/main/pac-worker.js');
    const script = 'function FindProxyForURL(url, host) { return "PROXY " + host + ":1"; }';
    const workerData = { script, url: 'https://a.example/', host: 'a.example' };
    const worker = new Worker(readFileSync(file, 'utf8'), { eval: true, env: {}, workerData });
    ends.add({
      dispose: async () => {
        await worker.terminate();
      },
    });
    expect(await once(worker, 'message')).toEqual([{ ok: true, text: 'PROXY a.example:1' }]);
  });

  it('get at nothing of this machine, and stay within their limits', async () => {
    const { set, fault } = aNetwork();
    const hostile = [
      'return "PROXY " + [typeof process, typeof require, typeof fetch, typeof WebAssembly, typeof globalThis.constructor.constructor("return process")];',
      'var list = []; while (true) list.push("x".repeat(1048576));',
      'return f(); function f() { return f(); }',
      'return /(a+)+$/.test("a".repeat(50) + "b");',
      'return dnsResolve.constructor("return typeof process")();',
    ];
    const before = process.memoryUsage().rss;
    for (const [index, body] of hostile.entries()) {
      const location = write(`hostile-${index}.pac`, `function FindProxyForURL(url, host) { ${body} }`);
      await set({ proxy: { from: 'pac', location } });
      const { reason, lost } = await fault('https://api.acme.invalid/');
      expect(lost).toBe(false);
      expect(reason).toMatch(/could not be resolved|fails: |takes too long|no network/);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('that cannot be used are named', async () => {
    const { set, fault } = aNetwork();
    const location = write('endless.pac', 'function FindProxyForURL() { while (true); }');
    await set({ proxy: { from: 'pac', location } });
    expect(await fault('https://api.acme.example/')).toMatchObject({
      lost: false,
      reason: `the proxy configuration script ${location} takes too long`,
    });
    await set({ proxy: { from: 'pac', location: path.join(folder, 'none.pac') } });
    expect((await fault('https://api.acme.example/')).reason).toContain('none.pac is not there');
  });
});

describe('connections to servers', () => {
  it('are used again, and let go when settings change', async () => {
    const { port, connections } = await aServer(good);
    const { set, get } = aNetwork();
    await set({ caFile });
    const url = `https://localhost:${port}/`;
    await get(url);
    await get(url);
    expect(connections()).toBe(1);
    await set({ proxy: { from: 'none' } });
    await get(url);
    expect(connections()).toBe(2);
  });

  it('go by settings that were pinned, for a request after its connection is gone', async () => {
    const { port } = await aServer(good);
    const { network, store, set } = aNetwork();
    await set({ caFile }, CONNECTION);
    const fetch = network.pinned(CONNECTION.via);
    store.network.set(CONNECTION.id, {}, {});
    network.forget(CONNECTION.id);
    expect(await (await fetch(`https://localhost:${port}/`)).text()).toBe('GET / 0');
    await expect(network.fetch(`https://localhost:${port}/`, { via: CONNECTION.via })).rejects.toThrow();
  });

  it('are given up when the caller gives up', async () => {
    const { port, server } = await aServer(good);
    server.removeAllListeners('request');
    const { set, network } = aNetwork();
    await set({ caFile });
    const abort = new AbortController();
    const answer = network.fetch(`https://localhost:${port}/`, { signal: abort.signal });
    await once(server, 'request');
    abort.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('are tried out for doctor', async () => {
    const { port } = await aServer(good);
    const proxy = ends.add(await startHttpProxy());
    const { set, network } = aNetwork({ env: { HTTPS_PROXY: `http://u:pw@127.0.0.1:${proxy.port}` } });
    await set({ caFile });
    const url = `https://api.acme.example:${port}/`;
    expect(await network.tryOut(url, null)).toEqual({
      route: `through the proxy 127.0.0.1:${proxy.port} (from HTTPS_PROXY)`,
      fault: null,
    });
    await set({ caFile: null });
    expect((await network.tryOut(url, null)).fault?.reason).toContain('“Acme Root CA”');
    expect(await network.tryOut(`https://localhost:${port}/`, null)).toMatchObject({ route: 'directly' });
  });
});

describe('blind tunnels of a run', () => {
  const echo = async (): Promise<number> => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => socket.end(data));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.add({ dispose: () => void server.close() });
    return (server.address() as AddressInfo).port;
  };

  it('go through the proxy of the network settings, which resolves the name', async () => {
    const port = await echo();
    const proxy = ends.add(await startHttpProxy({ password: 'ana:pass word' }));
    const { network, set } = aNetwork();
    const dial = createDial(network);
    const name = 'somewhere.invalid';
    expect(await dial({ host: name, port }, 'https')).toMatchObject({ error: { code: 'offline' } });
    await set({
      proxy: { from: 'manual', url: `http://ana@127.0.0.1:${proxy.port}`, bypass: ['.direct.invalid'] },
      proxyPassword: 'pass word',
    });
    const dialled = await dial({ host: name, port }, 'https');
    if (!dialled.ok) throw new Error(dialled.error.message);
    dialled.value.write('as it is');
    expect(String(await once(dialled.value, 'data'))).toBe('as it is');
    dialled.value.destroy();
    expect((await dial({ host: 'a.direct.invalid', port }, 'https')).ok).toBe(false);
    expect(proxy.asked).toEqual([`${name}:${port}`]);
  });

  it('say which proxy refused, and lead nowhere on this computer', async () => {
    const proxy = ends.add(await startHttpProxy({ refuse: 403 }));
    const { network } = aNetwork({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });
    const dial = createDial(network);
    const refused = await dial({ host: 'somewhere.invalid', port: 443 }, 'https');
    expect(refused).toMatchObject({
      error: { code: 'offline', message: expect.stringContaining(`127.0.0.1:${proxy.port}`) as string },
    });
    for (const host of ['localhost', '127.0.0.1', '169.254.169.254', '::1'])
      expect(await dial({ host, port: 443 }, 'https')).toMatchObject({ error: { code: 'refused' } });
    expect(proxy.asked).toEqual(['somewhere.invalid:443']);
  });
});
