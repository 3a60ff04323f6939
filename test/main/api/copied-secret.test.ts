import { beforeEach, describe, expect, it } from 'vitest';
import { CopiedSecret } from '../../../main/api/copied-secret.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let held: string;
let broken: boolean;
let onlyInWindow: boolean;
/** How long the system takes. */
let delay: Promise<undefined>;
let clock: FakeClock;
let copied: CopiedSecret;

beforeEach(() => {
  held = '';
  broken = false;
  onlyInWindow = false;
  delay = Promise.resolve(undefined);
  clock = new FakeClock();
  copied = new CopiedSecret({
    clipboard: {
      writeSecret: async (text) => {
        if (broken) throw new Error('no clipboard');
        if (onlyInWindow) return fail('unsupported', 'Only the window can copy.', 'Copy it there.');
        await delay;
        held = text;
        return ok(undefined);
      },
      clearIfHolds: (text) => {
        if (broken) return Promise.reject(new Error('no clipboard'));
        if (held === text) held = '';
        return Promise.resolve();
      },
    },
    clock,
    logger: silentLogger,
  });
});

describe('a copied secret', () => {
  it('goes after its time', async () => {
    await copied.copy('a', 30);
    await clock.advanceAsync(29_000);
    expect(held).toBe('a');
    await clock.advanceAsync(1000);
    expect(held).toBe('');
  });

  it('has all of its time again when it is copied again', async () => {
    await copied.copy('a', 30);
    await clock.advanceAsync(20_000);
    await copied.copy('a', 30);
    await clock.advanceAsync(29_000);
    expect(held).toBe('a');
    await clock.advanceAsync(1000);
    expect(held).toBe('');
  });

  it('is not said to be copied where it was not, and what was copied before goes in its time', async () => {
    await copied.copy('a', 30);
    onlyInWindow = true;
    expect(await copied.copy('b', 30)).toEqual({
      ok: false,
      error: { code: 'unsupported', message: 'Only the window can copy.', hint: 'Copy it there.' },
    });
    await clock.advanceAsync(30_000);
    expect(held).toBe('');
  });

  it('stays where the person wants that, at the end too', async () => {
    await copied.copy('a', 0);
    expect(clock.pendingTimers).toBe(0);
    await copied.dispose();
    expect(held).toBe('a');
  });

  it('goes when the app ends, and leaves alone what is not ours', async () => {
    await copied.copy('a', 30);
    await copied.dispose();
    expect(held).toBe('');
    await copied.copy('a', 30);
    held = 'theirs';
    await copied.dispose();
    expect(held).toBe('theirs');
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes when the app ends while it is being copied, and nothing is copied after that', async () => {
    const written = Promise.withResolvers<undefined>();
    delay = written.promise;
    const copying = copied.copy('a', 30);
    const ended = copied.dispose();
    written.resolve(undefined);
    await ended;
    expect(await copying).toEqual(ok(undefined));
    expect(held).toBe('');
    expect(clock.pendingTimers).toBe(0);
    expect(await copied.copy('b', 30)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(held).toBe('');
  });

  it('is refused in words where the clipboard cannot be written', async () => {
    broken = true;
    expect(await copied.copy('a', 30)).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('breaks nothing when the clipboard is gone by then', async () => {
    await copied.copy('a', 30);
    broken = true;
    await clock.advanceAsync(30_000);
    await copied.dispose();
  });
});
