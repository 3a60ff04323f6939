import type { ConnectionView } from '../../contract/connection.ts';
import { needsPerson, remedy, stateBadge, type StateBadge } from '../../contract/remedy.ts';
import { date, duration } from './time-words.ts';

/** Colour is never alone: every badge is a shape and a word too. */
export type Badge = Omit<StateBadge, 'until'>;

/** The main action that the detail offers in a state. */
export type StateAction =
  'reconnect' | 'replace' | 'refresh' | 'resume' | 'resume-all' | 'open-providers' | null;

const left = (time: string, now: number): string => duration(Math.max(0, Date.parse(time) - now));

export const isPast = (time: string, now: number): boolean => Date.parse(time) <= now;

/** The short name that people use for the issuer of the credential: without how the product is run. */
export const issuer = ({ providerName }: Pick<ConnectionView, 'providerName'>): string =>
  providerName.replace(/ (Cloud|Data Center)$/, '');

/** Badge of a connection's state. `now`: epoch ms. */
export function connectionBadge({ status, method }: ConnectionView, now: number): Badge {
  const { until, ...badge } = stateBadge(status, now);
  // What is pasted needs no browser.
  if (status.state === 'connecting' && method !== 'oauth2') return { ...badge, word: 'Waiting for you' };
  return until === undefined ? badge : { ...badge, word: `${badge.word} in ${left(until, now)}` };
}

const endWords = ({ expiresAt }: ConnectionView): string =>
  expiresAt === null ? 'no end date known' : `ends on ${date(expiresAt)}`;

/** How long a connection lasts, as a sentence without its full stop. */
export function renewalWords(connection: ConnectionView): string {
  if (!connection.canRefresh) return `Can’t be renewed: ${endWords(connection)}`;
  return connection.grant === 'client-credentials'
    ? 'Renewed automatically with the client’s secret'
    : 'Renewed automatically';
}

/** Whether callers get its token now. */
const works = ({ expiresAt, status }: ConnectionView, now: number): boolean =>
  (expiresAt === null || !isPast(expiresAt, now)) &&
  !(status.state === 'needs-reconnect' && (status.fault === 'grant' || status.fault === 'key-lost'));

/** The one button that stands out: what the state needs from the person, else to copy the token. `now`: epoch ms. */
export function mainAction(connection: ConnectionView, now: number): StateAction | 'copy' {
  const action = stateAction(connection);
  switch (action) {
    case 'reconnect':
    case 'replace':
    case 'open-providers':
      return action;
    case 'refresh':
    case 'resume':
    case 'resume-all':
      return works(connection, now) ? 'copy' : action;
    case null:
      return isLocked(connection) ? null : 'copy';
  }
}

/** Whether its token can be copied beside another main action. */
export const offersCopy = (connection: ConnectionView, now: number): boolean =>
  mainAction(connection, now) !== 'copy' && works(connection, now);

/** Whether a test is offered beside the main action: not where it is known what is wrong. */
export const offersTest = (connection: ConnectionView, now: number): boolean =>
  connection.status.state !== 'offline' && works(connection, now);

/** The compiler checks that all remedies are covered, so a new one cannot be forgotten here. */
export function stateAction({ status, method }: ConnectionView): StateAction {
  const needed = remedy(status);
  switch (needed) {
    case 'reconnect':
    case 'replace':
      return method === 'oauth2' ? 'reconnect' : 'replace';
    case 'resume':
    case 'resume-all':
      return needed;
    case 'fix-client':
      return 'open-providers';
    case 'fix-storage':
      return 'refresh';
    case 'restore-key':
    case 'finish-sign-in':
      return null;
    case null:
      return status.state === 'offline' ? 'refresh' : null;
  }
}

/** Whether nothing that needs the token is possible, because the key it is encrypted with is gone. */
export const isLocked = ({ status }: ConnectionView): boolean => remedy(status) === 'restore-key';

/** What a screen reader should announce after a change; null if it would only be noise. */
export function announcementOf(
  before: ConnectionView | undefined,
  after: ConnectionView,
  selected: boolean,
  now: number,
): string | null {
  if (before === undefined || before.status.state === after.status.state) return null;
  if (after.status.state === 'refreshing' || (!selected && !needsPerson(after.status))) return null;
  return `${after.name}: ${connectionBadge(after, now).word}`;
}
