import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DisposableStack } from '../../main/lib/disposable.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { gatewayParts, portOf } from '../fakes/gateway-parts.ts';
import type { Look, Started } from './support/gateway-child.ts';

const FULL = process.env['TOKENTRAY_FAULTS'] === 'full';
const AT_ONCE = FULL ? 200 : 15;
const ROUNDS = FULL ? 5 : 1;
/** How long a reader takes 1 MB a second before it takes the rest as fast as it can. */
const SLOW_SECONDS = Number(process.env['TOKENTRAY_SLOW_SECONDS'] ?? (FULL ? '60' : '1'));
const MB = 1 << 20;
const GIB = 1 << 30;
const BODY = (FULL ? 8 : 2) * MB;
/** What the slow reader reads. */
const LARGE = FULL ? GIB : GIB >> 3;

/** What the upstream does with a request, by the last part of its path. */
const BEHAVIOURS: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  plain: (request, response) => {
    request.resume().on('end', () => response.end('ok'));
  },
  stalls: (request) => {
    request.resume();
  },
  resets: (request, response) => {
    response.write('some');
    setTimeout(() => request.socket.resetAndDestroy(), 20);
  },
  endless: (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  },
  large: (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (largeSent < LARGE) {
        largeSent += chunk.byteLength;
        if (!response.write(chunk)) return;
      }
      response.end();
    };
    response.writeHead(200, { 'content-length': LARGE });
    response.on('drain', more);
    more();
  },
  early: (_, response) => {
    response.writeHead(413).end('too large');
  },
  'early-and-closes': (request, response) => {
    response.writeHead(413, { 'content-length': '9' }).end('too large', () => request.socket.destroy());
  },
  'slow-to-read': (request, response) => {
    setTimeout(() => {
      let bytes = 0;
      request.on('data', (piece: Buffer) => (bytes += piece.byteLength));
      request.on('end', () => response.end(String(bytes)));
    }, 1500);
  },
  counts: (request, response) => {
    let bytes = 0;
    request.on('data', (piece: Buffer) => (bytes += piece.byteLength));
    request.on('end', () => response.end(String(bytes)));
  },
};
let largeSent = 0;

let folder: string;
let child: ChildProcess;
let world: Started;
let atRest: Look;
const upstreamSockets = new Set<Socket>();
const upstream = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
  request.on('error', () => undefined);
  BEHAVIOURS[(request.url ?? '').split('/').at(-1) ?? '']?.(request, response);
});
upstream.on('connection', (socket) => {
  upstreamSockets.add(socket);
  socket.once('close', () => upstreamSockets.delete(socket));
});

let looking: Promise<unknown> = Promise.resolve();

/** One after the other, so that each answer is to its question. */
function look(what: 'collect' | 'glance'): Promise<Look> {
  const next = looking.then(async () => {
    child.send(what);
    return ((await once(child, 'message')) as [Look])[0];
  });
  looking = next;
  return next;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-streams-'));
  const port = await portOf(upstream);
  child = fork(
    path.join(import.meta.dirname, 'support', 'gateway-child.ts'),
    [socketFile(), `http://127.0.0.1:${port}`],
    {
      execArgv: ['--expose-gc'],
    },
  );
  [world] = (await once(child, 'message')) as [Started];
  // Everything is loaded that will be, and every cache has something.
  for (let times = 0; times < 3; times += 1)
    await Promise.all(Array.from({ length: 50 }, () => ended(begin('plain'))));
  await look('collect');
  atRest = await look('collect');
});
afterAll(async () => {
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
  upstream.closeAllConnections();
  upstream.close();
  rmSync(folder, { recursive: true });
});

const socketFile = (): string => path.join(folder, 'run', 'api.sock');

