import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeHttpExecutor } from 'builder-util';
import { configureRequestUrl, type DownloadOptions } from 'builder-util-runtime';
import { DebUpdater, type AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateState } from '../../contract/updates.ts';
import { updateEngine } from '../../main/hosts/electron/update-engine.ts';
import { createUpdater } from '../../main/hosts/electron/updates.ts';
import type { Updater } from '../../main/core/host.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { silentLogger } from '../../main/lib/log.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const PACKAGE = Buffer.alloc(300_000, 'a package');
const FILE = 'tokentray_0.2.0_amd64.deb';
const sha512 = (content: Buffer): string => createHash('sha512').update(content).digest('base64');
/** The feed that the packager writes. */
const feed = (version: string, over: { url?: string; hash?: string | null } = {}): string => {
  const hash = over.hash === null ? '' : `\n    sha512: ${over.hash ?? sha512(PACKAGE)}`;
  return `version: ${version}
files:
  - url: ${over.url ?? FILE}${hash}
    size: ${PACKAGE.length}
releaseDate: '2026-11-22T09:30:00.000Z'
`;
};
const text =
  (body: string, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status).end(body);
  };

let folder: string;
let server: Server;
let origin: string;
let answers: Record<string, Answer>;
let requests: { path: string; headers: IncomingMessage['headers'] }[];
let states: UpdateState[];

