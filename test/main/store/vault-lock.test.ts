import { beforeEach, expect, it } from 'vitest';
import { ok, type Result } from '../../../main/lib/result.ts';
import type { Lock } from '../../../main/store/ports.ts';
import { KeyVault } from '../../../main/store/vault.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const LOCK: Lock = { since: Date.UTC(2026, 10, 22), by: 'person' };
const LOCKED = {
  ok: false,
  error: { code: 'locked', hint: expect.stringContaining('tokentray unlock') as string },
};
let questions: PromiseWithResolvers<Result<Uint8Array>>[];

const vaultWith = (lock: Lock | null = null, sessionKey: Uint8Array | null = null): KeyVault =>
  new KeyVault(
    {
      obtainKey: () => {
        const question = Promise.withResolvers<Result<Uint8Array>>();
        questions.push(question);
        return question.promise;
      },
      clock: new FakeClock(),
      timeoutMs: 10_000,
      keychainAdvice: { place: 'gnome', start: 'tokentray serve' },
      random: (bytes) => new Uint8Array(bytes).fill(2),
      lock,
    },
    sessionKey,
  );
const answer = (index: number): void => {
  questions[index]!.resolve(ok(new Uint8Array(32).fill(1)));
};

async function openVault(): Promise<KeyVault> {
  const vault = vaultWith();
  const opened = vault.open();
  answer(0);
  await opened;
  return vault;
}

beforeEach(() => {
  questions = [];
});

it('gives nothing while it is locked, and asks the keychain only when a person unlocks', async () => {
  const vault = await openVault();
  const sealed = vault.encrypt('a', 'c');
  if (!sealed.ok) throw new Error('not sealed');
  expect(vault.lock(LOCK, { refreshing: false })).toEqual(ok(undefined));
  vault.forgetKey(LOCK);
  expect(vault.status).toEqual({
    state: 'locked',
    since: '2026-11-22T00:00:00.000Z',
    by: 'person',
    refreshing: false,
  });
  for (const refused of [
    await vault.open(),
    vault.encrypt('a', 'c'),
    vault.decrypt(sealed.value, 'c'),
    vault.whileLocked.decrypt(sealed.value, 'c'),
  ])
    expect(refused).toMatchObject(LOCKED);
  expect(questions).toHaveLength(1);
  const unlocked = vault.unlock();
  answer(1);
  expect(await unlocked).toEqual(ok(undefined));
  expect(vault.status).toEqual({ state: 'ready' });
  expect(vault.decrypt(sealed.value, 'c')).toEqual(ok('a'));
});

it('keeps the key for what refreshes, and for nothing else, until it is forgotten', async () => {
  const vault = await openVault();
  vault.lock(LOCK, { refreshing: true });
  const sealed = vault.whileLocked.encrypt('a', 'c');
  expect(sealed.ok && vault.whileLocked.decrypt(sealed.value, 'c')).toEqual(ok('a'));
  expect(vault.encrypt('a', 'c')).toMatchObject(LOCKED);
  // Of a lock that is over: the vault was locked again since.
  vault.lock({ ...LOCK, by: 'screen' }, { refreshing: true });
  vault.forgetKey(LOCK);
  expect(vault.whileLocked.encrypt('a', 'c').ok).toBe(true);
});

it('stays locked when the keychain refuses, and says why', async () => {
  const vault = await openVault();
  vault.lock(LOCK, { refreshing: false });
  vault.forgetKey(LOCK);
  const unlocked = vault.unlock();
  questions[1]!.resolve({ ok: false, error: { code: 'keychain-locked', message: 'No.' } });
  expect(await unlocked).toMatchObject({ error: { code: 'keychain-locked' } });
  expect(vault.status).toMatchObject({ state: 'locked' });
});

it('is opened by no answer to a question from before the lock', async () => {
  const vault = vaultWith();
  const opening = vault.open();
  vault.lock(LOCK, { refreshing: true });
  const unlocking = vault.unlock();
  answer(0);
  expect(await opening).toMatchObject(LOCKED);
  expect(vault.whileLocked.encrypt('a', 'c')).toMatchObject(LOCKED);
  await Promise.resolve();
  // The person’s own question comes after it, never beside it.
  await expect.poll(() => questions.length).toBe(2);
  answer(1);
  expect(await unlocking).toEqual(ok(undefined));
});

it('is locked from the start when it was locked last', async () => {
  const vault = vaultWith(LOCK);
  expect(vault.status).toMatchObject({ state: 'locked', by: 'person', refreshing: false });
  expect(await vault.open()).toMatchObject(LOCKED);
  expect(questions).toEqual([]);
});

it('refuses to lock away a key that is nowhere else', () => {
  const vault = vaultWith(null, new Uint8Array(32));
  expect(vault.lock(LOCK, { refreshing: false })).toMatchObject({ error: { code: 'unsupported' } });
  expect(vault.encrypt('a', 'c').ok).toBe(true);
});
