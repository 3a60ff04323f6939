import { describe, expect, it } from 'vitest';
import type { NetworkSettings } from '../../../contract/network.ts';
import { NetworkChange, ProxyChoice, SharedNetworkSettings } from '../../../contract/network.ts';
import type { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { effectiveSettings } from '../../../main/network/effective-settings.ts';
import { StoredSettings } from '../../../main/network/stored-settings.ts';
import type { ProviderDefinition } from '../../../main/providers/definition.ts';
import { memoryStore } from '../../fakes/memory-store.ts';

const ID = '00000000-0000-4000-8000-000000000001' as ConnectionId;
const via = { provider: 'acme' as ProviderId, connection: ID };
const manual = (url: string): NetworkSettings['proxy'] => ({ from: 'manual', url });

function rig(shipped: NetworkSettings = {}) {
  const { network } = memoryStore();
  const get = () => ok({ network: shipped } as unknown as ProviderDefinition);
  return { network, settings: new StoredSettings(network, { get }) };
}

describe('effectiveSettings', () => {
  it('takes each field from the first that has it, and says whose secrets belong to it', () => {
    expect(
      effectiveSettings({ scope: ID, settings: { caFile: '/own' } }, [
        { scope: 'provider', settings: { caFile: '/shipped', proxy: { from: 'none' } } },
        { scope: 'default', settings: { proxy: manual('http://p:1'), clientCertificate: { file: '/c' } } },
      ]),
    ).toEqual({
      settings: { caFile: '/own', proxy: { from: 'none' }, clientCertificate: { file: '/c' } },
      proxyScope: 'provider',
      certificateScope: 'default',
    });
  });

  it('never leaves certificates unchecked by a file or a default', () => {
    const unverified = { verify: false as const };
    const others = [
      { scope: 'provider', settings: unverified },
      { scope: 'default', settings: unverified },
    ];
    expect(effectiveSettings(null, others).settings).toEqual({});
    expect(effectiveSettings({ scope: ID, settings: {} }, others).settings).toEqual({});
    expect(effectiveSettings({ scope: ID, settings: unverified }, others).settings).toEqual(unverified);
  });
});

describe('StoredSettings', () => {
  it('keeps a password with the proxy that it was entered for, and with no other', async () => {
    const { network, settings } = rig();
    await settings.change(ID, { proxy: manual('http://ana@p:1'), proxyPassword: 'pw' });
    await settings.change(ID, { proxy: { from: 'manual', url: 'http://ana@p:1', bypass: ['x'] } });
    expect(network.secrets(ID)).toEqual(ok({ proxyPassword: 'pw' }));
    await settings.change(ID, { caFile: null });
    expect(network.has(ID, 'proxyPassword')).toBe(true);
    await settings.change(ID, { proxy: manual('http://ana@q:1') });
    expect(network.secrets(ID)).toEqual(ok({}));
  });

  it('gives a request only the secrets that belong to its proxy and its key', async () => {
    const { settings } = rig({ proxy: manual('http://shipped:1')! });
    await settings.change('default', { proxy: manual('http://ana@p:1'), proxyPassword: 'pw' });
    const effective = settings.effective(via);
    expect(effective.settings.proxy).toEqual(manual('http://shipped:1'));
    expect(settings.secrets(effective)).toEqual({});
    expect(settings.secrets(settings.effective(null))).toEqual({ proxyPassword: 'pw' });
  });

  it('says that the keychain is closed, instead of going without the password', async () => {
    const { network, settings } = rig();
    await settings.change(ID, { proxy: manual('http://ana@p:1'), proxyPassword: 'pw' });
    network.secrets = () => fail('keychain-locked', 'The keychain is locked.');
    expect(() => settings.secrets(settings.effective(via))).toThrow('settings');
    expect(await settings.change(ID, { proxy: { from: 'none' } })).toEqual(ok(undefined));
  });

  it('forgets what was removed', async () => {
    const { network, settings } = rig();
    await settings.change(ID, { verify: false });
    await settings.change(ID, { verify: true });
    expect(network.get(ID)).toEqual({});
  });
});

describe('the schemas', () => {
  it.each([
    [manual('http://p:1'), true],
    [manual('socks5://ana@p:1'), true],
    [manual('http://ana:pw@p:1'), false],
    [manual('http://p:1/path'), false],
    [manual('ftp://p:1'), false],
    [manual('nonsense'), false],
    [{ from: 'pac', location: '/x.pac' }, true],
    [{ from: 'pac', location: 'https://x/x.pac' }, true],
    [{ from: 'pac', location: 'https://u:p@x/x.pac' }, false],
    [{ from: 'pac', location: 'javascript:1' }, false],
    [{ from: 'pac', location: 'x.pac' }, false],
  ])('%j: %s', (choice, good) => {
    expect(ProxyChoice.safeParse(choice).success).toBe(good);
  });

  it('take no secret and no switch for checks in a provider file', () => {
    for (const field of ['verify', 'proxyPassword', 'keyPassphrase'])
      expect(SharedNetworkSettings.safeParse({ [field]: field === 'verify' ? false : 'x' }).success).toBe(
        false,
      );
    expect(NetworkChange.safeParse({ proxyPassword: 'x', verify: false }).success).toBe(true);
  });
});
