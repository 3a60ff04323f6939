import { createSecureContext, type SecureContext } from 'node:tls';
import type { Clock } from '../../lib/clock.ts';
import type { Issuer } from './certificates.ts';

const DAY_MS = 24 * 60 * 60_000;
const LIFE_MS = 7 * DAY_MS;
/** A connection that begins now may see this much of it, which is longer than clients keep one. */
const RENEWED_BEFORE_MS = DAY_MS;
const MOST = 200;

/** What servers present for hosts. */
export interface Leaves {
  contextFor(host: string): Promise<SecureContext>;
}

/** Keeps one context a host; those of one issuer have one key. Rejects where there is no issuer. */
export function createLeaves(obtainIssuer: () => Promise<Issuer>, clock: Clock): Leaves {
  const made = new Map<string, { until: number; context: Promise<SecureContext> }>();

  async function make(host: string, until: number): Promise<SecureContext> {
    const issuer = await obtainIssuer();
    const leaf = await issuer.issue(host, clock.now(), until);
    return createSecureContext({ key: issuer.key, cert: leaf, minVersion: 'TLSv1.2' });
  }

  return {
    contextFor: (host) => {
      const now = clock.now();
      const known = made.get(host);
      // Also after a clock was set back: a certificate that is not valid yet is none.
      const isGood =
        known !== undefined && known.until - now > RENEWED_BEFORE_MS && known.until - now <= LIFE_MS;
      if (isGood) return known.context;
      const until = now + LIFE_MS;
      const context = make(host, until);
      context.catch(() => made.delete(host));
      const [oldest] = made.keys();
      if (made.size >= MOST && oldest !== undefined) made.delete(oldest);
      made.set(host, { until, context });
      return context;
    },
  };
}
