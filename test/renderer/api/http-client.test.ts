import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../renderer/api/api-client.ts';
import { createHttpClient, retryDelayMs } from '../../../renderer/api/http-client.ts';

const json = (status: number, body: unknown): Response => Response.json(body, { status });
const page = { pageKey: () => Promise.resolve(null), origin: 'http://127.0.0.1:1', go: () => undefined };
const unexpected = (fault: unknown): void => {
  throw fault;
};
const noDelay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('call', () => {
  it('posts to the call’s path with the header that a foreign page cannot send', async () => {
    const requests: [string, RequestInit | undefined][] = [];
    const client = createHttpClient({
      ...page,
      delay: noDelay,
      report: unexpected,
      fetch: (input, init) => {
        requests.push([input as string, init]);
        return Promise.resolve(json(200, { id: 'x' }));
      },
    });
    expect(await client.call('clients.remove', { client: 'x' })).toEqual({ ok: true, value: { id: 'x' } });
    const [path, init] = requests[0]!;
    expect(path).toBe('v1/clients.remove');
    expect(init).toMatchObject({ method: 'POST', body: '{"client":"x"}' });
    expect(new Headers(init?.headers).get('x-tokentray')).toBe('1');
  });

  it.each([
    [
      'a refusal of the core',
      () => Promise.resolve(json(404, { error: { code: 'not-found', message: 'No.' } })),
      'not-found',
    ],
    ['a core that is not there', () => Promise.reject(new TypeError('fetch failed')), 'not-reachable'],
    [
      'a core that does not know this page',
      () => Promise.resolve(new Response('<html>', { status: 401 })),
      'not-reachable',
    ],
    ['an answer that is no JSON', () => Promise.resolve(new Response('<html>', { status: 502 })), 'internal'],
  ])('gives %s as a failure', async (_, fetch, code) => {
    const reply = await createHttpClient({ ...page, delay: noDelay, fetch, report: unexpected }).call(
      'status',
      {},
    );
    expect(reply).toMatchObject({ ok: false, error: { code } });
  });
});

describe('subscribe', () => {
  const stream = (text: string): Response => new Response(text, { status: 200 });

  async function statesOf(
    answers: (() => Promise<Response>)[],
    hear: (event: unknown) => void = () => undefined,
  ): Promise<{ states: LinkState[]; received: unknown[]; waits: number[]; reported: unknown[] }> {
    const reported: unknown[] = [];
    const states: LinkState[] = [];
    const received: unknown[] = [];
    const waits: number[] = [];
    await new Promise<void>((resolve) => {
      const queue = [...answers];
      const stop = createHttpClient({
        ...page,
        delay: (ms) => {
          waits.push(ms);
          return noDelay();
        },
        report: (fault) => reported.push(fault),
        fetch: () => {
          const next = queue.shift();
          if (next !== undefined) return next();
          stop();
          resolve();
          return Promise.reject(new TypeError('aborted'));
        },
      }).subscribe(
        (event) => {
          hear(event);
          received.push(event);
        },
        (state) => states.push(state),
      );
    });
    return { states, received, waits, reported };
  }

  it('receives events, and reconnects when the stream ends', async () => {
    const event = { type: 'connection-removed', id: 'x' };
    const { states, received } = await statesOf([
      () => Promise.resolve(stream(`data: ${JSON.stringify(event)}\n\n`)),
      () => Promise.resolve(stream('')),
    ]);
    expect(received).toEqual([event]);
    expect(states.slice(0, 4)).toEqual(['live', 'down', 'live', 'down']);
  });

  it.each([
    ['a listener throws at', '{"type":"connection-removed","id":"bad"}', TypeError],
    ['is no JSON', '{"type":', SyntaxError],
  ])('goes on after an event that %s, and reports it', async (_, bad, kind) => {
    const good = { type: 'connection-removed', id: 'x' };
    const { states, received, reported } = await statesOf(
      [() => Promise.resolve(stream(`data: ${bad}\n\ndata: ${JSON.stringify(good)}\n\n`))],
      (event) => {
        if ((event as typeof good).id === 'bad') throw new TypeError('no such property');
      },
    );
    expect(received).toEqual([good]);
    expect(reported).toEqual([expect.any(kind)]);
    expect(states.slice(0, 2)).toEqual(['live', 'down']);
  });

  it.each([
    ['a TypeError', new TypeError('network error')],
    ['anything else', new DOMException('cut', 'NetworkError')],
  ])('connects again when a read fails with %s', async (_, fault) => {
    const broken = new ReadableStream({
      pull: (controller) => {
        controller.error(fault);
      },
    });
    const { states, reported } = await statesOf([
      () => Promise.resolve(new Response(broken, { status: 200 })),
      () => Promise.resolve(stream('')),
    ]);
    expect(states.slice(0, 4)).toEqual(['live', 'down', 'live', 'down']);
    expect(reported).toEqual([]);
  });

  it('keeps going when a link listener throws', async () => {
    let connections = 0;
    await new Promise<void>((resolve) => {
      const stop = createHttpClient({
        ...page,
        delay: noDelay,
        report: () => undefined,
        fetch: () => {
          if (++connections === 2) {
            stop();
            resolve();
          }
          return Promise.resolve(stream(''));
        },
      }).subscribe(
        () => undefined,
        () => {
          throw new Error('a bug');
        },
      );
    });
    expect(connections).toBe(2);
  });

  it('waits longer after every failure, and briefly again after a success', async () => {
    const down = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
    const { waits } = await statesOf([down, down, down, () => Promise.resolve(stream('')), down]);
    expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 500, 1000]);
    expect(retryDelayMs(50)).toBe(10_000);
  });

  it('distinguishes a page that is no longer known from a core that is not running', async () => {
    const { states } = await statesOf([() => Promise.resolve(json(401, {}))]);
    expect(states[0]).toBe('refused');
  });
});
