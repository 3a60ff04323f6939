import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, isolatedEnv, startApp, type RunningApp } from '../e2e/support/app.ts';
import { asNobody } from './support/as-nobody.ts';
import { connect } from './support/connect.ts';

const TRIES = 1000;
const AT_ONCE = 20;

let app: RunningApp;
let port: number;
/** What no stranger may see. */
let ours: RegExp;

beforeAll(async () => {
  app = await startApp();
  port = Number(new URL(app.url).port);
  // Only what the app itself does keeps others out.
  chmodSync(app.home, 0o755);
  await connect(app);
  const token = (await app.cli(['get'])).stdout.trim();
  ours = new RegExp(`${token.slice(-40)}|ana@|acme|Ana Keller|<div id="root">|assets/`);
});
afterAll(() => app.stop());

interface Try {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Status, headers and body as one text, so that nothing that came back is overlooked. */
const send = ({ method, path: target, headers, body }: Try): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: target, headers, agent: false };
    const sent = request(options, (answer) => {
      let text = answer.rawHeaders.join('\n');
      answer.on('data', (piece: Buffer) => (text += piece.toString()));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    sent.on('error', reject);
    if (method === 'POST' || method === 'PUT') sent.write(body);
    sent.end();
  });

const PATHS = [
  '/',
  '/v1/snapshot',
  '/v1/credentials.reveal',
  '/v1/events',
  '/index.html',
  '/assets/../index.html',
  '/%2e%2e/index.html',
  '//v1/snapshot',
  '/open/',
  '/open/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '/AAAAAAAAAAAAAAAAAAAAAA/v1/snapshot',
  '/__proto__/v1/snapshot',
  '/resume',
];
const HOSTS = ['127.0.0.1', 'localhost', 'evil.example', '[::1]', '0.0.0.0'];
const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'TRACE'];

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

/** The nth try: every path with every host and method in turn, with cookies and origins that are made up. */
const nth = (index: number): Try => ({
  method: pick(METHODS, Math.floor(index / (PATHS.length * HOSTS.length))),
  path: index % 7 === 0 ? `http://127.0.0.1:${port}${pick(PATHS, index)}` : pick(PATHS, index),
  headers: {
    host: `${pick(HOSTS, Math.floor(index / PATHS.length))}:${port}`,
    'x-tokentray': '1',
    'content-type': 'application/json',
    cookie: `tokentray-${port}=${index % 2 === 0 ? '' : Buffer.from(`guess ${index}`).toString('base64url')}`,
    ...(index % 3 === 0 ? { origin: `http://127.0.0.1:${port}` } : {}),
  },
  body: '{}',
});

