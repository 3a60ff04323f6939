import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { fail } from '../../../main/lib/result.ts';
import { CallbackListeners, listenOnAnyPort } from '../../../main/signin/callback-listeners.ts';
import type { CallbackReceiver } from '../../../main/signin/callback-server.ts';

const receiver: CallbackReceiver = {
  decide: () => ({ kind: 'page', status: 400, page: 'wrong' }),
  receive: () => ({ kind: 'page', status: 400, page: 'wrong' }),
  land: () => Promise.resolve(null),
};
const cleanup = new DisposableStack();
afterEach(() => cleanup.dispose());

/** A port that another program has. */
async function takenPort(): Promise<number> {
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => {
      resolve(listening);
    });
  });
  cleanup.add({
    dispose: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
async function listen(redirectUri: string): Promise<string> {
  const listeners = cleanup.add(new CallbackListeners(systemClock));
  const found = await listenOnAnyPort(listeners, { redirectUri }, receiver);
  if (found === null) throw new Error('no port');
  cleanup.add(found.listener);
  expect((await fetch(found.redirectUri)).status).toBe(400);
  return found.redirectUri;
}

describe('a redirect address whose port may be any', () => {
  test('keeps its own port, and its spelling, where that is free', async () => {
    const port = await takenPort();
    await cleanup.dispose();
    expect(await listen(`http://127.0.0.1:${port}`)).toBe(`http://127.0.0.1:${port}`);
  });

  test.each(['127.0.0.1', 'localhost'])('moves on %s when another program has it', async (host) => {
    const port = await takenPort();
    const moved = new URL(await listen(`http://${host}:${port}/callback`));
    expect(moved).toMatchObject({ hostname: host, pathname: '/callback' });
    expect([String(port), '']).not.toContain(moved.port);
  });

  test('gets one where it names none', async () => {
    expect(await listen('http://127.0.0.1/callback')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  test('is given up where nothing may listen', async () => {
    let tries = 0;
    const acquire = () => {
      tries += 1;
      return Promise.resolve(fail('port-taken', 'no'));
    };
    expect(await listenOnAnyPort({ acquire }, { redirectUri: 'http://127.0.0.1:1/' }, receiver)).toBeNull();
    expect(tries).toBe(5);
  });
});
