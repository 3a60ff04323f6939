import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { disposable } from '../../../main/lib/disposable.ts';
import { createHttpRouter } from '../../../main/transports/http-router.ts';

let folder: string;
let server: Server;
let answer: (value: unknown) => void;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-router-'));
  const router = createHttpRouter({
    dispatch: () =>
      new Promise((resolve) => {
        answer = (value) => {
          resolve({ ok: true, value } as never);
        };
      }),
    events: () => disposable(() => undefined),
  });
  server = createServer((request, response) => {
    router(request, response, { caller: 'cli' });
  });
  await new Promise<void>((resolve) => server.listen(path.join(folder, 's'), resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

it.each([
  ['prefer: processing\r\n', 3],
  ['', 0],
])('says that an answer is on the way to who asks for that: %j', async (header, times) => {
  const asking = new Promise((resolve) => server.once('request', resolve));
  const socket = createConnection(path.join(folder, 's'));
  let said = '';
  socket.on('data', (piece) => (said += piece.toString()));
  socket.write(
    `POST /v1/status HTTP/1.1\r\nhost: x\r\n${header}connection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
  );
  await asking;
  await new Promise((resolve) => setTimeout(resolve, 20));
  vi.advanceTimersByTime(30_000);
  answer({ done: true });
  await new Promise((resolve) => socket.on('close', resolve));
  vi.advanceTimersByTime(60_000);
  expect(said.match(/^HTTP\/1\.1 102 Processing$/gm) ?? []).toHaveLength(times);
  expect(said).toMatch(/HTTP\/1\.1 200 OK\r\n[^]*\{"done":true\}$/);
});