/** A client that writes what it likes. */
function begin(behaviour: string, headers = ''): Socket {
  const socket = connect({ host: '127.0.0.1', port: world.gatewayPort });
  socket.on('error', () => undefined);
  const method = headers === '' ? 'GET' : 'POST';
  const end = headers === '' ? 'Connection: close\r\n' : headers;
  socket.write(
    `${method} /acme/jira/${behaviour} HTTP/1.1\r\nHost: 127.0.0.1:${world.gatewayPort}\r\nX-Tokentray-Key: ${world.key}\r\n${end}\r\n`,
  );
  return socket;
}

/** Everything that comes, until the connection ends. */
async function ended(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  if (!socket.destroyed) await once(socket, 'close');
  return text;
}

/** At least so many bytes. */
function received(socket: Socket, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    let got = 0;
    socket.on('data', (chunk: Buffer) => {
      got += chunk.byteLength;
      if (got >= bytes) resolve();
    });
    socket.on('close', () => {
      resolve();
    });
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks for the status over the socket again and again, in a thread that does nothing else. Gives the times in ms. */
function askStatus(): () => Promise<number[]> {
  const worker = new Worker(
    `const { request } = require('node:http'); const { parentPort, workerData } = require('node:worker_threads');
    const times = []; let on = true;
    parentPort.once('message', () => { on = false; });
    const ask = () => { const begun = performance.now();
      const sent = request({ socketPath: workerData, path: '/v1/status', method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
        answer.resume().on('end', () => { if (answer.statusCode !== 200) times.push(Infinity); next(begun); }); });
      sent.on('error', () => { times.push(Infinity); next(begun); }); sent.end('{}'); };
    const next = (begun) => { times.push(performance.now() - begun); if (on) setTimeout(ask, 20); else parentPort.postMessage(times); };
    ask();`,
    { eval: true, workerData: socketFile() },
  );
  return async () => {
    worker.postMessage('stop');
    const [times] = (await once(worker, 'message')) as [number[]];
    await worker.terminate();
    return times.sort((one, other) => one - other);
  };
}

interface Flood {
  /** Megabytes that the core may take beyond what it has at rest, at its highest. */
  highest: number;
  run: () => Promise<void>;
}

/** One client of each kind, from its first byte to its end. */
const CLIENTS: Readonly<Record<string, () => Promise<void>>> = {
  'leaves while the upstream stalls': async () => {
    const socket = begin('stalls');
    await pause(100);
    socket.destroy();
  },
  'is cut off by a reset of the upstream': async () => {
    const text = await ended(begin('resets'));
    // Not an end that could be taken for a whole answer.
    expect(text).not.toMatch(/\r\n0\r\n\r\n$/);
  },
  'leaves an answer without end': async () => {
    const socket = begin('endless');
    await received(socket, MB);
    socket.destroy();
  },
  'leaves an answer without end that it does not read': async () => {
    const socket = begin('endless');
    socket.pause();
    await pause(300);
    socket.destroy();
  },
  'leaves in the middle of its upload': async () => {
    const socket = begin('counts', `Content-Length: ${GIB}\r\n`);
    for (let times = 0; times < 20; times += 1) socket.write(Buffer.alloc(64 * 1024));
    await pause(100);
    socket.destroy();
  },
  'leaves in the middle of an upload to nobody who reads': async () => {
    const socket = begin('slow-to-read', 'Transfer-Encoding: chunked\r\n');
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);
    for (let times = 0; times < 20; times += 1) socket.write(chunk);
    await pause(100);
    socket.resetAndDestroy();
  },
  'is answered before its upload ends': async () => {
    const socket = begin('early', `Content-Length: ${GIB}\r\n`);
    socket.write(Buffer.alloc(64 * 1024));
    await received(socket, 20);
    socket.destroy();
  },
  'is answered before its upload ends, by an upstream that closes': async () => {
    const socket = begin('early-and-closes', `Content-Length: ${GIB}\r\n`);
    const sending = setInterval(() => socket.write(Buffer.alloc(16 * 1024)), 1);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await expect.poll(() => text, { interval: 10 }).toMatch(/^HTTP\/1\.1 413 [^]*too large$/);
    clearInterval(sending);
    socket.destroy();
  },
  'sends slowly': async () => {
    const socket = begin('counts', 'Content-Length: 40\r\nConnection: close\r\n');
    for (let times = 0; times < 40; times += 1) {
      socket.write('x');
      await pause(10);
    }
    expect(await ended(socket)).toMatch(/^HTTP\/1\.1 200 [^]*40/);
  },
  'sends more than it said': async () => {
    const socket = begin('counts', 'Content-Length: 4\r\nConnection: close\r\n');
    socket.write('x'.repeat(100_000));
    // What is too much may be read before the answer comes.
    expect(await ended(socket)).toMatch(/^HTTP\/1\.1 (?:200|400) /);
  },
};

