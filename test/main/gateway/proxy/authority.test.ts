import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAuthority } from '../../../../main/gateway/proxy/authority.ts';
import { silentLogger } from '../../../../main/lib/log.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { memoryStore } from '../../../fakes/memory-store.ts';
import { value } from '../../../fakes/store-in-folder.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-28T00:00:00Z');

function parts() {
  const store = memoryStore();
  const clock = new FakeClock(START);
  const open = () => createAuthority({ store: store.authority, clock, logger: silentLogger });
  return { store, clock, open };
}

it('is made once and kept, with its key in the vault', async () => {
  const { store, open } = parts();
  const first = value(await open().forHosts(['api.example']));
  const again = value(await open().forHosts(['api.example']));
  expect(again.certificate).toBe(first.certificate);
  expect(value(store.authority.get())?.key).toContain('PRIVATE KEY');
  const certificate = new X509Certificate(first.certificate);
  expect(certificate.ca).toBe(true);
  expect(Date.parse(certificate.validTo) - START).toBe(730 * DAY_MS);
});

it('is made anew before it ends, and for a host that it may not vouch for', async () => {
  const { clock, open } = parts();
  const authority = open();
  const first = value(await authority.forHosts(['api.example']));
  const wider = value(await authority.forHosts(['other.example']));
  expect(wider.certificate).not.toBe(first.certificate);
  expect(value(await authority.forHosts(['api.example'])).certificate).toBe(wider.certificate);
  clock.advance(680 * DAY_MS);
  expect(value(await authority.forHosts(['api.example'])).certificate).not.toBe(wider.certificate);
});

it('gives one context a host, and another one before its certificate ends', async () => {
  const { clock, open } = parts();
  const { leaves } = value(await open().forHosts(['api.example']));
  const first = await leaves.contextFor('api.example');
  expect(await leaves.contextFor('api.example')).toBe(first);
  clock.advance(6.5 * DAY_MS);
  expect(await leaves.contextFor('api.example')).not.toBe(first);
});
