import { describe, expect, it } from 'vitest';
import { boundedFetch, FetchLimitError, type Send } from '../../../main/lib/bounded-fetch.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** A server that never answers, but lets go when told. */
const hangs: Send = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => {
      reject(init.signal?.reason as Error);
    });
  });

describe('boundedFetch', () => {
  it('ends a request that hangs, with a reason', async () => {
    const clock = new FakeClock();
    const answer = boundedFetch({ clock, timeoutMs: 5000, fetch: hangs })('http://127.0.0.1/');
    const refused = expect(answer).rejects.toMatchObject({ limit: 'time', message: 'no answer within 5 s' });
    clock.advance(5000);
    await refused;
  });

  it('counts by the wall clock, so that a sleep ends the request', async () => {
    const clock = new FakeClock();
    const answer = boundedFetch({ clock, timeoutMs: 20_000, fetch: hangs })('http://127.0.0.1/');
    const refused = expect(answer).rejects.toBeInstanceOf(FetchLimitError);
    clock.setNow(clock.now() + 3_600_000);
    clock.advance(1000);
    await refused;
  });

  it('refuses an answer that is too large', async () => {
    const send: Send = () => Promise.resolve(new Response('x'.repeat(100)));
    const answer = boundedFetch({ clock: new FakeClock(), maxBytes: 99, fetch: send })('http://127.0.0.1/');
    await expect(answer).rejects.toMatchObject({ limit: 'size' });
  });

  it('gives status, headers and body, and follows no redirect', async () => {
    let redirect: string | undefined;
    const send: Send = (_, init) => {
      redirect = init?.redirect;
      return Promise.resolve(new Response('{"a":1}', { status: 403, headers: { 'retry-after': '7' } }));
    };
    const response = await boundedFetch({ clock: new FakeClock(), fetch: send })('http://127.0.0.1/');
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      403,
      '7',
      '{"a":1}',
    ]);
    expect(redirect).toBe('manual');
  });

  it('leaves no timer behind', async () => {
    const clock = new FakeClock();
    const send: Send = () => Promise.resolve(new Response(null, { status: 204 }));
    await boundedFetch({ clock, fetch: send })('http://127.0.0.1/');
    expect(clock.pendingTimers).toBe(0);
  });
});