const MOST_LEFT_MB = 8;
const leftMb = ({ heap, buffers }: Look): number =>
  Math.round((heap + buffers - atRest.heap - atRest.buffers) / MB);

/** Runs it while somebody asks for the status, and looks at what is left of it. */
async function withoutTrace(title: string, { highest, run }: Flood): Promise<void> {
  let peak = 0;
  let peakRss = 0;
  let times: number[];
  const stop = askStatus();
  const watching = setInterval(() => {
    void look('glance').then(({ heap, buffers, rss }) => {
      peak = Math.max(peak, heap + buffers - atRest.heap - atRest.buffers);
      peakRss = Math.max(peakRss, rss - atRest.rss);
    });
  }, 250);
  try {
    await run();
  } finally {
    clearInterval(watching);
    await looking;
    times = await stop();
  }
  const median = times[Math.floor(times.length / 2)] ?? Infinity;
  // The upstream is left alone, but for connections that are kept for the next request.
  await expect
    .poll(async () => (await look('collect')).handles, { interval: 200 })
    .toBeLessThanOrEqual(atRest.handles + 5);
  let after = await look('collect');
  // What lingers for the clients' sake ends within seconds.
  for (let seconds = 0; leftMb(after) >= MOST_LEFT_MB && seconds < 10; seconds += 1) {
    await pause(1000);
    after = await look('collect');
  }
  const figures = {
    peakMb: Math.round(peak / MB),
    rssMb: Math.round(peakRss / MB),
    leftMb: leftMb(after),
    statusMs: {
      asked: times.length,
      median: Math.round(median * 10) / 10,
      longest: Math.round(times.at(-1) ?? 0),
    },
    upstreamSockets: upstreamSockets.size,
  };
  if (FULL) console.log(title, JSON.stringify(figures));
  expect(figures.peakMb).toBeLessThan(highest);
  expect(figures.leftMb).toBeLessThan(MOST_LEFT_MB);
  expect(times).not.toContain(Infinity);
  // On a machine that is busy with other tests, times say nothing, nor do a few of them.
  expect(median).toBeLessThan(FULL && times.length >= 10 ? 100 : 2000);
}

describe(`${AT_ONCE} clients at once leave nothing behind, and the core answers meanwhile: one that`, () => {
  it.each(Object.entries(CLIENTS))('%s', async (title, client) => {
    await withoutTrace(title, {
      highest: 64 + AT_ONCE,
      run: async () => {
        for (let round = 0; round < ROUNDS; round += 1)
          await Promise.all(Array.from({ length: AT_ONCE }, client));
      },
    });
  });
});

