import { mkdirSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MOST_WAITING_EVENTS, Tokentray } from '../../../cli/client/index.ts';
import { systemSurroundings } from '../../../cli/process/surroundings.ts';
import { socketPath } from '../../../contract/paths.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

/** A stand-in for the app at its socket; gives what answers the client’s stream. */
async function appWithEvents(home: string): Promise<() => Promise<ServerResponse>> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  const socket = socketPath(home, systemSurroundings().paths);
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    resolve(response);
  });
  await new Promise<void>((listening) => server.listen(socket, listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => promise;
}

it('keeps a bounded number of events for a program that does not read them, and says so', async () => {
  const home = temporaryFolder();
  const stream = await appWithEvents(home);
  const events = new Tokentray({ home }).events();
  const first = events.next();
  const response = await stream();
  const event = 'data: {"type":"settings"}\n\n';
  response.write(event);
  expect(await first).toMatchObject({ value: { type: 'settings' } });
  const closed = new Promise((resolve) => response.once('close', resolve));
  response.write(event.repeat(MOST_WAITING_EVENTS + 1));
  await closed;
  for (let count = 0; count < MOST_WAITING_EVENTS; count += 1) expect((await events.next()).done).toBe(false);
  await expect(events.next()).rejects.toMatchObject({ name: 'TokentrayError', code: 'limited' });
});
