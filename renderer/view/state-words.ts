import type { ConnectionView } from '../../contract/connection.ts';
import type { ExportStatus } from '../../contract/export.ts';
import { METHOD_NOUNS } from '../../contract/method-words.ts';
import { needsPerson, remedy, stateBadge, type StateBadge } from '../../contract/remedy.ts';
import { ago, atWords, date, duration, exactClock, moment, whenWords } from './time-words.ts';

/** Colour is never alone: every badge is a shape and a word too. */
export type Badge = Omit<StateBadge, 'until'>;

/** The main action that the detail offers in a state. */
export type StateAction =
  'reconnect' | 'replace' | 'refresh' | 'resume' | 'resume-all' | 'open-providers' | null;

const left = (time: string, now: number): string => duration(Math.max(0, Date.parse(time) - now));

const isPast = (time: string, now: number): boolean => Date.parse(time) <= now;

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

/** Without what the provider said, which is in parentheses and for whoever looks into it. */
function plainReason(reason: string): string {
  const said = reason.indexOf(' (');
  const plain = said < 0 ? reason : `${reason.slice(0, said)}.`;
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const bringing = ({ method }: ConnectionView): string =>
  method === 'oauth2' ? 'Reconnect' : `Replace this ${METHOD_NOUNS[method]}`;

/** Why it does not work or is not renewed, in words; null where there is nothing to explain. `now`: epoch ms; `allows`: what a scope allows. */
export function stateSentence(
  connection: ConnectionView,
  now: number,
  allows: (scope: string) => string = (scope) => scope,
): string | null {
  const { status } = connection;
  switch (status.state) {
    case 'connecting':
    case 'connected':
    case 'refreshing':
      return null;
    case 'expiring':
      return `${bringing(connection)} ${isPast(status.expiresAt, now) ? 'to go on' : 'before it ends'}; env files follow.`;
    case 'needs-reconnect':
      return remedy(status) === 'reconnect' && connection.method === 'oauth2'
        ? `${issuer(connection)} ended this sign-in. Reconnecting keeps its name and env files.`
        : plainReason(status.reason);
    case 'missing-scope':
      return `Not allowed: ${status.scopes.map(allows).join('; ')}.`;
    case 'offline': {
      const why = status.answered
        ? `${issuer(connection)} has given no new token since`
        : `Can’t reach ${issuer(connection)} since`;
      const next = isPast(status.retryAt, now) ? 'Trying now.' : `Next try ${atWords(status.retryAt, now)}.`;
      return `${why} ${whenWords(status.since, now)}. ${next}`;
    }
    case 'paused':
      return status.since === null
        ? 'Nothing is renewed until you resume.'
        : `Not renewed until you resume; paused ${ago(status.since, now)}.`;
  }
}

/** What to do about a state, where no button says it. */
export function stateHint({ status, method }: ConnectionView): string | null {
  if (status.state === 'needs-reconnect')
    return remedy(status) === 'reconnect' && method === 'oauth2' ? null : status.hint;
  if (status.state === 'missing-scope')
    return 'Reconnect and allow it. If it isn’t offered, first allow it in the OAuth client’s registration.';
  return null;
}

/** What was said when it failed, with its time, for whoever looks into it; null: nothing failed. */
export function faultDetails({ status }: ConnectionView, now: number): string | null {
  if (status.state !== 'offline' && status.state !== 'needs-reconnect') return null;
  const time =
    new Date(status.since).toDateString() === new Date(now).toDateString()
      ? exactClock(status.since)
      : moment(status.since, now);
  return `${time} · ${status.reason}`;
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

/** What is offered beside the sentence, because the main action is another one; null: nothing. */
export function inlineAction(
  connection: ConnectionView,
  now: number,
): 'refresh' | 'resume' | 'resume-all' | null {
  const action = stateAction(connection);
  if (action !== 'refresh' && action !== 'resume' && action !== 'resume-all') return null;
  return mainAction(connection, now) === action ? null : action;
}

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

/** Badge of an env file. `stale`: the token in it has ended. `now`: epoch ms. */
export function exportBadge(status: ExportStatus, now: number, stale = false): Badge {
  if (stale) return { shape: '△', word: 'Token ended', tone: 'warn' };
  switch (status.state) {
    case 'written':
      return { shape: '●', word: `Written ${moment(status.at, now)}`, tone: 'ok' };
    case 'pending':
      return { shape: '◌', word: 'Waiting', tone: 'off' };
    case 'waiting': {
      const { readAt } = status;
      return {
        shape: '●',
        word: readAt === null ? 'Pipe, not read yet' : `Pipe, read ${moment(readAt, now)}`,
        tone: 'ok',
      };
    }
    case 'failed':
      return { shape: '▲', word: 'Not written', tone: 'bad' };
  }
}
