import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Caller } from '../../../contract/vocabulary.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { ok } from '../../../main/lib/result.ts';
import { createHttpRouter } from '../../../main/transports/http-router.ts';

let server: Server;
let url: string;
let caller: Caller;
const held = new Set<string>();

beforeEach(async () => {
  caller = 'cli';
  held.clear();
  const router = createHttpRouter(
    { dispatch: () => Promise.resolve(ok({})), events: new Emitter<never>().event },
    (run) => {
      if (run !== 'run-1') return null;
      held.add(run);
      return disposable(() => void held.delete(run));
    },
  );
  server = createServer((request, response) => {
    router(request, response, { caller });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/runs`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

it('holds a run until its connection ends, however it does', async () => {
  const abort = new AbortController();
  const answer = await fetch(`${url}/run-1`, { signal: abort.signal });
  expect(answer.status).toBe(200);
  expect(held.size).toBe(1);
  abort.abort();
  await expect.poll(() => held.size).toBe(0);
});

it('knows no other run, no other method, and no page', async () => {
  expect((await fetch(`${url}/run-2`)).status).toBe(404);
  expect((await fetch(`${url}/run-1`, { method: 'POST' })).status).toBe(405);
  caller = 'browser';
  expect((await fetch(`${url}/run-1`)).status).toBe(405);
  expect(held.size).toBe(0);
});
