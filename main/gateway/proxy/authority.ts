import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { ForgetsSecrets } from '../../lib/forgets-secrets.ts';
import type { Logger } from '../../lib/log.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { AuthorityStore, StoredAuthority } from '../../store/ports.ts';
import type { Issuer } from './certificates.ts';
import { createLeaves, type Leaves } from './leaves.ts';

const DAY_MS = 24 * 60 * 60_000;
const LIFE_MS = 730 * DAY_MS;
/** A run may last that long, and a program reads the certificate once, when it starts. */
const RENEWED_BEFORE_MS = 60 * DAY_MS;

/** An authority as a run uses it until its end, even if there is a newer one meanwhile. */
export interface Authority {
  readonly certificate: string;
  readonly leaves: Leaves;
}

export interface AuthorityOptions {
  store: AuthorityStore;
  clock: Clock;
  logger: Logger;
}

/**
 * The certificate authority of this installation. It is made when it is first needed, and again before it ends or when a
 * run opens a host that it may not vouch for: it can vouch for hosts of connections alone. Never part of a system's store.
 */
export function createAuthority({ store, clock, logger }: AuthorityOptions): ForgetsSecrets & {
  /** Fails when its key cannot be kept or read: `keychain-…`, `io`. */
  forHosts(hosts: readonly string[]): Promise<Result<Authority>>;
} {
  let current: { stored: Omit<StoredAuthority, 'key'>; authority: Authority } | null = null;
  /** By certificate. The only place of the decrypted key: emptied while the app is locked. */
  const issuers = new Map<string, Promise<Issuer>>();
  let making: Promise<unknown> = Promise.resolve();

  const fits = (
    { until, hosts: known }: Pick<StoredAuthority, 'until' | 'hosts'>,
    hosts: readonly string[],
  ): boolean => until - clock.now() > RENEWED_BEFORE_MS && hosts.every((host) => known.includes(host));

  async function find(hosts: readonly string[]): Promise<Result<Authority>> {
    if (current !== null && fits(current.stored, hosts)) return ok(current.authority);
    const kept = store.get();
    // One that is damaged is replaced; a locked keychain is a reason to wait.
    if (!kept.ok && kept.error.code !== 'store-corrupt') return kept;
    const known = kept.ok ? kept.value : null;
    const { newAuthority, issuerFor } = await import('./certificates.ts');
    let stored = known;
    if (stored === null || !fits(stored, hosts)) {
      const all = [...new Set([...(known?.hosts ?? []), ...hosts])].sort();
      const until = clock.now() + LIFE_MS;
      const made = await newAuthority(all, clock.now(), until, randomBytes(4).toString('hex'));
      stored = { ...made, hosts: all, until };
      const saved = store.set(stored);
      if (!saved.ok) return saved;
      logger.info('proxy.authority-made', { hosts: all.length });
    }
    const { certificate, until, hosts: vouchesFor } = stored;
    const made = issuerFor(stored);
    await made;
    issuers.set(certificate, made);
    const authority = { certificate, leaves: createLeaves(() => issuerOf(certificate), clock) };
    current = { stored: { certificate, until, hosts: vouchesFor }, authority };
    return ok(authority);
  }

  /** Rejects while the app is locked, and when a newer authority has taken its place meanwhile. */
  function issuerOf(certificate: string): Promise<Issuer> {
    const known = issuers.get(certificate);
    if (known !== undefined) return known;
    const kept = store.get();
    if (!kept.ok || kept.value?.certificate !== certificate)
      return Promise.reject(new Error(kept.ok ? 'this authority was replaced' : kept.error.message));
    const stored = kept.value;
    const made = import('./certificates.ts').then(({ issuerFor }) => issuerFor(stored));
    issuers.set(certificate, made);
    return made;
  }

  return {
    forgetSecrets: () => {
      issuers.clear();
    },
    forHosts: (hosts) => {
      const found = making.then(() => find(hosts));
      making = found.catch(() => undefined);
      return found;
    },
  };
}
