import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../main/lib/result.ts';
import type { KeySource } from '../../../main/store/key-sources/key-source.ts';
import { obtainStoreKey, type KeyRecord } from '../../../main/store/store-key.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';

const ACCOUNT = 'store-1';
let keychain: MemoryKeychain;
let hasSecrets: boolean;
let check: Uint8Array | null;
let nextByte: number;
let lastSource: string | null;
let source: KeySource | null;

const record: KeyRecord = {
  account: () => ok(ACCOUNT),
  hasSecrets: () => ok(hasSecrets),
  check: () => ok(check),
  setCheck: (sealed) => {
    check = sealed;
    return ok(undefined);
  },
  source: () => ok(lastSource),
  setSource: (name) => {
    lastSource = name;
    return ok(undefined);
  },
};

const obtain = () =>
  obtainStoreKey({
    record,
    keychain,
    source,
    file: '/home/ada/tokentray.db',
    keychainAdvice: { place: 'gnome', start: 'tokentray serve' },
    random: (bytes) => new Uint8Array(bytes).fill((nextByte += 1)),
  });

const code = async () => {
  const key = await obtain();
  return key.ok ? 'ok' : key.error.code;
};

beforeEach(() => {
  keychain = new MemoryKeychain();
  hasSecrets = false;
  check = null;
  nextByte = 0;
  lastSource = null;
  source = null;
});

describe('the key of a store', () => {
  it('is made once, kept in the keychain, and found again with one read', async () => {
    const made = await obtain();
    expect(made.ok && made.value.length).toBe(32);
    expect(keychain.items.size).toBe(1);
    hasSecrets = true;
    keychain.reads = 0;
    expect(await obtain()).toEqual(made);
    expect([keychain.reads, keychain.writes]).toEqual([1, 1]);
  });

  it.each([
    ['locked', 'keychain-locked'],
    ['denied', 'keychain-locked'],
    ['missing', 'keychain-missing'],
    ['timed-out', 'keychain-timeout'],
    ['failed', 'keychain-missing'],
  ] as const)('is not made anew when the keychain is %s', async (kind, expected) => {
    keychain.refusal = { kind, reason: 'so it said' };
    expect(await code()).toBe(expected);
    expect(keychain.writes).toBe(0);
  });

  it('is refused with the commands that go without a keychain', async () => {
    keychain.refusal = { kind: 'missing', reason: 'so it said' };
    const refused = await obtain();
    const hint = refused.ok ? '' : (refused.error.hint ?? '');
    expect(hint).toContain('tokentray stop');
    expect(hint).toContain('tokentray serve --session-only');
  });

  it('is not lost while another keychain, which may have it, cannot be reached', async () => {
    hasSecrets = true;
    keychain.unreached = 'Could not connect: connection refused';
    const refused = await obtain();
    expect(refused).toMatchObject({ ok: false, error: { code: 'keychain-missing' } });
    expect(refused.ok || refused.error.message).toContain('another one cannot be reached');
    expect(keychain.writes).toBe(0);
  });

  it('is lost when it has gone and something is encrypted under it; then nothing is written', async () => {
    hasSecrets = true;
    expect(await code()).toBe('keychain-key-lost');
    keychain.locked = true;
    expect(await code()).toBe('keychain-locked');
    expect([keychain.writes, check]).toEqual([0, null]);
  });

  it('is not used unless the keychain gives it back', async () => {
    keychain.write = () => Promise.resolve({ kind: 'written' });
    expect(await code()).toBe('keychain-missing');
    keychain.write = (account) => {
      keychain.items.set(account, 'something else');
      return Promise.resolve({ kind: 'written' });
    };
    expect(await code()).toBe('keychain-missing');
    expect(check).toBeNull();
  });

  it('is told from another key, which is neither used nor overwritten', async () => {
    await obtain();
    hasSecrets = true;
    const foreign = Buffer.alloc(32, 200).toString('base64');
    keychain.items.set(ACCOUNT, foreign);
    expect(await code()).toBe('keychain-key-lost');
    keychain.items.set(ACCOUNT, 'not a key');
    expect(await code()).toBe('keychain-key-lost');
    expect([keychain.writes, keychain.items.get(ACCOUNT)]).toEqual([1, 'not a key']);
  });

  it('may be another one while nothing is encrypted', async () => {
    await obtain();
    keychain.items.set(ACCOUNT, Buffer.alloc(32, 200).toString('base64'));
    expect(await obtain()).toEqual(ok(Buffer.alloc(32, 200)));
    hasSecrets = true;
    expect(await code()).toBe('ok');
  });
});
