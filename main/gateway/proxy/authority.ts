import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { AuthorityStore, StoredAuthority } from '../../store/ports.ts';
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
export function createAuthority({ store, clock, logger }: AuthorityOptions): {
  /** Fails when its key cannot be kept or read: `keychain-…`, `io`. */
  forHosts(hosts: readonly string[]): Promise<Result<Authority>>;
} {
  let current: { stored: StoredAuthority; authority: Authority } | null = null;
  let making: Promise<unknown> = Promise.resolve();

  const fits = ({ until, hosts: known }: StoredAuthority, hosts: readonly string[]): boolean =>
    until - clock.now() > RENEWED_BEFORE_MS && hosts.every((host) => known.includes(host));

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
    const authority = {
      certificate: stored.certificate,
      leaves: createLeaves(await issuerFor(stored), clock),
    };
    current = { stored, authority };
    return ok(authority);
  }

  return {
    forHosts: (hosts) => {
      const found = making.then(() => find(hosts));
      making = found.catch(() => undefined);
      return found;
    },
  };
}
