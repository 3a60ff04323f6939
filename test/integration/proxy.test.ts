import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect as connectTcp, createServer as createTcpServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../main/lib/clock.ts';
import { ok } from '../../main/lib/result.ts';
import { startSandbox, type Sandbox } from '../../main/sandbox/start-sandbox.ts';
import type { ConnectionRecord } from '../../main/store/records.ts';
import { proxyParts, registryOf, type ProxyParts } from '../fakes/proxy-parts.ts';
import { asNobody } from './support/as-nobody.ts';
import { newAuthority, newCertificate } from './support/certificates.ts';

const run = promisify(execFile);

const ACME = '11111111-a5e1-4c3e-9b6a-0000000ac3e0';
const MYSELF = `https://api.atlassian.com/ex/jira/${ACME}/rest/api/3/myself`;
const JAVA = spawnSync('java', ['-version']).status === 0;
const REQUESTS = spawnSync('python3', ['-c', 'import requests']).status === 0;
const PYTHON = spawnSync('python3', ['-c', '']).status === 0;

let sandbox: Sandbox;
let parts: ProxyParts;
let ana: ConnectionRecord;
let other: ConnectionRecord;
let token: string;
/** What the dialled hosts of nobody's lead to. */
let elsewhere: { port: number; stop: () => void };

beforeAll(async () => {
  sandbox = await startSandbox({ clock: systemClock });
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${head.toString('latin1')}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  elsewhere = { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
  parts = proxyParts({
    registry: registryOf(sandbox.definitions),
    services: sandbox.services,
    dial: async () => {
      const socket = connectTcp(elsewhere.port, '127.0.0.1');
      await once(socket, 'connect');
      return ok(socket);
    },
  });
  const scoped = sandbox.control.credentials().apiTokens.find((entry) => entry.scoped);
  if (scoped === undefined) throw new Error('the sandbox has no token with scopes');
  token = scoped.token;
  const connection = (name: string) => ({
    name,
    method: 'api-token' as const,
    grant: null,
    sent: { as: 'basic' as const, username: scoped.email },
    site: {
      cloudId: ACME,
      name: 'acme',
      url: 'https://acme.atlassian.net',
      products: ['jira', 'confluence'] as never,
    },
  });
  ana = parts.connect(connection('acme'), token);
  other = parts.connect(connection('acme again'), token);
});
afterAll(async () => {
  elsewhere.stop();
  await parts.dispose();
  await sandbox.dispose();
});

const env = (given: Record<string, string>) => ({
  PATH: process.env['PATH'],
  HOME: parts.home,
  GIT_TERMINAL_PROMPT: '0',
  ...given,
});

const curl = async (given: Record<string, string>, ...args: string[]): Promise<string> => {
  const { stdout, stderr } = await ended('curl', ['-sS', '-i', ...args], given);
  return stdout + stderr;
};

/** What a program wrote, however it ended. */
const ended = (program: string, args: string[], given: Record<string, string>) =>
  new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(program, args, { env: env(given) }, (_fault, stdout, stderr) => {
      resolve({ stdout, stderr });
    });
  });