describe('without the session', () => {
  it('a thousand tries get nothing of ours', async () => {
    let next = 0;
    let answered = 0;
    const one = async (): Promise<void> => {
      while (next < TRIES) {
        const tried = nth(next++);
        const { status, text } = await send(tried);
        expect(status, `${tried.method} ${tried.path}`).toBeGreaterThanOrEqual(400);
        expect(text).not.toMatch(ours);
        expect(text).not.toMatch(/set-cookie/i);
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    expect(answered).toBe(TRIES);
  });

  it('the same is there for who has it', async () => {
    const link = new URL(await newLink());
    const opened = await fetch(link, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL(opened.headers.get('location') ?? '', link), { headers: { cookie } });
    expect(await page.text()).toMatch(ours);
    // The link is used up, and the cookie alone opens nothing outside its path.
    expect((await fetch(link, { redirect: 'manual', headers: { cookie } })).status).toBe(401);
    expect((await fetch(link.origin, { headers: { cookie } })).status).toBe(401);
  });

  it('who sends slowly to the one place that is open to all cannot use up the connections', async () => {
    const slow: Socket[] = [];
    const head = `POST /resume HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-tokentray: 1\r\ncontent-length: 100\r\n\r\n{`;
    for (let index = 0; index < 300; index += 1) {
      const socket = connectTcp(port, '127.0.0.1').on('error', () => undefined);
      socket.on('connect', () => socket.write(head));
      slow.push(socket);
    }
    try {
      await expect.poll(() => slow.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(200);
      // At once, not when the slow ones have run out of time.
      expect((await fetch(await newLink(), { redirect: 'manual' })).status).toBe(303);
    } finally {
      for (const socket of slow) socket.destroy();
    }
  });

  it('a page that is open keeps its connection, whoever floods the others', async () => {
    const link = new URL(await newLink());
    const opened = await fetch(link, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const events = await fetch(new URL(`${opened.headers.get('location') ?? ''}v1/events`, link), {
      headers: { cookie, 'x-tokentray': '1' },
    });
    expect(events.status).toBe(200);
    const reading = events.body!.getReader();
    await reading.read();
    let ended = false;
    void reading.read().then(
      ({ done }) => (ended = done),
      () => (ended = true),
    );
    const flood = Array.from({ length: 400 }, () =>
      connectTcp(port, '127.0.0.1').on('error', () => undefined),
    );
    try {
      await expect.poll(() => flood.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(200);
      expect(ended).toBe(false);
    } finally {
      for (const socket of flood) socket.destroy();
      await reading.cancel();
    }
  });

  it('who holds connections open cannot use up those of the app', async () => {
    const held: Socket[] = [];
    for (let index = 0; index < 300; index += 1) {
      const socket = connectTcp(port, '127.0.0.1').on('error', () => undefined);
      socket.on('connect', () => socket.write('GET / HTTP/1.1\r\n'));
      held.push(socket);
    }
    try {
      await expect.poll(() => held.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(200);
      expect((await app.cli(['list'])).code).toBe(0);
      // The slow ones are sent away, and the page is there again.
      await expect.poll(() => reachable(), { timeout: 15_000 }).toBe(true);
    } finally {
      for (const socket of held) socket.destroy();
    }
  });
});

// Only root can act as somebody else.
describe.runIf(process.getuid?.() === 0)('another user of the machine', () => {
  it('does not get to the socket or into the data folder', async () => {
    const target = JSON.stringify(app.socket);
    expect(
      await asNobody(
        `import net from 'node:net'; net.connect(${target}).on('connect', () => console.log('in')).on('error', (e) => console.log(e.code))`,
      ),
    ).toBe('EACCES');
    const folder = JSON.stringify(path.join(app.home, 'sandbox'));
    expect(
      await asNobody(
        `import fs from 'node:fs'; try { console.log(fs.readdirSync(${folder})) } catch (e) { console.log(e.code) }`,
      ),
    ).toBe('EACCES');
  });

  it('cannot use a one-time link that it read off a command line', async () => {
    const link = await newLink();
    const code = `const r = await fetch(${JSON.stringify(link)}, { redirect: 'manual' }); console.log(r.status, r.headers.get('set-cookie'), r.headers.get('location'))`;
    expect(await asNobody(code)).toBe('401 null null');
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  });
});

// Only root can act as somebody else.
describe.runIf(process.getuid?.() === 0)('another user who floods a port', () => {
  /** Holds hundreds of connections and replaces each that is closed, until its input ends. */
  function flood(target: number): ChildProcess {
    const code = `
      import net from 'node:net';
      let closed = 0;
      const open = () => net.connect(${target}, '127.0.0.1')
        .on('error', () => undefined)
        .on('close', () => { closed += 1; if (closed === 300) console.log('flooding'); setTimeout(open, 5); });
      for (let index = 0; index < 600; index += 1) open();
      process.stdin.on('end', () => process.exit()).resume();`;
    return spawn(process.execPath, ['--input-type=module', '-e', code], {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
      env: {},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  /** What an honest connection gets that takes its time, as a browser does that connects early. */
  const slowly = (target: number, requestPath: string): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connectTcp(target, '127.0.0.1', () => {
        setTimeout(() => {
          socket.write(
            `GET ${requestPath} HTTP/1.1\r\nhost: 127.0.0.1:${target}\r\nconnection: close\r\n\r\n`,
          );
        }, 500);
      });
      socket.on('data', (piece: Buffer) => (text += piece.toString()));
      socket
        .on('error', () => undefined)
        .on('close', () => {
          resolve(text.split('\r\n', 1)[0] ?? '');
        });
    });

  it('does not keep the person from the page', async () => {
    const flooding = flood(port);
    try {
      await once(flooding.stdout!, 'data');
      const links = await Promise.all([newLink(), newLink(), newLink()]);
      const answers = await Promise.all(links.map((link) => slowly(port, new URL(link).pathname)));
      expect(answers).toEqual(Array(3).fill('HTTP/1.1 303 See Other'));
    } finally {
      flooding.stdin!.end();
      await once(flooding, 'exit');
    }
  });

  it('does not keep the person’s browser from the callback', async () => {
    const started = await call<{ id: string; stage: { authorizeUrl: string } }>('sign-in.start', {
      provider: 'atlassian',
      open: false,
    });
    const address = new URL(started.stage.authorizeUrl).searchParams;
    const callback = new URL(address.get('redirect_uri')!);
    const flooding = flood(Number(callback.port));
    try {
      await once(flooding.stdout!, 'data');
      const target = `${callback.pathname}?error=access_denied&state=${address.get('state')!}`;
      expect(await slowly(Number(callback.port), target)).toBe('HTTP/1.1 303 See Other');
    } finally {
      flooding.stdin!.end();
      await once(flooding, 'exit');
    }
  });
});

// Only root can act as somebody else.
describe.runIf(process.getuid?.() === 0)('another user who is gone before one can look', () => {
  it.each(['127.0.0.1', '::ffff:127.0.0.1'])('does not use up the link from %s', async (host) => {
    const link = new URL(await newLink());
    const code = `
      import net from 'node:net';
      const once = (end) => new Promise((done) => {
        const socket = net.connect({ host: '${host}', port: ${port} }, () => {
          socket.write('GET ${link.pathname} HTTP/1.1\\r\\nhost: 127.0.0.1:${port}\\r\\n\\r\\n', () => socket[end]());
        });
        socket.on('error', () => undefined).on('close', done);
      });
      for (let round = 0; round < 100; round += 1) await once(round % 2 ? 'destroy' : 'resetAndDestroy');
      console.log('done');`;
    expect(await asNobody(code)).toBe('done');
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  });

  it('gets nothing through an IPv6 socket either', async () => {
    const link = new URL(await newLink());
    const code = `
      import net from 'node:net';
      const socket = net.connect({ host: '::ffff:127.0.0.1', port: ${port} });
      socket.write('GET ${link.pathname} HTTP/1.1\\r\\nhost: 127.0.0.1:${port}\\r\\nconnection: close\\r\\n\\r\\n');
      for await (const piece of socket) console.log(String(piece).split('\\r\\n')[0]);`;
    expect(await asNobody(code)).toMatch(/^HTTP\/1.1 401/);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  });
});

describe('what is left beside the program', () => {
  it('is its owner’s alone under umask 000', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-umask-'));
    const home = path.join(folder, 'home');
    cpSync(path.join(ROOT, 'out'), path.join(folder, 'out'), {
      recursive: true,
      filter: (file) => path.basename(file) !== '.compiled',
    });
    const script = `umask 000; exec "$0" "$1" --session-only --json --no-open`;
    const serve = spawn(
      'sh',
      ['-c', script, process.execPath, path.join(folder, 'out', 'main', 'serve.js')],
      { env: isolatedEnv(home), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await once(serve.stdout, 'data');
      await stop(serve);
      const made = [home, path.join(folder, 'out', 'main', '.compiled')].flatMap((top) => [
        top,
        ...readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => path.join(top, name)),
      ]);
      expect(made.length).toBeGreaterThan(4);
      for (const file of made) expect(statSync(file).mode & 0o077, file).toBe(0);
    } finally {
      await stop(serve);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** One call, as the command line makes it. */
const call = <T>(name: string, input: object): Promise<T> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request({ socketPath: app.socket, path: `/v1/${name}`, method: 'POST', headers }, (answer) => {
      answer.on('data', (piece: Buffer) => {
        resolve(JSON.parse(piece.toString()) as T);
      });
    })
      .on('error', reject)
      .end(JSON.stringify(input));
  });

/** A link that nobody has used, as the command line gets it. */
const newLink = async (): Promise<string> => (await call<{ url: string }>('app.open', { launch: false })).url;

const reachable = (): Promise<boolean> =>
  send(nth(0)).then(
    () => true,
    () => false,
  );