describe('memory stays bounded', () => {
  it(`while a reader takes 1 MB a second of ${LARGE / MB} MB for ${SLOW_SECONDS} s, and then the rest`, async () => {
    largeSent = 0;
    await withoutTrace('a slow reader', {
      highest: 128,
      run: async () => {
        const socket = begin('large');
        const closed = once(socket, 'close');
        let read = 0;
        socket.pause();
        for (let tick = 0; tick < SLOW_SECONDS * 100; tick += 1) {
          await pause(10);
          for (let wanted = Math.floor(MB / 100); wanted > 0;) {
            const piece = socket.read(Math.min(wanted, socket.readableLength)) as Buffer | null;
            if (piece === null) break;
            read += piece.byteLength;
            wanted -= piece.byteLength;
          }
        }
        expect(read).toBeGreaterThan((SLOW_SECONDS * MB) / 4);
        // The upstream waits too: what it has written and nobody read is in buffers of the system.
        expect(largeSent - read).toBeLessThan(32 * MB);
        socket.on('data', (chunk: Buffer) => (read += chunk.byteLength)).resume();
        await closed;
        expect(read).toBeGreaterThan(LARGE);
        expect(read).toBeLessThan(LARGE + 64 * 1024);
      },
    });
  });

  it(`under ${AT_ONCE * 2} bodies of ${BODY / MB} MB at once for an upstream that does not read yet`, async () => {
    const size = BODY;
    await withoutTrace('many large bodies', {
      // One MB of each is kept, to be sent again.
      highest: AT_ONCE * 2 * 1.5 + 64,
      run: async () => {
        const answers = await Promise.all(
          Array.from({ length: AT_ONCE * 2 }, async () => {
            const socket = begin('slow-to-read', `Content-Length: ${size}\r\nConnection: close\r\n`);
            const answer = ended(socket);
            const chunk = Buffer.alloc(MB);
            for (let sent = 0; sent < size; sent += MB)
              if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), answer]);
            return answer;
          }),
        );
        expect(answers.filter((answer) => answer.endsWith(String(size)))).toHaveLength(AT_ONCE * 2);
      },
    });
  });
});

describe('an hour', () => {
  it('of a stream with a word a minute, and an upload with one a minute: nothing ends them', async () => {
    const ends = new DisposableStack();
    try {
      let stream: ServerResponse | null = null;
      let uploaded = '';
      const server = createServer((request, response) => {
        if (request.method === 'GET') {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
          stream = response;
          return;
        }
        request.on('data', (chunk: Buffer) => (uploaded += chunk.toString()));
        request.on('end', () => response.end('stored'));
      });
      const port = await portOf(server);
      ends.add({
        dispose: () => {
          server.closeAllConnections();
          server.close();
        },
      });
      const clock = new FakeClock();
      const parts = ends.add(gatewayParts({ clock }));
      parts.connect('acme', `http://127.0.0.1:${port}`, 'token-1');
      const { key } = parts.consumers.key();
      const url = `${await parts.url()}/acme/root/x`;
      const headers = { 'x-tokentray-key': key };
      const upload = httpRequest(url, { method: 'PUT', headers });
      const stored = once(upload, 'response') as Promise<[IncomingMessage]>;
      upload.flushHeaders();
      const answer = await fetch(url, { headers });
      const reader = answer.body!.getReader();
      for (let minute = 0; minute < 60; minute += 1) {
        await clock.advanceAsync(minute % 10 === 9 ? 200_000 : 60_000);
        stream!.write(`data: ${minute}\n\n`);
        upload.write(`${minute} `);
        expect(Buffer.from((await reader.read()).value!).toString()).toBe(`data: ${minute}\n\n`);
        await expect.poll(() => uploaded, { interval: 1 }).toMatch(new RegExp(`\\b${minute} $`));
      }
      stream!.end();
      upload.end();
      expect((await reader.read()).done).toBe(true);
      const [response] = await stored;
      expect(response.statusCode).toBe(200);
      response.resume();
      await expect.poll(() => parts.consumers.underWay).toBe(0);
      expect(clock.pendingTimers).toBe(0);
    } finally {
      await ends.dispose();
    }
  });

  it.runIf(FULL)(
    'is begun in real time: two minutes and more without a byte, each way',
    async () => {
      const download = begin('endless');
      await received(download, MB);
      download.pause();
      const upload = begin('counts', 'Content-Length: 2\r\nConnection: close\r\n');
      upload.write('a');
      await pause(150_000);
      const more = received(download, 4 * MB);
      download.resume();
      await more;
      expect(download.destroyed).toBe(false);
      download.destroy();
      upload.write('b');
      expect(await ended(upload)).toMatch(/^HTTP\/1\.1 200 [^]*2/);
    },
    300_000,
  );
});
