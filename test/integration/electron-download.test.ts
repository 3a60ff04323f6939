import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ELECTRON_PACKAGE, isUnpacked } from '../../build/electron-dist.ts';
import { run } from './support/run.ts';

const { version } = JSON.parse(readFileSync(path.join(ELECTRON_PACKAGE, 'package.json'), 'utf8')) as {
  version: string;
};
const ZIP = `electron-v${version}-${process.platform}-${process.arch}.zip`;

let folder: string;
/** The npm package as npm leaves it: without Electron. */
let electronPackage: string;
let servers: Server[];
let asked: string[];

const serve = async (listener: RequestListener): Promise<{ server: Server; port: number }> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

/** A mirror of Electron's releases with one that only says what it is. */
async function mirror(send?: (zip: Buffer) => RequestListener): Promise<string> {
  const dist = path.join(folder, 'made');
  mkdirSync(dist);
  writeFileSync(path.join(dist, 'electron'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  writeFileSync(path.join(dist, 'version'), version);
  const file = path.join(folder, ZIP);
  execFileSync('python3', [
    '-m',
    'zipfile',
    '-c',
    file,
    ...['electron', 'version'].map((name) => path.join(dist, name)),
  ]);
  const zip = readFileSync(file);
  const { port } = await serve((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.endsWith('/SHASUMS256.txt') === true) {
      response.end(`${createHash('sha256').update(zip).digest('hex')} *${ZIP}\n`);
    } else if (send) send(zip)(request, response);
    else response.setHeader('content-length', zip.length).end(zip);
  });
  return `http://127.0.0.1:${port}/`;
}

/** In a process of its own, as in `npm start`, so that what is said can be read. */
const download = (env: NodeJS.ProcessEnv, stallSeconds = 30) =>
  run(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      `const { downloadElectron } = await import(${JSON.stringify(path.resolve('build/electron-download.ts'))});
       process.exitCode = (await downloadElectron({ electronPackage: process.env.PACKAGE, stallSeconds: ${stallSeconds} })) ? 0 : 1;`,
    ],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        PACKAGE: electronPackage,
        electron_config_cache: path.join(folder, 'cache'),
        electron_use_remote_checksums: '1',
        ...env,
      },
    },
  );

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray download-'));
  electronPackage = path.join(folder, 'node_modules', 'electron');
  mkdirSync(electronPackage, { recursive: true });
  for (const name of ['install.js', 'package.json', 'checksums.json']) {
    copyFileSync(path.join(ELECTRON_PACKAGE, name), path.join(electronPackage, name));
  }
  for (const scope of ['@electron', '@electron-internal']) {
    symlinkSync(path.join(ELECTRON_PACKAGE, '..', scope), path.join(folder, 'node_modules', scope));
  }
  servers = [];
  asked = [];
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('downloads and unpacks Electron, and says how far it is', async () => {
  const done = await download({ ELECTRON_MIRROR: await mirror() });
  expect(done.stderr).toMatch(/^Downloading Electron \(once\) …\n {2}100 % of 0 MB\n$/);
  expect(done.code).toBe(0);
  expect(isUnpacked(electronPackage)).toBe(true);
  expect(asked.filter((url) => url.endsWith('.zip'))).toHaveLength(1);
});

it('goes through the proxy of the shell', async () => {
  const port = new URL(await mirror()).port;
  const tunnelled: string[] = [];
  const proxy = await serve((_request, response) => response.writeHead(400).end());
  proxy.server.on('connect', (request, socket) => {
    tunnelled.push(request.url ?? '');
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const each of [socket, upstream]) each.on('error', () => undefined);
  });
  // A name that only the proxy resolves.
  const done = await download({
    ELECTRON_MIRROR: 'http://releases.acme.example/',
    http_proxy: `http://127.0.0.1:${proxy.port}`,
  });
  expect(done).toMatchObject({ code: 0 });
  expect(new Set(tunnelled)).toEqual(new Set(['releases.acme.example:80']));
});

it('says why it failed, and that a proxy was asked, without the proxy’s password', async () => {
  const done = await download({
    ELECTRON_MIRROR: 'http://releases.acme.example/',
    HTTP_PROXY: 'http://ana:hunter2@127.0.0.1:9',
  });
  expect(done.code).toBe(1);
  expect(done.stderr).toContain('Electron could not be downloaded: fetch failed (');
  expect(done.stderr).toContain('The download used the proxy in HTTP_PROXY.');
  expect(done.stderr).not.toContain('hunter2');
});

it('gives up when nothing comes any more', async () => {
  const url = await mirror((zip) => (_request, response) => {
    response.setHeader('content-length', zip.length).write(zip.subarray(0, 100));
  });
  const done = await download({ ELECTRON_MIRROR: url }, 1);
  expect(done.code).toBe(1);
  expect(done.stderr).toContain('Electron could not be downloaded: no data arrived for 1 seconds.');
  expect(isUnpacked(electronPackage)).toBe(false);
});

it('does not give up on a slow line, however long it takes in all', async () => {
  const url = await mirror((zip) => (_request, response) => {
    response.setHeader('content-length', zip.length);
    const pieces = 6;
    for (let piece = 0; piece < pieces; piece++) {
      const part = zip.subarray(...[piece, piece + 1].map((at) => Math.floor((zip.length * at) / pieces)));
      setTimeout(() => (piece === pieces - 1 ? response.end(part) : response.write(part)), piece * 500);
    }
  });
  const done = await download({ ELECTRON_MIRROR: url }, 1);
  expect(done).toMatchObject({ code: 0 });
  expect(done.stderr.match(/%/g)?.length).toBeGreaterThan(3);
});

it('unpacks anew over what was unpacked in part', async () => {
  const dist = path.join(electronPackage, 'dist');
  mkdirSync(dist);
  writeFileSync(path.join(dist, 'electron'), 'half', { mode: 0o755 });
  expect(isUnpacked(electronPackage)).toBe(false);
  expect(await download({ ELECTRON_MIRROR: await mirror() })).toMatchObject({ code: 0 });
  expect(readFileSync(path.join(dist, 'electron'), 'utf8')).toContain('exit 0');
  expect(existsSync(path.join(electronPackage, 'path.txt'))).toBe(true);
});
