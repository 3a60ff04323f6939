import { describe, expect, it } from 'vitest';
import { createSemaphore } from '../../../main/refresh/semaphore.ts';
import { settle } from '../../fakes/fake-clock.ts';

function requests() {
  const open: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const request = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => open.push(resolve));
    running -= 1;
    return 'done';
  };
  return { request, open, most: () => most };
}

describe('the semaphore', () => {
  it('lets four in at a time, in order, for each address', async () => {
    const semaphore = createSemaphore(4);
    const one = requests();
    const other = requests();
    const all = Array.from({ length: 10 }, () => semaphore.run('one', one.request));
    const alone = semaphore.run('other', other.request);
    await settle();
    expect([one.open.length, other.open.length]).toEqual([4, 1]);
    for (let index = 0; index < 10; index += 1) {
      one.open[index]!();
      await settle();
    }
    other.open[0]!();
    expect(await Promise.all([...all, alone])).toEqual(Array.from({ length: 11 }, () => 'done'));
    expect(one.most()).toBe(4);
  });

  it('goes on after a request that throws', async () => {
    const semaphore = createSemaphore(1);
    const failing = semaphore.run('one', () => Promise.reject(new Error('no')));
    const next = semaphore.run('one', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('turns away whoever waits when it closes', async () => {
    const semaphore = createSemaphore(1);
    const one = requests();
    const running = semaphore.run('one', one.request);
    const waiting = semaphore.run('one', one.request);
    await settle();
    semaphore.close();
    expect(await waiting).toBeUndefined();
    expect(await semaphore.run('one', one.request)).toBeUndefined();
    one.open[0]!();
    expect(await running).toBe('done');
  });
});
