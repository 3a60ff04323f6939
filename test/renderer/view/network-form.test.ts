import { describe, expect, it } from 'vitest';
import type { NetworkSettings, NetworkView } from '../../../contract/network.ts';
import { networkChange, proxyKind, type NetworkFields } from '../../../renderer/view/network-form.ts';

const view = (settings: NetworkSettings, connection: string | null = null): NetworkView => ({
  connection,
  settings,
  hasProxyPassword: false,
  hasKeyPassphrase: false,
  effective: settings,
  route: 'directly',
});
const fields = (given: Partial<NetworkFields> = {}): NetworkFields => ({
  kind: 'inherit',
  proxyUrl: '',
  proxyPassword: '',
  bypass: '',
  pac: '',
  caFile: '',
  certFile: '',
  keyFile: '',
  keyPassphrase: '',
  unverified: false,
  ...given,
});

describe('networkChange', () => {
  it.each([
    ['nothing', {}, {}, {}],
    ['a choice', {}, { kind: 'system' as const }, { proxy: { from: 'system' } }],
    ['the defaults again', { proxy: { from: 'none' as const } }, {}, { proxy: null }],
    [
      'a proxy, written in short',
      {},
      {
        kind: 'manual' as const,
        proxyUrl: 'ana@proxy:1',
        bypass: '.a.example, 10.0.0.0/8',
        proxyPassword: ' p ',
      },
      {
        proxy: { from: 'manual', url: 'http://ana@proxy:1', bypass: ['.a.example', '10.0.0.0/8'] },
        proxyPassword: ' p ',
      },
    ],
    [
      'the same proxy',
      { proxy: { from: 'manual' as const, url: 'http://proxy:1' } },
      { kind: 'manual' as const, proxyUrl: 'http://proxy:1' },
      {},
    ],
    ['a script', {}, { kind: 'pac' as const, pac: '/x.pac' }, { proxy: { from: 'pac', location: '/x.pac' } }],
    ['files', {}, { caFile: '/ca', certFile: '/c' }, { caFile: '/ca', clientCertificate: { file: '/c' } }],
    [
      'no files',
      { caFile: '/ca', clientCertificate: { file: '/c' } },
      {},
      { caFile: null, clientCertificate: null },
    ],
    [
      'a passphrase alone',
      { clientCertificate: { file: '/c' } },
      { certFile: '/c', keyPassphrase: 'x' },
      { keyPassphrase: 'x' },
    ],
    ['no check', {}, { unverified: true }, { verify: false }],
    ['a check', { verify: false as const }, {}, { verify: true }],
  ])('%s', (_, settings, given, change) => {
    expect(networkChange(view(settings), fields(given))).toEqual(change);
  });
});

it('begins with what is set', () => {
  expect(proxyKind(view({}))).toBe('automatic');
  expect(proxyKind(view({}, 'acme'))).toBe('inherit');
  expect(proxyKind(view({ proxy: { from: 'none' } }, 'acme'))).toBe('none');
});
