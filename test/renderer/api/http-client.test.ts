import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../renderer/api/api-client.ts';
import { createHttpClient, retryDelayMs } from '../../../renderer/api/http-client.ts';

const json = (status: number, body: unknown): Response => Response.json(body, { status });
const page = { pageKey: () => Promise.resolve(null), origin: 'http://127.0.0.1:1', go: () => undefined };
const noDelay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('call', () => {
  it('posts to the call’s path with the header that a foreign page cannot send', async () => {
    const requests: [string, RequestInit | undefined][] = [];
    const client = createHttpClient({
      ...page,
      delay: noDelay,
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
    const reply = await createHttpClient({ ...page, delay: noDelay, fetch }).call('status', {});
    expect(reply).toMatchObject({ ok: false, error: { code } });
  });
});

describe('subscribe', () => {
  const stream = (text: string): Response => new Response(text, { status: 200 });

  async function statesOf(
    answers: (() => Promise<Response>)[],
  ): Promise<{ states: LinkState[]; heard: unknown[]; waits: number[] }> {
    const states: LinkState[] = [];
    const heard: unknown[] = [];
    const waits: number[] = [];
    await new Promise<void>((resolve) => {
      const queue = [...answers];
      const stop = createHttpClient({
        ...page,
        delay: (ms) => {
          waits.push(ms);
          return noDelay();
        },
        fetch: () => {
          const next = queue.shift();
          if (next !== undefined) return next();
          stop();
          resolve();
          return Promise.reject(new TypeError('aborted'));
        },
      }).subscribe(
        (event) => heard.push(event),
        (state) => states.push(state),
      );
    });
    return { states, heard, waits };
  }

  it('hears events, and connects again when the stream ends', async () => {
    const event = { type: 'connection-removed', id: 'x' };
    const { states, heard } = await statesOf([
      () => Promise.resolve(stream(`data: ${JSON.stringify(event)}\n\n`)),
      () => Promise.resolve(stream('')),
    ]);
    expect(heard).toEqual([event]);
    expect(states.slice(0, 4)).toEqual(['live', 'down', 'live', 'down']);
  });

  it('waits longer with every failure and short again after a success', async () => {
    const down = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
    const { waits } = await statesOf([down, down, down, () => Promise.resolve(stream('')), down]);
    expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 500, 1000]);
    expect(retryDelayMs(50)).toBe(10_000);
  });

  it('tells a page that is no longer known from a core that is away', async () => {
    const { states } = await statesOf([() => Promise.resolve(json(401, {}))]);
    expect(states[0]).toBe('refused');
  });
});