/** What electron-updater has for Electron's network, on Node's. */
class DownloadingExecutor extends NodeHttpExecutor {
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = { headers: options.headers ?? {} };
      configureRequestUrl(url, request);
      const callback = (fault: Error | null): void => {
        if (fault) reject(fault);
        else resolve(destination);
      };
      this.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

/** electron-updater's own class, with Node's HTTP client where Electron's would be. */
function realUpdater(): AppUpdater {
  const appUpdateConfigPath = path.join(folder, 'app-update.yml');
  writeFileSync(appUpdateConfigPath, `provider: generic\nurl: ${origin}/\nupdaterCacheDirName: updates\n`);
  const updater = new DebUpdater(null, {
    version: '0.1.0',
    name: 'tokentray',
    isPackaged: true,
    appUpdateConfigPath,
    userDataPath: folder,
    baseCachePath: path.join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  (updater as unknown as { httpExecutor: NodeHttpExecutor }).httpExecutor = new DownloadingExecutor();
  return updater;
}

function create(clock = systemClock): Updater {
  const updater = createUpdater({
    support: { supported: true, kind: 'deb', feed: `${origin}/`, asksForPassword: true },
    engine: () => Promise.resolve(updateEngine(realUpdater(), () => undefined)),
    setEnding: () => undefined,
    clock,
    logger: silentLogger,
  });
  updater.onChange((state) => states.push(state));
  return updater;
}

const settled = (updater: Updater): Promise<UpdateState> =>
  new Promise((resolve) => {
    const listener = updater.onChange((state) => {
      if (state.state === 'downloading') return;
      void listener.dispose();
      resolve(state);
    });
  });

/** Finds the version and fetches it; gives how that ended. */
async function fetched(updater: Updater): Promise<UpdateState> {
  expect(await updater.check()).toMatchObject({ value: { state: 'available', version: '0.2.0' } });
  const end = settled(updater);
  expect(updater.download().ok).toBe(true);
  return end;
}

const downloads = (): string[] => {
  const pending = path.join(folder, 'cache', 'updates', 'pending');
  return existsSync(pending) ? readdirSync(pending).filter((name) => name.endsWith('.deb')) : [];
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-updates-'));
  requests = [];
  states = [];
  answers = {
    '/latest-linux.yml': text(feed('0.2.0')),
    [`/${FILE}`]: (_request, response) => {
      response.writeHead(200, { 'content-length': PACKAGE.length }).end(PACKAGE);
    },
  };
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    // One feed a processor; the answers are the same.
    const name = pathname.replace(/latest-linux-\w+\.yml/, 'latest-linux.yml');
    requests.push({ path: name, headers: request.headers });
    (answers[name] ?? text('gone', 404))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('a good feed', () => {
  it('gives a newer version, fetched only when asked and proven by its hash', async () => {
    const updater = create();
    await updater.check();
    expect(requests.map((request) => request.path)).toEqual(['/latest-linux.yml']);
    expect(await fetched(updater)).toEqual({ state: 'ready', version: '0.2.0', asksForPassword: true });
    expect(downloads()).toEqual([FILE]);
    const file = path.join(folder, 'cache', 'updates', 'pending', FILE);
    expect(readFileSync(file).equals(PACKAGE)).toBe(true);
  });

  it('learns nothing that tells this machine from others', async () => {
    expect((await fetched(create())).state).toBe('ready');
    const sent = requests.map(({ headers }) => headers['x-user-staging-id']);
    expect(sent).toEqual(['none', 'none']);
    expect(JSON.stringify(requests)).not.toMatch(/cookie|authorization/i);
  });

  it.each(['0.1.0', '0.0.9', '0.1.0-beta.1'])('offers no version %s, as it is not newer', async (version) => {
    answers['/latest-linux.yml'] = text(feed(version));
    expect(await create().check()).toMatchObject({ value: { state: 'none' } });
  });
});

describe('a bad feed', () => {
  it.each<[string, Answer, string]>([
    [
      'a page of a login portal',
      text('<!doctype html><title>Sign in</title><p>Welcome: guest</p>'),
      'temporary',
    ],
    ['nothing', text(''), 'temporary'],
    ['something else in YAML', text('- 1\n- 2\n'), 'temporary'],
    ['no version', text('files: []\n'), 'temporary'],
    ['a version that is none', text(feed('newest')), 'temporary'],
    ['a pre-release', text(feed('0.3.0-beta.1')), 'refused'],
    ['no hash', text(feed('0.2.0', { hash: null })), 'refused'],
    [
      'a file whose name a shell would read',
      text(feed('0.2.0', { url: 'x%27;touch%20y;%27.deb' })),
      'refused',
    ],
    ['a file in another folder', text(feed('0.2.0', { url: '../x.deb' })), 'refused'],
    ['a file of another origin', text(feed('0.2.0', { url: 'https://elsewhere.example/x.deb' })), 'refused'],
    ['no files', text('version: 0.2.0\nfiles: []\n'), 'refused'],
    ['no list of files', text('version: 0.2.0\n'), 'refused'],
    ['not found', text('gone', 404), 'temporary'],
    ['a server error', text('broken', 503), 'temporary'],
    [
      'half of itself',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 5000 }).write('version: 0.');
        setTimeout(() => response.destroy(), 20);
      },
      'offline',
    ],
  ])('with %s offers nothing', async (_name, answer, code) => {
    answers['/latest-linux.yml'] = answer;
    const updater = create();
    expect(await updater.check()).toMatchObject({ value: { state: 'failed', error: { code } } });
    expect(updater.download()).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('that hangs is given up on, and asked afresh the next time', async () => {
    const clock = new FakeClock();
    let asked: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    answers['/latest-linux.yml'] = () => {
      asked();
    };
    const updater = create(clock);
    const check = updater.check();
    await arrived;
    await clock.advanceAsync(31_000);
    expect(await check).toMatchObject({ value: { state: 'failed', error: { code: 'timed-out' } } });
    answers['/latest-linux.yml'] = text(feed('0.2.0'));
    expect(await updater.check()).toMatchObject({ value: { state: 'available' } });
  });

  it('that is not there is offline', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await create().check()).toMatchObject({ value: { state: 'failed', error: { code: 'offline' } } });
    server.listen();
  });
});

describe('a bad package', () => {
  it.each<[string, Answer, string]>([
    ['with other bytes', text('x'.repeat(PACKAGE.length)), 'refused'],
    ['that is a page', text('<!doctype html>'), 'refused'],
    [
      'that is shorter',
      (_request, response) => {
        response.writeHead(200).end(PACKAGE.subarray(0, 1000));
      },
      'refused',
    ],
    [
      'that is cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': PACKAGE.length }).write(PACKAGE.subarray(0, 1000));
        setTimeout(() => response.destroy(), 50);
      },
      'offline',
    ],
    ['that is gone', text('gone', 404), 'temporary'],
  ])('%s is thrown away', async (_name, answer, code) => {
    answers[`/${FILE}`] = answer;
    expect(await fetched(create())).toMatchObject({ state: 'failed', error: { code } });
    expect(downloads()).toEqual([]);
  });

  it('that stops coming is given up on', async () => {
    const clock = new FakeClock();
    let begun: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (begun = resolve));
    answers[`/${FILE}`] = (_request, response) => {
      response.writeHead(200, { 'content-length': PACKAGE.length }).write(PACKAGE.subarray(0, 1000));
      begun();
    };
    const updater = create(clock);
    const end = fetched(updater);
    await arrived;
    await clock.advanceAsync(61_000);
    expect(await end).toMatchObject({ state: 'failed', error: { code: 'timed-out' } });
    expect(downloads()).toEqual([]);
  });
});
