import type { ConnectionView } from '../../contract/connection.ts';
import type { ExportStatus } from '../../contract/export.ts';
import { METHOD_NOUNS, METHOD_WORDS } from '../../contract/method-words.ts';
import { needsPerson, remedy, stateBadge, type StateBadge } from '../../contract/remedy.ts';
import { date, duration, moment } from './time-words.ts';

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

function validity(connection: ConnectionView, now: number): string {
  if (connection.expiresAt === null) return 'token expiry unknown';
  return isPast(connection.expiresAt, now)
    ? 'token expired'
    : `token valid ${left(connection.expiresAt, now)}`;
}

/** A connection without a next refresh time is not being refreshed: the keychain is locked. */
function renewal({ canRefresh, nextRefreshAt, status }: ConnectionView): string {
  if (!canRefresh) return 'Can’t be renewed';
  return status.state === 'connected' && nextRefreshAt === null ? 'Not renewed now' : 'Renews automatically';
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

/** The sentence under a connection's name. `now`: epoch ms; `allows`: what a scope allows, in words. */
export function stateSentence(
  connection: ConnectionView,
  now: number,
  allows: (scope: string) => string = (scope) => scope,
): string {
  const { status } = connection;
  switch (status.state) {
    case 'connecting':
      return connection.method === 'oauth2'
        ? 'Finish the sign-in in your browser.'
        : `Enter the new ${METHOD_NOUNS[connection.method]} to finish.`;
    case 'connected':
    case 'refreshing':
      return connection.method === 'oauth2'
        ? `${renewal(connection)} · ${validity(connection, now)}`
        : `${METHOD_WORDS[connection.method]} · ${endWords(connection)}`;
    case 'expiring':
      return `This ${METHOD_NOUNS[connection.method]} can’t be renewed.`;
    case 'needs-reconnect':
      return remedy(status) === 'reconnect' && connection.method === 'oauth2'
        ? `${issuer(connection)} no longer accepts this sign-in.`
        : status.reason;
    case 'missing-scope':
      return `Not allowed: ${status.scopes.map(allows).join('; ')}.`;
    case 'offline': {
      const why = status.answered ? 'Couldn’t be refreshed.' : `Can’t reach ${issuer(connection)}.`;
      return isPast(status.retryAt, now)
        ? `${why} Retrying now.`
        : `${why} Retrying in ${left(status.retryAt, now)}.`;
    }
    case 'paused':
      return status.since === null
        ? `All refreshing is paused · ${validity(connection, now)}`
        : `Not refreshed until you resume · ${validity(connection, now)}`;
  }
}

/** Further details about a state: whose fault it is, what to do. */
export function stateHint({ status }: ConnectionView): string | null {
  if (status.state === 'needs-reconnect') return status.hint;
  if (status.state === 'offline') return status.reason;
  if (status.state === 'missing-scope')
    return 'Reconnect and allow it. If it isn’t offered, first allow it in the OAuth client’s registration.';
  return null;
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

/** Badge of an env file. `now`: epoch ms. */
export function exportBadge(status: ExportStatus, now: number): Badge {
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
      return { shape: '▲', word: 'Env file not written', tone: 'bad' };
  }
}
