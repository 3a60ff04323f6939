import type { ConnectionView } from './connection.ts';
import { METHOD_NOUNS } from './method-words.ts';
import type { KeychainStatus } from './status.ts';
import { ago, atWords, whenWords } from './when-words.ts';

type Lasting = Pick<ConnectionView, 'status' | 'method' | 'expiresAt' | 'nextRefreshAt' | 'canRefresh'>;

/** One line that says whether a connection works: what leads, and what follows it after a dot; null: nothing does. */
export interface ValidityWords {
  lead: string;
  then: string | null;
}

/** The time, if it is still to come; null where it has passed or is not known. */
const ifAhead = (time: string | null, now: number): string | null =>
  time !== null && Date.parse(time) > now ? time : null;

/** Whether callers are still given the token: after the end of a grant or of the key they are not, even before it expires. */
const isGiven = ({ status }: Pick<Lasting, 'status'>): boolean =>
  status.state !== 'needs-reconnect' || (status.fault !== 'grant' && status.fault !== 'key-lost');

/**
 * Until when a connection works: `until 11:57`, `until tomorrow 00:30`, `until 3 December`; null where it does not work, or
 * no end is known. For rows, the tray's header (`works until …`) and the command line. `now`: epoch ms.
 */
export function untilWords(connection: Pick<Lasting, 'status' | 'expiresAt'>, now: number): string | null {
  const end = ifAhead(connection.expiresAt, now);
  return end !== null && isGiven(connection) ? `until ${whenWords(end, now)}` : null;
}

/** What comes next for a connection that is renewed by itself. */
function renewal({ status, nextRefreshAt }: Lasting, now: number): string {
  if (status.state === 'refreshing') return 'renewing now';
  // Nothing is refreshed while the keychain is closed.
  if (nextRefreshAt === null) return 'not renewed for now';
  const next = ifAhead(nextRefreshAt, now);
  return next === null ? 'renews now' : `renews ${atWords(next, now)}`;
}

const stopped = (time: string, now: number): ValidityWords => ({
  lead: `Stopped working ${atWords(time, now)}`,
  then: ago(time, now),
});

const CANNOT = 'can’t be renewed';

/** The one line for any state and sign-in method. `keychain`: of the whole app. `now`: epoch ms. */
export function validityWords(
  connection: Lasting,
  now: number,
  keychain: KeychainStatus['state'] = 'ready',
): ValidityWords {
  const { status, expiresAt, method, canRefresh } = connection;
  const end = ifAhead(expiresAt, now);
  const good = end === null ? null : `Token good until ${whenWords(end, now)}`;
  const works = end === null ? null : `Works until ${whenWords(end, now)}`;
  switch (status.state) {
    case 'connecting':
      return {
        lead:
          method === 'oauth2'
            ? 'Finish the sign-in in your browser'
            : `Enter the new ${METHOD_NOUNS[method]} to finish`,
        then: null,
      };
    case 'needs-reconnect':
      return brokenWords(status, expiresAt, now);
    case 'expiring':
      return works === null ? stopped(status.expiresAt, now) : { lead: works, then: CANNOT };
    case 'offline':
      if (good !== null)
        return { lead: good, then: status.answered ? 'not renewed yet' : 'renews once online' };
      return expiresAt === null ? { lead: 'Not renewed', then: 'no end known' } : stopped(expiresAt, now);
    case 'paused':
      if (works !== null)
        return { lead: works, then: status.since === null ? 'all renewing is paused' : 'renewing is paused' };
      return expiresAt === null
        ? { lead: 'Renewing is paused', then: 'no end known' }
        : stopped(expiresAt, now);
    case 'connected':
    case 'refreshing':
    case 'missing-scope':
      if (keychain === 'locked')
        return { lead: good ?? 'Locked', then: good === null ? null : 'locked: given to nobody' };
      if (works !== null) return { lead: works, then: canRefresh ? renewal(connection, now) : CANNOT };
      if (expiresAt === null)
        return { lead: 'Works', then: canRefresh ? renewal(connection, now) : 'no end known' };
      return canRefresh
        ? { lead: `Token ended ${atWords(expiresAt, now)}`, then: renewal(connection, now) }
        : stopped(expiresAt, now);
  }
}

function brokenWords(
  { fault, since }: Extract<ConnectionView['status'], { state: 'needs-reconnect' }>,
  expiresAt: string | null,
  now: number,
): ValidityWords {
  const end = ifAhead(expiresAt, now);
  switch (fault) {
    case 'grant':
      // What was handed out before may still be accepted; the provider alone knows.
      if (end !== null)
        return {
          lead: `Sign-in ended ${atWords(since, now)}`,
          then: `copies may work until ${whenWords(end, now)}`,
        };
      return stopped(expiresAt ?? since, now);
    case 'configuration':
    case 'storage':
      if (end !== null) return { lead: `Works until ${whenWords(end, now)}`, then: 'not renewed' };
      return stopped(expiresAt ?? since, now);
    case 'key-lost':
      return stopped(since, now);
  }
}
