import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/lib/result.ts';
import { KeyVault } from '../../../main/store/vault.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** A copy each time: the vault wipes what it was given. */
const key = () => ok(new Uint8Array(32).fill(1));
let clock: FakeClock;
let questions: PromiseWithResolvers<Result<Uint8Array>>[];

const vaultWith = (sessionKey: Uint8Array | null = null): KeyVault =>
  new KeyVault(
    {
      obtainKey: () => {
        const question = Promise.withResolvers<Result<Uint8Array>>();
        questions.push(question);
        return question.promise;
      },
      clock,
      timeoutMs: 10_000,
      keychainAdvice: { place: 'gnome', start: 'tokentray serve' },
      random: (bytes) => new Uint8Array(bytes).fill(2),
    },
    sessionKey,
  );

beforeEach(() => {
  clock = new FakeClock();
  questions = [];
});

describe('KeyVault', () => {
  it('refuses until it is open, then encrypts and decrypts, and asks once', async () => {
    const vault = vaultWith();
    expect(vault.encrypt('a', 'c')).toMatchObject({ error: { code: 'keychain-timeout' } });
    const opened = [vault.open(), vault.open()];
    expect(questions).toHaveLength(1);
    questions[0]!.resolve(key());
    expect(await Promise.all(opened)).toEqual([ok(undefined), ok(undefined)]);
    expect(await vault.open()).toEqual(ok(undefined));
    expect(questions).toHaveLength(1);
    expect(vault.status).toEqual({ state: 'ready' });
    const sealed = vault.encrypt('a', 'c');
    expect(sealed.ok && vault.decrypt(sealed.value, 'c')).toEqual(ok('a'));
    expect(sealed.ok && vault.decrypt(sealed.value, 'd')).toMatchObject({ error: { code: 'store-corrupt' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks again after a refusal', async () => {
    const vault = vaultWith();
    const seen: string[] = [];
    vault.onStatus((status) => seen.push(status.state));
    const first = vault.open();
    const locked = fail('keychain-locked', 'locked');
    questions[0]!.resolve(locked);
    expect(await first).toEqual(locked);
    expect(vault.encrypt('a', 'c')).toEqual(locked);
    const second = vault.open();
    questions[1]!.resolve(key());
    expect(await second).toEqual(ok(undefined));
    expect(seen).toEqual(['unavailable', 'ready']);
  });

  it('stops waiting after the limit, asks nothing twice, and uses the late answer', async () => {
    const vault = vaultWith();
    const first = vault.open();
    await clock.advanceAsync(9_999);
    expect(vault.status.state).toBe('opening');
    await clock.advanceAsync(1);
    expect(await first).toMatchObject({ error: { code: 'keychain-timeout' } });
    expect(vault.status).toMatchObject({ state: 'unavailable', error: { code: 'keychain-timeout' } });
    const second = vault.open();
    await clock.advanceAsync(10_000);
    expect(await second).toMatchObject({ error: { code: 'keychain-timeout' } });
    expect(questions).toHaveLength(1);
    questions[0]!.resolve(key());
    await clock.advanceAsync(0);
    expect(vault.status).toEqual({ state: 'ready' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('is open from the start with a session key, and says so', async () => {
    const vault = vaultWith(new Uint8Array(32));
    expect(vault.status).toEqual({ state: 'session-only' });
    expect(await vault.open()).toEqual(ok(undefined));
    expect(vault.encrypt('a', 'c').ok).toBe(true);
    expect(questions).toEqual([]);
  });

  it('forgets the key when it ends, also one that comes later', async () => {
    const vault = vaultWith();
    const opened = vault.open();
    vault.dispose();
    questions[0]!.resolve(key());
    expect(await opened).toMatchObject({ error: { code: 'cancelled' } });
    expect(vault.encrypt('a', 'c')).toMatchObject({ error: { code: 'cancelled' } });
  });
});