/** Speaks to the proxy byte by byte. */
async function raw(proxy: string, text: string): Promise<string> {
  const socket = connectTcp(Number(new URL(proxy).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  let answer = '';
  socket.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
  socket.setTimeout(3000, () => socket.destroy());
  await once(socket, 'close');
  return answer;
}

const authorization = (key: string) => `Basic ${Buffer.from(`run:${key}`).toString('base64')}`;

/** A request inside a tunnel, with whatever it says. */
async function inTunnel(
  given: { env: Record<string, string>; key: string },
  { target, servername, request }: { target: string; servername: string; request: string },
): Promise<string> {
  const socket = connectTcp(Number(new URL(given.env['HTTPS_PROXY'] ?? '').port), '127.0.0.1');
  socket.write(
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${authorization(given.key)}\r\n\r\n`,
  );
  await once(socket, 'data');
  const secure = connectTls({
    socket,
    servername,
    ca: readFileSync(given.env['SSL_CERT_FILE'] ?? '', 'utf8'),
    checkServerIdentity: () => undefined,
  });
  let answer = '';
  secure.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
  secure.on('error', (fault: Error) => (answer += fault.message));
  secure.once('secureConnect', () => secure.write(request));
  secure.setTimeout(3000, () => secure.destroy());
  await new Promise((resolve) => secure.once('close', resolve));
  return answer;
}

const PROGRAMS = [
  ['curl', true, ['curl', '-sS', MYSELF]],
  ['Node', true, [process.execPath, '-e', `fetch('${MYSELF}').then((r) => r.text()).then(console.log)`]],
  ['Python requests', REQUESTS, ['python3', '-c', `import requests; print(requests.get('${MYSELF}').text)`]],
  [
    'Python urllib',
    PYTHON,
    ['python3', '-c', `import urllib.request as u; print(u.urlopen('${MYSELF}').read().decode())`],
  ],
  ['a site’s own address', true, ['curl', '-sS', 'https://acme.atlassian.net/rest/api/3/myself']],
] as const;

describe('unmodified programs reach the API with the credential', () => {
  for (const [name, there, [program, ...args]] of PROGRAMS)
    test.runIf(there)(name, async () => {
      const started = await parts.begin([ana]);
      const { stdout } = await run(program, args, { env: env(started.env) });
      expect(stdout).toContain('ana@acme.example');
      expect(stdout).not.toContain(token);
      started.end();
    });

  test('git', async () => {
    const started = await parts.begin([ana]);
    const { stderr } = await ended('git', ['ls-remote', `${MYSELF}.git`], started.env);
    // Through TLS to the stand-in, which has no repository there.
    expect(stderr).toMatch(/not found|403|404/i);
    expect(parts.targets.at(-1)?.path).toContain('myself.git/info/refs');
    started.end();
  });

  test.runIf(JAVA)('Java, which sends no password, by port and owner', async () => {
    const started = await parts.begin([ana]);
    const file = path.join(parts.home, 'Ask.java');
    await run('sh', [
      '-c',
      `cat > ${file} <<'END'
public class Ask { public static void main(String[] a) throws Exception {
  System.out.println(new String(java.net.URI.create(a[0]).toURL().openStream().readAllBytes())); } }
END`,
    ]);
    const { stdout } = await run('java', [file, MYSELF], { env: env(started.env) });
    expect(stdout).toContain('ana@acme.example');
    started.end();
  });
});

test('confluence and jira of one site are told apart by their paths', async () => {
  const started = await parts.begin([ana]);
  await curl(started.env, 'https://acme.atlassian.net/wiki/api/v2/pages');
  expect(parts.targets.at(-1)).toMatchObject({ api: 'confluence', path: '/wiki/api/v2/pages' });
  await curl(started.env, 'https://acme.atlassian.net/%77iki/api/v2/pages');
  expect(parts.targets.at(-1)).toMatchObject({ api: 'confluence' });
  await curl(started.env, 'https://acme.atlassian.net/rest/api/3/myself');
  expect(parts.targets.at(-1)).toMatchObject({ api: 'jira', publicUrl: null, entrance: 'proxy' });
  started.end();
});

test('of several connections the header chooses, and is not sent on', async () => {
  const started = await parts.begin([ana, other]);
  const several = await curl(started.env, MYSELF);
  expect(several).toMatch(/HTTP\/1.1 409 /);
  expect(several).toContain('“acme”, “acme again”');
  const before = parts.targets.length;
  expect(await curl(started.env, '-H', 'X-Tokentray-Connection: acme again', MYSELF)).toContain('200 OK');
  expect(parts.targets.slice(before).map(({ connection }) => connection.name)).toEqual(['acme again']);
  expect(await curl(started.env, '-H', 'X-Tokentray-Connection: nobody', MYSELF)).toMatch(/HTTP\/1.1 403 /);
  started.end();
});

test('no credential for other sites, for endpoints that sign in, or for http', async () => {
  const started = await parts.begin([ana]);
  const before = parts.targets.length;
  const wrong = MYSELF.replace(ACME, '22222222-be7a-4d1f-8c2b-000000000be7');
  // The stand-in answers as it does anybody without a credential.
  expect(await curl(started.env, wrong)).toMatch(/HTTP\/1.1 401 /);
  expect(await curl(started.env, '-d', 'x=1', 'https://auth.atlassian.com/oauth/token')).toMatch(
    /HTTP\/1.1 4/,
  );
  expect(await curl(started.env, `https://auth.atlassian.com/ex/jira/${ACME}/rest/api/3/myself`)).toMatch(
    /HTTP\/1.1 401 /,
  );
  expect(await curl(started.env, MYSELF.replace('https', 'http'))).toContain('by https only');
  expect(parts.targets).toHaveLength(before);
  started.end();
});

test('other hosts: tunnelled to as they are, or refused in words', async () => {
  const started = await parts.begin([ana]);
  const answer = await curl(started.env, '-H', 'X-Mine: 1', 'http://example.com/page');
  expect(answer).toContain('GET /page HTTP/1.1');
  expect(answer).not.toContain('roxy-');
  const text = `CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: ${authorization(started.key)}\r\n\r\n`;
  expect(await raw(started.env['HTTPS_PROXY'] ?? '', `${text}blind bytes`)).toContain('blind bytes');
  started.end();
  const isolated = await parts.begin([ana], { isolated: true });
  expect(
    await raw(
      isolated.env['HTTPS_PROXY'] ?? '',
      text.replace(authorization(started.key), authorization(isolated.key)),
    ),
  ).toMatch(/^HTTP\/1.1 403 Forbidden: This run may not reach example.com/);
  expect(await curl(isolated.env, 'http://example.com/page')).toMatch(/HTTP\/1.1 403 /);
  expect(await curl(isolated.env, MYSELF)).toContain('200 OK');
  isolated.end();
});

test('CONNECT, SNI and Host must agree', async () => {
  const started = await parts.begin([ana]);
  const before = parts.targets.length;
  const target = 'api.atlassian.com:443';
  const request = (host: string) =>
    `GET /ex/jira/${ACME}/rest/api/3/myself HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const servername = 'api.atlassian.com';
  expect(await inTunnel(started, { target, servername, request: request('evil.example') })).toMatch(
    /^HTTP\/1.1 400 /,
  );
  expect(
    await inTunnel(started, {
      ...{ target, servername },
      request: request('api.atlassian.com').replace('\r\n', '\r\nHost: evil.example\r\n'),
    }),
  ).toMatch(/^HTTP\/1.1 400 /);
  const named = await inTunnel(started, {
    target,
    servername: 'auth.atlassian.com',
    request: request('api.atlassian.com'),
  });
  expect(named).not.toContain('HTTP/1.1');
  for (const bad of ['/ex/jira/%2e%2e/x', '//evil.example/x', `/ex/jira/${ACME}/rest/..%2f..%2fx`])
    expect(
      await inTunnel(started, {
        ...{ target, servername },
        request: `GET ${bad} HTTP/1.1\r\nHost: api.atlassian.com\r\nConnection: close\r\n\r\n`,
      }),
    ).toMatch(/^HTTP\/1.1 400 /);
  expect(parts.targets).toHaveLength(before);
  expect(await inTunnel(started, { target, servername, request: request('api.atlassian.com') })).toMatch(
    /^HTTP\/1.1 200 /,
  );
  started.end();
});

test('only the run’s own key opens its proxy, and nothing does when it has ended', async () => {
  const one = await parts.begin([ana]);
  const two = await parts.begin([ana]);
  const at = (proxy: string, key: string) =>
    raw(
      proxy,
      `CONNECT api.atlassian.com:443 HTTP/1.1\r\nHost: api.atlassian.com:443\r\nProxy-Authorization: ${authorization(key)}\r\n\r\n`,
    );
  const proxy = one.env['HTTPS_PROXY'] ?? '';
  expect(await at(proxy, two.key)).toMatch(/^HTTP\/1.1 407 /);
  expect(await at(proxy, 'ttk_wrong')).toMatch(/^HTTP\/1.1 407 /);
  one.end();
  expect(await curl(one.env, MYSELF)).toMatch(/Failed to connect|refused|403/i);
  two.end();
});

test.runIf(process.getuid?.() === 0)('another user of this computer gets nothing', async () => {
  const started = await parts.begin([ana]);
  const port = Number(new URL(started.env['HTTPS_PROXY'] ?? '').port);
  const answer = await asNobody(`
    import { connect } from 'node:net';
    const socket = connect(${port}, '127.0.0.1');
    socket.write('CONNECT api.atlassian.com:443 HTTP/1.1\\r\\nHost: api.atlassian.com:443\\r\\n\\r\\n');
    socket.on('data', (piece) => process.stdout.write(piece));
  `);
  expect(answer).toMatch(/^HTTP\/1.1 407 /);
  expect(answer).not.toMatch(/acme|ttk_/);
  started.end();
});

test('the files with certificates are the person’s alone, and hold no key', async () => {
  const started = await parts.begin([ana]);
  const file = started.env['SSL_CERT_FILE'] ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE');
  expect(JSON.stringify(started.env)).not.toContain(token);
  started.end();
});

test('one authority for all runs, kept in the store', async () => {
  const one = await parts.begin([ana]);
  const two = await parts.begin([other]);
  const [first, second] = [one, two].map(({ env: given }) =>
    readFileSync(given['SSL_CERT_FILE'] ?? '', 'utf8'),
  );
  expect(first).toBe(second);
  const stored = parts.store.authority.get();
  expect(stored.ok && stored.value?.certificate.trim()).toBe(first?.trim());
  one.end();
  two.end();
});

test('an upstream whose certificate does not verify: 502 in words', async () => {
  const { key, cert } = await newCertificate(await newAuthority(), { names: ['localhost'] });
  const server = createHttpsServer({ key, cert }, (_, response) => response.end('never'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [definition] = sandbox.definitions;
  if (definition === undefined) throw new Error('no definition');
  const real = proxyParts({
    registry: registryOf([
      {
        ...definition,
        apis: definition.apis.map((api) => ({ ...api, urls: { default: `https://localhost:${port}` } })),
      },
    ]),
    services: { played: () => null, playedHosts: [], realAddress: (url) => url },
  });
  const connection = real.connect({ name: 'local', sent: { as: 'bearer' }, site: ana.site }, 'secret-token');
  const started = await real.begin([connection]);
  const answer = await run('curl', ['-sS', '-i', '--noproxy', '', `https://localhost:${port}/rest/x`], {
    env: { ...env(started.env), NO_PROXY: '', no_proxy: '' },
  });
  expect(answer.stdout).toMatch(/HTTP\/1.1 502 /);
  expect(answer.stdout).not.toContain('secret-token');
  await real.dispose();
  server.close();
});
